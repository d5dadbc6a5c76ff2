"""From scores to weights: the softmax of attention, and its way back."""

import numpy as np

from rnncourse import arguments, ops


def weigh(scores, seen=None):
    """Softmax over the last axis, over what is seen alone."""
    if seen is not None:
        scores = np.where(seen, scores, scores.dtype.type(-np.inf))
    return ops.softmax(scores)


def weigh_backward(weights, dweights):
    """The gradient at the scores; it is 0 where nothing was seen."""
    mean = (weights * dweights).sum(axis=-1, keepdims=True)
    return weights * (dweights - mean)


def readable(mask, shape):
    """Return a memory's mask (T, B) if no sequence is left without a row."""
    mask = booleans("mask", mask, shape)
    if not mask.any(axis=0).all():
        b = int(mask.any(axis=0).argmin())
        raise ValueError(f"mask[:, {b}] is all False; expected one True")
    return mask


def booleans(name, mask, shape):
    """Return the mask once it is one of that shape."""
    mask = arguments.as_array(name, mask)
    if mask.dtype != bool or mask.shape != shape:
        raise ValueError(
            f"{name} has shape {mask.shape} and dtype {mask.dtype}; "
            f"expected {shape} and bool"
        )
    return mask
