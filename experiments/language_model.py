"""How many bits does a character of the real text cost a gated network?

    python experiments/language_model.py

Trains a GRU and an LSTM of about equally many weights to say the next
character, two seeds each, and the GRU on a quarter and a sixteenth of the
text, one seed each. Writes ``book/results/language_model.json``, which the
chapter on applications reads, with the weights of the first GRU in 8 bits
each. Runs are capped by updates; on one quiet core all of it takes about five
minutes. Nothing is tuned: one learning rate for all, and the weights that
are kept are those with the fewest bits on the validation part.
"""

import base64
import json
import math
from itertools import cycle
from pathlib import Path

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse import params as parameters
from rnncourse.cells import GRU, LSTM
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout

FILE = Path(__file__).resolve().parent.parent / "book" / "results"
FILE /= "language_model.json"
CELLS = {"gru": (GRU, 128), "lstm": (LSTM, 108)}  # about 97,000 weights each
#: cell, share of the training text, seed, updates
RUNS = [
    ("gru", 1, 0, 2400),
    ("gru", 1 / 4, 0, 1000),
    ("gru", 1 / 16, 0, 600),
    ("lstm", 1, 0, 2400),
    ("gru", 1, 1, 2400),
    ("lstm", 1, 1, 2400),
]
B, T, RATE, CLIP, EVERY = 32, 64, 4e-3, 1.0, 200
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


def run(name, share, seed, updates):
    """Train once; return what is stored, and the weights that were kept."""
    (cell, H), rng = CELLS[name], np.random.default_rng(seed)
    ids = {p: text.encode(text.read(p), VOCABULARY) for p in text.PARTS}
    read = ids["train"][: int(share * len(ids["train"]))]
    rows = streams.columns(read, B)
    last = max(len(rows) - T, 1)
    windows = [rows[t : t + T + 1] for t in range(0, last, T)]
    start = {
        "cell": cell.init(rng, V, H, dtype=np.float32),
        "readout": readout.init(rng, H, V, dtype=np.float32),
    }
    adam, best = optim.Adam(RATE), (math.inf, None)

    def batches():
        """Windows over and over, while the rate falls to 0 as a cosine."""
        for n, window in zip(range(updates), cycle(windows), strict=False):
            fall = 0.5 + 0.5 * math.cos(math.pi * n / updates)
            adam.learning_rate = RATE * max(fall, 1e-3)
            yield window

    def evaluate(params):
        nonlocal best
        valid = bits(cell, params, ids["valid"])
        if valid < best[0]:
            best = valid, parameters.copy(params)
        return round(valid, 4)

    _, history = train.fit(
        reader(cell, rng), start, batches(), adam, updates, clip=CLIP,
        evaluate=evaluate, evaluate_every=EVERY, progress=False,
    )  # fmt: skip
    per_update = history.loss / math.log(2)
    stored = {
        "cell": name,
        "H": H,
        "seed": seed,
        "characters": len(read),
        "updates": updates,
        "train": per_update.reshape(-1, EVERY).mean(axis=1).round(4).tolist(),
        "valid": [value for _, value in history.evaluations],
        "test": round(bits(cell, best[1], ids["test"]), 4),
    }
    return stored, best[1], bits(cell, pack(best[1])[1], ids["test"])


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


def main():
    """Train everything and write it down, run by run."""
    stored = {"B": B, "T": T, "rate": RATE, "clip": CLIP, "every": EVERY}
    stored["anew"] = ANEW
    stored |= {"least": LEAST, "vocabulary": VOCABULARY, "runs": []}
    stored["text"] = text.report()
    for settings in RUNS:
        result, params, in_8_bits = run(*settings)
        stored["runs"].append(result)
        if len(stored["runs"]) == 1:
            stored["weights"] = pack(params)[0]
            stored["test_in_8_bits"] = round(in_8_bits, 4)
        print(settings, result["valid"], result["test"], flush=True)
        FILE.write_text(json.dumps(stored) + "\n")


if __name__ == "__main__":
    main()
