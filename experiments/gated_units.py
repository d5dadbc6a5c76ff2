"""tanh, GRU or LSTM? Equal parameters, three tasks, two rates, five seeds.

    python experiments/gated_units.py

In the spirit of Chung et al. (2014). The LSTM has 32 units; the others get
as many as make their parameters equal to its own. Every cell tries the same
learning rates, so none is tuned more than another.

Writes ``book/results/gated_units.json``, which the chapter on the GRU reads,
after every block of seeds; started again, it goes on where it was. Capped by
updates, never by time; no seed is left out. All of it takes about three
minutes on one quiet core.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding, copying, waveform
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.params import flatten

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
SEEDS, EVERY, CLIP, UNITS = 5, 100, 1.0, 32
RATES = (1e-2, 3e-3)
#: Task: sizes of input and output, sequences a batch, updates.
TASKS = {
    "adding": (2, 1, 20, 800),  # 30 steps
    "copy": (10, 9, 20, 800),  # 5 of 8 symbols, 15 steps later
    "waveform": (1, 1, 16, 800),  # the next of 30 samples
}


def network(name, D, K, H, seed):
    """Fresh weights in 32 bits."""
    rng = np.random.default_rng([seed, 1])
    cell = CELLS[name].init(rng, D, H, dtype=np.float32)
    head = readout.init(rng, H, K, dtype=np.float32)
    return {"cell": cell, "readout": head}


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


def graded(ys, targets, mask):
    """Cross-entropy of classes or squared error of numbers, and gradient."""
    head = squared_error if targets.dtype == np.float32 else cross_entropy
    return head.loss_and_grad(ys, targets, mask)


def loss_and_grads(cell, params, batch):
    """One forward and one backward pass."""
    xs, targets, mask = batch
    hs, _, tape = bptt.unroll(cell, params["cell"], xs)
    ys = readout.forward(params["readout"], hs)
    loss, dys = graded(ys, targets, mask)
    dhs, d_readout = readout.backward(params["readout"], hs, dys)
    _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
    return float(loss), {"cell": d_cell, "readout": d_readout}


def answers(cell, params, xs):
    """Return what the network says at every step: (T, B, K)."""
    hs, _, _ = bptt.unroll(cell, params["cell"], xs)
    return readout.forward(params["readout"], hs)


def examine(task, cell, params):
    """Return one number, always of the same unseen sequences.

    Adding and waveform: the squared error. Copy: the share of symbols said
    right.
    """
    rng = np.random.default_rng(10**6)
    xs, targets, mask = draw(task, rng, 200)
    ys = answers(cell, params, xs)
    if task == "copy":
        return copying.recall_accuracy(ys.argmax(-1), targets)
    return float(graded(ys, targets, mask)[0])


def run(task, name, H, rate, seed):
    """Train once; return the examination's mark every EVERY updates."""
    D, K, B, updates = TASKS[task]
    cell, params = CELLS[name], network(name, D, K, H, seed)
    rng = np.random.default_rng([seed, 2])
    _, history = train.fit(
        lambda params, batch: loss_and_grads(cell, params, batch),
        params,
        (draw(task, rng, B) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        evaluate=lambda params: examine(task, cell, params),
        evaluate_every=EVERY,
        progress=False,
    )
    return [round(mark, 5) for _, mark in history.evaluations]


def known(path, about):
    """Return what an earlier run with the same settings has stored."""
    if path.is_file():
        stored = json.loads(path.read_text())
        if all(stored.get(key) == value for key, value in about.items()):
            return stored
    return about | {"marks": {}}


def sizes(D, K):
    """Return each cell's H and parameters: as many as the LSTM has."""
    budget = size(network("lstm", D, K, UNITS, 0))
    hidden = {name: units(name, D, K, budget) for name in CELLS}
    return {
        name: [H, size(network(name, D, K, H, 0))]
        for name, H in hidden.items()
    }


def main():
    """Train what is not stored yet; write after every block of seeds."""
    path = RESULTS / "gated_units.json"
    hidden = {task: sizes(*TASKS[task][:2]) for task in TASKS}
    about = {"seeds": SEEDS, "every": EVERY, "clip": CLIP}
    about |= {"tasks": {t: list(x) for t, x in TASKS.items()}}
    about |= {"sizes": hidden}
    book = known(path, about)
    for rate, task, name in product(RATES, TASKS, CELLS):
        by_rate = book["marks"].setdefault(task, {}).setdefault(name, {})
        if str(rate) in by_rate:
            continue
        H, _ = hidden[task][name]
        marks = [run(task, name, H, rate, seed) for seed in range(SEEDS)]
        by_rate[str(rate)] = marks
        path.write_text(json.dumps(book) + "\n")
        print(rate, task, name, [m[-1] for m in marks], flush=True)


if __name__ == "__main__":
    main()
