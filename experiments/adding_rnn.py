"""How long may the adding problem be for a plain recurrent network?

Trains three starts on several lengths, for the chapter on vanishing
gradients: a quarter of an hour on one quiet core. Nothing is tuned: every run
has the same learning rate and the same clipping.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import RNN, RNN_RELU
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.initialisers import identity, orthogonal
from rnncourse.networks import Labelled

LENGTHS = [5, 10, 20, 40, 80, 160]
SEEDS, UPDATES, EVERY = 5, 3000, 250
H, B, RATE, CLIP = 32, 32, 2e-3, 1.0
CELLS = {"uniform": RNN, "orthogonal": RNN, "identity": RNN_RELU}
COMPARES = "start"
SETTINGS = [
    {"start": start, "T": T, "updates": UPDATES, "rate": RATE}
    for start in CELLS
    for T in LENGTHS
]


def network(start, rng):
    """Fresh weights; `start` names what stands in W_hh."""
    cell = RNN.init(rng, 2, H, dtype=np.float32)
    head = readout.init(rng, H, 1, dtype=np.float32)
    if start == "orthogonal":
        cell["W_hh"] = orthogonal(rng, (H, H), dtype=np.float32)
    if start == "identity":  # as Le, Jaitly & Hinton (2015)
        cell["W_hh"] = identity((H, H), dtype=np.float32)
        cell["W_xh"] = rng.normal(0, 1e-3, (2, H)).astype(np.float32)
        cell["b_x"][:] = cell["b_h"][:] = 0
    return {"network": cell, "readout": head}


def draw(rng, T, n=B):
    """One batch of the adding problem in 32 bits."""
    xs, targets = adding.batch(rng, T, n)
    return xs.astype(np.float32), targets.astype(np.float32)


def loss_and_grads(cell, params, batch):
    """The squared error of the answer after the last step, and gradients."""
    return Labelled(cell, squared_error, "last").loss_and_grads(params, batch)


def run(setting, seed):
    """Train once; the test error every EVERY updates."""
    start, T, updates = setting["start"], setting["T"], setting["updates"]
    cell, rng = CELLS[start], np.random.default_rng(seed)
    test = draw(np.random.default_rng(10**6), T, 1000)
    params = network(start, rng)
    _, history = train.fit(
        lambda params, batch: loss_and_grads(cell, params, batch),
        params,
        (draw(rng, T) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda p: float(loss_and_grads(cell, p, test)[0]),
        evaluate_every=EVERY,
        progress=False,
    )
    curve = [round(error, 5) for _, error in history.evaluations]
    return {"curve": curve, "test": curve[-1]}


def collect(runs):
    """The errors by start and length: a curve for each seed."""
    about = {"seeds": SEEDS, "updates": UPDATES, "every": EVERY}
    about |= {"H": H, "B": B, "rate": RATE, "clip": CLIP}
    about["errors"] = {
        start: {
            str(T): [r["curve"] for r in runs(start=start, T=T)]
            for T in LENGTHS
        }
        for start in CELLS
    }
    return about
