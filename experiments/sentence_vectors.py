"""Sentences to a vector and back: what is written back, what lies near.

Trains sequence-to-sequence autoencoders on the sentences of
``rnncourse.data.intents``, two cells of about as many parameters, each with
the learning rate that suits it best, for the chapter on sequence to
sequence: about eight minutes on one quiet core.

The sentence is read backwards, or forwards: only so can it be told whether
a state says what it read last or what is to be written first.
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import intents, tokens
from rnncourse.networks import EncoderDecoder, reverse, seq2seq
from rnncourse.params import flatten

V, END, FRESH = len(intents.VOCABULARY), 0, 10**6
SEEDS, UPDATES, EVERY = 5, 1200, 150
B, CLIP = 32, 1.0
CELLS = {"LSTM": (LSTM, 48), "GRU": (GRU, 56)}
WAYS = ("backwards", "forwards")
COMPARES = ("cell", "reads")
SETTINGS = [
    {"cell": cell, "reads": way, "updates": UPDATES}
    for way in WAYS
    for cell in CELLS
]
RATES, CHOSEN_BY = (5e-3, 1e-2, 2e-2), 5


def draw(rng, n, way, part="train"):
    """Sentences to be read this way, and to be written first to last."""
    words, labels = intents.sentences(rng, n, part)
    ids, lengths = intents.encode(words)
    read = reverse(ids, lengths) if way == "backwards" else ids
    return tokens.one_hot(read, V, np.float32), lengths, ids, labels


def forced(model, params, batch):
    """Loss and gradients of a decoder that reads the truth."""
    xs, lengths, ids, _ = batch
    return seq2seq.loss_and_grads(model, params, xs, ids, lengths, lengths)


def came_back(model, params, test):
    """The share of sentences that come back word for word."""
    xs, lengths, ids, _ = test
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(lengths), END)
    said = decoding.greedy(step, state, first, END, len(ids) + 5)
    right = [ids[:n, b].tolist() for b, n in enumerate(lengths)]
    return float(np.mean([a == b for a, b in zip(said, right, strict=True)]))


def nearest(vectors):
    """For each row the place of the row with the smallest angle to it."""
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return cosines.argmax(axis=1)


def shared(near, batch):
    """How often neighbours share the intent, the first and the last word."""
    _, lengths, ids, labels = batch
    last = ids[lengths - 1, np.arange(len(lengths))]
    about = {"intent": labels, "first": ids[0], "last": last}
    return {
        name: round(float(np.mean(row[near] == row)), 4)
        for name, row in about.items()
    }


def spaces(model, params, xs, lengths):
    """The state that is handed over: all its parts, and each alone."""
    _, _, last, _ = model.encode(params, xs, lengths=lengths)
    parts = dict(zip("hc", last, strict=False))
    return parts if len(parts) == 1 else {"h and c": np.hstack(last)} | parts


def neighbours(model, params, test):
    """What neighbours share, in each of the `spaces`."""
    vectors = spaces(model, params, *test[:2])
    return {name: shared(nearest(v), test) for name, v in vectors.items()}


def run(setting, seed):
    """Train one autoencoder; what comes back, and what lies near.

    What lies near is asked before the training, too ("fresh").
    "valid" is the loss on sentences drawn apart from those of the test.
    """
    (cell, H), updates = CELLS[setting["cell"]], setting["updates"]
    way, model = setting["reads"], EncoderDecoder(cell, cell, end=END)
    test = draw(np.random.default_rng(FRESH), 500, way, "test")
    rng = np.random.default_rng(seed)
    fresh = model.init(rng, V, H, V, dtype=np.float32)
    params, history = train.fit(
        lambda params, batch: forced(model, params, batch),
        fresh,
        (draw(rng, B, way) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: round(came_back(model, params, test), 4),
        evaluate_every=EVERY,
        progress=False,
    )
    other = draw(np.random.default_rng(FRESH + 1), 500, way)
    curve = [share for _, share in history.evaluations]
    return {
        "valid": round(float(forced(model, params, other)[0]), 5),
        "test": curve[-1],
        "curve": curve,
        "fresh": neighbours(model, fresh, test),
        "near": neighbours(model, params, test),
        "size": int(sum(a.size for a in flatten(params).values())),
    }


def collect(runs):
    """By way and cell: curves, neighbours, rate; a bag of words beside."""
    test = draw(np.random.default_rng(FRESH), 500, "forwards", "test")
    anyone = np.roll(np.arange(500), 1)
    about = {"B": B, "clip": CLIP, "updates": UPDATES, "every": EVERY}
    about |= {"seeds": SEEDS, "H": {c: H for c, (_, H) in CELLS.items()}}
    about["bag"] = shared(nearest(intents.bag(test[2])), test)
    about |= {"chance": shared(anyone, test), "parameters": {}}
    for part in ("back", "near", "fresh", "rates"):
        about[part] = {way: {} for way in WAYS}
    for way in WAYS:
        for cell in CELLS:
            found = runs(cell=cell, reads=way)
            about["back"][way][cell] = [r["curve"] for r in found]
            about["near"][way][cell] = [r["near"] for r in found]
            about["fresh"][way][cell] = [r["fresh"] for r in found]
            about["rates"][way][cell] = runs.rate(cell=cell, reads=way)
            about["parameters"][cell] = found[0]["size"]
    return about
