"""How long may the adding problem be for a plain recurrent network?

Trains three starts on several lengths, for the chapter on vanishing
gradients: about a quarter of an hour on one quiet core. Each start has, at
each length, the learning rate that suits it best on other sequences. The
sceptic's rival is in: a sum over all steps of what a few units say about each
step alone, with no matrix from state to state.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import RNN, RNN_RELU
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.initialisers import identity, orthogonal
from rnncourse.networks import Labelled

LENGTHS = [5, 10, 20, 40, 80]
SEEDS, UPDATES, EVERY = 5, 2000, 250
H, B, CLIP = 32, 32, 1.0
CELLS = {"uniform": RNN, "orthogonal": RNN, "identity": RNN_RELU}
RIVAL = "running sum"
COMPARES = "start"
SETTINGS = [
    {"start": start, "T": T, "updates": UPDATES}
    for start in (*CELLS, RIVAL)
    for T in LENGTHS
]
CHOSEN_BY = 2
RATES = (5e-4, 2e-3, 8e-3)


def network(start, rng):
    """Fresh weights; `start` names what stands in W_hh."""
    head = readout.init(rng, H, 1, dtype=np.float32)
    if start == RIVAL:
        each = readout.init(rng, 2, H, dtype=np.float32)
        return {"each": each, "readout": head}
    cell = RNN.init(rng, 2, H, dtype=np.float32)
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


def summed(params, batch):
    """Squared error of a sum over relu units that see one step each."""
    xs, targets = batch
    units = np.maximum(readout.forward(params["each"], xs), 0)
    total = units.sum(axis=0)
    ys = readout.forward(params["readout"], total)
    loss, dys = squared_error.loss_and_grad(ys, targets)
    dtotal, d_readout = readout.backward(params["readout"], total, dys)
    _, each = readout.backward(params["each"], xs, dtotal * (units > 0))
    return loss, {"each": each, "readout": d_readout}


def loss_and_grads(start, params, batch):
    """The squared error of the answer after the last step, and gradients."""
    if start == RIVAL:
        return summed(params, batch)
    network = Labelled(CELLS[start], squared_error, "last")
    return network.loss_and_grads(params, batch)


def run(setting, seed):
    """Train once; the test error every EVERY updates."""
    start, T, updates = setting["start"], setting["T"], setting["updates"]
    rng = np.random.default_rng(seed)
    valid, test = (
        draw(np.random.default_rng(s), T, 1000) for s in (10**6 + 1, 10**6)
    )

    def error(params, unseen):
        return round(float(loss_and_grads(start, params, unseen)[0]), 5)

    params, history = train.fit(
        lambda params, batch: loss_and_grads(start, params, batch),
        network(start, rng),
        (draw(rng, T) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: error(params, test),
        evaluate_every=EVERY,
        progress=False,
    )
    curve = [float(error) for _, error in history.evaluations]
    return {"valid": error(params, valid), "curve": curve, "test": curve[-1]}


def collect(runs):
    """By start and length: the rate, and the errors, a curve for each seed."""
    about = {"seeds": SEEDS, "updates": UPDATES, "every": EVERY}
    about |= {"H": H, "B": B, "clip": CLIP, "rate": {}, "errors": {}}
    for start in (*CELLS, RIVAL):
        found = {str(T): runs(start=start, T=T) for T in LENGTHS}
        about["errors"][start] = {
            T: [r["curve"] for r in rs] for T, rs in found.items()
        }
        about["rate"][start] = {
            str(T): runs.rate(start=start, T=T) for T in LENGTHS
        }
    return about
