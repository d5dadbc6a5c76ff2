"""Sentences to a vector and back: what is written back, what lies near.

    python experiments/sentence_vectors.py

Trains sequence-to-sequence autoencoders on the sentences of
``rnncourse.data.intents``, two cells of about as many parameters, three
seeds each, and writes ``book/results/sentence_vectors.json``, which the
chapter on sequence to sequence reads. Runs are capped by updates, never by
time: on one quiet core all of it takes about three minutes. No seed is left
out.
"""

import json
from pathlib import Path

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import intents, tokens
from rnncourse.networks import EncoderDecoder, reverse, seq2seq
from rnncourse.params import flatten

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
V, END = len(intents.VOCABULARY), 0
SEEDS, UPDATES, EVERY = 3, 2000, 250
B, RATE, CLIP = 32, 1e-2, 1.0
HIDDEN = {LSTM: 48, GRU: 56}


def draw(rng, n, part="train"):
    """Sentences read from last to first, to be written first to last."""
    words, labels = intents.sentences(rng, n, part)
    ids, lengths = intents.encode(words)
    xs = tokens.one_hot(reverse(ids, lengths), V, np.float32)
    return xs, lengths, ids, labels


def nearest(vectors):
    """For each row the place of the row with the smallest angle to it."""
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return cosines.argmax(axis=1)


def vectors_of(model, params, xs, lengths):
    """The state that is handed over, all its parts side by side."""
    _, _, last, _ = model.encode(params, xs, lengths=lengths)
    return np.hstack(last)


def measure(model, params, test):
    """What comes back, and whether neighbours share intent, first word."""
    xs, lengths, ids, labels = test
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(lengths), END)
    said = decoding.greedy(step, state, first, END, len(ids) + 5)
    right = [ids[:n, b].tolist() for b, n in enumerate(lengths)]
    back = np.mean([a == b for a, b in zip(said, right, strict=True)])
    near = nearest(vectors_of(model, params, xs, lengths))
    return {
        "back": round(float(back), 4),
        "intent": round(float(np.mean(labels[near] == labels)), 4),
        "first_word": round(float(np.mean(ids[0, near] == ids[0])), 4),
    }


def run(cell, seed, test):
    """Train one autoencoder; return the measurements on the way."""
    model = EncoderDecoder(cell, cell, end=END)
    rng = np.random.default_rng(seed)
    params, history = train.fit(
        lambda params, batch: seq2seq.loss_and_grads(
            model, params, batch[0], batch[2], batch[1], batch[1]
        ),
        model.init(rng, V, HIDDEN[cell], V, dtype=np.float32),
        (draw(rng, B) for _ in range(UPDATES)),
        optim.Adam(RATE),
        UPDATES,
        clip=CLIP,
        evaluate=lambda params: measure(model, params, test),
        evaluate_every=EVERY,
        progress=False,
    )
    size = sum(array.size for array in flatten(params).values())
    return [values for _, values in history.evaluations], int(size)


def main():
    """Train everything and write it down."""
    test = draw(np.random.default_rng(10**6), 500, "test")
    _, _, ids, labels = test
    near = nearest(intents.bag(ids))
    bag = {
        "intent": float(np.mean(labels[near] == labels)),
        "first_word": float(np.mean(ids[0, near] == ids[0])),
    }
    found, sizes = {}, {}
    for cell in HIDDEN:
        runs = [run(cell, seed, test) for seed in range(SEEDS)]
        found[repr(cell)] = [curve for curve, _ in runs]
        sizes[repr(cell)] = runs[0][1]
        print(cell, [curve[-1] for curve, _ in runs], flush=True)
    about = {"B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    about |= {"every": EVERY, "seeds": SEEDS, "parameters": sizes}
    about |= {"H": {repr(cell): H for cell, H in HIDDEN.items()}}
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(about | {"bag": bag, "autoencoder": found})
    (RESULTS / "sentence_vectors.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
