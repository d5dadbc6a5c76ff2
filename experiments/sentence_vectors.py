"""Sentences to a vector and back: what is written back, what lies near.

Trains sequence-to-sequence autoencoders on the sentences of
``rnncourse.data.intents``, two cells of about as many parameters, for the
chapter on sequence to sequence: about three minutes on one quiet core.
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import intents, tokens
from rnncourse.networks import EncoderDecoder, reverse, seq2seq
from rnncourse.params import flatten

V, END = len(intents.VOCABULARY), 0
SEEDS, UPDATES, EVERY = 3, 2000, 250
B, RATE, CLIP = 32, 1e-2, 1.0
CELLS = {"LSTM": (LSTM, 48), "GRU": (GRU, 56)}
COMPARES = "cell"
SETTINGS = [{"cell": n, "updates": UPDATES, "rate": RATE} for n in CELLS]


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


def run(setting, seed):
    """Train one autoencoder; the measurements on the way, and its size."""
    (cell, H), updates = CELLS[setting["cell"]], setting["updates"]
    test = draw(np.random.default_rng(10**6), 500, "test")
    model = EncoderDecoder(cell, cell, end=END)
    rng = np.random.default_rng(seed)
    params, history = train.fit(
        lambda params, batch: seq2seq.loss_and_grads(
            model, params, batch[0], batch[2], batch[1], batch[1]
        ),
        model.init(rng, V, H, V, dtype=np.float32),
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: measure(model, params, test),
        evaluate_every=EVERY,
        progress=False,
    )
    size = sum(array.size for array in flatten(params).values())
    curve = [values for _, values in history.evaluations]
    return {"curve": curve, "test": curve[-1]["back"], "size": int(size)}


def collect(runs):
    """Measurements by cell; those of a bag of words beside them."""
    _, _, ids, labels = draw(np.random.default_rng(10**6), 500, "test")
    near = nearest(intents.bag(ids))
    bag = {
        "intent": float(np.mean(labels[near] == labels)),
        "first_word": float(np.mean(ids[0, near] == ids[0])),
    }
    about = {"B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    found = {cell: runs(cell=cell) for cell in CELLS}
    sizes = {cell: rs[0]["size"] for cell, rs in found.items()}
    about |= {"every": EVERY, "seeds": SEEDS, "parameters": sizes}
    about |= {"H": {cell: H for cell, (_, H) in CELLS.items()}, "bag": bag}
    curves = {c: [r["curve"] for r in rs] for c, rs in found.items()}
    return about | {"autoencoder": curves}
