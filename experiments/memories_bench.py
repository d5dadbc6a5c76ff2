"""One bench for every cell of the course: four tasks, equal parameters.

Eight cells with about 3,000 parameters each learn to add, to copy, to count
and to continue a wave, each at its own learning rate. Jordan's network has no
readout, because its output is what it remembers. The sceptic's rival is a sum
over the steps of a function of each input, with no matrix between the steps.
For the chapter `memories`, about twenty minutes on one quiet core.
"""

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import (
    GRU,
    LSTM,
    RNN,
    SCRN,
    Clockwork,
    Jordan,
    PeepholeLSTM,
    StackRNN,
)
from rnncourse.data import adding, copying, counting, tokens, waveform
from rnncourse.heads import cross_entropy, readout, squared_error

SEEDS, UPDATES, B, CLIP, BUDGET, FILTERS = 5, 600, 20, 1.0, 3000, 64
F = np.float32
CELLS = {
    "rnn": RNN,
    "jordan": Jordan,
    "lstm": LSTM,
    "peephole": PeepholeLSTM,
    "gru": GRU,
    "clockwork": Clockwork,
    "scrn": SCRN,
    "stack": StackRNN,
}
MODELS = (*CELLS, "running_sum")
#: The tasks' sizes: how many inputs, and how many outputs.
TASKS = {"adding": (2, 1), "copying": (6, 6), "counting": (3, 3),
         "waveform": (1, 1)}  # fmt: skip
ADDING, DELAY, ITEMS, SYMBOLS, COUNTED, WAVE = 30, 10, 5, 4, 10, 32
COMPARES = "cell"
SETTINGS = [
    {"task": task, "cell": cell, "updates": UPDATES}
    for task in TASKS
    for cell in MODELS
]
RATES, CHOSEN_BY = (5e-3, 1.5e-2, 5e-2), 5


