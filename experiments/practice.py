"""What to tune first, and what helps a network that knows its text by heart?

A small random search: twelve settings drawn, not chosen, each allowed
equally many characters. And five cures for overfitting on a short text, each
at its own rate. For the chapter on practice, about three minutes on one
quiet core. The test is read once, with the weights that validation liked.
"""

import numpy as np

from experiments.runner.checkpoint import Checkpoint
from rnncourse import bptt, optim, train
from rnncourse import params as parameters
from rnncourse.cells import GRU
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout

LEAST, LONG, SHORT, UNREAD, SEEDS = 200, 60_000, 4_000, 4_000, 3
READ, CURED = 40_000, 400  # characters; of the cures: updates
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2), 3  # for the cures; the search draws
COMPARES = ("draw", "cure")
PLAIN = {"H": 48, "T": 20, "B": 8, "clip": 1.0}


def drawn(n):
    """The n-th setting of the search: every value drawn on its own."""
    rng = np.random.default_rng((14, n))
    T, B = int(rng.choice([5, 10, 20, 40])), int(rng.choice([8, 16, 32]))
    rate = float(f"{10 ** rng.uniform(-3.3, -0.7):.2g}")
    H, clip = int(rng.choice([24, 48, 96])), float(rng.choice([0.25, 1, 4]))
    return {"draw": n, "rate": rate, "H": H, "T": T, "B": B, "clip": clip,
            "updates": READ // (T * B)}  # fmt: skip


def cure(name, strength):
    """One cure at one strength, otherwise the plain script."""
    H = strength if name == "smaller" else PLAIN["H"]
    return PLAIN | {"cure": name, "strength": strength, "H": H,
                    "updates": CURED}  # fmt: skip


CURES = {
    "none": (0,), "dropout": (0.25, 0.5), "decay": (0.1, 0.4),
    "smaller": (16, 32), "tied": (0,), "more data": (4,),
}  # fmt: skip
SETTINGS = [drawn(n) for n in range(12)]
SETTINGS += [cure(name, s) for name in CURES for s in CURES[name]]
QUICK = {"unread": 1 / 20}

VOCABULARY = text.vocabulary(text.read("train"), least=LEAST)
V = len(VOCABULARY)
TEXT = {p: text.encode(text.read(p), VOCABULARY) for p in text.PARTS[1:]}


def begin(rng, H, tied):
    """New weights; tied, one table reads the signs and writes the scores."""
    table = np.float32(rng.normal(size=(V, H)) / np.sqrt(H))
    cell = GRU.init(rng, H, H, dtype=np.float32)
    head = readout.init(rng, H, V, dtype=np.float32)
    if tied:
        del head["W_hy"]
    return {"table": table, "cell": cell, "readout": head}


def answer(params, ids, state=None, drop=0.0, rng=None, learn=True):
    """Loss, gradients and state of one window; dropout on the output."""
    head, tied = params["readout"], "W_hy" not in params["readout"]
    head = head | ({"W_hy": params["table"].T.copy()} if tied else {})
    xs = params["table"][ids[:-1]]
    hs, state, tape = bptt.unroll(GRU, params["cell"], xs, state)
    keep = (rng.random(hs.shape) >= drop) / (1 - drop) if drop else 1.0
    seen = (hs * keep).astype(hs.dtype)
    ys = readout.forward(head, seen)
    loss, dys = cross_entropy.loss_and_grad(ys, ids[1:])
    if not learn:
        return loss, None, state
    dseen, d_head = readout.backward(head, seen, dys)
    dhs = (dseen * keep).astype(hs.dtype)
    dxs, _, d_cell = bptt.unroll_backward(GRU, params["cell"], tape, dhs)
    d_table = np.zeros_like(params["table"])
    np.add.at(d_table, ids[:-1], dxs)
    if tied:
        d_table += d_head.pop("W_hy").T
    grads = {"table": d_table, "cell": d_cell, "readout": d_head}
    return loss, grads, state


class Decayed(optim.Adam):
    """Adam, and each matrix shrinks a little at every step."""

    def __init__(self, rate, decay):
        super().__init__(rate)
        self.decay = decay

    def update(self, params, grads):
        for array in parameters.flatten(params).values():
            if array.ndim == 2:
                array *= 1 - self.learning_rate * self.decay
        super().update(params, grads)


def run(setting, seed):
    """Train once; nats a character: on the way, at best, and at the end."""
    name, strength = setting.get("cure"), setting.get("strength", 0)
    T, B, updates = setting["T"], setting["B"], setting["updates"]
    rng = np.random.default_rng(seed)
    most = LONG if name is None else SHORT
    most = int(most * strength) if name == "more data" else most
    less = setting.get("unread", 1)
    ids = {
        part: TEXT[part][: int(n * less)]
        for part, n in (("train", most), ("valid", UNREAD), ("test", UNREAD))
    }
    rows, state = streams.columns(ids["train"], B), None
    starts = np.arange(0, max(len(rows) - T, 1), T)
    drop = strength if name == "dropout" else 0.0

    def loss_and_grads(params, start):
        nonlocal state
        state = None if start == 0 else state
        window = rows[start : start + T + 1]
        loss, grads, state = answer(params, window, state, drop, rng)
        return loss, grads

    def loss(params, part):
        return answer(params, streams.columns(ids[part], 16), learn=False)[0]

    best = Checkpoint(lambda params: loss(params, "valid"))
    adam = Decayed(setting["rate"], strength if name == "decay" else 0.0)
    every = max(updates // 10, 1)
    last, history = train.fit(
        loss_and_grads, begin(rng, setting["H"], name == "tied"),
        (starts[n % len(starts)] for n in range(updates)), adam, updates,
        clip=setting["clip"], evaluate=best, evaluate_every=every,
        progress=False,
    )  # fmt: skip
    curve = history.loss[: updates // every * every].reshape(-1, every)
    return {
        "train": curve.mean(axis=1).round(4).tolist(),
        "valids": best.marks,
        "valid": round(best.mark, 4),
        "test": round(loss(best.params, "test"), 4),
        "known": round(loss(best.params, "train"), 4),
        "last valid": round(best.marks[-1], 4),
        "last known": round(loss(last, "train"), 4),
    }


def collect(runs):
    """The search as it was drawn; each cure at each strength."""
    stored = {"K": V, "read": READ, "short": SHORT, "search": [], "cures": {}}
    stored["text"] = text.report()
    for record in runs.records():
        if "draw" in record["setting"]:
            entry = record["setting"] | {"seed": record["seed"]}
            entry |= {k: record["result"][k] for k in ("valid", "test")}
            stored["search"].append(entry)
    for name, strengths in CURES.items():
        stored["cures"][name] = {
            str(s): {k: [r[k] for r in found] for k in found[0]}
            | {"rate": runs.rate(cure=name, strength=s)}
            for s in strengths
            if (found := runs(cure=name, strength=s))
        }
    return stored
