"""Sentences to bracketed trees, with and without attention.

    python experiments/parsing.py

Parsing as translation (Vinyals et al. 2015) on the toy grammar of
``rnncourse.data.trees``: two cells of about as many parameters, with and
without attention, three seeds each. Writes ``book/results/parsing.json``,
and one small trained parser into it, which the chapter on sequence to
sequence reads. Runs are capped by updates, never by time: on one quiet core
all of it takes about nine minutes. No seed is left out.
"""

import json
from pathlib import Path

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import brackets, tokens, trees
from rnncourse.networks import EncoderDecoder, seq2seq
from rnncourse.params import flatten

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
D, K = len(trees.SOURCE_VOCABULARY), len(trees.TARGET_VOCABULARY)
END, B, CLIP, RATE = tokens.SPECIAL.index(tokens.STOP), 32, 1.0, 5e-3
SEEDS, UPDATES, EVERY = 3, 2400, 300
HIDDEN = {LSTM: 48, GRU: 56}
LONGER = {"H": 64, "updates": 6000, "slower": 1500}  # without attention
SMALL = {"H": 32, "updates": 3000, "slower": 600}  # the stored parser


def draw(rng, n, part="train"):
    """Sentences, their lengths, brackets without the stop, their lengths."""
    ids, lengths, targets, ends = trees.batch(rng, n, part)
    return tokens.one_hot(ids, D, np.float32), lengths, targets[:-1], ends - 1


def scores(model, params, batch):
    """The share of trees that are right, and the bracket F1."""
    xs, lengths, targets, ends = batch
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(ends), END)
    said = decoding.greedy(step, state, first, END, len(targets) + 5)
    right = [targets[:n, b].tolist() for b, n in enumerate(ends)]
    exact = np.mean([a == b for a, b in zip(said, right, strict=True)])
    f1 = brackets.bracket_f1(
        [[trees.TARGET_VOCABULARY[i] for i in row] for row in said],
        [[trees.TARGET_VOCABULARY[i] for i in row] for row in right],
    )
    return {"exact": round(float(exact), 4), "f1": round(f1, 4)}


def learn(model, params, rng, optimiser, updates, every, test):
    """Train; return the parameters and the scores on the way."""
    params, history = train.fit(
        lambda params, batch: seq2seq.loss_and_grads(
            model, params, batch[0], batch[2], batch[1], batch[3]
        ),
        params,
        (draw(rng, B) for _ in range(updates)),
        optimiser,
        updates,
        clip=CLIP,
        evaluate=lambda params: scores(model, params, test),
        evaluate_every=every,
        progress=False,
    )
    return params, [score for _, score in history.evaluations]


def compare(test):
    """Both cells, with and without attention."""
    found, sizes = {}, {}
    for cell, H in HIDDEN.items():
        for looks in (False, True):
            name = f"{cell!r} {'with' if looks else 'without'}"
            model = EncoderDecoder(cell, cell, attention=looks, end=END)
            found[name] = []
            for seed in range(SEEDS):
                rng = np.random.default_rng(seed)
                params = model.init(rng, D, H, K, dtype=np.float32)
                adam = optim.Adam(RATE)
                _, curve = learn(
                    model, params, rng, adam, UPDATES, EVERY, test
                )
                found[name].append(curve)
                print(name, seed, curve[-1], flush=True)
            arrays = flatten(params).values()
            sizes[name] = int(sum(array.size for array in arrays))
    return {"scores": found, "parameters": sizes}


def patient(looks, settings, test):
    """One parser, its learning rate lowered at the end: seed 0."""
    model = EncoderDecoder(LSTM, LSTM, attention=looks, end=END)
    rng, adam = np.random.default_rng(0), optim.Adam(RATE)
    params = model.init(rng, D, settings["H"], K, dtype=np.float32)
    updates, slower = settings["updates"], settings["slower"]
    params, _ = learn(model, params, rng, adam, updates, updates, test)
    adam.learning_rate = RATE / 5
    params, _ = learn(model, params, rng, adam, slower, slower, test)
    return model, params


def longer(test):
    """Without attention, but with more units and more patience."""
    score = scores(*patient(False, LONGER, test), test)
    print("longer", score, flush=True)
    return score


def small(test):
    """A small parser with attention, rounded, for the chapter to load."""
    model, params = patient(True, SMALL, test)
    kept = {k: np.round(v, 3) for k, v in flatten(params).items()}
    score = scores(model, params, test)
    print("small", score, flush=True)
    rows = {
        name: [[round(float(x), 3) for x in row] for row in np.atleast_2d(a)]
        if a.ndim == 2
        else [round(float(x), 3) for x in a]
        for name, a in kept.items()
    }
    return {"params": rows, "score": score}


def main():
    """Train everything and write it down."""
    test = draw(np.random.default_rng(10**6), 300, "test")
    about = {"B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    about |= {"every": EVERY, "seeds": SEEDS, "small": SMALL}
    about["longer"] = LONGER | {"score": longer(test)}
    about |= {"H": {repr(cell): H for cell, H in HIDDEN.items()}}
    results = about | compare(test) | {"parser": small(test)}
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(results, separators=(",", ":"))
    (RESULTS / "parsing.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
