"""A noticeboard: whoever pins up a number takes the old one down.

::

    number    0.3 -0.9  0.1  0.7 -0.2        0.3 is pinned up, then 0.7
    pinned      1    0    0    1    0
    target    0.3  0.3  0.3  0.7  0.7

A memory for this must keep out the numbers that nobody pins, hold on to the
last one that somebody did, and give it up when the next one comes.
"""

import numpy as np

from rnncourse import arguments

#: The squared error of always answering 0: the variance of the numbers.
BASELINE = 1 / 3


def batch(rng, T, B, p=0.15):
    """Draw B sequences of T numbers, some of them pinned up.

    Parameters
    ----------
    rng : np.random.Generator
    T, B : ints, the length of every sequence and how many
    p : float from 0 to 1, how often a number is pinned; the first always is

    Returns
    -------
    xs : (T, B, 2), a number from [-1, 1), and 1 where it is pinned, else 0
    targets : (T, B, 1), the number last pinned up

    Raises
    ------
    ValueError
        if `T` or `B` is below 1 or no integer, or `p` is no probability

    >>> xs, targets = batch(np.random.default_rng(0), T=5, B=1, p=0.4)
    >>> xs[:, 0, 0].round(1), xs[:, 0, 1].astype(int)
    (array([ 0.3, -0.5, -0.9, -1. ,  0.6]), array([1, 0, 0, 0, 0]))
    >>> targets[:, 0, 0].round(1)
    array([0.3, 0.3, 0.3, 0.3, 0.3])
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}; expected a probability, from 0 to 1")
    numbers = rng.uniform(-1, 1, size=(T, B))
    pinned = rng.random((T, B)) < p
    pinned[0] = True
    # The step at which the number on the board was pinned up.
    steps = np.where(pinned, np.arange(T)[:, None], 0)
    steps = np.maximum.accumulate(steps, axis=0)
    targets = np.take_along_axis(numbers, steps, axis=0)
    return np.stack([numbers, pinned], axis=2), targets[:, :, None]
