"""How far back does an LSTM learn, and what does its forget bias do?

Trains LSTMs on the adding problem, with the size and rate that the plain
network has in ``adding_rnn.py``, and both an RNN and LSTMs on copy memory.
For the chapter on the LSTM, about half an hour on one quiet core. The adding
problem is not tuned at all; the rate, the width and the number of symbols of
copy memory were chosen after a few trials of the LSTM with seed 0.
"""

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN
from rnncourse.data import adding, copying
from rnncourse.heads import cross_entropy, readout, squared_error

SEEDS, UPDATES, EVERY = 3, 3000, 250
H, B, RATE, CLIP = 32, 32, 2e-3, 1.0
#: The forget bias, and the lengths it is tried on: (steps, seeds).
ADDING = {
    "1": [(20, 5), (40, 5), (80, 5), (160, 5), (320, 3)],
    "0": [(40, 3), (80, 3), (160, 3)],
    "4": [(160, 3)],
}
COPY = {"H": 64, "B": 32, "rate": 5e-3, "items": 3, "K": 8, "updates": 4000}
DELAYS = [10, 20, 40]
MODELS = {"rnn": (RNN, None), "lstm": (LSTM, 1), "lstm, bias 0": (LSTM, 0)}
COMPARES = ("bias", "model")
SETTINGS = [
    {"bias": bias, "T": T, "updates": UPDATES, "rate": RATE, "seeds": seeds}
    for bias, lengths in ADDING.items()
    for T, seeds in lengths
] + [
    {"model": model, "delay": delay, "updates": COPY["updates"],
     "rate": COPY["rate"]}
    for model in MODELS
    for delay in DELAYS
]  # fmt: skip


def network(cell, bias, rng, D, H, K):
    """Fresh 32-bit weights; the forget gate starts with this bias."""
    weights = cell.init(rng, D, H, dtype=np.float32)
    if cell is LSTM:
        weights["b_x"][H : 2 * H] = bias
    return {
        "cell": weights,
        "readout": readout.init(rng, H, K, dtype=np.float32),
    }


def draw(rng, T, n=B):
    """One batch of the adding problem in 32 bits."""
    xs, targets = adding.batch(rng, T, n)
    return xs.astype(np.float32), targets.astype(np.float32)


def adding_loss(params, batch):
    """The squared error of the answer after the last step, and gradients."""
    xs, targets = batch
    hs, _, tape = bptt.unroll(LSTM, params["cell"], xs)
    ys = readout.forward(params["readout"], hs[-1])
    loss, dys = squared_error.loss_and_grad(ys, targets)
    dhs = np.zeros_like(hs)
    dhs[-1], d_head = readout.backward(params["readout"], hs[-1], dys)
    _, _, d_cell = bptt.unroll_backward(LSTM, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_head}


def add(bias, T, seed, updates, rate):
    """Train once; return the test error every EVERY updates."""
    rng = np.random.default_rng(seed)
    test = draw(np.random.default_rng(10**6), T, 1000)
    params = network(LSTM, bias, rng, 2, H, 1)
    _, history = train.fit(
        adding_loss,
        params,
        (draw(rng, T) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        evaluate=lambda p: float(adding_loss(p, test)[0]),
        evaluate_every=EVERY,
        progress=False,
    )
    return [round(error, 5) for _, error in history.evaluations]


def draw_copy(rng, delay, n):
    """One batch of copy memory: one-hot inputs, targets."""
    ids, targets = copying.batch(rng, delay, n, COPY["items"], COPY["K"])
    return np.eye(COPY["K"] + 2, dtype=np.float32)[ids], targets


def copy_loss(cell, params, batch):
    """Cross-entropy over every step, gradients, and the scores."""
    xs, targets = batch
    hs, _, tape = bptt.unroll(cell, params["cell"], xs)
    logits = readout.forward(params["readout"], hs)
    loss, dlogits = cross_entropy.loss_and_grad(logits, targets)
    dhs, d_head = readout.backward(params["readout"], hs, dlogits)
    _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_head}, logits


def copy(model, delay, seed, updates, rate):
    """Train once; return the share of the symbols said right."""
    (cell, bias), rng = MODELS[model], np.random.default_rng(seed)
    K = COPY["K"]
    params, _ = train.fit(
        lambda params, batch: copy_loss(cell, params, batch)[:2],
        network(cell, bias, rng, K + 2, COPY["H"], K + 1),
        (draw_copy(rng, delay, COPY["B"]) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        progress=False,
    )
    xs, targets = draw_copy(np.random.default_rng(10**6), delay, 500)
    answers = copy_loss(cell, params, (xs, targets))[2].argmax(axis=-1)
    return round(copying.recall_accuracy(answers, targets), 4)


def run(setting, seed):
    """Train once, on whichever task the setting is of."""
    updates, rate = setting["updates"], setting["rate"]
    if "model" in setting:
        model, delay = setting["model"], setting["delay"]
        return {"test": copy(model, delay, seed, updates, rate)}
    bias, T = float(setting["bias"]), setting["T"]
    curve = add(bias, T, seed, updates, rate)
    return {"curve": curve, "test": curve[-1]}


def collect(runs):
    """Error curves by bias and length; symbols recalled by model and delay."""
    about = {"H": H, "B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    about |= {"every": EVERY, "copy": COPY}
    about["adding"] = {
        bias: {
            str(T): [r["curve"] for r in runs(bias=bias, T=T)]
            for T, _ in lengths
        }
        for bias, lengths in ADDING.items()
    }
    about["recall"] = {
        model: {
            str(delay): [r["test"] for r in runs(model=model, delay=delay)]
            for delay in DELAYS
        }
        for model in MODELS
    }
    return about
