"""SCRN: do slow units help to say the next word?

The experiment of Mikolov et al. (2014) on the text that every Python holds:
a plain network, one with slow units beside as many fast ones, the same one
with slow units that forget at once, and a plain one and an LSTM with as many
parameters. Each has its own rate, which falls to zero, so that all have
settled; what counts is the epoch that is best on the valid part. The sceptic's
rival counts words, and remembers the last 50 by a table. Also stored:
how well each network says words that it has read shortly before, and what
fast and slow units do along one paragraph. For the chapter `memories`, about
ten minutes on one quiet core.
"""

import math

import numpy as np

from experiments.runner.checkpoint import Checkpoint
from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN, SCRN, SCRNCell
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout
from rnncourse.workbench._yardsticks import n_gram_bits

SEEDS, B, CLIP, RECENT = 3, 32, 1.0, 50
CACHES = (0.05, 0.1, 0.15, 0.2, 0.3)  # its share is chosen
#: What is read: steps of a window, epochs, and how often a token must occur.
UNITS = {"words": (20, 5, 3)}
#: Name → cell, and its sizes; SCRN has H fast and S slow units. The LSTM's
#: four input matrices are why it has so few units for its parameters.
MODELS = {
    "rnn": (RNN, (50,)),
    "scrn": (SCRN, (50, 20)),
    "scrn_forgets": (SCRNCell(0.01), (50, 20)),
    "rnn_wide": (RNN, (70,)),
    "lstm": (LSTM, (28,)),
}
COMPARES = "model"
SETTINGS = [
    {"unit": unit, "model": model, "updates": epochs, "read": None}
    for unit, (_, epochs, _) in UNITS.items()
    for model in MODELS
]  # an "update" is an epoch here; "read": so many tokens of each part, or all
QUICK = {"updates": 1, "read": 2000}
RATES, CHOSEN_BY = (4e-3, 1.2e-2, 3.6e-2), 3


def read(unit, limit=None):
    """Vocabulary, and the ids of the three parts."""
    parts = {name: text.read(name) for name in ("train", "valid", "test")}
    if unit == "words":
        parts = {name: text.words(part) for name, part in parts.items()}
    vocabulary = text.vocabulary(parts["train"], UNITS[unit][2])
    ids = {
        name: text.encode(p[:limit], vocabulary) for name, p in parts.items()
    }
    return vocabulary, ids


def network(name, V, rng):
    """Fresh weights; the readout sees all that the cell shows."""
    cell, sizes = MODELS[name]
    params = cell.init(rng, V, *sizes, dtype=np.float32)
    shown = cell.zero_state(1, *sizes)[0].shape[1]
    head = readout.init(rng, shown, V, dtype=np.float32)
    return {"cell": params, "readout": head}


def loss_and_grads(cell, params, ids, state):
    """Nats a token of one window, its gradients, and the state after it."""
    V = params["cell"]["W_xh"].shape[0]
    xs = np.eye(V, dtype=np.float32)[ids[:-1]]
    hs, state, tape = bptt.unroll(cell, params["cell"], xs, state)
    logits = readout.forward(params["readout"], hs)
    loss, dlogits = cross_entropy.loss_and_grad(logits, ids[1:])
    dhs, d_head = readout.backward(params["readout"], hs, dlogits)
    _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_head}, state


def surprises(cell, params, ids, window=256):
    """Nats of every token after the first, read in one go: (N - 1,)."""
    V, state, nats = params["cell"]["W_xh"].shape[0], None, []
    for start in range(0, len(ids) - 1, window):
        piece = ids[start : start + window + 1]
        xs = np.eye(V, dtype=np.float32)[piece[:-1, None]]
        hs, state, _ = bptt.unroll(cell, params["cell"], xs, state)
        logits = readout.forward(params["readout"], hs[:, 0])
        logits = logits - logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        nats.append(-log_p[np.arange(len(log_p)), piece[1:]])
    return np.concatenate(nats)


def seen_recently(ids):
    """Whether each token after the first is among the RECENT before it."""
    before = [ids[max(0, t - RECENT) : t] for t in range(1, len(ids))]
    return np.array([i in b for i, b in zip(ids[1:], before, strict=True)])


