"""SCRN: do slow units help to say the next word, or the next character?

    python experiments/scrn.py

The experiment of Mikolov et al. (2014) on the text that every Python holds:
a plain network, one with slow units beside as many fast ones, the same one
with slow units that forget at once, a plain one with as many parameters, and
an LSTM. One rule for all: the first seed tries each of two learning rates,
and whichever is better on the valid part serves all three seeds; of each run
that epoch counts which is best on the valid part. Also stored: how well each
network says words that it has read shortly before, and what fast and slow
units do along one paragraph. Writes ``book/results/scrn.json``. Capped by
updates, never by time; about ten minutes on one quiet core.
"""

import json
from pathlib import Path

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN, SCRN, SCRNCell
from rnncourse.data import streams, text
from rnncourse.heads import cross_entropy, readout

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
SEEDS, B, RATES, CLIP, RECENT = 3, 32, (4e-3, 1e-2), 1.0, 50
#: What is read: steps of a window, epochs, and how often a token must occur.
UNITS = {"words": (20, 6, 3), "characters": (40, 4, 1)}
#: Name → cell, and its sizes; SCRN has H fast and S slow units.
MODELS = {
    "rnn": (RNN, (50,)),
    "scrn": (SCRN, (50, 20)),
    "scrn_forgets": (SCRNCell(0.01), (50, 20)),
    "rnn_wide": (RNN, (70,)),
    "lstm": (LSTM, (50,)),
}


def read(unit):
    """Vocabulary, and the ids of the three parts."""
    parts = {name: text.read(name) for name in ("train", "valid", "test")}
    if unit == "words":
        parts = {name: text.words(part) for name, part in parts.items()}
    vocabulary = text.vocabulary(parts["train"], UNITS[unit][2])
    ids = {name: text.encode(p, vocabulary) for name, p in parts.items()}
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


def run(name, unit, seed, rate):
    """Train once: the best epoch's parameters, each epoch's valid loss."""
    vocabulary, parts = read(unit)
    T, epochs, _ = UNITS[unit]
    cell, rng = MODELS[name][0], np.random.default_rng(seed)
    columns = streams.columns(parts["train"], B)
    windows = (len(columns) - 1) // T
    carried, best = {"state": None}, (np.inf, None)

    def batches():
        for _ in range(epochs):
            carried["state"] = None
            for k in range(windows):
                yield columns[k * T : (k + 1) * T + 1]

    def step(params, ids):
        loss, grads, carried["state"] = loss_and_grads(
            cell, params, ids, carried["state"]
        )
        return loss, grads

    def evaluate(params):
        nonlocal best
        loss = float(surprises(cell, params, parts["valid"]).mean())
        if loss < best[0]:
            copy = {
                k: {n: a.copy() for n, a in p.items()}
                for k, p in params.items()
            }
            best = loss, copy
        return loss

    params = network(name, len(vocabulary), rng)
    _, history = train.fit(
        step, params, batches(), optim.Adam(rate), epochs * windows,
        clip=CLIP, evaluate=evaluate, evaluate_every=windows, progress=False,
    )  # fmt: skip
    return best[1], [loss for _, loss in history.evaluations]


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


def main():
    """Train everything and write it down after each run."""
    results = {"seeds": SEEDS, "B": B, "rates": RATES, "clip": CLIP}
    results |= {"recent": RECENT, "text": text.report(), "runs": {}}
    for unit, (T, epochs, least) in UNITS.items():
        vocabulary, parts = read(unit)
        recent = seen_recently(parts["test"])
        about = {"T": T, "epochs": epochs, "least": least}
        about |= {"V": len(vocabulary), "recent": float(recent.mean())}
        about |= {"models": {}}
        results["runs"][unit] = about
        for name in MODELS:
            entry = about["models"][name] = {
                "test": [], "recent": [], "new": [], "valid": [],
            }  # fmt: skip
            tries = {rate: run(name, unit, 0, rate) for rate in RATES}
            rate = min(tries, key=lambda rate: min(tries[rate][1]))
            entry["rate"] = rate
            entry["tried"] = {r: min(valid) for r, (_, valid) in tries.items()}
            for seed in range(SEEDS):
                params, valid = (
                    run(name, unit, seed, rate) if seed else tries[rate]
                )
                nats = surprises(MODELS[name][0], params, parts["test"])
                entry["parameters"] = count(params)
                entry["test"].append(round(float(nats.mean()), 4))
                entry["recent"].append(round(float(nats[recent].mean()), 4))
                entry["new"].append(round(float(nats[~recent].mean()), 4))
                entry["valid"].append([round(v, 4) for v in valid])
                print(unit, name, seed, entry["test"][-1], valid, flush=True)
                if (unit, name, seed) == ("words", "scrn", 0):
                    results["along"] = along(params, vocabulary, parts["test"])
                RESULTS.mkdir(exist_ok=True)
                (RESULTS / "scrn.json").write_text(json.dumps(results) + "\n")


if __name__ == "__main__":
    main()
