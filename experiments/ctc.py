"""Trimming against CTC, and two ways to decode.

Bidirectional LSTMs on the noisy frames of ``rnncourse.data.frames``, for the
chapter on CTC: about two minutes on one quiet core. Nothing is tuned.

- methods: "trim" learns the symbol of every frame, silence counting as the
  symbol before it, and merges repeats; "trim, silence" has a class of its
  own for silence, and drops it after merging; both are told the times of
  all symbols. "ctc" is told the symbols alone.
- decoding: louder noise; the best path against prefix beam search
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM
from rnncourse.data import frames
from rnncourse.heads import cross_entropy, ctc, ctc_decoding, readout
from rnncourse.networks import Bidirectional

H, K, B, RATE, CLIP, SEEDS = 32, 4, 32, 1e-2, 1.0, 3
UPDATES, EVERY, NOISE, LOUD = 300, 20, 0.3, 0.6
WIDTHS = (1, 2, 4, 8, 16)
METHODS = ("trim", "trim, silence", "ctc")
NETWORK = Bidirectional(LSTM)
COMPARES = "method"
SETTINGS = [
    {"method": m, "noise": NOISE, "updates": UPDATES, "rate": RATE}
    for m in METHODS
] + [{"method": "ctc", "noise": LOUD, "updates": UPDATES, "rate": RATE}]


def draw(rng, n, noise):
    """Frames, lengths, symbols, their lengths, and the truth of each frame."""
    alignment, lengths, *symbols = frames.alignments(rng, n, K=K)
    xs = frames.frames(rng, alignment, lengths, K, noise).astype(np.float32)
    return xs, lengths, *symbols, alignment


def held(alignment):
    """Silence as the symbol before it; at the start as the first symbol."""
    held = alignment.copy()
    for t in range(1, len(held)):
        held[t] = np.where(held[t] == 0, held[t - 1], held[t])
    for t in reversed(range(len(held) - 1)):
        held[t] = np.where(held[t] == 0, held[t + 1], held[t])
    return held


def scores(params, batch):
    """The logits, and what the backward pass needs."""
    hs, _, tape = NETWORK.unroll(params["network"], batch[0], None, batch[1])
    return readout.forward(params["readout"], hs), hs, tape


def loss_and_grads(method, params, batch):
    """The loss of one method, and its gradients."""
    logits, hs, tape = scores(params, batch)
    _, lengths, targets, target_lengths, alignment = batch
    inside = np.arange(len(logits))[:, None] < lengths
    if method == "ctc":
        loss, dlogits = ctc.loss_and_grad(
            logits, targets, lengths, target_lengths
        )
    else:
        wanted = held(alignment) - 1 if method == "trim" else alignment
        loss, dlogits = cross_entropy.loss_and_grad(logits, wanted, inside)
    dhs, d_readout = readout.backward(params["readout"], hs, dlogits)
    _, _, d_network = NETWORK.unroll_backward(params["network"], tape, dhs)
    return loss, {"network": d_network, "readout": d_readout}


def spelt(method, params, batch):
    """What a method answers: lists of symbols."""
    logits, _, _ = scores(params, batch)
    if method != "trim":
        return ctc_decoding.greedy(logits, batch[1])
    best = logits.argmax(axis=2) + 1
    columns = zip(best.T, batch[1], strict=True)
    return [ctc_decoding.collapse(column[:n]) for column, n in columns]


def edits(a, b):
    """Insertions, deletions and changes between two lists, the fewest."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, before + (x != y)),
            )
    return row[-1]


def measure(answers, batch):
    """The label error rate, and right sequences with and without repeats."""
    columns = zip(batch[2].T, batch[3], strict=True)
    rights = [column[:n].tolist() for column, n in columns]
    pairs = list(zip(answers, rights, strict=True))
    error = sum(edits(a, b) for a, b in pairs) / sum(map(len, rights))
    found = {"error": round(error, 4)}
    for name, wanted in ("repeats", True), ("others", False):
        some = [
            a == b
            for a, b in pairs
            if any(x == y for x, y in zip(b, b[1:], strict=False)) == wanted
        ]
        found[name] = round(float(np.mean(some)), 4)
    return found


def learn(method, seed, noise, test, rate, updates):
    """Train once; return the parameters and the measurements on the way."""
    rng = np.random.default_rng(seed)
    classes = K if method == "trim" else K + 1
    params = {
        "network": NETWORK.init(rng, K, H, dtype=np.float32),
        "readout": readout.init(rng, 2 * H, classes, dtype=np.float32),
    }
    params, history = train.fit(
        lambda params, batch: loss_and_grads(method, params, batch),
        params,
        (draw(rng, B, noise) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        evaluate=lambda params: measure(spelt(method, params, test), test),
        evaluate_every=EVERY,
        progress=False,
    )
    return params, [values for _, values in history.evaluations]


def run(setting, seed):
    """Train once; with loud noise, try other ways of decoding, too."""
    method, noise = setting["method"], setting["noise"]
    n = 500 if noise == NOISE else 300
    test = draw(np.random.default_rng(10**6), n, noise)
    params, curve = learn(
        method, seed, noise, test, setting["rate"], setting["updates"]
    )
    result = {"curve": curve, "test": curve[-1]["error"]}
    if noise == LOUD:
        logits, _, _ = scores(params, test)
        for width in WIDTHS:
            beams = ctc_decoding.prefix_beam(logits, width, test[1])
            best = [beam[0][0] for beam in beams]
            result[str(width)] = measure(best, test)
    return result


def collect(runs):
    """Curves of the methods; measurements of the ways of decoding."""
    about = {"H": H, "K": K, "B": B, "rate": RATE, "clip": CLIP}
    about |= {"updates": UPDATES, "every": EVERY, "seeds": SEEDS}
    about |= {"noise": NOISE, "loud": LOUD}
    about["methods"] = {
        m: [r["curve"] for r in runs(method=m, noise=NOISE)] for m in METHODS
    }
    loud = runs(method="ctc", noise=LOUD)
    about["decoding"] = {"greedy": [r["curve"][-1] for r in loud]}
    for width in map(str, WIDTHS):
        about["decoding"][width] = [r[width] for r in loud]
    return about
