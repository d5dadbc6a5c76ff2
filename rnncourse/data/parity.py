"""Parity: after every bit, is the number of ones so far odd? ::

    bits     1 1 1 0 0
    targets  1 0 1 1 1

One bit that is missed turns every later answer round, so nothing may be
forgotten; and what a one does to the state depends on the state.
"""

from rnncourse import arguments


def batch(rng, T, B):
    """Draw B sequences of bits, and the parity after each.

    ``targets[t] = bits[: t + 1].sum() % 2``

    Parameters
    ----------
    rng : np.random.Generator
    T, B : ints, bits in a sequence and sequences

    Returns
    -------
    bits : (T, B), ints, 0 or 1
    targets : (T, B), ints, 1 where the ones so far are odd in number

    Raises
    ------
    ValueError
        if a size is not a positive integer

    >>> import numpy as np
    >>> bits, targets = batch(np.random.default_rng(0), T=5, B=1)
    >>> bits[:, 0], targets[:, 0]
    (array([1, 1, 1, 0, 0]), array([1, 0, 1, 1, 1]))
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    bits = rng.integers(2, size=(T, B))
    return bits, bits.cumsum(axis=0) % 2
