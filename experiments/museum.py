"""What does each of ten bugs look like from outside?

One small script, a GRU that says the next character of the real text, with
one bug at a time; beside it the same script without any. For the chapter on
practice, about three minutes on one quiet core.
"""

import numpy as np

from rnncourse import bptt, ops, optim
from rnncourse.cells import GRU
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout

CLIP, DROP, H, T, B, RATE, UPDATES, SEEDS = 0.5, 0.2, 48, 10, 16, 2e-2, 400, 5
EVERY, ALONE, LEAST = 40, 120, 200
STREAM = (
    "none, tuned", "none", "not carried", "off by one", "softmax twice",
    "not zeroed", "clip too early", "rate x 10", "dropout at test", "leak",
)  # fmt: skip
LINES = ("lines", "lines, carried", "lines, padding counted")
COMPARES = "bug"
RATES, CHOSEN_BY = (5e-3, 1e-2, 2e-2, 4e-2, 8e-2), 3
SETTINGS = [{"bug": "none, tuned", "updates": UPDATES}]  # how good is RATE?
SETTINGS += [
    {"bug": bug, "updates": UPDATES,
     "rate": 10 * RATE if bug == "rate x 10" else RATE}
    for bug in STREAM[1:] + LINES
]  # fmt: skip
QUICK = {"unread": 1 / 20}

VOCABULARY = text.vocabulary(text.read("train"), least=LEAST)
V, END = len(VOCABULARY), VOCABULARY.index("\n")
TEXT = {p: text.encode(text.read(p), VOCABULARY) for p in text.PARTS[1:]}
LETTER = np.array([c.isalnum() for c in VOCABULARY], np.float32)


def lines(ids, rng):
    """Batches of lines in a drawn order, filled with -1: (T, B) each."""
    cut = np.split(ids, np.flatnonzero(ids == END) + 1)
    cut = [line[:60] for line in cut if len(line) > 4]
    while True:
        order = rng.permutation(len(cut))
        for start in range(0, len(cut) - B + 1, B):
            some = [cut[i] for i in order[start : start + B]]
            rows = np.full((max(map(len, some)), B), -1)
            for b, line in enumerate(some):
                rows[: len(line), b] = line
            yield rows, False


def windows(ids):
    """Windows of columns, and whether a round begins: (T + 2, B) each."""
    rows = streams.columns(ids, B)
    while True:
        for t in range(0, len(rows) - T - 1, T):
            yield rows[t : t + T + 2], t == 0


def cut_rightly(rows, bug):
    """Inputs and targets: each sign and the one after it; -1 is padding."""
    if bug in LINES:
        return rows[:-1], rows[1:]
    return rows[:-2], rows[2:] if bug == "off by one" else rows[1:-1]


def answer(params, rows, bug, state=None, drop=0.0, rng=None, learn=True):
    """One batch: loss, gradients, state, and the loss of each sign."""
    ids, targets = cut_rightly(rows, bug)
    mask, targets = targets >= 0, np.maximum(targets, 0)
    known = targets if bug == "leak" else np.maximum(ids, 0)
    xs = np.eye(V, dtype=np.float32)[np.maximum(ids, 0)]
    xs = np.concatenate([xs, LETTER[known][..., None]], axis=-1)

    hs, state, tape = bptt.unroll(GRU, params["cell"], xs, state)
    keep = (rng.random(hs.shape) >= drop) / (1 - drop) if drop else 1.0
    seen = (hs * keep).astype(hs.dtype)
    ys = readout.forward(params["readout"], seen)
    if bug == "softmax twice":
        ys = np.exp(ops.log_softmax(ys))
    loss, dys = cross_entropy.loss_and_grad(ys, targets, mask)
    if bug == "lines, padding counted":  # it costs nothing, and counts
        loss, dys = loss * mask.mean(), (dys * mask.mean()).astype(dys.dtype)
    if not learn:
        return loss, None, state, None
    each = -np.take_along_axis(ops.log_softmax(ys), targets[..., None], -1)
    if bug == "softmax twice":
        dys = ys * (dys - (ys * dys).sum(axis=-1, keepdims=True))
    dseen, d_head = readout.backward(params["readout"], seen, dys)
    dhs = (dseen * keep).astype(hs.dtype)
    _, _, d_cell = bptt.unroll_backward(GRU, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_head}, state, each[..., 0]