def sizes(name, H, K):
    """H, and what a cell has beside it in the proportions of its paper."""
    more = {"scrn": 2 * H // 5, "stack": H // 4, "jordan": K}
    return (H, more[name]) if name in more else (H,)


def free(name, D, K, H):
    """Count the cell's parameters that do something."""
    shapes = CELLS[name].shapes(D, *sizes(name, H, K))
    if name == "clockwork":  # what a module does not hear is cut
        ones = {n: np.ones(shape) for n, shape in shapes.items()}
        return int(
            Clockwork.prepare(ones)["W_hh"].sum() + D * H + H
        )  # one of the two biases would do
    spare = {"b_h"} if {"b_x", "b_h"} <= shapes.keys() else set()
    return sum(int(np.prod(shapes[n])) for n in shapes.keys() - spare)


def units(name, D, K):
    """The number of units that comes closest to the budget."""
    H = 4
    while free(name, D, K, H) < BUDGET:
        H += 1
    return min(H - 1, H, key=lambda H: abs(free(name, D, K, H) - BUDGET))


def network(name, D, K, rng):
    """Fresh weights of about BUDGET numbers, and a readout."""
    if name == "running_sum":
        return {
            "network": readout.init(rng, D, FILTERS, dtype=F),
            "readout": readout.init(rng, FILTERS, K, dtype=F),
        }
    cell, more = CELLS[name], sizes(name, units(name, D, K), K)
    params = {"network": cell.init(rng, D, *more, dtype=F)}
    if name != "jordan":  # its output is the answer
        shown = cell.zero_state(1, *more)[0].shape[1]
        params["readout"] = readout.init(rng, shown, K, dtype=F)
    return params


def answers(name, params, xs):
    """What is said at every step, (T, B, K), and the way back."""
    inner, outer = params["network"], params.get("readout")
    if name == "running_sum":
        hidden = np.maximum(readout.forward(inner, xs), 0)
        read, tape = hidden.cumsum(axis=0), None
    else:
        read, _, tape = bptt.unroll(CELLS[name], inner, xs)

    def back(dys):
        grads, dread = {}, dys
        if outer:
            dread, grads["readout"] = readout.backward(outer, read, dys)
        if tape is None:
            later = dread[::-1].cumsum(axis=0)[::-1] * (hidden > 0)
            _, inside = readout.backward(inner, xs, later)
        else:
            _, _, inside = bptt.unroll_backward(
                CELLS[name], inner, tape, dread
            )
        return grads | {"network": inside}

    return (readout.forward(outer, read) if outer else read), back


def draw(task, rng, B=B, counts=None):
    """Return xs, targets and mask; masked-out steps do not count."""
    if task == "adding":  # only the last answer counts
        xs, targets = adding.batch(rng, ADDING, B)
        ys, mask = np.zeros((ADDING, B, 1), F), np.zeros((ADDING, B, 1), bool)
        ys[-1], mask[-1] = targets, True
        return xs.astype(F), ys, mask
    if task == "waveform":
        xs, targets = waveform.batch(rng, WAVE, B, noise=0.1)
        return xs.astype(F), targets.astype(F), np.ones(xs.shape, bool)
    if task == "copying":
        ids, targets = copying.batch(rng, DELAY, B, ITEMS, SYMBOLS)
        return tokens.one_hot(ids, 6, F), targets, np.ones(ids.shape, bool)
    if counts is None:
        counts = rng.integers(1, COUNTED + 1, size=B).tolist()
    ids, targets, mask, _ = counting.isolated("anbn", counts)
    return tokens.one_hot(ids, 3, F), targets, mask


def loss_and_grads(task, name, params, batch):
    """The task's loss, and its gradients."""
    xs, targets, mask = batch
    ys, back = answers(name, params, xs)
    head = squared_error if TASKS[task][1] == 1 else cross_entropy
    loss, dys = head.loss_and_grad(ys, targets, mask)
    return loss, back(dys)


def score(task, name, params):
    """How good a network is: errors as shares, or the share that is right."""
    rng = np.random.default_rng(10**6)
    xs, targets, mask = draw(task, rng, 500, list(range(1, 2 * COUNTED + 1)))
    ys, _ = answers(name, params, xs)
    if task == "adding":
        error = np.mean((ys[-1] - targets[-1]) ** 2)
        return float(error / adding.BASELINE)
    if task == "waveform":
        late = slice(WAVE // 2, None)  # once the wave has shown itself
        return float(np.mean((ys[late] - targets[late]) ** 2))
    said = ys.argmax(axis=-1)
    if task == "copying":
        return copying.recall_accuracy(said, targets)
    return float(counting.all_right(said, targets, mask).mean())


def run(setting, seed):
    """Train once; the score, and the loss on sequences for validation."""
    task, name, updates = (setting[k] for k in ("task", "cell", "updates"))
    rng = np.random.default_rng(seed)
    try:
        params, _ = train.fit(
            lambda params, batch: loss_and_grads(task, name, params, batch),
            network(name, *TASKS[task], rng),
            (draw(task, rng) for _ in range(updates)),
            optim.Adam(setting["rate"]),
            updates,
            clip=CLIP,
            progress=False,
        )
    except FloatingPointError:
        return {"valid": None, "test": None}
    unseen = draw(task, np.random.default_rng(10**6 + 1), 500)
    valid, _ = loss_and_grads(task, name, params, unseen)
    return {
        "valid": round(float(valid), 6),
        "test": round(score(task, name, params), 5),
    }


def size(name, D, K):
    """Units, what stands beside them, and parameters without the readout."""
    if name == "running_sum":
        return [FILTERS, (D + 1) * FILTERS]
    H = units(name, D, K)
    return [*sizes(name, H, K), free(name, D, K, H)]


def collect(runs):
    """By task and cell: the chosen rate, the scores, the sizes."""
    results = {"seeds": SEEDS, "updates": UPDATES, "B": B, "clip": CLIP}
    results |= {"budget": BUDGET, "tasks": {}, "sizes": {}}
    results["task_sizes"] = {
        "adding": ADDING, "delay": DELAY, "items": ITEMS, "symbols": SYMBOLS,
        "counted": COUNTED, "wave": WAVE,
    }  # fmt: skip
    for task, (D, K) in TASKS.items():
        results["tasks"][task], results["sizes"][task] = {}, {}
        for name in MODELS:
            where = {"task": task, "cell": name}
            results["sizes"][task][name] = size(name, D, K)
            results["tasks"][task][name] = {
                "rate": runs.rate(**where),
                "scores": [r["test"] for r in runs(**where)],
            }
    return results
