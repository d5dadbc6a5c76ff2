"""One bench for every cell of the course: four tasks, equal parameters.

Six cells with about 3,000 parameters each learn to add, to copy, to count
and to continue a wave. Jordan's network is not here: it remembers its output,
and in these tasks the output is one number. For the chapter `memories`, about
twelve minutes on one quiet core.
"""

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import GRU, LSTM, RNN, SCRN, Clockwork, StackRNN
from rnncourse.data import adding, copying, counting, tokens, waveform
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.networks import Labelled

SEEDS, UPDATES, B, CLIP, BUDGET = 3, 1200, 32, 1.0, 3000
F = np.float32
CELLS = {
    "rnn": RNN,
    "lstm": LSTM,
    "gru": GRU,
    "clockwork": Clockwork,
    "scrn": SCRN,
    "stack": StackRNN,
}
#: The tasks' sizes: how many inputs, and how many outputs.
TASKS = {"adding": (2, 1), "copying": (6, 6), "counting": (3, 3),
         "waveform": (1, 1)}  # fmt: skip
ADDING, DELAY, ITEMS, SYMBOLS, COUNTED, WAVE = 40, 15, 5, 4, 12, 48
COMPARES = "cell"
SETTINGS = [
    {"task": task, "cell": cell, "updates": UPDATES}
    for task in TASKS
    for cell in CELLS
]
CHOSEN_BY, RATES = 1, (2e-3, 1e-2, 5e-2)


def sizes(name, H):
    """H, and what a cell has beside it in the proportions of its paper."""
    if name in ("scrn", "stack"):
        return H, 2 * H // 5 if name == "scrn" else H // 4
    return (H,)


def free(name, D, H):
    """Count the cell's parameters that do something."""
    cell = CELLS[name]
    ones = {n: np.ones(s) for n, s in cell.shapes(D, *sizes(name, H)).items()}
    if name == "clockwork":
        ones["W_hh"] = cell.prepare(ones)["W_hh"]
    ones.pop("b_h", None)  # one of the two biases would do
    return int(sum(a.sum() for a in ones.values()))


def units(name, D):
    """The number of units that comes closest to the budget."""
    return min(range(4, 90), key=lambda H: abs(free(name, D, H) - BUDGET))


def network(name, D, K, rng):
    """Fresh weights of about BUDGET numbers, and a readout."""
    more = sizes(name, units(name, D))
    cell = CELLS[name]
    shown = cell.zero_state(1, *more)[0].shape[1]
    params = cell.init(rng, D, *more, dtype=F)
    return {"network": params, "readout": readout.init(rng, shown, K, dtype=F)}


def draw(task, rng, B=B, longest=COUNTED):
    """Return xs, targets and mask; masked-out steps do not count."""
    if task == "adding":
        xs, targets = adding.batch(rng, ADDING, B)
        every = np.zeros((ADDING, B, 1))
        every[-1] = targets
        return xs.astype(F), every.astype(F), every > -np.inf
    if task == "waveform":
        xs, targets = waveform.batch(rng, WAVE, B, noise=0.1)
        return xs.astype(F), targets.astype(F), np.ones(xs.shape, bool)
    if task == "copying":
        ids, targets = copying.batch(rng, DELAY, B, ITEMS, SYMBOLS)
        return tokens.one_hot(ids, 6, F), targets, np.ones(ids.shape, bool)
    counts = rng.integers(1, longest + 1, size=B).tolist()
    ids, targets, mask, _ = counting.isolated("anbn", counts)
    return tokens.one_hot(ids, 3, F), targets, mask


def loss_and_grads(task, cell, params, batch):
    """The task's loss, and its gradients."""
    xs, targets, mask = batch
    if task == "adding":  # only the last answer counts
        mask = np.zeros(mask.shape, bool)
        mask[-1] = True
    alone = params["readout"]["W_hy"].shape[1] == 1
    model = Labelled(cell, squared_error if alone else cross_entropy)
    return model.loss_and_grads(params, (xs, targets, None, mask))


def score(task, cell, params):
    """How good a network is: errors as shares, or the share that is right."""
    rng = np.random.default_rng(10**6)
    if task == "counting":
        counts = list(range(1, 2 * COUNTED + 1))
        ids, targets, mask, _ = counting.isolated("anbn", counts)
        xs = tokens.one_hot(ids, 3, F)
    else:
        xs, targets, mask = draw(task, rng, 500)
    hs, _, _ = bptt.unroll(cell, params["network"], xs)
    ys = readout.forward(params["readout"], hs)
    if task == "adding":
        error = np.mean((ys[-1] - targets[-1]) ** 2)
        return float(error / adding.BASELINE)
    if task == "waveform":
        late = slice(WAVE // 2, None)  # once the wave has shown itself
        return float(np.mean((ys[late] - targets[late]) ** 2))
    answers = ys.argmax(axis=-1)
    if task == "copying":
        return copying.recall_accuracy(answers, targets)
    return float(counting.all_right(answers, targets, mask).mean())


def run(setting, seed):
    """Train once; the score, and the loss on sequences for validation."""
    task, name, updates = (setting[k] for k in ("task", "cell", "updates"))
    rng, cell = np.random.default_rng(seed), CELLS[name]
    params, _ = train.fit(
        lambda params, batch: loss_and_grads(task, cell, params, batch),
        network(name, *TASKS[task], rng),
        (draw(task, rng) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        progress=False,
    )
    unseen = draw(task, np.random.default_rng(10**6 + 1), 500)
    valid, _ = loss_and_grads(task, cell, params, unseen)
    return {
        "valid": round(float(valid), 6),
        "test": round(score(task, cell, params), 5),
    }


def collect(runs):
    """By task and cell: the chosen rate, the scores, the sizes."""
    results = {"seeds": SEEDS, "updates": UPDATES, "B": B, "clip": CLIP}
    results |= {"budget": BUDGET, "tasks": {}, "sizes": {}}
    results["task_sizes"] = {
        "adding": ADDING, "delay": DELAY, "items": ITEMS, "symbols": SYMBOLS,
        "counted": COUNTED, "wave": WAVE,
    }  # fmt: skip
    for task, (D, _) in TASKS.items():
        results["tasks"][task], results["sizes"][task] = {}, {}
        for name in CELLS:
            H, where = units(name, D), {"task": task, "cell": name}
            results["sizes"][task][name] = [*sizes(name, H), free(name, D, H)]
            results["tasks"][task][name] = {
                "rate": runs.rate(**where),
                "scores": [r["test"] for r in runs(**where)],
            }
    return results
