"""The adding problem: two of T numbers are marked; what is their sum?

Hochreiter & Schmidhuber (1997) invented it; the form here, with numbers from
[0, 1) and marks anywhere, is that of Bai, Kolter & Koltun (2018). The sum is
known only after T steps, so the gradient must reach back to both marks.
"""

import numpy as np

from rnncourse import arguments

#: The squared error to beat. Whoever always answers 1, the mean of the sum of
#: two numbers from [0, 1), is wrong by their variance, 2 / 12.
BASELINE = 1 / 6

#: The one bar of all chapters: below it the problem counts as solved.
SOLVED = 0.02


def batch(rng, T, B):
    """Draw B sequences of T numbers, two of them marked.

    ``targets[b] = sum(xs[t, b, 0] * xs[t, b, 1] for all t)``

    Parameters
    ----------
    rng : np.random.Generator
    T : int, at least 2, the length of every sequence
    B : int, how many sequences

    Returns
    -------
    xs : (T, B, 2), a number from [0, 1) and a mark, 1 at two steps, else 0
    targets : (B, 1), the sum of the two marked numbers

    Raises
    ------
    ValueError
        if `T` or `B` is too small or no integer

    >>> xs, targets = batch(np.random.default_rng(0), T=4, B=1)
    >>> xs[:, 0].round(2)
    array([[0.64, 1.  ],
           [0.27, 0.  ],
           [0.04, 0.  ],
           [0.02, 1.  ]])
    >>> targets.round(2)
    array([[0.65]])
    """
    arguments.rng("rng", rng)
    T = arguments.size("T", T, 2)
    B = arguments.size("B", B)
    xs = np.zeros((T, B, 2))
    xs[:, :, 0] = rng.random((T, B))
    first = rng.integers(T, size=B)
    second = (first + rng.integers(1, T, size=B)) % T  # never the same step
    for steps in (first, second):
        xs[steps, np.arange(B), 1] = 1.0
    return xs, np.sum(xs[:, :, 0] * xs[:, :, 1], axis=0)[:, None]
