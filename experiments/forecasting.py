"""Forecasts: does a recurrent network beat its simple rivals?

Five measured series and two made ones, one step ahead, by a plain network, a
GRU and an LSTM of 16 units. Each is shown the series in two ways: its levels,
or its changes from step to step. The rate, the way and the update to stop at
are chosen by the error on validation. What comes after has no say.

A linear unit, and many steps ahead, are in `forecast_far`.

The rivals (persistence, the same season, a straight line through the last
steps) take no time: the chapter computes them from the same parts.
"""

import numpy as np

from experiments._series import parts_of
from experiments.runner.checkpoint import Checkpoint
from rnncourse import bptt, optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import series
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Labelled

T, B, H, CLIP, EVERY = 24, 64, 16, 1.0, 25
STRETCHES = 8  # of the test: their errors are kept apart
CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
TASKS = (
    "sunspots", "elnino", "co2", "temperature", "wind", "walk",
    "mackey_glass",
)  # fmt: skip
COMPARES = ["cell", "shown"]
SETTINGS = [
    {"task": task, "ahead": 1, "cell": cell, "shown": shown, "updates": 250}
    for task in TASKS
    for cell in CELLS
    for shown in ("levels", "changes")
]
SEEDS, CHOSEN_BY, RATES = 5, 2, (3e-3, 1e-2, 3e-2)


def views(part, known, shown, ahead):
    """Return what is read, what is asked, whether it counts, and the level.

    All (T, B, 1), a column a window. Of every window the level is asked
    `ahead` steps after each step that is read, or the change until then.
    """
    levels = np.concatenate(series.windows(part, T + 1, ahead, known))
    measured = known.astype(float)
    counts = np.concatenate(series.windows(measured, T + 1, ahead, known))
    now, later = levels[1 : T + 1], levels[1 + ahead :]
    counts = counts[1 + ahead :] == 1
    if shown == "levels":
        return now, later, counts, np.zeros_like(now)
    return now - levels[:T], later - now, counts, now


def loss_and_grads(cell, params, batch):
    """Squared error, over what counts of each window, and gradients."""
    xs, targets, counts = batch
    batch = xs, targets, None, counts
    return Labelled(cell, squared_error).loss_and_grads(params, batch)


def run(setting, seed):
    """Train once; the errors are in the series' own unit."""
    shown, cell = setting["shown"], CELLS[setting["cell"]]
    parts = [
        views(*part, shown, setting["ahead"])
        for part in parts_of(setting["task"], T)
    ]
    xs, targets, counts, _ = parts[0]
    reads, asks = (series.Scaler.of(a.ravel()) for a in (xs, targets))
    xs = reads.apply(xs).astype(np.float32)
    targets = asks.apply(targets).astype(np.float32)
    counts = counts & (np.arange(T) >= T // 2)[:, None, None]  # has read some

    rng = np.random.default_rng(seed)
    params = {
        "network": cell.init(rng, 1, H, dtype=np.float32),
        "readout": readout.init(rng, H, 1, np.float32),
    }

    def batches():
        for _ in range(setting["updates"]):
            columns = rng.integers(xs.shape[1], size=B)
            yield tuple(a[:, columns] for a in (xs, targets, counts))

    def errors(params, part):
        """Forecast from the end of every window of a part; how far off?"""
        inputs, later, _, base = parts[part]
        inputs = reads.apply(inputs).astype(np.float32)
        hs, _, _ = bptt.unroll(cell, params["network"], inputs)
        ys = readout.forward(params["readout"], hs[-1])
        return asks.undo(ys[:, 0].astype(float)) - later[-1, :, 0]

    best = Checkpoint(lambda params: rms(errors(params, 1)))
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            train.fit(
                lambda params, batch: loss_and_grads(cell, params, batch),
                params,
                batches(),
                optim.Adam(setting["rate"]),
                setting["updates"],
                clip=CLIP,
                evaluate=best,
                evaluate_every=EVERY,
                progress=False,
            )
    except FloatingPointError:
        return {"valid": None, "test": None}
    wrong = errors(best.params, 2)
    return {
        "valid": round(best.mark, 5),
        "test": round(rms(wrong), 5),
        "mae": round(float(np.abs(wrong).mean()), 5),
        "stretches": [
            round(rms(part), 5) for part in np.array_split(wrong, STRETCHES)
        ],
        "stopped": min(best.kept * EVERY, setting["updates"]),
    }


def rms(errors):
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(errors))))


def collect(runs):
    """For each task and cell: the way that validation likes better."""
    about = {"T": T, "B": B, "H": H, "seeds": SEEDS}
    found = []
    for task, ahead, cell in dict.fromkeys(
        (s["task"], s["ahead"], s["cell"]) for s in SETTINGS
    ):
        where = {"task": task, "ahead": ahead, "cell": cell}
        ways = {
            shown: runs(**where, shown=shown)
            for shown in ("levels", "changes")
        }
        valid = {
            shown: float(np.median([r["valid"] or np.inf for r in results]))
            for shown, results in ways.items()
            if results
        }
        best = min(valid, key=valid.get)
        found.append(
            where
            | {"shown": best, "valid by way": valid}
            | {"rate": runs.rate(**where, shown=best)}
            | {
                name: [result[name] for result in ways[best]]
                for name in ("valid", "test", "mae", "stretches", "stopped")
            }
        )
    return about | {"found": found}