def judged(params, bug, ids):
    """The loss on unread text, as a script with this bug measures it."""
    rng = np.random.default_rng()  # a test that draws: the bug is that
    if bug not in LINES:
        drop = DROP if bug == "dropout at test" else 0.0
        rows = streams.columns(ids, B)
        return answer(params, rows, bug, None, drop, rng, False)[0]
    found, state = [], None
    batches = lines(ids, np.random.default_rng(0))
    for (rows, _), _ in zip(batches, range(6), strict=False):
        loss, _, after, _ = answer(params, rows, bug, state, learn=False)
        state = after if bug == "lines, carried" else None
        found.append(loss)
    return float(np.mean(found))


def begin(seed):
    """The weights of a new network."""
    rng = np.random.default_rng(seed)
    cell = GRU.init(rng, V + 1, H, dtype=np.float32)
    return {"cell": cell, "readout": readout.init(rng, H, V, dtype=np.float32)}


def added(a, b):
    """Two gradients, nested alike, as one."""
    if not isinstance(a, dict):
        return a + b
    return {name: added(a[name], b[name]) for name in a}


def script(params, batches, bug, updates, rate, rng, look=None):
    """The training script. Each bug but those of `answer` has its line."""
    adam, state, old = optim.Adam(rate), None, None
    seen = {"loss": [], "norm": [], "used": [], "by step": []}
    drop = 0.0 if bug in LINES else DROP
    for n in range(updates):
        rows, new = next(batches)
        forgets = bug in ("not carried", "lines", "lines, padding counted")
        state = None if new or forgets else state
        loss, grads, state, each = answer(params, rows, bug, state, drop, rng)
        if bug == "not zeroed" and old is not None:
            grads = added(old, grads)
        old, norm = grads, optim.norm(grads)
        if bug != "clip too early":  # then it has clipped the old gradient
            grads, _ = optim.clip_by_norm(grads, CLIP)
        adam.update(params, grads)
        by_step = each[:T].mean(axis=1) if bug not in LINES else [0.0]
        found = (loss, norm, optim.norm(grads), by_step)
        for name, value in zip(seen, found, strict=True):
            seen[name].append(value)
        if look is not None and (n + 1) % min(EVERY, updates) == 0:
            look(params)
    return {name: np.array(values) for name, values in seen.items()}


def run(setting, seed):
    """Train with one bug: curves, and the numbers that tell bugs apart."""
    bug, updates, rate = (setting[k] for k in ("bug", "updates", "rate"))
    ids = TEXT["train"][: int(60_000 * setting.get("unread", 1))]
    valid, test = TEXT["valid"][:4000], TEXT["test"][:4000]
    rng, params, marks = np.random.default_rng(seed), begin(seed), []
    batches = lines(ids, rng) if bug in LINES else windows(ids)
    one = next(lines(ids, rng) if bug in LINES else windows(ids))[0]
    seen = script(
        params, batches, bug, updates, rate, rng,
        look=lambda params: marks.append(judged(params, bug, valid)),
    )  # fmt: skip
    alone = script(
        begin(seed), iter([(one, True)] * ALONE), bug, min(ALONE, updates),
        rate, rng,
    )["loss"]  # fmt: skip
    honest = "lines" if bug in LINES else "none"
    every = min(EVERY, updates)
    return {
        "first": round(seen["loss"][0], 4),
        "train": seen["loss"].reshape(-1, every).mean(1).round(4).tolist(),
        "norm": seen["norm"].reshape(-1, every).mean(1).round(4).tolist(),
        "used": round(seen["used"].max(), 4),
        "one batch": round(alone[-5:].mean(), 4),
        "by step": seen["by step"][-100:].mean(0, float).round(4).tolist(),
        "valids": np.round(marks, 4).tolist(),
        "valid": round(marks[-1], 4),
        "again": round(judged(params, bug, valid), 4),
        "honest": round(judged(params, honest, valid), 4),
        "test": round(judged(params, honest, test), 4),
    }


def collect(runs):
    """All runs of each bug: a list over the seeds of every measure."""
    stored = {"K": V, "every": EVERY, "clip": CLIP, "bugs": {}}
    stored |= {"drop": DROP, "text": text.report()}
    for bug in STREAM + LINES:
        found = runs(bug=bug)
        stored["bugs"][bug] = {k: [r[k] for r in found] for k in found[0]}
        stored["bugs"][bug]["rate"] = runs.rate(bug=bug)
    return stored
