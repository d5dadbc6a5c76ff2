"""Temporal order: two marks in a long row of distractors; which came first?

::

    d c a f e c d b f f c e ...     a before b: class 1

Hochreiter & Schmidhuber (1997), experiment 6a, with the positions of
Pascanu, Mikolov & Bengio (2013): the first mark lies in the second tenth of
the sequence, the second in its fifth tenth, and half of the sequence follows.
"""

import numpy as np

from rnncourse import arguments

MARKS = ("a", "b")  #: The symbols whose order counts.
DISTRACTORS = ("c", "d", "e", "f")  #: The symbols that do not count.
#: All symbols; an id is a place in it.
VOCABULARY = MARKS + DISTRACTORS
#: The marks in their order; a label is a place in it, by chance one in four.
CLASSES = ("aa", "ab", "ba", "bb")


def batch(rng, T, B):
    """Draw B sequences of T symbols, two of them marks.

    The marks stand at ``T // 10 <= t_1 <= 2 * T // 10`` and
    ``4 * T // 10 <= t_2 <= 5 * T // 10``.

    Parameters
    ----------
    rng : np.random.Generator
    T : int, at least 3
    B : int, how many sequences

    Returns
    -------
    ids : (T, B), ints, places in `VOCABULARY`
    labels : (B,), ints, places in `CLASSES`

    Raises
    ------
    ValueError
        if `T` or `B` is too small or no integer

    >>> ids, labels = batch(np.random.default_rng(0), T=12, B=1)
    >>> "".join(VOCABULARY[i] for i in ids[:, 0]), CLASSES[labels[0]]
    ('febddcbccfef', 'bb')
    """
    arguments.rng("rng", rng)
    T = arguments.size("T", T, 3)
    B = arguments.size("B", B)
    ids = rng.integers(len(MARKS), len(VOCABULARY), size=(T, B))
    marks = rng.integers(len(MARKS), size=(2, B))
    first = rng.integers(T // 10, 2 * T // 10 + 1, size=B)
    second = rng.integers(4 * T // 10, 5 * T // 10 + 1, size=B)
    ids[first, np.arange(B)] = marks[0]
    ids[second, np.arange(B)] = marks[1]
    return ids, 2 * marks[0] + marks[1]
