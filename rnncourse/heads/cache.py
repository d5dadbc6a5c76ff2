"""The cache of self-attention: the keys and values of what was read.

A tuple, batch first: keys (B, S, H), values (B, S, H), and there (B, S),
booleans, False where a shorter sequence has no step. It is to attention what
a state is to a cell, but it grows by a row with every step.
"""

import numpy as np

from rnncourse import arguments
from rnncourse.heads._weigh import booleans


def empty(B, H, dtype=np.float64):
    """Return the cache before the first step.

    Parameters
    ----------
    B, H : ints, the batch and the size of xs
    dtype : float64 or float32

    Returns
    -------
    cache : keys and values (B, 0, H), there (B, 0)

    Raises
    ------
    ValueError
        for a size below 1
    """
    B, H = arguments.size("B", B), arguments.size("H", H)
    rows = np.zeros((B, 0, H), dtype)
    return rows, rows.copy(), np.zeros((B, 0), bool)


def check(given, B, H, dtype, name="cache"):
    """Return a cache once it belongs to this batch.

    Parameters
    ----------
    given : tuple of keys, values and there, or None
    B, H : ints
    dtype : of the numbers, for `empty`
    name : str, the argument's name for the message

    Returns
    -------
    the cache

    Raises
    ------
    ValueError
        for another batch or size, or a number that is not finite
    """
    if given is None:
        return empty(B, H, dtype)
    if not isinstance(given, tuple) or len(given) != 3:
        raise ValueError(f"{name} is no tuple of keys, values and there")
    S = np.shape(given[0])[1] if np.ndim(given[0]) == 3 else "S"
    for part, a in zip(("keys", "values"), given, strict=False):
        if np.shape(a) != (B, S, H):
            raise ValueError(
                f"{name} has {part} of shape {np.shape(a)}; "
                f"expected ({B}, {S}, {H})"
            )
        arguments.array(name, a)
    return (*given[:2], booleans(name, given[2], (B, S)))
