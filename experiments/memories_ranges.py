"""Adding over ranges that vary: gates, windows, and a running sum.

Three cells of about 3,000 parameters and three networks without a loop learn
to add the two marked numbers of 10 to 60, and are tested on sequences up to
2,000 long. Two of the three have a window of 60 steps, which is all that
training ever needs; the third, the sceptic's, is one of those two and sums
over all steps there are: a recurrence, but a linear one, with neither a gate
nor a matrix in it. For the chapter `memories`, about twelve minutes.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

SEEDS, UPDATES, B, CLIP, BUDGET = 5, 1200, 32, 1.0, 3000
F = np.float32
#: What is trained, how wide the window is, what is tested.
SHORT, LONG, TESTED = 10, 60, (10, 30, 60, 120, 240, 2000)
CELLS = {"rnn": RNN, "lstm": LSTM, "gru": GRU}
COMPARES = "model"
SETTINGS = [
    {"model": model, "updates": UPDATES, "longest": TESTED[-1]}
    for model in (*CELLS, "feed_forward", "convolution", "running_sum")
]
QUICK = {"longest": 120}
CHOSEN_BY, RATES = 3, (3e-3, 1e-2, 3e-2)


def units(name):
    """The number of units that comes closest to the budget, one bias each."""
    k = {"rnn": 1, "gru": 3, "lstm": 4}[name]
    return min(range(4, 90), key=lambda H: abs(k * H * (H + 3) - BUDGET))


def window_init(rng):
    """A feed-forward network that sees the last LONG steps and no more."""
    return {
        "hidden": readout.init(rng, 2 * LONG, 64, dtype=F),
        "readout": readout.init(rng, 64, 1, dtype=F),
    }


def window_loss(params, batch):
    """Squared error of the feed-forward network, and its gradients."""
    xs, targets = batch
    seen = np.zeros((LONG, *xs.shape[1:]), F)
    seen[-len(xs) :] = xs[-LONG:]
    seen = seen.transpose(1, 0, 2).reshape(xs.shape[1], -1)
    hidden = np.maximum(readout.forward(params["hidden"], seen), 0)
    ys = readout.forward(params["readout"], hidden)
    loss, dys = squared_error.loss_and_grad(ys, targets)
    dhidden, d_readout = readout.backward(params["readout"], hidden, dys)
    _, d_hidden = readout.backward(
        params["hidden"], seen, dhidden * (hidden > 0)
    )
    return loss, {"hidden": d_hidden, "readout": d_readout}


def filter_init(rng):
    """A filter of width 1, whose results are summed."""
    return {
        "filter": readout.init(rng, 2, 64, dtype=F),
        "readout": readout.init(rng, 64, 1, dtype=F),
    }


def convolution_loss(params, batch, window=LONG):
    """Squared error of a sum over the window, and its gradients."""
    xs, targets = batch
    seen = xs[-window:]
    hidden = np.maximum(readout.forward(params["filter"], seen), 0)
    total = hidden.sum(axis=0)
    ys = readout.forward(params["readout"], total)
    loss, dys = squared_error.loss_and_grad(ys, targets)
    dtotal, d_readout = readout.backward(params["readout"], total, dys)
    _, d_filter = readout.backward(
        params["filter"], seen, dtotal * (hidden > 0)
    )
    return loss, {"filter": d_filter, "readout": d_readout}


def running_sum_loss(params, batch):
    """The same, over all the steps there are."""
    return convolution_loss(params, batch, window=len(batch[0]))


WITHOUT_LOOP = {
    "feed_forward": (window_init, window_loss),
    "convolution": (filter_init, convolution_loss),
    "running_sum": (filter_init, running_sum_loss),
}


def draw(rng, T, n):
    """One batch of the adding problem in 32 bits."""
    return tuple(a.astype(F) for a in adding.batch(rng, T, n))


def run(setting, seed):
    """Train once on lengths from SHORT to LONG; errors by length.

    "valid" is the error on other sequences of the lengths of the training.
    """
    name, updates = setting["model"], setting["updates"]
    rng = np.random.default_rng(seed)
    if name in WITHOUT_LOOP:
        init, loss = WITHOUT_LOOP[name]
        params = init(rng)
    else:
        model = Labelled(CELLS[name], squared_error, "last")
        params = model.init(rng, 2, units(name), 1, dtype=F)
        loss = model.loss_and_grads

    def error(rng, T, n=1000):
        missed = loss(params, draw(rng, T, n))[0]
        return round(float(missed) / adding.BASELINE, 6)

    lengths = rng.integers(SHORT, LONG + 1, size=updates)
    params, _ = train.fit(
        loss, params, (draw(rng, int(T), B) for T in lengths),
        optim.Adam(setting["rate"]), updates, clip=CLIP, progress=False,
    )  # fmt: skip
    unseen = np.random.default_rng(10**6 + 1)
    valid = [error(unseen, T) for T in range(SHORT, LONG + 1, 10)]
    test = np.random.default_rng(10**6)
    errors = [
        error(test, T, 1000 if T < 1000 else 100)
        for T in TESTED
        if T <= setting["longest"]
    ]
    result = {"valid": float(np.mean(valid)), "test": errors[3]}
    size = sum(a.size for part in params.values() for a in part.values())
    return result | {"errors": errors, "parameters": size}


def collect(runs):
    """By model: the chosen rate, its errors by length, its size."""
    about = {"seeds": SEEDS, "updates": UPDATES, "B": B, "clip": CLIP}
    about |= {"tested": TESTED, "trained": [SHORT, LONG], "ranges": {}}
    for setting in SETTINGS:
        model = setting["model"]
        found = runs(model=model)
        about["ranges"][model] = {
            "rate": runs.rate(model=model),
            "scores": [r["errors"] for r in found],
            "parameters": found[0]["parameters"],
        }
    return about
