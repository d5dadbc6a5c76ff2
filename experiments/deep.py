"""Deep networks: depth, residual connections, dropout, and the pyramid.

    python experiments/deep.py            everything, about ten minutes
    python experiments/deep.py pyramid    one part of it

Parts: depth, layers, dropout, pyramid. Each trains with three seeds and
writes its part of ``book/results/deep.json``, which the chapter on deep
networks reads. Runs are capped by updates, never by time. Networks that are
compared have, within one unit's width, equal numbers of parameters, and the
same learning rate and clipping; no seed is left out.
"""

import json
import sys
from pathlib import Path

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, RNN
from rnncourse.data import lamp, streams, temporal_order, text
from rnncourse.heads import cross_entropy, readout
from rnncourse.networks import Bidirectional, Stacked, pyramidal
from rnncourse.params import flatten

FILE = Path(__file__).resolve().parent.parent / "book" / "results/deep.json"
SEEDS, B, CLIP = 3, 32, 1.0


def start(network, rng, D, K, H):
    """Fresh parameters of a network and the readout above it."""
    return {
        "net": network.init(rng, D, H, dtype=np.float32),
        "readout": readout.init(rng, network.width(H), K, dtype=np.float32),
    }


def count(network, D, K, H):
    """How many numbers there are to learn."""
    params = start(network, np.random.default_rng(0), D, K, H)
    return sum(array.size for array in flatten(params).values())


def width(network, D, K, budget):
    """The H whose number of parameters is nearest to the budget."""
    return min(
        range(1, 200), key=lambda H: abs(count(network, D, K, H) - budget)
    )


def loss_and_grads(network, params, batch, rng=None):
    """Cross-entropy at all steps, or after the last: as targets are."""
    xs, targets, mask = batch
    hs, _, tape = network.unroll(params["net"], xs, rng=rng)
    read = hs if targets.ndim == 2 else hs[-1]
    ys = readout.forward(params["readout"], read)
    loss, dys = cross_entropy.loss_and_grad(ys, targets, mask)
    dread, d_readout = readout.backward(params["readout"], read, dys)
    dhs = np.zeros_like(hs)
    dhs[(...,) if targets.ndim == 2 else -1] = dread
    _, _, d_net = network.unroll_backward(params["net"], tape, dhs)
    return loss, {"net": d_net, "readout": d_readout}


def accuracy(network, params, batch):
    """The share of right answers where one is wanted."""
    xs, targets, mask = batch
    hs, _, _ = network.unroll(params["net"], xs)
    read = hs if targets.ndim == 2 else hs[-1]
    right = readout.forward(params["readout"], read).argmax(-1) == targets
    return round(
        float(right[mask].mean() if mask is not None else right.mean()), 4
    )


def fit(network, params, draw, rng, rate, updates, evaluate=None, every=10**9):
    """Train on batches that `draw(rng, B)` yields."""
    return train.fit(
        lambda p, batch: loss_and_grads(network, p, batch, rng),
        params,
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        evaluate=evaluate,
        evaluate_every=every,
        progress=False,
    )


# The tasks ---------------------------------------------------------------


def last_switch(ids):
    """At each step: 1 if the last switch was on, 0 if off."""
    lit, now = [], 0
    for i in ids:
        now = np.select([i == lamp.ON, i == lamp.OFF], [1, 0], now)
        lit.append(now)
    return np.array(lit)


def draw_lamp(rng, B, T=10):
    """Is the lamp lit? At every step."""
    ids, _ = lamp.batch(rng, T, B, asked=False)
    return np.eye(4, dtype=np.float32)[ids], last_switch(ids), None


def draw_change(rng, B, T=10):
    """Will the next switch change anything? Where somebody asks."""
    ids, _ = lamp.batch(rng, T, B, asked=True)
    ids[-1] = rng.choice([lamp.ON, lamp.OFF], size=B)
    change = last_switch(ids) ^ last_switch(ids[::-1])[::-1]
    return np.eye(4, dtype=np.float32)[ids], change, ids == lamp.ASK


def draw_order(T):
    """Which of two marks came first, in T symbols?"""

    def draw(rng, B):
        ids, labels = temporal_order.batch(rng, T, B)
        return np.eye(6, dtype=np.float32)[ids], labels, None

    return draw


def draw_text(ids, V, T=50):
    """Pieces of a text, and the character after each."""

    def draw(rng, B):
        xs, targets = streams.batch(rng, ids, T, B)
        return np.eye(V, dtype=np.float32)[xs], targets, None

    return draw


def characters(limit=None):
    """The text's train and valid ids and the number of characters."""
    manual = text.read("train")
    vocabulary = text.vocabulary(manual, least=20)
    ids = [text.encode(t, vocabulary) for t in (manual, text.read("valid"))]
    return ids[0][:limit], ids[1], len(vocabulary)


# The parts ---------------------------------------------------------------


