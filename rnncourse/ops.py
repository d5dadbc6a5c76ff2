"""The element-wise functions every chapter uses, safe for any float."""

import numpy as np


def sigmoid(a):
    r"""Squash every number into (0, 1): ``1 / (1 + exp(-a))``.

    Written as ``(1 + tanh(a / 2)) / 2``, the same function, because tanh
    neither overflows nor needs two cases.

    Parameters
    ----------
    a : array, any shape

    Returns
    -------
    array, the shape of a

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(a)))


def logsumexp(a, axis=-1, keepdims=False):
    r"""Add numbers that are given as logarithms: ``log(sum(exp(a)))``.

    The largest is taken out first, so nothing overflows; where every entry
    is -inf (a sum of zeros) the result is -inf.

    Parameters
    ----------
    a : array, any shape
    axis : int or tuple of ints, the axes that are summed
    keepdims : bool, keep the summed axes with size 1

    Returns
    -------
    array, the shape of a without `axis`

    >>> np.exp(logsumexp(np.log([1.0, 2.0, 5.0]))).round(12)
    np.float64(8.0)
    """
    a = _floats(a)
    top = a.max(axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    with np.errstate(divide="ignore"):
        total = top + np.log(np.exp(a - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis)


def log_softmax(a, axis=-1):
    """Logarithms of the softmax: ``a - logsumexp(a)``.

    The largest is taken off before anything else is, so that numbers which
    are large, but near each other, lose nothing.

    Parameters
    ----------
    a : array, any shape
    axis : int, the axis along which the probabilities sum to one

    Returns
    -------
    array, the shape of a

    >>> log_softmax(np.array([1000.0, 1000.0])).round(4)
    array([-0.6931, -0.6931])
    """
    a = _floats(a)
    top = a.max(axis=axis, keepdims=True)
    a = a - np.where(np.isfinite(top), top, 0)
    return a - logsumexp(a, axis=axis, keepdims=True)


def softmax(a, axis=-1):
    """Turn scores into probabilities: ``exp(a) / sum(exp(a))``.

    Parameters
    ----------
    a : array, any shape
    axis : int, the axis along which the probabilities sum to one

    Returns
    -------
    array, the shape of a

    >>> softmax(np.array([0.0, np.log(3.0)])).round(4)
    array([0.25, 0.75])
    """
    return np.exp(log_softmax(a, axis=axis))


def _floats(a):
    """Return `a` as floats: in uint8, 1 - 2 would be 255."""
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(np.float64)
