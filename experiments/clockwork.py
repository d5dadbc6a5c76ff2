"""Clockwork RNN: draw a wave of 320 samples without hearing anything.

The experiment of Koutník et al. (2014), small: a network with a clock, a
plain one and an LSTM of as many parameters learn to draw one wave, with no
input at all. Three waves, one start each, and one setting for all. A fourth
network keeps the Clockwork's units and takes its clocks away. About two
minutes on one quiet core, for the chapter `memories`.
"""

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN, ClockworkCell
from rnncourse.data import waveform
from rnncourse.heads import readout, squared_error

T, SEEDS, UPDATES, EVERY, CLIP = 320, 10, 1000, 40, 1.0
PERIODS = tuple(2**m for m in range(9))
CLOCKWORK, CLOCKLESS = ClockworkCell(PERIODS), ClockworkCell((1,) * 9)
CELLS = {
    "clockwork": (CLOCKWORK, 27),
    "rnn": (RNN, 20),
    "lstm": (LSTM, 10),
    "clockless": (CLOCKLESS, 27),
}
COMPARES = "cell"
SETTINGS = [{"cell": n, "updates": UPDATES} for n in CELLS]
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2), 5
FIRST = CHOSEN_BY  # the first wave that counts


def wave(seed):
    """The wave to draw, (T, 1, 1): mean 0, variance 1."""
    xs = waveform.waves(np.random.default_rng(seed), T, 1)
    return (xs - xs.mean()) / xs.std()


def network(name, seed):
    """Fresh weights; the input is one channel of silence."""
    cell, H = CELLS[name]
    rng = np.random.default_rng([seed, 1])
    params = {"cell": cell.init(rng, 1, H), "readout": readout.init(rng, H, 1)}
    return cell, params


def free(name):
    """Count the parameters that do something: one bias, no dead weight."""
    cell, H = CELLS[name]
    ones = {n: np.ones(s) for n, s in cell.shapes(1, H).items()}
    W_hh = cell.prepare(ones)["W_hh"]
    return int(W_hh.sum() + ones["b_x"].size + H + 1)


def draw(cell, params):
    """What the network draws from silence: (T, 1, 1)."""
    hs, _, tape = bptt.unroll(cell, params["cell"], np.zeros((T, 1, 1)))
    return readout.forward(params["readout"], hs), hs, tape


def loss_and_grads(cell, params, target):
    """The share of the wave's variance that is missed, and gradients."""
    ys, hs, tape = draw(cell, params)
    loss, dys = squared_error.loss_and_grad(ys, target)
    dhs, d_readout = readout.backward(params["readout"], hs, dys)
    _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_readout}


def run(setting, seed):
    """Train once; the error every EVERY updates; of one seed, the drawing.

    There is one wave a seed and nothing unseen: "valid" is the error, too,
    but the seeds that choose the rate do not count.
    """
    name, updates = setting["cell"], setting["updates"]
    cell, params = network(name, seed)
    target = wave(seed)
    try:
        params, history = train.fit(
            lambda params, target: loss_and_grads(cell, params, target),
            params,
            (target for _ in range(updates)),
            optim.Adam(setting["rate"]),
            updates,
            clip=CLIP,
            progress=False,
        )
    except FloatingPointError:
        return {"valid": None, "test": None, "curve": []}
    error, _ = loss_and_grads(cell, params, target)
    curve = [*history.loss, error][::EVERY]
    result = {"curve": [float(f"{e:.5g}") for e in curve], "test": error}
    result["valid"] = error
    if seed == FIRST or updates < EVERY:  # a trial has but one seed
        ys, _, _ = draw(cell, params)
        result["drawn"] = ys.ravel().round(3).tolist()
        result["params"] = {
            f"{part}/{n}": a.round(6).tolist()
            for part, arrays in params.items()
            for n, a in arrays.items()
        }
    return result


def collect(runs):
    """Error curves of the seeds that count, what the first of them drew."""
    about = {"T": T, "first": FIRST, "seeds": SEEDS - FIRST}
    about |= {"updates": UPDATES, "every": EVERY, "clip": CLIP}
    about |= {"periods": PERIODS}
    about |= {"rates": {n: runs.rate(cell=n) for n in CELLS}}
    about |= {"units": {n: H for n, (_, H) in CELLS.items()}}
    about |= {"parameters": {n: free(n) for n in CELLS}}
    found = {n: runs(cell=n) for n in CELLS}
    found = {n: rs[FIRST:] or rs for n, rs in found.items()}
    about["errors"] = {n: [r["curve"] for r in rs] for n, rs in found.items()}
    about["drawn"] = {n: rs[0]["drawn"] for n, rs in found.items()}
    return about | {"trained": found["clockwork"][0]["params"]}
