"""What is each of the LSTM's six parts good for? And peepholes?

Breaks each part in turn and trains what is left on four tasks; then trains
LSTMs with and without peepholes on a timer. What is left has, each time, the
learning rate that suits it best on other sequences. For the chapter on the
LSTM, about a quarter of an hour on one quiet core.
"""

from itertools import product

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM, PeepholeLSTM
from rnncourse.data import adding, noticeboard
from rnncourse.heads import squared_error
from rnncourse.networks import Labelled

T, B, CLIP, UPDATES = 20, 32, 1.0, 800
SEEDS = 5
RATES, CHOSEN_BY = (1e-2, 3e-2, 1e-1), 5
VALID, TEST = 10**6 + 1, 10**6  #: Seeds of unseen sequences.
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
TIMER = {"delay": 12, "T": 40, "units": [1, 2, 4], "updates": 1000}


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


def masked(batch):
    """In 32 bits, for `Labelled`: only where there is a target counts."""
    xs, targets = (a.astype(np.float32) for a in batch)
    mask = ~np.isnan(targets)
    return xs, np.where(mask, targets, 0), None, mask


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
    {"task": task, "part": part, "H": H, "updates": UPDATES, "seeds": seeds}
    for H, seeds in SEEDS_BY_SIZE.items()
    for task, part in product(TASKS, PARTS)
] + [
    {"task": "timer", "cell": cell, "H": H, "updates": TIMER["updates"]}
    for cell, H in product(CELLS, TIMER["units"])
]


def run(setting, seed):
    """Train once; two errors."""
    cell = CELLS[setting.get("cell", "LSTM")]
    task = (TASKS | {"timer": timer})[setting["task"]]
    part, updates = setting.get("part", "nothing"), setting["updates"]
    model, rng = Labelled(cell, squared_error), np.random.default_rng(seed)
    D = task(np.random.default_rng(0), 1)[0].shape[2]
    params = model.init(rng, D, setting["H"], 1, dtype=np.float32)
    broken(params["network"], part)

    def loss(params, batch):
        value, grads = model.loss_and_grads(params, batch)
        if part == "output":
            grads["network"]["W_hh"][:] = 0  # it stays away
        return value, grads

    params, _ = train.fit(
        loss,
        params,
        (masked(task(rng, B)) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        progress=False,
    )
    unseen = (task(np.random.default_rng(s), 1000) for s in (VALID, TEST))
    valid, test = (
        model.loss_and_grads(params, masked(part))[0] for part in unseen
    )
    return {"valid": round(float(valid), 5), "test": round(float(test), 5)}


def baseline(task):
    """The error of the best constant answer."""
    targets = task(np.random.default_rng(TEST), 1000)[1]
    return float(np.nanvar(targets))


def collect(runs):
    """Errors and rates by size, task and part; the timer's by cell, size."""
    about = {"T": T, "B": B, "clip": CLIP, "updates": UPDATES}
    about |= {"timer": TIMER, "error": {}, "rate": {}, "ring": {}}
    about |= {"ring rate": {}}
    about["baseline"] = {n: baseline(task) for n, task in TASKS.items()}
    about["baseline"]["timer"] = baseline(timer)

    def errors(**where):
        return [r["test"] for r in runs(**where)]

    for name, found in ("error", errors), ("rate", runs.rate):
        for H in SEEDS_BY_SIZE:
            about[name][str(H)] = {
                task: {p: found(task=task, part=p, H=H) for p in PARTS}
                for task in TASKS
            }
    for name, found in ("ring", errors), ("ring rate", runs.rate):
        for cell in CELLS:
            about[name][cell] = {
                str(H): found(cell=cell, H=H) for H in TIMER["units"]
            }
    return about
