"""Elman's XOR stream: every third bit is the XOR of the two before it. ::

    1 0 1   0 0 0   1 1 0   ...

Elman (1990): the error of the next-bit prediction dips at every third bit.
"""

import numpy as np

from rnncourse import arguments


def batch(rng, T, B):
    """Draw B streams of bits and, for each bit, the next.

    ``bits[t] = bits[t - 1] XOR bits[t - 2]`` where ``t % 3 == 2``; the other
    bits are fair coins, so the best squared error there is 1/4.

    Parameters
    ----------
    rng : np.random.Generator
    T, B : ints, bits in a stream and streams

    Returns
    -------
    xs : (T, B, 1), zeros and ones
    targets : (T, B, 1), the next bits
    determined : (T,), booleans, True where the target is an XOR

    Raises
    ------
    ValueError
        if a size is not a positive integer

    >>> xs, targets, determined = batch(np.random.default_rng(1), T=8, B=1)
    >>> xs[:, 0, 0].astype(int), determined.astype(int)
    (array([0, 1, 1, 1, 0, 1, 1, 1]), array([0, 1, 0, 0, 1, 0, 0, 1]))
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    bits = rng.integers(2, size=(T + 1, B, 1))
    bits[2::3] = bits[1:-1:3] ^ bits[0:-2:3]
    bits = bits.astype(np.float64)
    return bits[:-1], bits[1:], np.arange(1, T + 1) % 3 == 2
