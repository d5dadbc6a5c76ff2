"""How many bits does a character of the real text cost a gated network?

Trains a GRU and an LSTM of about equally many weights to say the next
character, and the GRU on a quarter and a sixteenth of the text, for equally
many updates. For the chapter on applications, with the weights of one GRU in
8 bits each; about forty minutes on one quiet core. The rate is chosen, and
the weights that are kept are those with the fewest bits, on the validation
part.
"""

import base64
import math
from itertools import cycle

import numpy as np

from experiments.runner.checkpoint import Checkpoint
from rnncourse import bptt, optim, train
from rnncourse import params as parameters
from rnncourse.cells import GRU, LSTM
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout

CELLS = {"gru": (GRU, 128), "lstm": (LSTM, 108)}  # about 97,000 weights each
B, T, CLIP, EVERY, UPDATES = 32, 64, 1.0, 200, 2400
COMPARES = ("cell", "share")
SETTINGS = [
    {"cell": cell, "share": share, "updates": UPDATES, "unread": 1}
    for cell, share in (
        ("gru", 1),
        ("lstm", 1),
        ("gru", 1 / 4),
        ("gru", 1 / 16),
    )
]
QUICK = {"unread": 1 / 20}  # so much is read of what is for validation, test
SEEDS, CHOSEN_BY, RATES = 3, 3, (4e-3, 1.2e-2, 3.6e-2)
ANEW = 0.05  # share of columns whose state is set to zero, each window
LEAST = 20  # rarer characters of the training part become one sign

VOCABULARY = text.vocabulary(text.read("train"), least=LEAST)
V = len(VOCABULARY)
ONE_HOT = np.eye(V, dtype=np.float32)


def bits(cell, params, ids, columns=32):
    """Bits per character on a text, read in columns, each from zeros."""
    rows = streams.columns(ids, columns)
    hs, _, _ = bptt.unroll(cell, params["cell"], ONE_HOT[rows[:-1]])
    ys = readout.forward(params["readout"], hs)
    return float(cross_entropy.loss_and_grad(ys, rows[1:])[0] / math.log(2))


def reader(cell, rng):
    """The gradient of one window; its state is handed to the next one.

    One column in twenty starts anew from zeros, as every text does that is
    read later. Without that, units that hold one value for ever are at a
    loss there: validation got worse while training got better.
    """
    state = None

    def loss_and_grads(params, ids):
        nonlocal state
        if state is not None:
            kept = rng.random((B, 1)) >= ANEW
            state = tuple((s * kept).astype(s.dtype) for s in state)
        xs, head = ONE_HOT[ids[:-1]], params["readout"]
        hs, state, tape = bptt.unroll(cell, params["cell"], xs, state)
        ys = readout.forward(head, hs)
        loss, dys = cross_entropy.loss_and_grad(ys, ids[1:])
        dhs, d_head = readout.backward(head, hs, dys)
        _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
        return loss, {"cell": d_cell, "readout": d_head}

    return loss_and_grads


def trained(cell, H, rows, valid, updates, rate, seed):
    """Train once; return the checkpoint and the bits of every update."""
    rng = np.random.default_rng(seed)
    last = max(len(rows) - T, 1)
    windows = [rows[t : t + T + 1] for t in range(0, last, T)]
    start = {
        "cell": cell.init(rng, V, H, dtype=np.float32),
        "readout": readout.init(rng, H, V, dtype=np.float32),
    }
    adam = optim.Adam(rate)
    best = Checkpoint(lambda params: bits(cell, params, valid))

    def batches():
        """Windows over and over, while the rate falls to 0 as a cosine."""
        for n, window in zip(range(updates), cycle(windows), strict=False):
            fall = 0.5 + 0.5 * math.cos(math.pi * n / updates)
            adam.learning_rate = rate * max(fall, 1e-3)
            yield window

    _, history = train.fit(
        reader(cell, rng), start, batches(), adam, updates, clip=CLIP,
        evaluate=best, evaluate_every=EVERY, progress=False,
    )  # fmt: skip
    return best, history.loss / math.log(2)


def run(setting, seed):
    """Train once; bits on the way and on the test, of seed 0 the weights."""
    name, updates = setting["cell"], setting["updates"]
    cell, H = CELLS[name]
    ids = {p: text.encode(text.read(p), VOCABULARY) for p in text.PARTS}
    read = ids["train"][: int(setting["share"] * len(ids["train"]))]
    rows = streams.columns(read, B)
    valid, test = (
        ids[part][: int(setting["unread"] * len(ids[part]))]
        for part in ("valid", "test")
    )
    best, per_update = trained(
        cell, H, rows, valid, updates, setting["rate"], seed
    )
    every = min(EVERY, updates)
    result = {
        "cell": name,
        "H": H,
        "seed": seed,
        "characters": len(read),
        "updates": updates,
        "curve": per_update.reshape(-1, every).mean(axis=1).round(4).tolist(),
        "marks": [round(mark, 4) for mark in best.marks],
        "valid": round(best.mark, 4),
        "test": round(bits(cell, best.params, test), 4),
    }
    if (name, seed, setting["share"]) == ("gru", 0, 1):
        packed, in_8_bits = pack(best.params)
        result["weights"] = packed
        result["test_in_8_bits"] = round(bits(cell, in_8_bits, test), 4)
    return result


def pack(params):
    """Weights in 8 bits each, a scale a column: as text, and as they are."""
    packed, rounded = {}, {}
    for name, array in parameters.flatten(params).items():
        scale = (abs(array).max(axis=0) / 127).astype(np.float32)
        scale = scale if array.ndim == 2 else np.full_like(scale, scale.max())
        whole = np.round(array / np.maximum(scale, 1e-12)).astype(np.int8)
        rounded[name] = whole * scale
        packed[name] = {
            "shape": list(array.shape),
            "scale": base64.b85encode(scale.tobytes()).decode(),
            "whole": base64.b85encode(whole.tobytes()).decode(),
        }
    return packed, parameters.unflatten(rounded)


def collect(runs):
    """All runs at their cell's rate, and the weights of one GRU."""
    stored = {"B": B, "T": T, "clip": CLIP, "every": EVERY}
    stored |= {"anew": ANEW, "least": LEAST, "vocabulary": VOCABULARY}
    stored |= {"text": text.report(), "runs": []}
    for setting in SETTINGS:
        where = {name: setting[name] for name in ("cell", "share")}
        for result in runs(**where):
            if "weights" in result:
                stored["weights"] = result["weights"]
                stored["test_in_8_bits"] = result["test_in_8_bits"]
            kept = ("cell", "H", "seed", "characters", "updates", "test")
            entry = {name: result[name] for name in kept}
            entry |= {"train": result["curve"], "valid": result["marks"]}
            stored["runs"].append(entry | {"rate": runs.rate(**where)})
    return stored
