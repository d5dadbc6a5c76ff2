"""Attention beside an LSTM, a GRU and a minGRU, on the book's five worlds.

Every network has about as many parameters as the one block of attention, the
same map from the input to its units below it and the same readout above it.
Each has the rate that suits it best on fresh sequences (of the text: on the
validation part); a rate at the edge of the grid widens the grid. All train
on one range of lengths, and are then asked for longer ones, too.

Two controls: the block without positions, and with two blocks in the place
of one (then with fewer units, so that the parameters stay equal).
"""

import math
from functools import cache

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, MinGRU
from rnncourse.data import adding, copying, counting, intents, text, tokens
from rnncourse.heads import cross_entropy, squared_error
from rnncourse.networks import Labelled, Positioned, Stacked, attentive
from rnncourse.params import flatten

F, CLIP, UNITS, HEADS, FRESH = np.float32, 1.0, 24, 4, 10**6
WAITS, ITEMS, SYMBOLS, COUNTED, WINDOW = 10, 5, 8, 12, 64
#: Task → how long the sequences are in training, and at the test beside it.
ADDED, ADDED_TESTED = 30, (15, 30, 60, 120)
WAITED_TESTED = (5, 10, 20, 40)
COUNTED_TESTED = ((1, 12), (13, 24), (25, 48))
READ_TESTED = (64, 128, 256)
CELLS = {"lstm": LSTM, "gru": GRU, "min_gru": MinGRU}
LEAST = 20  # rarer characters of the training part become one sign
TASKS = ("adding", "copy", "counting", "intents", "text")
UPDATES = {"adding": 600, "copy": 600, "counting": 400, "intents": 300,
           "text": 400}  # fmt: skip
BATCH = {"adding": 20, "copy": 20, "counting": 24, "intents": 32, "text": 16}

COMPARES = "model"
SETTINGS = [
    {"task": task, "model": model, "updates": UPDATES[task]}
    for task in TASKS
    for model in ("attention", *CELLS)
] + [
    {"task": task, "model": model, "updates": UPDATES[task]}
    for task, model in (
        ("copy", "attention, no positions"),
        ("adding", "attention, no positions"),
        ("counting", "attention, no positions"),
        ("counting", "attention, two blocks"),
    )
]
SEEDS, CHOSEN_BY, RATES = 5, 3, (3e-3, 1e-2, 3e-2)


@cache
def letters(part):
    """Return a part of the real text as ids, and how many kinds there are."""
    vocabulary = text.vocabulary(text.read("train"), least=LEAST)
    return text.encode(text.read(part), vocabulary), len(vocabulary)


def sizes(task):
    """Return the sizes of an input and of an output."""
    known = {"adding": (2, 1), "copy": (SYMBOLS + 2,) * 2, "counting": (3, 3)}
    if task == "intents":
        return len(intents.VOCABULARY), len(intents.INTENTS)
    return known.get(task) or (letters("train")[1],) * 2


def network(model):
    """Return a network that has every network's map at its foot."""
    if model in CELLS:
        return Stacked(Positioned("none"), CELLS[model])
    places = "none" if model.endswith("no positions") else "waves"
    return attentive(1 + model.endswith("two blocks"), HEADS, True, places)


def labelled(task, model):
    """Return the network with the loss of a task."""
    return Labelled(
        network(model), squared_error if task == "adding" else cross_entropy
    )


def fresh(task, model, H, seed=0):
    """Draw parameters."""
    rng, (D, K) = np.random.default_rng([seed, 1]), sizes(task)
    return labelled(task, model).init(rng, D, H, K, dtype=F)


def count(params):
    """Count the parameters."""
    return sum(a.size for a in flatten(params).values())


def units(task, model):
    """Return the H whose parameters come nearest to one block's."""
    if model in ("attention", "attention, no positions"):
        return UNITS
    wanted = count(fresh(task, "attention", UNITS))
    step = HEADS if model.startswith("attention") else 1
    return min(
        range(8, 80, step),
        key=lambda H: abs(count(fresh(task, model, H)) - wanted),
    )


