"""Trimming against CTC, spikes after convergence, and two ways to decode.

Bidirectional LSTMs on the noisy frames of ``rnncourse.data.frames``, for the
chapter on CTC: about eight minutes on one quiet core.

- methods, each at the rate that suits it best: "trim" learns the symbol of
  every frame, silence counting as the symbol before it, and merges repeats;
  "trim, silence" has a class of its own for silence, and drops it after
  merging; both are told the times of all symbols. "ctc" is told the symbols
  alone. Once where equal neighbours always have silence between them
  ("apart"), once where they may touch.
- long: CTC at the chapter's own rate until it has converged (the last fifth
  at a fifth of the rate), on quiet and on loud noise: in how many frames it
  names a symbol. With loud noise also the best path and prefix beam search.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM
from rnncourse.data import frames
from rnncourse.heads import cross_entropy, ctc, ctc_decoding, readout
from rnncourse.networks import Bidirectional

H, K, B, CLIP, SEEDS, FRESH = 32, 4, 32, 1.0, 5, 10**6
UPDATES, LONG, EVERY, NOISE, LOUD = 300, 1000, 50, 0.3, 0.6
WIDTHS = (1, 2, 4, 8, 16)
METHODS, WORLDS = ("trim", "trim, silence", "ctc"), ("apart", "touching")
NETWORK = Bidirectional(LSTM)
COMPARES = "method"
SETTINGS = [
    {"method": method, "world": world, "updates": UPDATES}
    for world in WORLDS
    for method in METHODS
] + [
    {"method": "ctc", "noise": noise, "updates": LONG, "rate": 1e-2}
    for noise in (NOISE, LOUD)
]
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2), 3


def draw(rng, n, noise=NOISE, world="apart"):
    """Frames, lengths, symbols, their lengths, and the truth of each frame."""
    alignment, lengths, *symbols = frames.alignments(
        rng, n, K=K, apart=world == "apart"
    )
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


def columns(ids, lengths):
    """The columns of an array as lists, each as long as it is."""
    return [
        column[:n].tolist() for column, n in zip(ids.T, lengths, strict=True)
    ]


def kinds(batch):
    """For each sequence: no equal neighbours, all apart, or some touch."""
    symbols, times = columns(*batch[2:4]), columns(batch[4], batch[1])
    return np.array(
        [
            "touching"
            if ctc_decoding.collapse(path) != said
            else "repeats"
            if any(x == y for x, y in zip(said, said[1:], strict=False))
            else "others"
            for said, path in zip(symbols, times, strict=True)
        ]
    )


def measure(answers, batch):
    """The label error rate, and right sequences of each of the `kinds`."""
    rights, kind = columns(*batch[2:4]), kinds(batch)
    pairs = list(zip(answers, rights, strict=True))
    error = sum(edits(a, b) for a, b in pairs) / sum(map(len, rights))
    good = np.array([a == b for a, b in pairs])
    return {"error": round(error, 4)} | {
        str(name): round(float(good[kind == name].mean()), 4)
        for name in np.unique(kind)
    }


def spikes(params, batch):
    """In how many frames a symbol is named, and the share of blanks."""
    logits, _, _ = scores(params, batch)
    inside = np.arange(len(logits))[:, None] < batch[1]
    named = (logits.argmax(axis=2) != 0)[inside]
    answers = ctc_decoding.greedy(logits, batch[1])
    return {
        "width": round(float(named.sum() / max(1, sum(map(len, answers)))), 3),
        "blank": round(float(1 - named.mean()), 4),
        "error": measure(answers, batch)["error"],
    }


def fresh(method, rng):
    """Fresh weights in 32 bits."""
    classes = K if method == "trim" else K + 1
    return {
        "network": NETWORK.init(rng, K, H, dtype=np.float32),
        "readout": readout.init(rng, 2 * H, classes, dtype=np.float32),
    }


def learn(method, params, batches, adam, updates, evaluate=None):
    """Train; return the parameters and what `evaluate` said on the way."""
    params, history = train.fit(
        lambda params, batch: loss_and_grads(method, params, batch),
        params,
        batches,
        adam,
        updates,
        clip=CLIP,
        evaluate=evaluate,
        evaluate_every=EVERY,
        progress=False,
    )
    return params, [values for _, values in history.evaluations]


def compared(method, world, updates, rate, seed):
    """Train one of the methods; what it gets right in the end."""
    rng = np.random.default_rng(seed)
    params, _ = learn(
        method,
        fresh(method, rng),
        (draw(rng, B, world=world) for _ in range(updates)),
        optim.Adam(rate),
        updates,
    )
    found = []
    for start in FRESH, FRESH + 1:  # the test, and what chooses the rate
        batch = draw(np.random.default_rng(start), 500, world=world)
        found.append(measure(spelt(method, params, batch), batch))
    marks, valid = found
    return {"valid": valid["error"], "test": marks["error"], "marks": marks}


def long(noise, updates, rate, seed):
    """Train CTC to the end; its spikes on the way, and how to decode it."""
    rng = np.random.default_rng(seed)
    test = draw(np.random.default_rng(FRESH), 300, noise)
    params, curve = fresh("ctc", rng), []
    adam, slower = optim.Adam(rate), max(1, updates // 5)
    for n in (updates - slower, slower):
        params, part = learn(
            "ctc",
            params,
            (draw(rng, B, noise) for _ in range(n)),
            adam,
            n,
            lambda params: spikes(params, test),
        )
        adam.learning_rate, curve = rate / 5, curve + part
    result = {"curve": curve, "test": curve[-1]["error"]}
    if noise == LOUD:
        logits, _, _ = scores(params, test)
        for width in WIDTHS:
            beams = ctc_decoding.prefix_beam(logits, width, test[1])
            best = [beam[0][0] for beam in beams]
            result[str(width)] = measure(best, test)["error"]
    return result


def run(setting, seed):
    """Train once, to compare or for long."""
    updates, rate = setting["updates"], setting["rate"]
    if "world" in setting:
        method, world = setting["method"], setting["world"]
        return compared(method, world, updates, rate, seed)
    return long(setting["noise"], updates, rate, seed)


def collect(runs):
    """What each method gets right; the spikes; the ways of decoding."""
    about = {"H": H, "K": K, "B": B, "clip": CLIP, "seeds": SEEDS}
    about |= {"updates": UPDATES, "long": LONG, "every": EVERY}
    about |= {"noise": NOISE, "loud": LOUD, "rates": {}, "worlds": {}}
    for world in WORLDS:
        about["worlds"][world], about["rates"][world] = {}, {}
        batch = draw(np.random.default_rng(FRESH), 500, world=world)
        names, counts = np.unique(kinds(batch), return_counts=True)
        about["worlds"][world]["tested"] = dict(
            zip(names.tolist(), counts.tolist(), strict=True)
        )
        for method in METHODS:
            where = {"world": world, "method": method}
            found = [r["marks"] for r in runs(**where)]
            about["worlds"][world][method] = found
            about["rates"][world][method] = runs.rate(**where)
    about["spikes"] = {
        name: [r["curve"] for r in runs(noise=noise)]
        for name, noise in (("quiet", NOISE), ("loud", LOUD))
    }
    loud = runs(noise=LOUD)
    about["decoding"] = {"greedy": [r["test"] for r in loud]}
    for width in map(str, WIDTHS):
        about["decoding"][width] = [r[width] for r in loud]
    return about
