"""Forecasts many steps ahead, three ways; and a linear unit one step ahead.

Every step up to a horizon is forecast. "direct": one output for each step
ahead, all trained at once. "iterated": one output, for the next step, which
is then read as if it had happened. "seq2seq": an encoder reads the window, a
decoder with weights of its own goes on from its state; in training it reads
what really came, in the test its own forecasts.

A GRU of 16 units goes all three ways, a linear unit the direct one, each
shown levels and shown changes. Rate, what is shown and the update to stop at
are chosen by the error over all steps ahead on validation.

One step ahead the three ways are one. There the linear unit, shown both,
also takes its place beside the cells of `forecasting`.
"""

import numpy as np

from experiments._far import Network
from experiments._series import parts_of
from experiments.runner.checkpoint import Checkpoint
from rnncourse import optim, train
from rnncourse.cells import GRU, LRU
from rnncourse.data import series

T, B, H, CLIP, EVERY = 24, 64, 16, 1.0, 25
STRETCHES = 8  # of the test: their errors are kept apart
CELLS = {"gru": GRU, "lru": LRU}
WAYS = {
    "gru": ("direct", "iterated", "seq2seq"),
    "lru": ("direct",),
}
#: Task → how many steps ahead.
FAR = {
    "sunspots": 5,
    "elnino": 12,
    "co2": 26,
    "temperature": 7,
    "wind": 7,
    "walk": 6,
    "mackey_glass": 14,
}
COMPARES = ["cell", "way", "shown"]
SETTINGS = [
    {"task": task, "ahead": ahead, "cell": cell, "way": way,
     "shown": shown, "updates": 250}
    for task in FAR
    for cell, ahead in (("lru", 1), ("lru", FAR[task]), ("gru", FAR[task]))
    for way in WAYS[cell]
    for shown in ("levels", "changes")
]  # fmt: skip
SEEDS, CHOSEN_BY, RATES = 5, 2, (3e-3, 1e-2, 3e-2)


class Task:
    """One part of a series, cut into windows and shown in one way.

    levels (T + 1 + K, B), seen (T + K, B): what is read, and how it goes on;
    counts (T + K, B): which of it was measured.
    """

    def __init__(self, part, known, K, shown):
        whole = series.windows(part, T + 1, K, known)
        measured = series.windows(known.astype(float), T + 1, K, known)
        self.levels = np.concatenate(whole)[..., 0]
        self.counts = np.concatenate(measured)[1:, :, 0] == 1
        self.changes = shown == "changes"
        steps = np.diff(self.levels, axis=0)
        self.seen = steps if self.changes else self.levels[1:]

    def ahead(self, k):
        """What is asked of a direct forecast `k` steps ahead, (T, B)."""
        later = self.levels[1 + k : T + 1 + k]
        return later - self.levels[1 : T + 1] if self.changes else later

    def errors(self, said, summed):
        """How far off forecasts (B, K) are, in the series' own unit."""
        if self.changes:
            said = np.cumsum(said, axis=1) if summed else said
            said = said + self.levels[T][:, None]
        return said - self.levels[T + 1 :].T


def run(setting, seed):
    """Train once; the errors are in the series' own unit."""
    K, way = setting["ahead"], setting["way"]
    parts = parts_of(setting["task"], T)
    parts = [Task(*part, K, setting["shown"]) for part in parts]
    known = parts[0]
    reads = series.Scaler.of(known.seen[:T].ravel())
    far = np.stack([known.ahead(k) for k in range(1, K + 1)], axis=2)
    far_scale = series.Scaler.of(far.reshape(-1, K))

    rng = np.random.default_rng(seed)
    outputs = K if way == "direct" else 1
    cell = CELLS[setting["cell"]]
    net = Network(cell, H, rng, outputs, decodes=way == "seq2seq")
    seen = reads.apply(known.seen).astype(np.float32)[..., None]
    asked = (far - far_scale.mean) / far_scale.std
    far_counts = np.stack(
        [known.counts[k : T + k] for k in range(1, K + 1)], 2
    )
    has_read = (np.arange(T) >= T // 2)[:, None, None]

    def batches():
        for _ in range(setting["updates"]):
            at = rng.integers(seen.shape[1], size=B)
            xs = seen[:, at]
            if way == "direct":
                yield xs[:T], asked[:, at], far_counts[:, at] & has_read
            elif way == "iterated":
                counts = known.counts[1 : T + 1, at, None]
                yield xs[:T], xs[1 : T + 1], counts & has_read
            else:
                yield xs[:-1], xs[T:], known.counts[T:, at, None]

    def errors(params, part):
        """Forecast from the end of every window of a part; how far off?"""
        xs = reads.apply(part.seen[:T]).astype(np.float32)[..., None]
        said = net.say(params, xs, K)
        scale = far_scale if way == "direct" else reads
        return part.errors(scale.undo(said), summed=way != "direct")

    best = Checkpoint(lambda params: rms(errors(params, parts[1])))
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            train.fit(net.loss_and_grads, net.params, batches(),
                      optim.Adam(setting["rate"]), setting["updates"],
                      clip=CLIP, evaluate=best, evaluate_every=EVERY,
                      progress=False)  # fmt: skip
    except FloatingPointError:
        return {"valid": None, "test": None}
    wrong = errors(best.params, parts[2])
    return {
        "valid": round(best.mark, 5),
        "test": round(rms(wrong), 5),
        "by step": [round(rms(column), 4) for column in wrong.T],
        "stretches": [
            [round(rms(part), 4) for part in np.array_split(w, STRETCHES)]
            for w in (wrong[:, k - 1] for k in marks(K))
        ],
        "stopped": min(best.kept * EVERY, setting["updates"]),
    }


def rms(errors):
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(errors))))


def marks(K):
    """The steps ahead that get a verdict: the first, the middle, the last."""
    return 1, (K + 1) // 2, K


def collect(runs):
    """For each task, horizon, cell and way: what validation would be shown."""
    found, far = [], []
    for values in dict.fromkeys(
        (s["task"], s["ahead"], s["cell"], s["way"]) for s in SETTINGS
    ):
        where = dict(
            zip(("task", "ahead", "cell", "way"), values, strict=True)
        )
        tried = {
            s["shown"]: runs(**where, shown=s["shown"])
            for s in SETTINGS
            if where.items() <= s.items()
        }
        valid = {
            shown: float(np.median([r["valid"] or np.inf for r in results]))
            for shown, results in tried.items()
            if results
        }
        best = min(valid, key=valid.get)
        entry = where | {"shown": best, "valid by way": valid}
        entry["rate"] = runs.rate(**where, shown=best)
        for name in ("valid", "test", "by step", "stretches", "stopped"):
            entry[name] = [result[name] for result in tried[best]]
        if where["ahead"] == 1:
            entry["stretches"] = [first for first, *_ in entry["stretches"]]
            found.append(entry)
        else:
            far.append(entry | {"marks": marks(where["ahead"])})
    return {"T": T, "B": B, "H": H, "found": found, "far": far}
