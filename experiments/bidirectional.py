"""Two directions: how to combine them, and what a delay would do instead.

Trains taggers of `rnncourse.data.errands`, for the chapter on bidirectional
networks: about three minutes on one quiet core. Each way of combining, at
each width, and each delay has a learning rate of its own, chosen by the loss
on sentences that are neither trained on nor tested.
"""

from functools import cache

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import RNN
from rnncourse.data import errands
from rnncourse.networks import Bidirectional, Labelled
from rnncourse.params import flatten

WIDTHS = [2, 4, 8, 16]
DELAYS = [0, 1, 2, 3, 4]
SEEDS, UPDATES = 5, 400
H, B, CLIP = 16, 32, 1.0
V, K = len(errands.VOCABULARY), len(errands.TAGS)
ONE_HOT = np.eye(V, dtype=np.float32)
ONE_HOT[0] = 0  # what follows the end of a sentence is no word
COMBINE = ("concat", "sum", "mean")
BUDGET = {"updates": UPDATES, "sentences": 2000}
COMPARES = ("combine", "delay")
SETTINGS = [
    {"combine": combine, "width": width} | BUDGET
    for combine in COMBINE
    for width in WIDTHS
] + [{"delay": delay} | BUDGET for delay in DELAYS]
QUICK = {"sentences": 40}
CHOSEN_BY = 2
RATES = (4e-3, 1.2e-2, 3.6e-2)


def asked(ids, tags, lengths, delay=0):
    """One batch: the tag of word t is asked for at t + delay."""
    nothing = np.zeros((delay, ids.shape[1]), int)
    xs = ONE_HOT[np.concatenate([ids, nothing])]
    tags, t = np.concatenate([nothing, tags]), np.arange(len(xs))[:, None]
    counts = (t >= delay) & (t < lengths + delay)
    return xs, tags, lengths + delay, counts


def fit(model, seed, width, delay, rate, updates, sentences):
    """Train a tagger on sentences drawn with the seed."""
    rng = np.random.default_rng(seed)
    params = model.init(rng, V, width, K, dtype=np.float32)
    ids, tags, lengths = errands.batch(rng, sentences, "train")
    batches = (
        asked(ids[:, b], tags[:, b], lengths[b], delay)
        for b in rng.integers(len(lengths), size=(updates, B))
    )
    return train.fit(
        model.loss_and_grads,
        params,
        batches,
        optim.Adam(rate),
        updates,
        clip=CLIP,
        progress=False,
    )[0]


@cache
def unseen(part, n):
    """Sentences to be graded on; those to choose by are of the first part."""
    seed = {"test": 10**6, "train": 10**6 + 1}[part]
    return errands.batch(np.random.default_rng(seed), n, part)


def accuracy(model, params, delay, sentences):
    """Grade test sentences: opening words, and all words."""
    ids, tags, lengths = unseen("test", sentences)
    xs, _, ends, counts = asked(ids, tags, lengths, delay)
    said = model.outputs(params, xs, ends)[delay:].argmax(-1)
    right, inside = said == tags, counts[delay:]
    opening = errands.opening(tags, lengths)
    return [round(float(right[w].mean()), 4) for w in (opening, inside)]


def run(setting, seed):
    """Train and grade one tagger."""
    width, delay = setting.get("width", H), setting.get("delay", 0)
    model = Labelled(RNN)
    if "combine" in setting:
        model = Labelled(Bidirectional(RNN, setting["combine"]))
    rate, updates, n = (setting[k] for k in ("rate", "updates", "sentences"))
    params = fit(model, seed, width, delay, rate, updates, n)
    valid, _ = model.loss_and_grads(params, asked(*unseen("train", n), delay))
    grades = accuracy(model, params, delay, n)
    size = sum(a.size for a in flatten(params).values())
    result = {"valid": round(float(valid), 5), "test": grades[0]}
    return result | {"grades": grades, "size": size}


def collect(runs):
    """Grades, sizes and rates by way of combining and width; by delay."""
    about = {"seeds": SEEDS, "updates": UPDATES, "H": H, "B": B, "clip": CLIP}
    about |= {"combined": {}, "parameters": {}, "rate": {}}
    for combine in COMBINE:
        found = {str(w): runs(combine=combine, width=w) for w in WIDTHS}
        about["combined"][combine] = {
            width: [r["grades"] for r in rs] for width, rs in found.items()
        }
        about["parameters"][combine] = {
            width: rs[0]["size"] for width, rs in found.items()
        }
        about["rate"][combine] = {
            str(w): runs.rate(combine=combine, width=w) for w in WIDTHS
        }
    about["delayed"] = {
        str(d): [r["grades"] for r in runs(delay=d)] for d in DELAYS
    }
    about["rate"]["delayed"] = {str(d): runs.rate(delay=d) for d in DELAYS}
    return about
