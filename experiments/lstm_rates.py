"""Does an LSTM want a smaller learning rate than a plain network?

    python experiments/lstm_rates.py

Trains both on the adding problem with two optimisers at many rates, with and
without clipping, and writes ``book/results/lstm_rates.json``, which the
chapter on the LSTM reads. Runs are capped by updates, never by time: a few
minutes on one quiet core. No seed is left out; a run that blew up is null.
"""

import json
from itertools import product

import numpy as np
from adding_rnn import RESULTS, draw
from lstm_parts import loss_and_grads

from rnncourse import optim, train
from rnncourse.cells import LSTM, RNN
from rnncourse.heads import readout

T, B, H, SEEDS, UPDATES = 20, 32, 16, 3, 1500
CELLS = {"rnn": RNN, "lstm": LSTM}
RATES = {
    "Adam": [3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1],
    "SGD": [1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10],
}
CLIPS = {"Adam": [1.0], "SGD": [1.0, None]}


def sums(rng, n):
    """The adding problem; what counts is the answer at the end."""
    xs, total = draw(rng, T, n)
    targets = np.full((T, n, 1), np.nan, np.float32)
    targets[-1] = total
    return xs, targets


def run(cell, optimiser, rate, clip, seed):
    """Train once; return the test error, or None if it blew up."""
    rng = np.random.default_rng(seed)
    params = {
        "cell": cell.init(rng, 2, H, dtype=np.float32),
        "readout": readout.init(rng, H, 1, dtype=np.float32),
    }
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            params, _ = train.fit(
                lambda params, batch: loss_and_grads(cell, params, batch),
                params,
                (sums(rng, B) for _ in range(UPDATES)),
                getattr(optim, optimiser)(rate),
                UPDATES,
                clip=clip,
                progress=False,
            )
    except (FloatingPointError, ValueError):  # inf, in fit or on the way
        return None
    test = sums(np.random.default_rng(10**6), 1000)
    return round(float(loss_and_grads(cell, params, test)[0]), 5)


def main():
    """Train everything and write it down."""
    result = {"T": T, "B": B, "H": H, "updates": UPDATES, "rates": RATES}
    result["error"] = {}
    for (optimiser, clips), name in product(CLIPS.items(), CELLS):
        for clip in clips:
            key = f"{name}, {optimiser}" + ("" if clip else ", not clipped")
            result["error"][key] = [
                [run(CELLS[name], optimiser, rate, clip, seed)
                 for rate in RATES[optimiser]]
                for seed in range(SEEDS)
            ]  # fmt: skip
            print(key, result["error"][key], flush=True)
            text = json.dumps(result)
            (RESULTS / "lstm_rates.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
