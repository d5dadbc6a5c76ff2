"""Does an LSTM want a smaller learning rate than a plain network?

Trains both on the adding problem with two optimisers at many rates, with and
without clipping, for the chapter on the LSTM: a few minutes on one quiet
core. A run that blew up is null.
"""

from itertools import product

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM, RNN
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

T, B, H, SEEDS, UPDATES = 20, 32, 16, 3, 1500
CELLS = {"rnn": RNN, "lstm": LSTM}
RATES_OF = {
    "Adam": [3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1],
    "SGD": [1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10],
}
CLIPS = {"Adam": [1.0], "SGD": [1.0, None]}
COMPARES = "cell"
SETTINGS = [
    {"cell": cell, "optimiser": optimiser, "clip": clip, "rate": rate,
     "updates": UPDATES}
    for (optimiser, clips), cell in product(CLIPS.items(), CELLS)
    for clip, rate in product(clips, RATES_OF[optimiser])
]  # fmt: skip


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
        return {"test": None}
    test = sums(np.random.default_rng(10**6), 1000)
    error = float(loss_and_grads(cell, params, test)[0])
    return {"test": round(error, 5)}


def collect(runs):
    """Errors by cell and optimiser: a row a seed, a column a rate."""
    about = {"T": T, "B": B, "H": H, "updates": UPDATES, "rates": RATES_OF}
    about["error"] = {}
    for (optimiser, clips), cell in product(CLIPS.items(), CELLS):
        for clip in clips:
            key = f"{cell}, {optimiser}" + ("" if clip else ", not clipped")
            where = {"cell": cell, "optimiser": optimiser, "clip": clip}
            columns = [
                [r["test"] for r in runs(**where, rate=rate)]
                for rate in RATES_OF[optimiser]
            ]
            about["error"][key] = list(zip(*columns, strict=True))
    return about
