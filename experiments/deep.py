"""Deep networks: depth against width, dropout, and the pyramid.

Networks that are compared have, within one unit's width, equal numbers of
parameters, and the same learning rate and clipping. For the chapter on deep
networks, about ten minutes on one quiet core.
"""

import numpy as np

from experiments._deep import (
    accuracy,
    count,
    fit,
    last_switch,
    loss_and_grads,
    start,
    width,
)
from rnncourse.cells import GRU, RNN
from rnncourse.data import lamp, streams, temporal_order, text
from rnncourse.networks import Bidirectional, Stacked, pyramidal

SEEDS, DROPPED = 3, (0.0, 0.2, 0.5)
BUDGETS = {"change": 1200, "text": 30000}
PLANS = {  # cell, layers, T, budget of parameters, updates
    "tanh, 3 layers, T = 64": (RNN, 3, 64, 2000, 1000),
    "tanh, 3 layers, T = 128": (RNN, 3, 128, 2000, 1000),
    "tanh, 5 layers, T = 128": (RNN, 5, 128, 2000, 1000),
    "GRU, 3 layers, T = 64": (GRU, 3, 64, 6000, 1500),
}
SHAPES = ("stacked", "pyramid")
COMPARES = ("layers", "share", "shape")
SETTINGS = [
    {"plan": plan, "shape": shape, "updates": updates, "rate": 5e-3}
    for plan, (*_, updates) in PLANS.items()
    for shape in SHAPES
]
SETTINGS += [
    {"task": task, "layers": layers, "updates": 600, "rate": rate}
    for task, rate in (("change", 1e-2), ("text", 5e-3))
    for layers in (1, 2, 3)
]
SETTINGS += [
    {"share": share, "updates": 1200, "rate": 5e-3} for share in DROPPED
]


def draw_change(rng, B, T=10):
    """Will the next switch change anything? Where somebody asks."""
    ids, _ = lamp.batch(rng, T, B, asked=True)
    ids[-1] = rng.choice([lamp.ON, lamp.OFF], size=B)
    change = last_switch(ids) ^ last_switch(ids[::-1])[::-1]
    return np.eye(4, dtype=np.float32)[ids], change, ids == lamp.ASK


def draw_order(T):
    """Which of two marks came first, in T symbols?"""

    def draw(rng, B):
        ids, labels = temporal_order.batch(rng, T, B)
        return np.eye(6, dtype=np.float32)[ids], labels, None

    return draw


def draw_text(ids, V, T=50):
    """Pieces of a text, and the character after each."""

    def draw(rng, B):
        xs, targets = streams.batch(rng, ids, T, B)
        return np.eye(V, dtype=np.float32)[xs], targets, None

    return draw


def characters(limit=None):
    """The text's train and valid ids and the number of characters."""
    manual = text.read("train")
    vocabulary = text.vocabulary(manual, least=20)
    ids = [text.encode(t, vocabulary) for t in (manual, text.read("valid"))]
    return ids[0][:limit], ids[1], len(vocabulary)


def examined(network, D, K, H, draw, test, setting, seed, mark, every):
    """Train once; the marks on the way, and the size."""
    rng = np.random.default_rng(seed)
    _, history = fit(
        network, start(network, rng, D, K, H), draw, rng, setting["rate"],
        setting["updates"], lambda p: mark(network, p, test), every,
    )  # fmt: skip
    curve = [value for _, value in history.evaluations]
    return {"H": H, "parameters": count(network, D, K, H), "curve": curve}


def depth(setting, seed):
    """Depth against width at equal parameters, on one of two tasks."""
    layers, unseen = setting["layers"], np.random.default_rng(10**6)
    if setting["task"] == "change":
        network = Bidirectional(RNN)
        if layers > 1:
            network = Stacked(*[network] * layers)
        D, K, draw, mark = 4, 2, draw_change, accuracy
        test = draw_change(unseen, 2000)
    else:
        ids, valid, D = characters()
        network, K, mark = Stacked(*[GRU] * layers), D, bits
        draw, test = draw_text(ids, D), draw_text(valid, D)(unseen, 300)
    H = width(network, D, K, BUDGETS[setting["task"]])
    return examined(network, D, K, H, draw, test, setting, seed, mark, 10**9)


def bits(network, params, batch):
    """Bits a character."""
    nats = loss_and_grads(network, params, batch)[0]
    return round(float(nats / np.log(2)), 4)


def dropout(setting, seed):
    """Dropout between two layers, on little text; bits here and elsewhere."""
    ids, valid, V = characters(30000)
    test = draw_text(valid, V)(np.random.default_rng(10**6), 200)
    mine = draw_text(ids, V)(np.random.default_rng(1), 100)

    def both(network, params, test):
        return [bits(network, params, batch) for batch in (mine, test)]

    network = Stacked(GRU, GRU, dropout=setting["share"])
    return examined(
        network, V, V, 64, draw_text(ids, V), test, setting, seed, both, 100
    ) | {"characters": len(ids)}


def pyramid(setting, seed):
    """Stack or pyramid on a long task."""
    cell, layers, T, budget, _ = PLANS[setting["plan"]]
    network = Stacked(*[cell] * layers)
    if setting["shape"] == "pyramid":
        network = pyramidal(*[cell] * layers)
    H, draw = width(network, 6, 4, budget), draw_order(T)
    test = draw(np.random.default_rng(10**6), 1000)
    return examined(network, 6, 4, H, draw, test, setting, seed, accuracy, 100)


def run(setting, seed):
    """Train once, in whichever part the setting belongs to."""
    part = pyramid if "plan" in setting else dropout
    result = (depth if "task" in setting else part)(setting, seed)
    last = result["curve"][-1]
    return result | {"test": last[-1] if "share" in setting else last}


def collect(runs):
    """The three parts, each as the chapter reads it."""
    ids, _, V = characters()
    out = {"budgets": BUDGETS, "updates": {"change": 600, "text": 600}}
    out |= {"characters": [len(ids), V]}
    for task, mark in ("change", "accuracy"), ("text", "bits"):
        out[task] = {}
        for layers in (1, 2, 3):
            found = runs(task=task, layers=layers)
            sizes = {k: found[0][k] for k in ("H", "parameters")}
            marks = {mark: [r["test"] for r in found]}
            out[task][str(layers)] = sizes | marks
    dropped = {"H": 64, "updates": 1200, "every": 100, "rate": 5e-3}
    dropped["characters"] = runs(share=0.0)[0]["characters"]
    dropped["bits"] = {
        str(share): [r["curve"] for r in runs(share=share)]
        for share in DROPPED
    }
    plans = {}
    for plan, (_, layers, T, _, updates) in PLANS.items():
        plans[plan] = {"T": T, "layers": layers, "updates": updates}
        for shape in SHAPES:
            found = runs(plan=plan, shape=shape)
            plans[plan][shape] = {k: found[0][k] for k in ("H", "parameters")}
            plans[plan][shape]["accuracy"] = [r["curve"] for r in found]
    pyramids = {"rate": 5e-3, "every": 100, "plans": plans}
    return {"depth": out, "dropout": dropped, "pyramid": pyramids}