def draw(task, rng, B, at=None, part="train"):
    """Return xs (T, B, D), targets, lengths, and a mask of what counts.

    `at` says how long the sequences are, in the task's own measure.
    """
    if task == "adding":
        xs, sums = adding.batch(rng, at or ADDED, B)
        targets = np.zeros((*xs.shape[:2], 1), F)
        targets[-1], mask = sums, np.zeros(targets.shape, bool)
        mask[-1] = True
        return xs.astype(F), targets, None, mask
    if task == "copy":
        ids, targets = copying.batch(rng, at or WAITS, B, ITEMS, SYMBOLS)
        return one_hot(task, ids), targets, None, targets != copying.BLANK
    if task == "counting":
        low, high = at or (1, COUNTED)
        counts = rng.integers(low, high + 1, B).tolist()
        ids, targets, mask, lengths = counting.isolated("anbn", counts)
        return one_hot(task, ids), targets, lengths, mask
    if task == "intents":
        words, labels = intents.sentences(rng, B, part)
        ids, lengths = intents.encode(words)
        mask = np.arange(len(ids))[:, None] == lengths - 1
        targets = np.broadcast_to(labels, ids.shape)
        return one_hot(task, ids), targets, lengths, mask
    ids, T = letters(part)[0], at or WINDOW
    starts = rng.integers(len(ids) - T, size=B)
    ids = ids[starts + np.arange(T + 1)[:, None]]
    return one_hot(task, ids[:-1]), ids[1:], None, None


def one_hot(task, ids):
    """Return ids as inputs of the network."""
    return tokens.one_hot(ids, sizes(task)[0], F)


def mark(task, model, params, at=None, part="test", B=200):
    """Return one number on unseen sequences.

    Adding: the squared error as a share of the one who always answers 1.
    Text: bits a character. The others: the share that is right.
    """
    rng = np.random.default_rng(FRESH)
    xs, targets, lengths, mask = draw(task, rng, B, at, part)
    ys = labelled(task, model).outputs(params, xs, lengths)
    if task == "adding":
        loss, _ = squared_error.loss_and_grad(ys, targets, mask)
        return float(loss / adding.BASELINE)
    if task == "text":
        loss, _ = cross_entropy.loss_and_grad(ys, targets)
        return float(loss / math.log(2))
    said = ys.argmax(axis=-1)
    if task == "counting":
        return float(counting.all_right(said, targets, mask).mean())
    return float((said == targets)[mask].mean())


def valid_loss(task, model, params):
    """Return the loss that chooses the rate; no test sequence is in it."""
    rng = np.random.default_rng(FRESH + 1)
    part = "valid" if task == "text" else "train"
    xs, targets, lengths, mask = draw(task, rng, 200, None, part)
    asked = labelled(task, model)
    ys = asked.outputs(params, xs, lengths)
    return float(asked.head.loss_and_grad(ys, targets, mask)[0])


def trained(task, model, updates, rate, seed):
    """Train once; return the parameters and what happened."""
    rng = np.random.default_rng([seed, 2])
    return train.fit(
        labelled(task, model).loss_and_grads,
        fresh(task, model, units(task, model), seed),
        (draw(task, rng, BATCH[task]) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        progress=False,
    )


def run(setting, seed):
    """Train once; mark it at the lengths of training, and at others."""
    task, model = setting["task"], setting["model"]
    params, history = trained(
        task, model, setting["updates"], setting["rate"], seed
    )
    tested = {
        "adding": ADDED_TESTED,
        "copy": WAITED_TESTED,
        "counting": COUNTED_TESTED,
        "text": READ_TESTED,
    }.get(task, (None,))
    B = 64 if task == "text" else 200
    marks = [round(mark(task, model, params, at, B=B), 5) for at in tested]
    usual = {"adding": 1, "copy": 1}.get(task, 0)
    every = max(1, setting["updates"] // 40)
    curve = history.loss[: len(history.loss) // every * every]
    return {
        "valid": round(valid_loss(task, model, params), 6),
        "test": marks[usual],
        "marks": marks,
        "curve": curve.reshape(-1, every).mean(axis=1).round(5).tolist(),
    }


def collect(runs):
    """By task and model: units, parameters, rate, marks, curves."""
    about = {
        "seeds": SEEDS, "clip": CLIP, "updates": UPDATES, "batch": BATCH,
        "heads": HEADS,
        "tested": {
            "adding": ADDED_TESTED, "copy": WAITED_TESTED,
            "counting": COUNTED_TESTED, "text": READ_TESTED,
        },
        "tasks": {},
    }  # fmt: skip
    for setting in SETTINGS:
        task, model = setting["task"], setting["model"]
        found, H = runs(task=task, model=model), units(task, model)
        about["tasks"].setdefault(task, {})[model] = {
            "units": H,
            "parameters": count(fresh(task, model, H)),
            "rate": runs.rate(task=task, model=model),
            "test": [r["test"] for r in found],
            "marks": [r["marks"] for r in found],
            "curves": [r["curve"] for r in found],
        }
    return about
