"""Which items of a loss count: one check for every head."""

import numpy as np

from rnncourse import arguments


def counted(mask, shape):
    """Return booleans of `shape`, at least one of them True.

    `mask` has that shape or its leading axes; None counts everything.
    """
    mask = np.ones(shape, bool) if mask is None else mask
    mask = arguments.as_array("mask", mask)
    if mask.dtype != bool or mask.shape != shape[: mask.ndim]:
        raise ValueError(
            f"mask has shape {mask.shape} and dtype {mask.dtype}; "
            f"expected {shape} and bool"
        )
    if not mask.any():
        raise ValueError("mask counts nothing; expected at least one True")
    trailing = (1,) * (len(shape) - mask.ndim)
    return np.broadcast_to(mask.reshape(mask.shape + trailing), shape)
