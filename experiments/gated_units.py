"""tanh, GRU or LSTM? Equal parameters, three tasks, a rate for each.

In the spirit of Chung et al. (2014). The LSTM has 32 units; the others get
as many as make their parameters equal to its own. Every cell tries the same
learning rates with all seeds, and more of them where its best would lie at
the edge. For the chapter on the GRU, about eight minutes on one quiet core.
"""

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding, copying, waveform
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.networks import Labelled
from rnncourse.params import flatten

CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
SEEDS, EVERY, CLIP, UNITS = 5, 100, 1.0, 32
#: Task: sizes of input and output, sequences a batch, updates.
TASKS = {
    "adding": (2, 1, 20, 800),  # 30 steps
    "copy": (10, 9, 20, 800),  # 5 of 8 symbols, 15 steps later
    "waveform": (1, 1, 16, 800),  # the next of 30 samples
}
COMPARES = "cell"
SETTINGS = [
    {"task": task, "cell": cell, "updates": TASKS[task][-1]}
    for task in TASKS
    for cell in CELLS
]
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2, 1e-1, 3e-1), SEEDS


def network(name, D, K, H, seed):
    """Fresh weights in 32 bits."""
    rng = np.random.default_rng([seed, 1])
    cell = CELLS[name].init(rng, D, H, dtype=np.float32)
    head = readout.init(rng, H, K, dtype=np.float32)
    return {"network": cell, "readout": head}


def size(params):
    """Count the parameters."""
    return sum(a.size for a in flatten(params).values())


def units(name, D, K, budget):
    """Return the H whose parameters come nearest to the budget."""
    return min(
        range(8, 200),
        key=lambda H: abs(size(network(name, D, K, H, 0)) - budget),
    )


def draw(task, rng, B):
    """Return xs (T, B, D), targets and a mask, or None."""
    if task == "adding":
        xs, targets = adding.batch(rng, 30, B)
        ys = np.zeros((*xs.shape[:2], 1), np.float32)
        ys[-1], mask = targets, np.zeros(ys.shape, bool)
        mask[-1] = True
        return xs.astype(np.float32), ys, mask
    if task == "copy":
        ids, targets = copying.batch(rng, 15, B, items=5)
        one_hot = np.eye(10, dtype=np.float32)
        return one_hot[ids], targets, targets != copying.BLANK
    xs, targets = waveform.batch(rng, 30, B)
    return xs.astype(np.float32), targets.astype(np.float32), None


def head_for(targets):
    """Cross-entropy for classes, squared error for numbers."""
    return squared_error if targets.dtype == np.float32 else cross_entropy


def loss_and_grads(cell, params, batch):
    """One forward and one backward pass."""
    xs, targets, mask = batch
    model = Labelled(cell, head_for(targets))
    loss, grads = model.loss_and_grads(params, (xs, targets, None, mask))
    return float(loss), grads


def answers(cell, params, xs):
    """Return what the network says at every step: (T, B, K)."""
    hs, _, _ = bptt.unroll(cell, params["network"], xs)
    return readout.forward(params["readout"], hs)


def examine(task, cell, params, seed):
    """Return one number, always of the same unseen sequences.

    Adding and waveform: the squared error. Copy: the share of symbols said
    right.
    """
    rng = np.random.default_rng(seed)
    xs, targets, mask = draw(task, rng, 200)
    ys = answers(cell, params, xs)
    if task == "copy":
        return copying.recall_accuracy(ys.argmax(-1), targets)
    return float(head_for(targets).loss_and_grad(ys, targets, mask)[0])


def run(setting, seed):
    """Train once; the test's mark every EVERY updates.

    "valid" is the last mark on other sequences than those of the test.
    """
    task, name, updates = (setting[k] for k in ("task", "cell", "updates"))
    D, K, B, _ = TASKS[task]
    H, size = sizes(D, K)[name]
    cell, params = CELLS[name], network(name, D, K, H, seed)
    rng = np.random.default_rng([seed, 2])
    params, history = train.fit(
        lambda params, batch: loss_and_grads(cell, params, batch),
        params,
        (draw(task, rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: examine(task, cell, params, 10**6),
        evaluate_every=EVERY,
        progress=False,
    )
    marks = [round(mark, 5) for _, mark in history.evaluations]
    valid = examine(task, cell, params, 10**6 + 1)
    valid = 1 - valid if task == "copy" else valid
    result = {"valid": round(valid, 5), "test": marks[-1], "marks": marks}
    return result | {"H": H, "parameters": size}


def sizes(D, K):
    """Return each cell's H and parameters: as many as the LSTM has."""
    budget = size(network("lstm", D, K, UNITS, 0))
    hidden = {name: units(name, D, K, budget) for name in CELLS}
    return {
        name: [H, size(network(name, D, K, H, 0))]
        for name, H in hidden.items()
    }


def collect(runs):
    """The marks of all rates and seeds, and the rate chosen for each cell."""
    about = {"seeds": SEEDS, "every": EVERY, "clip": CLIP}
    about |= {"tasks": {t: list(x) for t, x in TASKS.items()}}
    about |= {"sizes": {}, "marks": {}, "chosen": {}}
    for task in TASKS:
        for part in ("sizes", "marks", "chosen"):
            about[part][task] = {}
        for cell in CELLS:
            where = {"task": task, "cell": cell}
            first, *_ = runs(**where)
            about["sizes"][task][cell] = [first["H"], first["parameters"]]
            about["chosen"][task][cell] = runs.rate(**where)
            about["marks"][task][cell] = {
                str(rate): [r["marks"] for r in runs(**where, rate=rate)]
                for rate in runs.tried(**where)
            }
    return about
