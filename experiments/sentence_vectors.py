"""Sentences to a vector and back: what is written back, what lies near.

Trains sequence-to-sequence autoencoders on the sentences of
``rnncourse.data.intents``, two cells of about as many parameters, and the
LSTM a second time with the sentences read forwards, for the chapter on
sequence to sequence: about six minutes on one quiet core. Each has the
learning rate that suits it best on sentences that are not tested.
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import intents, tokens
from rnncourse.networks import EncoderDecoder, reverse, seq2seq
from rnncourse.params import flatten

V, END = len(intents.VOCABULARY), 0
SEEDS, UPDATES, EVERY = 5, 1600, 200
B, CLIP = 32, 1.0
CELLS = {"LSTM": (LSTM, 48), "GRU": (GRU, 56)}
COMPARES = ("cell", "reads")
SETTINGS = [
    {"cell": cell, "reads": reads, "updates": UPDATES}
    for cell, reads in (
        ("LSTM", "backwards"),
        ("GRU", "backwards"),
        ("LSTM", "forwards"),
    )
]
CHOSEN_BY = 2
RATES = (4e-3, 1e-2, 2.5e-2)


def draw(rng, n, reads="backwards", part="train"):
    """Sentences read one way or the other, to be written first to last."""
    words, labels = intents.sentences(rng, n, part)
    ids, lengths = intents.encode(words)
    read = reverse(ids, lengths) if reads == "backwards" else ids
    return tokens.one_hot(read, V, np.float32), lengths, ids, labels


def nearest(vectors):
    """For each row the place of the row with the smallest angle to it."""
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    return cosines.argmax(axis=1)


def measure(model, params, test):
    """What comes back, and whether neighbours share intent, first word.

    Neighbours by all that is handed over; the first word by each state, too.
    """
    xs, lengths, ids, labels = test
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(lengths), END)
    said = decoding.greedy(step, state, first, END, len(ids) + 5)
    right = [ids[:n, b].tolist() for b, n in enumerate(lengths)]
    back = np.mean([a == b for a, b in zip(said, right, strict=True)])
    _, _, last, _ = model.encode(params, xs, lengths=lengths)
    near = nearest(np.hstack(last))
    found = {"back": back, "intent": np.mean(labels[near] == labels)}
    found["first_word"] = np.mean(ids[0, near] == ids[0])
    for name, part in zip(("h", "c"), last, strict=False):
        found[name] = np.mean(ids[0, nearest(part)] == ids[0])
    return {name: round(float(share), 4) for name, share in found.items()}


def run(setting, seed):
    """Train one autoencoder; the measurements on the way, and its size."""
    (cell, H), updates = CELLS[setting["cell"]], setting["updates"]
    reads, rng = setting["reads"], np.random.default_rng(seed)
    test = draw(np.random.default_rng(10**6), 500, reads, "test")
    model = EncoderDecoder(cell, cell, end=END)

    def loss_and_grads(params, batch):
        xs, lengths, ids, _ = batch
        return seq2seq.loss_and_grads(model, params, xs, ids, lengths, lengths)

    params, history = train.fit(
        loss_and_grads,
        model.init(rng, V, H, V, dtype=np.float32),
        (draw(rng, B, reads) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: measure(model, params, test),
        evaluate_every=EVERY,
        progress=False,
    )
    unseen = draw(np.random.default_rng(10**6 + 1), 500, reads)
    valid = round(float(loss_and_grads(params, unseen)[0]), 5)
    size = sum(array.size for array in flatten(params).values())
    curve = [values for _, values in history.evaluations]
    result = {"valid": valid, "curve": curve, "test": curve[-1]["back"]}
    return result | {"size": int(size)}


def collect(runs):
    """Measurements by cell; those of a bag of words beside them."""
    _, _, ids, labels = draw(np.random.default_rng(10**6), 500, part="test")
    near = nearest(intents.bag(ids))
    bag = {
        "intent": float(np.mean(labels[near] == labels)),
        "first_word": float(np.mean(ids[0, near] == ids[0])),
    }
    about = {"B": B, "clip": CLIP, "updates": UPDATES, "every": EVERY}
    about |= {"H": {cell: H for cell, (_, H) in CELLS.items()}, "bag": bag}
    about |= {"seeds": SEEDS, "parameters": {}, "rate": {}, "autoencoder": {}}
    for setting in SETTINGS:
        where = {name: setting[name] for name in ("cell", "reads")}
        forwards = where["reads"] == "forwards"
        name = where["cell"] + (", forwards" if forwards else "")
        found = runs(**where)
        about["parameters"][name] = found[0]["size"]
        about["rate"][name] = runs.rate(**where)
        about["autoencoder"][name] = [r["curve"] for r in found]
    return about
