"""Which difference makes a GRU learn faster than an LSTM? Tie two gates.

An LSTM whose forget gate is held at f = 1 - i, by its start and by every
step; the control that starts tied and then moves freely; the LSTM; and the
GRU. The adding problem over 30 steps, 16 units, at many learning rates, all
of them with all seeds: the question is also how wide the range of good rates
is. For the chapter on the GRU, about four minutes on one quiet core.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import adding
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

T, H, B, CLIP, UPDATES, SEEDS = 30, 16, 20, 1.0, 400, 5
CELLS = {"gru": GRU, "lstm": LSTM, "starts tied": LSTM, "stays tied": LSTM}
COMPARES = "cell"
SETTINGS = [{"cell": cell, "updates": UPDATES} for cell in CELLS]
RATES, CHOSEN_BY = (1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1), SEEDS
INPUT, FORGET = slice(0, H), slice(H, 2 * H)  #: Columns of i and of f.


def tie(params):
    """Start with f = 1 - i: the same weights, the signs turned."""
    for a in params.values():
        a[..., FORGET] = -a[..., INPUT]


def step_together(grads):
    """Give both gates one step, with opposite signs."""
    for a in grads.values():
        d = (a[..., INPUT] - a[..., FORGET]) / 2
        a[..., INPUT], a[..., FORGET] = d, -d


def draw(rng, n=B):
    """One batch of the adding problem in 32 bits."""
    return tuple(a.astype(np.float32) for a in adding.batch(rng, T, n))


def loss_and_grads(cell, params, batch):
    """Squared error of the answer after the last step, and gradients."""
    return Labelled(cell, squared_error, "last").loss_and_grads(params, batch)


def run(setting, seed):
    """Train once; the mean loss of every 20 updates, and two errors."""
    name, updates = setting["cell"], setting["updates"]
    cell, rng = CELLS[name], np.random.default_rng(seed)
    params = {"network": cell.init(rng, 2, H, dtype=np.float32)}
    params["readout"] = readout.init(rng, H, 1, dtype=np.float32)
    if "tied" in name:
        tie(params["network"])

    def loss(params, batch):
        value, grads = loss_and_grads(cell, params, batch)
        if name == "stays tied":
            step_together(grads["network"])
        return value, grads

    params, history = train.fit(
        loss, params, (draw(rng) for _ in range(updates)),
        optim.Adam(setting["rate"]), updates, clip=CLIP, progress=False,
    )  # fmt: skip
    every = min(20, updates)
    valid, test = (
        round(float(loss_and_grads(cell, params, unseen)[0]), 5)
        for unseen in (draw(np.random.default_rng(s), 1000)
                       for s in (10**6 + 1, 10**6))
    )  # fmt: skip
    curve = history.loss.reshape(-1, every).mean(axis=1).round(5)
    return {"valid": valid, "test": test, "curve": curve.tolist()}


def collect(runs):
    """By cell and rate: test errors and loss curves of all seeds."""
    about = {"T": T, "H": H, "B": B, "clip": CLIP, "updates": UPDATES}
    about |= {"seeds": SEEDS, "error": {}, "curve": {}, "chosen": {}}
    for cell in CELLS:
        about["chosen"][cell] = runs.rate(cell=cell)
        for part, name in (("error", "test"), ("curve", "curve")):
            about[part][cell] = {
                str(rate): [r[name] for r in runs(cell=cell, rate=rate)]
                for rate in runs.tried(cell=cell)
            }
    return about
