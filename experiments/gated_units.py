"""tanh, GRU or LSTM? Equal parameters, four tasks, three rates, five seeds.

    python experiments/gated_units.py

In the spirit of Chung et al. (2014). Three parts:

* ``tasks``: the three cells on four tasks. The LSTM has 32 units; the others
  get as many as make their parameters equal to its own. Every cell tries the
  same learning rates, so none is tuned more than another.
* ``starts``: what the bias of the gate that keeps the past does, for GRU and
  LSTM, on the two tasks that need memory.
* ``overfitting``: small training sets, at equal units and equal parameters.

Writes ``book/results/gated_units.json`` after every block of seeds, which the
chapter on the GRU reads. Capped by updates, never by time; no seed is left
out. All of it takes about ten minutes on one quiet core.
"""

import json
import sys
from pathlib import Path

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding, copying, counting, intents, waveform
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.params import flatten

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
SEEDS, EVERY, CLIP, UNITS = 5, 100, 1.0, 32
RATES = (1e-2, 3e-3, 1e-3)
#: Task: sizes of input and output, sequences a batch, updates.
TASKS = {
    "adding": (2, 1, 20, 800),  # 30 steps
    "copy": (10, 9, 20, 800),  # 5 of 8 symbols, 15 steps later
    "waveform": (1, 1, 16, 800),  # the next of 30 samples
    "counting": (2, 2, 16, 800),  # a^n b^n, n up to 10
}
LONGEST = 30  # counting is examined with n = 1 ... 30


def network(name, D, K, H, seed):
    """Fresh weights in 32 bits."""
    rng = np.random.default_rng([seed, 1])
    cell = CELLS[name].init(rng, D, H, dtype=np.float32)
    head = readout.init(rng, H, K, np.float32)
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


def one_hot(ids, D, first=0):
    """Turn ids into rows of 32 bits; an id below `first` into zeros."""
    table = np.eye(D + first, D, -first, dtype=np.float32)
    return table[ids]


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
        return one_hot(ids, 10), targets, targets != copying.BLANK
    if task == "counting":
        ids, targets, mask = counting.stream(rng, "anbn", 50, B, longest=10)
        return one_hot(ids, 2, 1), targets - 1, mask
    noise = 0.1 if task == "noisy waves" else 0.0
    xs, targets = waveform.batch(rng, 30, B, noise=noise)
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
    right. Counting: the share of n = 1 ... 30 with every letter right.
    """
    rng = np.random.default_rng(10**6)
    if task == "counting":
        ids, targets, mask, _ = counting.isolated(
            "anbn", range(1, LONGEST + 1)
        )
        ys = answers(cell, params, one_hot(ids, 2, 1)).argmax(-1) + 1
        return float(counting.all_right(ys, targets, mask).mean())
    xs, targets, mask = draw(task, rng, 200)
    ys = answers(cell, params, xs)
    if task == "copy":
        return copying.recall_accuracy(ys.argmax(-1), targets)
    return float(graded(ys, targets, mask)[0])


def run(task, name, H, rate, seed, updates=None, bias=None):
    """Train once; return the examination's mark every EVERY updates."""
    D, K, B, at_most = TASKS[task]
    cell, params = CELLS[name], network(name, D, K, H, seed)
    if bias is not None:  # the gate that keeps the past is the second
        params["cell"]["b_x"][H : 2 * H] = bias
        params["cell"]["b_h"][H : 2 * H] = 0
    rng = np.random.default_rng([seed, 2])
    updates = updates or at_most
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


def small_set(task, n, seed):
    """Return a training set of n sequences and 500 others, as batches.

    The labels of an intent stand at each sentence's last word.
    """
    rng = np.random.default_rng([seed, 3])
    if task == "noisy waves":
        return draw(task, rng, n), draw(task, rng, 500)
    sets = []
    for part, count in ("train", n), ("test", 500):
        words, labels = intents.sentences(rng, count, part)
        ids, lengths = intents.encode(words)
        mask = np.arange(len(ids))[:, None] == lengths - 1
        targets = np.where(mask, labels, 0)
        sets.append((one_hot(ids, len(intents.VOCABULARY)), targets, mask))
    return sets


