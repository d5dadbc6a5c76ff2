"""Masks: what a query of attention may look at.

Booleans (U, B, T), True where query u may see key t of sequence b, with a 1
in the place of U or B where it is the same for all. Two masks are joined
by ``&``.
"""

import numpy as np

from rnncourse import arguments


def causal(U, T=None):
    """Let no query look ahead.

    The U queries are the last U of T steps, so with ``T > U`` the first
    T - U keys come from before; with one query all are seen.

    Parameters
    ----------
    U : int, the queries
    T : int, the keys, at least U; U if None

    Returns
    -------
    mask : (U, 1, T), booleans

    Raises
    ------
    ValueError
        for fewer keys than queries

    >>> causal(2, 3)[:, 0].astype(int)
    array([[1, 1, 0],
           [1, 1, 1]])
    """
    U = arguments.size("U", U)
    T = U if T is None else arguments.size("T", T, U)
    return np.tri(U, T, T - U, dtype=bool)[:, None]


def padding(lengths, T):
    """Let no query look past the end of its sequence.

    Parameters
    ----------
    lengths : (B,), ints from 1 to T
    T : int, the keys

    Returns
    -------
    mask : (1, B, T), booleans

    Raises
    ------
    ValueError
        for a length out of range

    >>> padding([1, 3], 3)[0].astype(int)
    array([[1, 0, 0],
           [1, 1, 1]])
    """
    T = arguments.size("T", T)
    lengths = arguments.integers("lengths", lengths, ("B",), 1, T + 1)
    return (np.arange(T) < lengths[:, None])[None]
