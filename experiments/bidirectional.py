"""Two directions: how to combine them, and what a delay would do instead.

    python experiments/bidirectional.py

Trains taggers of `rnncourse.data.errands`, five seeds each, and writes
``book/results/bidirectional.json``, which the chapter on bidirectional
networks reads. Runs are capped by updates, never by time: on one quiet core
all of it takes about a minute. Nothing is tuned: every run has the same
learning rate and the same clipping, and no seed is left out.
"""

import json
from pathlib import Path

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import RNN
from rnncourse.data import errands
from rnncourse.heads import cross_entropy, readout
from rnncourse.networks import Bidirectional
from rnncourse.params import flatten

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
WIDTHS = [2, 3, 4, 8, 16]
DELAYS = [0, 1, 2, 3, 4, 5, 6]
SEEDS, UPDATES = 5, 400
H, B, RATE, CLIP = 16, 32, 1e-2, 1.0
V, K = len(errands.VOCABULARY), len(errands.TAGS)
ONE_HOT = np.eye(V, dtype=np.float32)
ONE_HOT[0] = 0  # what follows the end of a sentence is no word


def scores(network, params, ids, lengths, delay=0):
    """Read the tag of word t from the output at t + delay."""
    silence = np.zeros((delay, ids.shape[1]), int)
    xs = ONE_HOT[np.concatenate([ids, silence])]
    hs, _, tape = network.unroll(params["net"], xs, lengths=lengths + delay)
    return readout.forward(params["readout"], hs[delay:]), hs, tape


def loss_and_grads(network, params, batch, delay=0):
    """The cross-entropy of the tags, and its gradients."""
    ids, tags, lengths = batch
    inside = np.arange(len(ids))[:, None] < lengths
    ys, hs, tape = scores(network, params, ids, lengths, delay)
    loss, dys = cross_entropy.loss_and_grad(ys, tags, inside)
    dhs = np.zeros_like(hs)
    dhs[delay:], d_readout = readout.backward(
        params["readout"], hs[delay:], dys
    )
    _, _, d_net = network.unroll_backward(params["net"], tape, dhs)
    return loss, {"net": d_net, "readout": d_readout}


def fit(network, seed, width=H, delay=0):
    """Train a tagger on 2,000 sentences drawn with the seed."""
    rng = np.random.default_rng(seed)
    params = {
        "net": network.init(rng, V, width, dtype=np.float32),
        "readout": readout.init(
            rng, network.width(width), K, dtype=np.float32
        ),
    }
    ids, tags, lengths = errands.batch(rng, 2000, "train")
    batches = (
        (ids[:, b], tags[:, b], lengths[b])
        for b in rng.integers(len(lengths), size=(UPDATES, B))
    )
    return train.fit(
        lambda p, batch: loss_and_grads(network, p, batch, delay),
        params,
        batches,
        optim.Adam(RATE),
        UPDATES,
        clip=CLIP,
        progress=False,
    )[0]


def accuracy(network, params, delay=0):
    """Grade 2,000 test sentences: opening words, and all words."""
    rng = np.random.default_rng(10**6)
    ids, tags, lengths = errands.batch(rng, 2000, "test")
    right = scores(network, params, ids, lengths, delay)[0].argmax(-1) == tags
    inside = np.arange(len(ids))[:, None] < lengths
    opening = errands.opening(tags, lengths)
    return [round(float(right[w].mean()), 4) for w in (opening, inside)]


def main():
    """Train everything and write it down."""
    combined, sizes, delayed = {}, {}, {}
    for combine in ("concat", "sum", "mean"):
        network, combined[combine], sizes[combine] = (
            Bidirectional(RNN, combine),
            {},
            {},
        )
        for width in WIDTHS:
            nets = [fit(network, seed, width) for seed in range(SEEDS)]
            grades = [accuracy(network, params) for params in nets]
            combined[combine][str(width)] = grades
            sizes[combine][str(width)] = sum(
                a.size for a in flatten(nets[0]).values()
            )
            print(combine, width, grades, flush=True)
    for delay in DELAYS:
        nets = [fit(RNN, seed, H, delay) for seed in range(SEEDS)]
        delayed[str(delay)] = [accuracy(RNN, p, delay) for p in nets]
        print("delay", delay, delayed[str(delay)], flush=True)
    about = {"seeds": SEEDS, "updates": UPDATES}
    about |= {"H": H, "B": B, "rate": RATE, "clip": CLIP}
    about |= {"combined": combined, "parameters": sizes, "delayed": delayed}
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(about)
    (RESULTS / "bidirectional.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
