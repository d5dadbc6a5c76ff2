"""Trimming against CTC, two ways to decode, and what becomes of spikes.

Bidirectional LSTMs on the noisy frames of ``rnncourse.data.frames``, for the
chapter on CTC: about ten minutes on one quiet core. What competes has a
learning rate of its own, chosen by the loss on other sequences.

- methods: "trim" learns the symbol of every frame, silence counting as the
  symbol before it, and merges repeats; "trim, silence" has a class of its
  own for silence, and drops it after merging; both are told the times of
  all symbols. "ctc" is told the symbols alone.
- worlds: "apart" has silence between equal neighbours by rule, "touching"
  has it there by chance, as everywhere else; "loud" is the first with more
  noise, for two decoders: the best path and prefix beam search
  The sceptic's rival: "trim, silence", and a stretch of more frames than a
  symbol can last is two of them
- spikes: "ctc" once more, four times as long; in how many frames a symbol is
  named, at every tenth of the way
"""

from itertools import groupby

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import LSTM
from rnncourse.data import frames
from rnncourse.heads import cross_entropy, ctc, ctc_decoding, readout
from rnncourse.networks import Bidirectional

H, K, B, CLIP, SEEDS = 32, 4, 32, 1.0, 5
UPDATES, EVERY, LONGER = 300, 20, 1200
NOISE = {"apart": 0.3, "touching": 0.3, "loud": 0.6}
WIDTHS = (1, 2, 4, 8, 16)
METHODS = ("trim", "trim, silence", "ctc")
NETWORK = Bidirectional(LSTM)
COMPARES = "method"
SETTINGS = [
    {"method": method, "world": world, "updates": UPDATES}
    for world in ("apart", "touching")
    for method in METHODS
]
SETTINGS += [{"method": "ctc", "world": "loud", "updates": UPDATES}]
SETTINGS += [{"method": "ctc", "world": "spikes", "updates": LONGER}]
CHOSEN_BY = 2
RATES = (3e-3, 1e-2, 3e-2)


def draw(rng, n, world):
    """Frames, lengths, symbols, their lengths, and the truth of each frame."""
    alignment, lengths, *symbols = frames.alignments(
        rng, n, K=K, apart=world != "touching"
    )
    noise = NOISE.get(world, NOISE["apart"])
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


def by_length(params, batch):
    """Answers of "trim, silence", what is too long for one being more."""
    best, answers = scores(params, batch)[0].argmax(axis=2), []
    for column, n in zip(best.T, batch[1], strict=True):
        runs = [(k, len(list(run))) for k, run in groupby(column[:n])]
        most = frames.HOLD[1]
        answers.append(
            [int(k) for k, n in runs if k for _ in range(0, n, most)]
        )
    return answers


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


def width(params, batch):
    """In how many frames a symbol that is said is named, on average."""
    best = scores(params, batch)[0].argmax(axis=2)
    inside = np.arange(len(best))[:, None] < batch[1]
    said = sum(map(len, ctc_decoding.greedy(np.eye(K + 1)[best], batch[1])))
    return round(float((best != 0)[inside].sum() / said), 3) if said else None


def run(setting, seed):
    """Train once; measurements on the way, and what the world asks beside."""
    method, world, updates = (
        setting[k] for k in ("method", "world", "updates")
    )
    rng, classes = np.random.default_rng(seed), K + (method != "trim")
    valid, test = (
        draw(np.random.default_rng(s), n, world)
        for s, n in (
            (10**6 + 1, 500),
            (10**6, 300 if world == "loud" else 500),
        )
    )
    params = {
        "network": NETWORK.init(rng, K, H, dtype=np.float32),
        "readout": readout.init(rng, 2 * H, classes, dtype=np.float32),
    }

    def look(params):
        found = measure(spelt(method, params, test), test)
        if world == "spikes":
            found["width"] = width(params, test)
        return found

    params, history = train.fit(
        lambda params, batch: loss_and_grads(method, params, batch),
        params,
        (draw(rng, B, world) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=look,
        evaluate_every=EVERY if updates == UPDATES else max(updates // 10, 1),
        progress=False,
    )
    curve = [values for _, values in history.evaluations]
    loss = float(loss_and_grads(method, params, valid)[0])
    result = {"valid": round(loss, 5), "curve": curve}
    result["test"] = (curve[-1:] or [look(params)])[0]["error"]
    if method == "trim, silence":
        result["by length"] = measure(by_length(params, test), test)
    if world == "loud":
        logits, _, _ = scores(params, test)
        for beam in WIDTHS:
            found = ctc_decoding.prefix_beam(logits, beam, test[1])
            result[str(beam)] = measure([best[0][0] for best in found], test)
    return result


def collect(runs):
    """Curves by world and method; ways of decoding; how wide spikes are."""
    about = {"H": H, "K": K, "B": B, "clip": CLIP, "every": EVERY}
    about |= {"updates": UPDATES, "longer": LONGER, "seeds": SEEDS}
    about |= {"noise": NOISE["apart"], "loud": NOISE["loud"], "rate": {}}
    for name, world in ("methods", "apart"), ("touching", "touching"):
        found = {m: runs(method=m, world=world) for m in METHODS}
        about[name] = {m: [r["curve"] for r in rs] for m, rs in found.items()}
        about["rate"][world] = {
            m: runs.rate(method=m, world=world) for m in METHODS
        }
    timed = runs(method="trim, silence", world="touching")
    about["by length"] = [r["by length"] for r in timed]
    for world in ("loud", "spikes"):
        about["rate"][world] = runs.rate(world=world)
    loud, spikes = runs(world="loud"), runs(world="spikes")
    about["decoding"] = {"greedy": [r["curve"][-1] for r in loud]}
    for beam in map(str, WIDTHS):
        about["decoding"][beam] = [r[beam] for r in loud]
    return about | {"spikes": [r["curve"] for r in spikes]}
