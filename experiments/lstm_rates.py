"""Does an LSTM want a smaller learning rate than a plain network?

Trains both on the adding problem with two optimisers, with and without
clipping, and the GRU with one, at many rates: all seeds at all of them,
because the width of the range of good rates is the question, and more rates
where the best would lie at the edge. For the chapter on the LSTM, about eight
minutes on one quiet core. A run that blew up is null.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding
from rnncourse.heads import squared_error
from rnncourse.networks import Labelled

T, B, H, SEEDS, UPDATES = 20, 32, 16, 5, 1500
CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
#: Optimiser and clip.
WAYS = {
    "Adam": ("Adam", 1.0),
    "SGD": ("SGD", 1.0),
    "SGD, not clipped": ("SGD", None),
}
#: What is trained in which way.
TRAINED = {way: ["rnn", "lstm"] for way in WAYS} | {"Adam": list(CELLS)}
COMPARES = "cell"
SETTINGS = [
    {"cell": cell, "way": way, "updates": UPDATES}
    for way, cells in TRAINED.items()
    for cell in cells
]
RATES = (1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0)
CHOSEN_BY = SEEDS
VALID, TEST = 10**6 + 1, 10**6  #: Seeds of unseen sequences.


def sums(rng, n=B):
    """The adding problem; what counts is the answer at the end."""
    return tuple(a.astype(np.float32) for a in adding.batch(rng, T, n))


def fitted(model, setting, seed):
    """Train once."""
    optimiser, clip = WAYS[setting["way"]]
    updates, rng = setting["updates"], np.random.default_rng(seed)
    params, _ = train.fit(
        model.loss_and_grads,
        model.init(rng, 2, H, 1, dtype=np.float32),
        (sums(rng) for _ in range(updates)),
        getattr(optim, optimiser)(setting["rate"]),
        updates,
        clip=clip,
        progress=False,
    )
    return params


def run(setting, seed):
    """Train once; two errors, or None if it blew up."""
    model = Labelled(CELLS[setting["cell"]], squared_error, "last")
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            params = fitted(model, setting, seed)
    except (FloatingPointError, ValueError):  # inf, in fit or on the way
        return {"valid": None, "test": None}
    unseen = (sums(np.random.default_rng(s), 1000) for s in (VALID, TEST))
    valid, test = (model.loss_and_grads(params, part)[0] for part in unseen)
    return {"valid": round(float(valid), 5), "test": round(float(test), 5)}


def collect(runs):
    """By optimiser and cell: the rate, and the test errors by rate."""
    about = {"T": T, "B": B, "H": H, "updates": UPDATES, "seeds": SEEDS}
    about |= {"chosen": {}, "error": {}}
    for way, cells in TRAINED.items():
        about["chosen"][way], about["error"][way] = {}, {}
        for cell in cells:
            where = {"way": way, "cell": cell}
            about["chosen"][way][cell] = runs.rate(**where)
            about["error"][way][cell] = {
                str(rate): [r["test"] for r in runs(**where, rate=rate)]
                for rate in runs.tried(**where)
            }
    return about