def depth():
    """Depth against width at equal parameters, on two tasks."""
    out = {"budgets": {"change": 1200, "text": 30000}}
    out["updates"] = {"change": 600, "text": 600}
    stacks = {"1": Bidirectional(RNN), "2": None, "3": None}
    for L in (2, 3):
        stacks[str(L)] = Stacked(*[Bidirectional(RNN)] * L)
    test = draw_change(np.random.default_rng(10**6), 2000)
    out["change"] = {}
    for L, network in stacks.items():
        H, runs = width(network, 4, 2, out["budgets"]["change"]), []
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            params = start(network, rng, 4, 2, H)
            params, _ = fit(network, params, draw_change, rng, 1e-2, 600)
            runs.append(accuracy(network, params, test))
        size = count(network, 4, 2, H)
        out["change"][L] = {"H": H, "parameters": size, "accuracy": runs}
        print("change", L, out["change"][L], flush=True)
    ids, valid, V = characters()
    out["characters"], out["text"] = [len(ids), V], {}
    test = draw_text(valid, V)(np.random.default_rng(10**6), 300)
    for L in (1, 2, 3):
        network = Stacked(*[GRU] * L)
        H, runs = width(network, V, V, out["budgets"]["text"]), []
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            params = start(network, rng, V, V, H)
            params, _ = fit(network, params, draw_text(ids, V), rng, 5e-3, 600)
            nats = loss_and_grads(network, params, test)[0]
            runs.append(round(nats / np.log(2), 4))
        size = count(network, V, V, H)
        out["text"][str(L)] = {"H": H, "parameters": size, "bits": runs}
        print("text", L, out["text"][str(L)], flush=True)
    return out


def layers():
    """How many layers still learn, with and without residual connections."""
    out = {"H": 16, "updates": 300, "rate": 5e-3, "plain": {}, "residual": {}}
    test = draw_lamp(np.random.default_rng(10**6), 2000)
    for L in (1, 4, 8, 12, 16, 24, 32):
        for name in ("plain", "residual"):
            network = Stacked(*[RNN] * L, residual=name == "residual")
            out[name][str(L)] = []
            for seed in range(SEEDS):
                rng = np.random.default_rng(seed)
                params = start(network, rng, 4, 2, 16)
                params, _ = fit(network, params, draw_lamp, rng, 5e-3, 300)
                out[name][str(L)].append(accuracy(network, params, test))
            print(name, L, out[name][str(L)], flush=True)
    return out


def dropout():
    """Dropout between two layers, on little text and on much."""
    out = {"H": 64, "updates": 1200, "every": 100, "rate": 5e-3, "bits": {}}
    ids, valid, V = characters(30000)
    test = draw_text(valid, V)(np.random.default_rng(10**6), 200)
    out["characters"] = len(ids)
    for share in (0.0, 0.2, 0.5):
        network, curves = Stacked(GRU, GRU, dropout=share), []
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            params, seen = start(network, rng, V, V, 64), []

            def both(p, network=network):
                nats = loss_and_grads(network, p, test)[0]
                mine = draw_text(ids, V)(np.random.default_rng(1), 100)
                here = loss_and_grads(network, p, mine)[0]
                return [round(n / np.log(2), 4) for n in (here, nats)]

            _, history = fit(
                network, params, draw_text(ids, V), rng, 5e-3, 1200, both, 100
            )
            seen = [value for _, value in history.evaluations]
            curves.append(seen)
        out["bits"][str(share)] = curves
        print("dropout", share, [c[-1] for c in curves], flush=True)
    return out


PLANS = {  # cell, layers, T, budget of parameters, updates
    "tanh, 3 layers, T = 64": (RNN, 3, 64, 2000, 1000),
    "tanh, 3 layers, T = 128": (RNN, 3, 128, 2000, 1000),
    "tanh, 5 layers, T = 128": (RNN, 5, 128, 2000, 1000),
    "GRU, 3 layers, T = 64": (GRU, 3, 64, 6000, 1500),
}


def pyramid():
    """Stack and pyramid on a long task."""
    out = {"rate": 5e-3, "every": 100, "plans": {}}
    for plan, (cell, layers, T, budget, updates) in PLANS.items():
        test = draw_order(T)(np.random.default_rng(10**6), 1000)
        out["plans"][plan] = {"T": T, "layers": layers, "updates": updates}
        nets = {"stacked": Stacked(*[cell] * layers)}
        nets["pyramid"] = pyramidal(*[cell] * layers)
        for name, network in nets.items():
            H, curves = width(network, 6, 4, budget), []
            for seed in range(SEEDS):
                rng = np.random.default_rng(seed)
                params = start(network, rng, 6, 4, H)
                _, history = fit(
                    network, params, draw_order(T), rng, 5e-3, updates,
                    lambda p, n=network, b=test: accuracy(n, p, b), 100,
                )  # fmt: skip
                curves.append([value for _, value in history.evaluations])
            size = count(network, 6, 4, H)
            out["plans"][plan][name] = {"H": H, "parameters": size}
            out["plans"][plan][name]["accuracy"] = curves
            print(plan, name, H, size, [c[-1] for c in curves], flush=True)
    return out


def main(*wanted):
    """Run the parts that are wanted and write them down."""
    parts = {"pyramid": pyramid, "layers": layers}
    parts |= {"depth": depth, "dropout": dropout}
    for name in wanted or parts:
        part = parts[name]()
        FILE.parent.mkdir(exist_ok=True)
        stored = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps(stored | {name: part}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
