"""Does an LSTM want a smaller learning rate than a plain network?

Trains both on the adding problem with two optimisers at many rates, with and
without clipping, for the chapter on the LSTM: about eight minutes on one quiet
core. All rates have all seeds, since the question is also how wide the range
of good ones is. A run that blew up is null.
"""

from itertools import product

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM, RNN
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

T, B, H, SEEDS, UPDATES = 20, 32, 16, 5, 1500
CELLS = {"rnn": RNN, "lstm": LSTM}
CLIPS = {"Adam": [1.0], "SGD": [1.0, None]}
COMPARES = "cell"
SETTINGS = [
    {"cell": cell, "optimiser": optimiser, "clip": clip, "updates": UPDATES}
    for (optimiser, clips), cell in product(CLIPS.items(), CELLS)
    for clip in clips
]
RATES = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 3.0)
CHOSEN_BY = SEEDS


def sums(rng, n):
    """The adding problem; what counts is the answer at the end."""
    xs, total = adding.batch(rng, T, n)
    return xs.astype(np.float32), total.astype(np.float32)


def loss_and_grads(cell, params, batch):
    """The squared error of the answer after the last step, and gradients."""
    return Labelled(cell, squared_error, "last").loss_and_grads(params, batch)


def run(setting, seed):
    """Train once; the test error, or None if it blew up."""
    cell, updates = CELLS[setting["cell"]], setting["updates"]
    optimiser = getattr(optim, setting["optimiser"])(setting["rate"])
    rng = np.random.default_rng(seed)
    params = {
        "network": cell.init(rng, 2, H, dtype=np.float32),
        "readout": readout.init(rng, H, 1, dtype=np.float32),
    }
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            params, _ = train.fit(
                lambda params, batch: loss_and_grads(cell, params, batch),
                params,
                (sums(rng, B) for _ in range(updates)),
                optimiser,
                updates,
                clip=setting["clip"],
                progress=False,
            )
    except (FloatingPointError, ValueError):  # inf, in fit or on the way
        return {"valid": None, "test": None}
    valid, test = (
        loss_and_grads(cell, params, sums(np.random.default_rng(s), 1000))[0]
        for s in (10**6 + 1, 10**6)
    )
    return {"valid": round(float(valid), 5), "test": round(float(test), 5)}


def collect(runs):
    """By cell and optimiser: the best rate; by rate, the seeds' errors."""
    about = {"T": T, "B": B, "H": H, "updates": UPDATES, "seeds": SEEDS}
    about |= {"error": {}, "rate": {}}
    for (optimiser, clips), cell in product(CLIPS.items(), CELLS):
        for clip in clips:
            key = f"{cell}, {optimiser}" + ("" if clip else ", not clipped")
            where = {"cell": cell, "optimiser": optimiser, "clip": clip}
            about["rate"][key] = runs.rate(**where)
            about["error"][key] = {
                str(rate): [r["test"] for r in runs(**where, rate=rate)]
                for rate in runs.tried(**where)
            }
    return about
