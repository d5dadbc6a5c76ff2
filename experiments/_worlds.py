"""The worlds that linear cells are tried on: what is drawn, and its sizes.

A batch is xs, targets, which of the targets count, and the lengths.
"""

import numpy as np

from rnncourse.data import adding, copying, counting, intents, lamp, tokens
from rnncourse.data import text as real_text

F = np.float32
STEPS, DELAY, ITEMS, SYMBOLS, COUNTED, WINDOW = 60, 20, 3, 8, 12, 64
TRACK, TRACK_LONG = 20, 80
VOCABULARY = real_text.vocabulary(real_text.read("train"), least=20)


def draw_adding(rng, n, T=STEPS):
    xs, sums = adding.batch(rng, T, n)
    targets, mask = np.zeros((T, n, 1), F), np.zeros((T, n, 1), bool)
    targets[-1], mask[-1] = sums, True
    return xs.astype(F), targets, mask, None


def draw_copying(rng, n, delay=DELAY):
    ids, targets = copying.batch(rng, delay, n, ITEMS, SYMBOLS)
    every = np.ones(ids.shape, bool)
    return tokens.one_hot(ids, SYMBOLS + 2, F), targets, every, None


def draw_counting(rng, n, longest=COUNTED):
    counts = rng.integers(1, longest + 1, size=n).tolist()
    ids, targets, mask, lengths = counting.isolated("anbn", counts)
    return tokens.one_hot(ids, 3, F), targets, mask, lengths


def draw_intents(rng, n, part="train"):
    sentences, labels = intents.sentences(rng, n, part)
    ids, lengths = intents.encode(sentences)
    targets, mask = np.zeros(ids.shape, int), np.zeros(ids.shape, bool)
    targets[lengths - 1, np.arange(n)] = labels
    mask[lengths - 1, np.arange(n)] = True
    xs = tokens.one_hot(ids, len(intents.VOCABULARY), F)
    return xs, targets, mask, lengths


def draw_parity(rng, n, T=TRACK):
    """Say after every bit whether the ones so far are odd."""
    bits = rng.integers(2, size=(T, n))
    every = np.ones(bits.shape, bool)
    return tokens.one_hot(bits, 2, F), bits.cumsum(axis=0) % 2, every, None


def draw_cups(rng, n, T=TRACK):
    """Two neighbours of three cups are swapped, or none: where is the ball?

    The ball lies under the first cup at the start.
    """
    moves, where = rng.integers(3, size=(T, n)), np.zeros(n, int)
    after = np.array([[0, 1, 2], [1, 0, 2], [0, 2, 1]])  # [move, cup]
    targets = np.zeros((T, n), int)
    for t in range(T):
        where = targets[t] = after[moves[t], where]
    every = np.ones(moves.shape, bool)
    return tokens.one_hot(moves, 3, F), targets, every, None


def draw_lamp(rng, n, T=TRACK):
    """Say at every step whether the lamp is lit: a flip-flop that is set."""
    ids, targets = lamp.batch(rng, T, n, asked=False)
    return tokens.one_hot(ids, 4, F), targets, np.ones(ids.shape, bool), None


DRAW = {
    "adding": draw_adding,
    "copying": draw_copying,
    "counting": draw_counting,
    "intents": draw_intents,
    "parity": draw_parity,
    "cups": draw_cups,
    "lamp": draw_lamp,
}
#: How many inputs, and how many outputs.
SIZES = {
    "adding": (2, 1),
    "copying": (SYMBOLS + 2, SYMBOLS + 1),
    "counting": (3, 3),
    "intents": (len(intents.VOCABULARY), len(intents.INTENTS)),
    "text": (len(VOCABULARY), len(VOCABULARY)),
    "parity": (2, 2),
    "cups": (3, 3),
    "lamp": (4, 3),
}