def overfit(task, name, H, n, seed):
    """Return the losses [on the training set, on others] as they go."""
    train_set, test_set = small_set(task, n, seed)
    cell = CELLS[name]
    D = train_set[0].shape[2]
    K = 1 if task == "noisy waves" else len(intents.INTENTS)
    rng = np.random.default_rng([seed, 4])

    def some(batch):
        chosen = rng.choice(n, min(n, 16), replace=False)
        return [None if a is None else a[:, chosen] for a in batch]

    def losses(params):
        return [
            float(graded(answers(cell, params, xs), *truth)[0])
            for xs, *truth in (train_set, test_set)
        ]

    updates = OVERFITTING[task]["updates"]
    _, history = train.fit(
        lambda params, batch: loss_and_grads(cell, params, batch),
        network(name, D, K, H, seed),
        (some(train_set) for _ in range(updates)),
        optim.Adam(3e-3),
        updates,
        clip=CLIP,
        evaluate=losses,
        evaluate_every=updates // 10,
        progress=False,
    )
    return [[round(x, 4) for x in pair] for _, pair in history.evaluations]


OVERFITTING = {
    "intents": {"n": [50, 400], "updates": 400},
    "noisy waves": {"n": [8, 64], "updates": 400},
}


class Notebook:
    """What is known so far; every `put` writes it down."""

    def __init__(self, path):
        self.path, self.known = path, {}

    def put(self, value, *keys):
        """Store a value under nested keys."""
        place = self.known
        for key in keys[:-1]:
            place = place.setdefault(str(key), {})
        place[str(keys[-1])] = value
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(json.dumps(self.known) + "\n")
        print(*keys, np.array(value)[..., -1:].ravel()[:5], flush=True)


def sizes(D, K):
    """Return each cell's H and parameters: as many as the LSTM has."""
    budget = size(network("lstm", D, K, UNITS, 0))
    hidden = {name: units(name, D, K, budget) for name in CELLS}
    return {
        name: [H, size(network(name, D, K, H, 0))]
        for name, H in hidden.items()
    }


def compare(book, hidden, rate):
    """The three cells on the four tasks, at one learning rate."""
    for task in TASKS:
        for name, (H, _) in hidden[task].items():
            marks = [run(task, name, H, rate, s) for s in range(SEEDS)]
            book.put(marks, "marks", task, name, rate)


def compare_starts(book, hidden):
    """The bias of the gate that keeps the past; 1 is the LSTM's default."""
    for task in "copy", "adding":
        for name, bias in ("gru", 0), ("gru", 1), ("lstm", 0):
            H = hidden[task][name][0]
            marks = [
                run(task, name, H, RATES[0], s, bias=bias)
                for s in range(SEEDS)
            ]
            book.put(marks, "starts", task, name, bias)


def compare_small_sets(book):
    """Training sets so small that they can be learned by heart."""
    for task, about in OVERFITTING.items():
        D, K = (1, 1) if task == "noisy waves" else (135, 8)
        matched = sizes(D, K)
        plans = {"rnn": UNITS, "gru": UNITS, "lstm": UNITS}
        plans |= {f"{n}, matched": matched[n][0] for n in ("rnn", "gru")}
        for plan, H in plans.items():
            params = network(plan.split(",")[0], D, K, H, 0)
            book.put([H, size(params)], "overfit_sizes", task, plan)
        for n in about["n"]:
            for plan, H in plans.items():
                name = plan.split(",")[0]
                both = [overfit(task, name, H, n, s) for s in range(SEEDS)]
                book.put(both, "overfitting", task, n, plan)


def main():
    """Train everything and write it down."""
    book = Notebook(RESULTS / "gated_units.json")
    book.known |= {"seeds": SEEDS, "every": EVERY, "clip": CLIP}
    book.known |= {"rates": list(RATES), "tasks": TASKS}
    book.known |= {"overfit_on": OVERFITTING}
    hidden = {task: sizes(*TASKS[task][:2]) for task in TASKS}
    book.known["sizes"] = hidden
    compare(book, hidden, RATES[0])
    compare_small_sets(book)
    compare(book, hidden, RATES[1])
    compare_starts(book, hidden)
    compare(book, hidden, RATES[2])


if __name__ == "__main__":
    sys.exit(main())
