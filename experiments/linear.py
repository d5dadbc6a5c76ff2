"""Recurrence without waiting: can a linear cell add, and track a state?

Cells that are linear in their state, beside an LSTM and a GRU, in the adding
problem, and in worlds in which a state has to be changed by what it is:
parity, and a ball under three cups. The control "min_gru, signed" is a
minimal gated unit whose a may be negative, ``a = 1 - 2 * z``, and is equal to
it in all else.

One frame of equal size for all: a layer with relu that the cell reads, and
one that reads the cell. Without it, a cell with fixed coefficients and its
readout would be one linear map of the inputs.

The other worlds of the course (`WORLDS`, and the lamp) can be trained here,
too, but have not been: a setting for each is all they need.
"""

import math
from dataclasses import dataclass
from itertools import count

import numpy as np

from experiments._worlds import (
    COUNTED,
    DELAY,
    DRAW,
    ITEMS,
    SIZES,
    STEPS,
    SYMBOLS,
    TRACK,
    TRACK_LONG,
    VOCABULARY,
    WINDOW,
    F,
)
from rnncourse import optim, train
from rnncourse.cells import (
    GRU,
    LRU,
    LSTM,
    LeakySum,
    MinGRU,
    MinGRUCell,
    MinLSTM,
)
from rnncourse.cells._gated import parts
from rnncourse.data import adding, copying, counting, streams, tokens
from rnncourse.data import text as real_text
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.networks import Stacked
from rnncourse.ops import sigmoid
from rnncourse.params import flatten

B, CLIP, TESTED = 32, 1.0, 500


@dataclass(frozen=True, repr=False)
class SignedMinGRUCell(MinGRUCell):
    """A minimal gated unit that can turn its state round: a from -1 to 1."""

    def coefficients(self, params, axs):
        a_z, n = parts(axs, 2)
        z = sigmoid(a_z)
        return 1 - 2 * z, z * n, {"z": z, "n": n}

    def coefficients_backward(self, params, kept, da, db):
        z, n = kept["z"], kept["n"]
        d_z = (db * n - 2 * da) * z * (1 - z)
        return {"d_z": d_z, "d_n": db * z}


CELLS = {
    "lstm": LSTM,
    "gru": GRU,
    "min_gru": MinGRU,
    "min_lstm": MinLSTM,
    "lru": LRU,
    "leaky": LeakySum,
    "min_gru, two layers": Stacked(MinGRU, MinGRU),
    "min_gru, signed": SignedMinGRUCell(),
}
WORLDS = ("adding", "copying", "counting", "intents", "text")
TRACKED = ("parity", "cups", "lamp")
#: Updates, parameters, and units of the two layers of the frame.
BUDGET = {
    "adding": (400, 10_000, 32),
    "copying": (800, 10_000, 32),
    "counting": (600, 10_000, 32),
    "intents": (200, 10_000, 32),
    "text": (300, 20_000, 32),
    "parity": (600, 5_000, 16),
    "cups": (600, 5_000, 16),
    "lamp": (300, 5_000, 16),
}
COMPARES = "cell"
SETTINGS = [
    {"task": task, "cell": cell, "updates": updates}
    for task, updates, cells in (
        ("parity", 600, ("lstm", "gru", "min_gru", "min_gru, two layers",
                         "min_gru, signed", "lru")),
        ("cups", 600, ("lstm", "min_gru", "min_gru, two layers",
                       "min_gru, signed")),
        ("adding", 400, ("lstm", "gru", "min_gru", "lru")),
    )
    for cell in cells
]  # fmt: skip
SEEDS, CHOSEN_BY, RATES = 5, 3, (2e-3, 6e-3, 2e-2)

# The network: a layer with relu, the cell, a layer with relu, a readout.


def network(task, cell, H, rng):
    """Fresh 32-bit weights."""
    (D, K), E = SIZES[task], BUDGET[task][2]
    return {
        "into": readout.init(rng, D, E, F),
        "cell": cell.init(rng, E, H, dtype=F),
        "hidden": readout.init(rng, cell.width(H), E, F),
        "readout": readout.init(rng, E, K, F),
    }


def size(params):
    """The number of parameters."""
    return sum(a.size for a in flatten(params).values())


def units(task, name):
    """The number of units that comes closest to the budget."""
    rng, wanted = np.random.default_rng(0), BUDGET[task][1]
    sizes = [size(network(task, CELLS[name], H, rng)) for H in range(1, 150)]
    return 1 + int(np.argmin([abs(n - wanted) for n in sizes]))


def forward(cell, params, xs, lengths=None, state=None):
    """Return the outputs, the last state, and what the way back needs."""
    into = np.maximum(readout.forward(params["into"], xs), 0)
    hs, state, tape = cell.unroll(params["cell"], into, state, lengths)
    hidden = np.maximum(readout.forward(params["hidden"], hs), 0)
    ys = readout.forward(params["readout"], hidden)
    return ys, state, (into, hs, tape, hidden)


def loss_and_grads(cell, params, batch, state=None):
    """The loss of the outputs that count, gradients, and the last state."""
    xs, targets, mask, lengths = batch
    ys, state, (into, hs, tape, hidden) = forward(
        cell, params, xs, lengths, state
    )
    head = squared_error if targets.ndim == 3 else cross_entropy
    loss, dys = head.loss_and_grad(ys, targets, mask)
    dhidden, d_readout = readout.backward(params["readout"], hidden, dys)
    dhs, d_hidden = readout.backward(
        params["hidden"], hs, dhidden * (hidden > 0)
    )
    dinto, _, d_cell = cell.unroll_backward(params["cell"], tape, dhs)
    _, d_into = readout.backward(params["into"], xs, dinto * (into > 0))
    grads = {"into": d_into, "cell": d_cell}
    grads |= {"hidden": d_hidden, "readout": d_readout}
    return loss, grads, state


