"""What is each of the LSTM's six parts good for? And peepholes?

Breaks each part in turn and trains what is left on four tasks; then trains
LSTMs with and without peepholes on a timer. For the chapter on the LSTM,
about ten minutes on one quiet core. Nothing is tuned.
"""

from itertools import product

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM, PeepholeLSTM
from rnncourse.data import adding, noticeboard
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

T, B, RATE, CLIP, UPDATES = 24, 32, 1e-2, 1.0, 1500
SEEDS = 5
SEEDS_BY_SIZE = {2: 5, 12: 3}  #: For networks of so many units.
CELLS = {"LSTM": LSTM, "PeepholeLSTM": PeepholeLSTM}
GLUE = 50.0  #: A bias no input moves: sigmoid and tanh are 1, slopes are 0.
#: Part → the gate that is glued and to which side.
PARTS = {
    "nothing": None,
    "input": ("g", GLUE),
    "input gate": ("i", GLUE),
    "forget gate": ("f", GLUE),
    "memory cell": ("f", -GLUE),
    "output gate": ("o", GLUE),
    "output": "W_hh",  # the gates no longer hear it
}
TIMER = {"delay": 12, "T": 60, "units": [1, 2, 4], "updates": 2000}


def board(rng, n):
    """The number last pinned up, at every step."""
    return noticeboard.batch(rng, T, n)


def asked(rng, n):
    """The same, and 0 wherever nobody asks."""
    xs, targets = noticeboard.batch(rng, T, n)
    ask = (rng.random((T, n, 1)) < 0.3).astype(float)
    return np.concatenate([xs, ask], axis=2), targets * ask


def sums(rng, n):
    """The adding problem; what counts is the answer at the end."""
    xs, total = adding.batch(rng, T, n)
    targets = np.full((T, n, 1), np.nan)
    targets[-1] = total - 1  # its mean is 1
    return xs, targets


def flips(rng, n):
    """A switch: every mark turns 1 into -1 and back."""
    marks = (rng.random((T, n, 1)) < 0.25).astype(float)
    return marks, 1 - 2 * (marks.cumsum(axis=0) % 2)


def timer(rng, n):
    """Ring once, `delay` steps after the last mark."""
    delay, steps = TIMER["delay"], TIMER["T"]
    marks, targets = np.zeros((2, steps, n, 1))
    for b in range(n):
        t = int(rng.integers(delay))
        while t < steps:
            marks[t, b] = 1
            if t + delay < steps:
                targets[t + delay, b] = 1
            t += int(rng.integers(delay + 1, 2 * delay))
    return marks, targets


TASKS = {"noticeboard": board, "asked": asked, "adding": sums, "flips": flips}


def loss_and_grads(cell, params, batch):
    """The squared error wherever there is a target, and gradients."""
    xs, targets = (a.astype(np.float32) for a in batch)
    mask = ~np.isnan(targets)
    batch = xs, np.where(mask, targets, 0), None, mask
    return Labelled(cell, squared_error).loss_and_grads(params, batch)


def broken(params, part):
    """Break one part of a fresh LSTM, in place."""
    gate = PARTS[part]
    if gate == "W_hh":
        params["W_hh"][:] = 0
    elif gate:
        units = len(params["W_hh"])
        k = LSTM.gates.index(gate[0]) * units
        params["b_x"][k : k + units] = gate[1]


COMPARES = ("part", "cell")
SETTINGS = [
    {"task": task, "part": part, "H": H, "updates": UPDATES,
     "rate": RATE, "seeds": seeds}
    for H, seeds in SEEDS_BY_SIZE.items()
    for task, part in product(TASKS, PARTS)
] + [
    {"task": "timer", "cell": cell, "H": H, "updates": TIMER["updates"],
     "rate": RATE}
    for cell, H in product(CELLS, TIMER["units"])
]  # fmt: skip


def run(setting, seed):
    """Train once; the test error."""
    cell = CELLS[setting.get("cell", "LSTM")]
    task = (TASKS | {"timer": timer})[setting["task"]]
    H, part = setting["H"], setting.get("part", "nothing")
    updates, rng = setting["updates"], np.random.default_rng(seed)
    D = task(np.random.default_rng(0), 1)[0].shape[2]
    weights = cell.init(rng, D, H, dtype=np.float32)
    broken(weights, part)
    params = {"network": weights}
    params["readout"] = readout.init(rng, H, 1, dtype=np.float32)

    def loss(params, batch):
        value, grads = loss_and_grads(cell, params, batch)
        if part == "output":
            grads["network"]["W_hh"][:] = 0  # it stays away
        return value, grads

    params, _ = train.fit(
        loss,
        params,
        (task(rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        progress=False,
    )
    test = task(np.random.default_rng(10**6), 1000)
    error = round(float(loss_and_grads(cell, params, test)[0]), 5)
    return {"test": error}


def baseline(task):
    """The error of the best constant answer."""
    targets = task(np.random.default_rng(10**6), 1000)[1]
    return float(np.nanvar(targets))


def collect(runs):
    """Errors by size, task and part; those of the timer by cell and size."""
    about = {"T": T, "B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    about |= {"timer": TIMER, "error": {}, "ring": {}}
    about["baseline"] = {n: baseline(task) for n, task in TASKS.items()}
    about["baseline"]["timer"] = baseline(timer)

    def errors(**where):
        return [r["test"] for r in runs(**where)]

    for H in SEEDS_BY_SIZE:
        about["error"][str(H)] = {
            task: {part: errors(task=task, part=part, H=H) for part in PARTS}
            for task in TASKS
        }
    for cell in CELLS:
        about["ring"][cell] = {
            str(H): errors(cell=cell, H=H) for H in TIMER["units"]
        }
    return about