def tables(parts, V, longest=6):
    """Nats of the test by tables of tokens, and by one with a cache.

    The table backs off (Witten and Bell). The cache says each of the last
    RECENT tokens with the same probability; its share, and how many tokens
    the table counts, are the best for the valid part.
    """
    p, cached = {}, {}
    for name in ("valid", "test"):
        said, ids = parts[name], np.asarray(parts[name])
        bits = n_gram_bits(parts["train"], said, V, longest)[:, 1:]
        p[name] = 0.5**bits
        cached[name] = np.array(
            [np.mean(ids[max(0, t - RECENT) : t] == ids[t])
             for t in range(1, len(ids))]
        )  # fmt: skip

    def nats(name, n, share):
        return -np.log((1 - share) * p[name][n] + share * cached[name])

    recent, out = seen_recently(parts["test"]), {}
    for name, shares in (("table", [0]), ("table_cache", CACHES)):
        n, share = min(
            ((n, share) for n in range(longest) for share in shares),
            key=lambda best: nats("valid", *best).mean(),
        )
        test = nats("test", n, share)
        out[name] = {"n": n + 1, "share": share}
        out[name] |= {"test": round(float(test.mean()), 4)}
        out[name] |= {"recent": round(float(test[recent].mean()), 4)}
        out[name] |= {"new": round(float(test[~recent].mean()), 4)}
    return out


def trained(name, unit, epochs, limit, rate, seed):
    """Train once: the checkpoint of the best epoch."""
    vocabulary, parts = read(unit, limit)
    cell, rng = MODELS[name][0], np.random.default_rng(seed)
    T, adam, carried = UNITS[unit][0], optim.Adam(rate), {"state": None}
    columns = streams.columns(parts["train"], B)
    windows = (len(columns) - 1) // T

    def batches():
        """Windows in order, while the rate falls to 0 as a cosine."""
        for n in range(epochs * windows):
            k = n % windows
            carried["state"] = carried["state"] if k else None
            fall = 0.5 + 0.5 * math.cos(math.pi * n / (epochs * windows))
            adam.learning_rate = rate * max(fall, 1e-3)
            yield columns[k * T : (k + 1) * T + 1]

    def step(params, ids):
        loss, grads, carried["state"] = loss_and_grads(
            cell, params, ids, carried["state"]
        )
        return loss, grads

    best = Checkpoint(lambda p: surprises(cell, p, parts["valid"]).mean())
    train.fit(
        step, network(name, len(vocabulary), rng), batches(),
        adam, epochs * windows, clip=CLIP, evaluate=best,
        evaluate_every=windows, progress=False,
    )  # fmt: skip
    return best


def count(params):
    return sum(a.size for part in params.values() for a in part.values())


def along(params, vocabulary, ids, start=400, n=60):
    """Words of the test part, and what fast and slow units do meanwhile."""
    xs = np.eye(len(vocabulary), dtype=np.float32)[ids[: start + n, None]]
    hs, _, _ = bptt.unroll(SCRN, params["cell"], xs)
    hs = hs[start:, 0]
    H = MODELS["scrn"][1][0]
    return {
        "words": text.decode(ids[start : start + n], vocabulary),
        "fast": hs[:, :20].T.round(3).tolist(),
        "slow": hs[:, H:].T.round(3).tolist(),
    }


def run(setting, seed):
    """Train once; the nats of all tokens of the test, and of the recent."""
    asked = ("model", "unit", "updates", "read", "rate")
    name, unit, epochs, limit, rate = (setting[k] for k in asked)
    best = trained(name, unit, epochs, limit, rate, seed)
    vocabulary, parts = read(unit, limit)
    recent = seen_recently(parts["test"])
    nats = surprises(MODELS[name][0], best.params, parts["test"])
    result = {"valid": round(best.mark, 4), "curve": best.marks}
    result["test"] = round(float(nats.mean()), 4)
    result["recent"] = round(float(nats[recent].mean()), 4)
    result["new"] = round(float(nats[~recent].mean()), 4)
    result["parameters"] = count(best.params)
    if (unit, name, seed) == ("words", "scrn", 0):
        result["along"] = along(best.params, vocabulary, parts["test"])
    return result


def collect(runs):
    """By unit and model: nats, learning curves, and the rates tried."""
    results = {"seeds": SEEDS, "B": B, "clip": CLIP, "recent": RECENT}
    results |= {"text": text.report(), "runs": {}}
    for unit, (T, epochs, least) in UNITS.items():
        vocabulary, parts = read(unit)
        about = {"T": T, "epochs": epochs, "least": least}
        about |= {"V": len(vocabulary), "models": {}}
        about["recent"] = float(seen_recently(parts["test"]).mean())
        about["tables"] = tables(parts, len(vocabulary))
        results["runs"][unit] = about
        for setting in SETTINGS:
            if setting["unit"] != unit:
                continue
            where = {"unit": unit, "model": setting["model"]}
            found = runs(**where)
            entry = about["models"][setting["model"]] = {
                "rate": runs.rate(**where)
            }
            for name in ("test", "recent", "new"):
                entry[name] = [r[name] for r in found]
            entry["valid"] = [r["curve"] for r in found]
            entry["parameters"] = found[0]["parameters"]
    first, *_ = runs(unit="words", model="scrn")
    return results | {"along": first["along"]}