# What a trained network is worth.


def score(task, cell, params, batch):
    """The share that is right; for adding, the share that is missed."""
    xs, targets, mask, lengths = batch
    ys, _, _ = forward(cell, params, xs, lengths)
    if task == "adding":
        error = np.mean((ys[mask] - targets[mask]) ** 2)
        return float(error / adding.BASELINE)
    answers = ys.argmax(axis=-1)
    if task == "copying":
        return copying.recall_accuracy(answers, targets)
    if task == "counting":
        return float(counting.all_right(answers, targets, mask).mean())
    if task in ("parity", "cups", "lamp"):  # at the last step alone
        return float(np.mean(answers[-1] == targets[-1]))
    return float(np.mean(answers[mask] == targets[mask]))


def measured(task, cell, params):
    """Validation loss; scores of the test, and beyond the training's range."""
    valid, test = (np.random.default_rng(10**6 + k) for k in (0, 1))
    draw, result = DRAW[task], {}
    held_out = draw(valid, TESTED)
    result["valid"] = float(loss_and_grads(cell, params, held_out)[0])
    part = {"part": "test"} if task == "intents" else {}
    result["test"] = score(task, cell, params, draw(test, TESTED, **part))
    longer = {
        "adding": {"T": 4 * STEPS},
        "copying": {"delay": 2 * DELAY},
        "parity": {"T": TRACK_LONG},
        "cups": {"T": TRACK_LONG},
        "lamp": {"T": TRACK_LONG},
    }.get(task)
    if task == "counting":
        beyond = list(range(COUNTED + 1, 2 * COUNTED + 1))
        ids, *rest = counting.isolated("anbn", beyond)
        batch = tokens.one_hot(ids, 3, F), *rest
        result["longer"] = score(task, cell, params, batch)
    elif longer:
        batch = draw(test, TESTED, **longer)
        result["longer"] = score(task, cell, params, batch)
    return result


def bits(cell, params, ids):
    """Bits a character of a text, read in columns, each from zeros."""
    rows = streams.columns(ids, 32)
    xs = tokens.one_hot(rows[:-1], len(VOCABULARY), F)
    ys, _, _ = forward(cell, params, xs)
    return float(cross_entropy.loss_and_grad(ys, rows[1:])[0] / math.log(2))


def read_text(cell, params, adam, updates):
    """Train on windows of the text; the state is carried from one to next."""
    ids = {
        part: real_text.encode(real_text.read(part), VOCABULARY)
        for part in real_text.PARTS
    }
    rows, state = streams.columns(ids["train"], B), None
    windows = (len(rows) - 1) // WINDOW

    def step(params, n):
        nonlocal state
        first = (n % windows) * WINDOW
        if first == 0:
            state = None
        seen = rows[first : first + WINDOW + 1]
        xs = tokens.one_hot(seen[:-1], len(VOCABULARY), F)
        batch = xs, seen[1:], np.ones(seen[1:].shape, bool), None
        loss, grads, state = loss_and_grads(cell, params, batch, state)
        return loss, grads

    params, _ = train.fit(
        step, params, count(), adam, updates, clip=CLIP, progress=False
    )
    return {n: bits(cell, params, ids[n]) for n in ("valid", "test")}


def run(setting, seed):
    """Train once; say what it is worth."""
    task, cell = setting["task"], CELLS[setting["cell"]]
    rng, updates = np.random.default_rng(seed), setting["updates"]
    H = units(task, setting["cell"])
    params = network(task, cell, H, rng)
    about = {"H": H, "parameters": size(params)}
    adam = optim.Adam(setting["rate"])
    try:
        if task == "text":
            return read_text(cell, params, adam, updates) | about
        params, _ = train.fit(
            lambda params, batch: loss_and_grads(cell, params, batch)[:2],
            params, (DRAW[task](rng, B) for _ in range(updates)), adam,
            updates, clip=CLIP, progress=False,
        )  # fmt: skip
    except FloatingPointError:
        return about | {"valid": None}
    return measured(task, cell, params) | about


def collect(runs):
    """By task and cell: the rate, the size, and every seed's scores."""
    tasks = {}
    for setting in SETTINGS:
        where = {"task": setting["task"], "cell": setting["cell"]}
        results = runs(**where)
        entry = {"rate": runs.rate(**where), "tried": runs.tried(**where)}
        entry |= {name: results[0][name] for name in ("H", "parameters")}
        for name in "valid", "test", "longer":
            if name in results[0]:
                entry[name] = [round(r[name], 5) for r in results]
        tasks.setdefault(where["task"], {})[where["cell"]] = entry
    return {
        "B": B, "clip": CLIP, "rates": RATES, "seeds": SEEDS,
        "updates": {s["task"]: s["updates"] for s in SETTINGS},
        "sizes": {"steps": STEPS, "delay": DELAY, "items": ITEMS,
                  "symbols": SYMBOLS, "counted": COUNTED, "window": WINDOW,
                  "track": TRACK, "track_long": TRACK_LONG},
        "tasks": tasks,
    }  # fmt: skip
