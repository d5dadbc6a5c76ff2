"""Deep networks: depth against width, and dropout.

Networks that are compared have, within one unit's width, equal numbers of
parameters, equal updates, and each a learning rate of its own. On the text
the rate falls to zero, so that all have settled when they are compared, after
few updates and after many. For the chapter on deep networks, about twenty
minutes on one quiet core. Heights are in `deep_layers`, pyramids in
`deep_pyramid`.
"""

import math

import numpy as np

from experiments._deep import (
    CLIP,
    B,
    accuracy,
    count,
    last_switch,
    loss_and_grads,
    start,
    width,
)
from experiments.runner.checkpoint import Checkpoint
from rnncourse import optim, train
from rnncourse.cells import GRU, RNN
from rnncourse.data import lamp, streams, text
from rnncourse.networks import Bidirectional, Stacked

SEEDS, EVERY, T, DROPPED, LITTLE = 3, 100, 32, (0.0, 0.2, 0.5), 30_000
BUDGETS = {"change": 1200, "text": 20000}
LAYERS = (1, 2, 3)
COMPARES = ("layers", "share")
UNEQUAL = "the text has two budgets; within each, all have the same"
SETTINGS = [
    {"task": "change", "layers": layers, "updates": 600, "seeds": 5}
    for layers in LAYERS
]
SETTINGS += [
    {"task": "text", "layers": layers, "updates": updates}
    for updates in (400, 1200)
    for layers in LAYERS
]
SETTINGS += [{"share": share, "updates": 800} for share in DROPPED]
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2), 5


def draw_change(rng, B, T=10):
    """Will the next switch change anything? Where somebody asks."""
    ids, _ = lamp.batch(rng, T, B, asked=True)
    ids[-1] = rng.choice([lamp.ON, lamp.OFF], size=B)
    change = last_switch(ids) ^ last_switch(ids[::-1])[::-1]
    return np.eye(4, dtype=np.float32)[ids], change, ids == lamp.ASK


def draw_text(ids, V):
    """Pieces of a text, and the character after each."""

    def draw(rng, B):
        xs, targets = streams.batch(rng, ids, T, B)
        return np.eye(V, dtype=np.float32)[xs], targets, None

    return draw


def characters():
    """The text's three parts as ids, and the number of characters."""
    parts = {name: text.read(name) for name in text.PARTS}
    vocabulary = text.vocabulary(parts["train"], least=20)
    ids = {n: text.encode(part, vocabulary) for n, part in parts.items()}
    return ids, len(vocabulary)


def bits(network, params, batch):
    """Bits a character."""
    nats = loss_and_grads(network, params, batch)[0]
    return round(float(nats / np.log(2)), 4)


def trained(network, params, draw, setting, rng, judge, falls=False):
    """Train; the rate may fall to zero as a cosine. Judge on the way."""
    updates, adam = setting["updates"], optim.Adam(setting["rate"])

    def batches():
        for n in range(updates):
            if falls:
                fall = 0.5 + 0.5 * math.cos(math.pi * n / updates)
                adam.learning_rate = setting["rate"] * max(fall, 1e-3)
            yield draw(rng, B)

    params, _ = train.fit(
        lambda p, batch: loss_and_grads(network, p, batch, rng),
        params, batches(), adam, updates, clip=CLIP, evaluate=judge,
        evaluate_every=min(EVERY, updates), progress=False,
    )  # fmt: skip
    return params


def change(setting, seed):
    """Depth against width where two passes have to be compared."""
    network, unseen = Bidirectional(RNN), np.random.default_rng(10**6)
    if setting["layers"] > 1:
        network = Stacked(*[network] * setting["layers"])
    test, valid = draw_change(unseen, 2000), draw_change(unseen, 2000)
    H, rng = (
        width(network, 4, 2, BUDGETS["change"]),
        np.random.default_rng(seed),
    )
    params = trained(
        network, start(network, rng, 4, 2, H), draw_change, setting, rng, None
    )
    loss = float(loss_and_grads(network, params, valid)[0])
    result = {"valid": round(loss, 5), "test": accuracy(network, params, test)}
    return result | {"H": H, "parameters": count(network, 4, 2, H)}


def reading(setting, seed):
    """Say the next character; the weights that validation likes best.

    With a "share": two layers of 64 units, that share dropped between them,
    and LITTLE characters to learn from, which are looked at on the way, too.
    """
    ids, V = characters()
    share, layers = setting.get("share"), setting.get("layers", 2)
    network = Stacked(*[GRU] * layers, dropout=share or 0.0)
    H = 64 if "share" in setting else width(network, V, V, BUDGETS["text"])
    read = ids["train"][: LITTLE if "share" in setting else None]
    rng, draw = np.random.default_rng(seed), draw_text(read, V)
    mine, valid, test = (
        draw_text(part, V)(np.random.default_rng(10**6), 200)
        for part in (read, ids["valid"], ids["test"])
    )
    marks = []

    def judge(params):
        now = [bits(network, params, batch) for batch in (mine, valid, test)]
        marks.append(now)
        return now[1]

    best, falls = Checkpoint(judge), "share" not in setting
    trained(
        network, start(network, rng, V, V, H), draw, setting, rng, best, falls
    )
    result = {"valid": best.mark, "test": bits(network, best.params, test)}
    result |= {"H": H, "parameters": count(network, V, V, H)}
    return result | {"marks": marks, "kept": best.kept}


def run(setting, seed):
    """Train once, in whichever part the setting belongs to."""
    part = change if setting.get("task") == "change" else reading
    return part(setting, seed)


def collect(runs):
    """The two parts, each as the chapter reads it."""
    ids, V = characters()
    out = {"budgets": BUDGETS, "characters": [len(ids["train"]), V]}
    for setting in SETTINGS:
        if "share" in setting:
            continue
        task, updates = setting["task"], setting["updates"]
        name = {"change": "accuracy", "text": "bits"}[task]
        where = {"task": task, "layers": setting["layers"]}
        at = where | {"updates": updates}
        at = at if runs(**at) else where  # a trial has fewer updates
        found = runs(**at)
        entry = {k: found[0][k] for k in ("H", "parameters")}
        entry |= {name: [r["test"] for r in found], "rate": runs.rate(**at)}
        part = out.setdefault(task, {}).setdefault(str(updates), {})
        part[str(setting["layers"])] = entry
    dropped = {"H": 64, "updates": 800, "every": EVERY, "characters": LITTLE}
    dropped["bits"] = {  # at every rate that was tried
        str(share): {
            str(rate): [r["marks"] for r in runs(share=share, rate=rate)]
            for rate in runs.tried(share=share)
        }
        for share in DROPPED
    }
    dropped["rates"] = {str(s): runs.rate(share=s) for s in DROPPED}
    dropped["test"] = {
        str(share): [r["test"] for r in runs(share=share)] for share in DROPPED
    }
    return {"depth": out, "dropout": dropped}
