"""Scaled dot-product attention: query, key and value, in several heads.

A query is compared with keys and reads the values that belong to them. The
memory of `rnncourse.heads.attention` was key and value in one; here they are
two (Vaswani et al. 2017). Arrays are (U, B, H) and (T, B, H).
"""

import numpy as np

from rnncourse import arguments
from rnncourse.heads._weigh import booleans, weigh, weigh_backward


def forward(queries, keys, values, mask=None, heads=1):
    """Every query reads a weighted mean of the values, in each head.

    Cut the last axis into as many heads as there are; for each head, with E
    numbers of each query and key::

        scores[u, t] = queries[u] · keys[t] / sqrt(E)
        weights[u] = softmax(scores[u]), over the t that mask lets it see
        contexts[u] = sum over t of weights[u, t] * values[t]

    and the heads' contexts stand side by side again.

    Parameters
    ----------
    queries : (U, B, H)
    keys : (T, B, H)
    values : (T, B, V)
    mask : (U, B, T), booleans, or with a 1 in the place of U or B; False
        where a query must not look; see `rnncourse.heads.masks`
    heads : int that divides H and V

    Returns
    -------
    contexts : (U, B, V)
    weights : (B, heads, U, T), each row sums to 1

    Raises
    ------
    ValueError
        for sizes that do not fit, a number that is not finite, or a mask
        that leaves a query nothing to see

    >>> keys = np.array([[[0.0]], [[0.0]]])
    >>> values = np.array([[[2.0]], [[4.0]]])
    >>> forward(np.ones((1, 1, 1)), keys, values)
    (array([[[3.]]]), array([[[[0.5, 0.5]]]]))
    """
    queries, keys, values = _checked(queries, keys, values)
    (U, B, H), T = queries.shape, len(keys)
    heads = _fitting(heads, H, values.shape[2])
    q, k, v = (cut(a, heads) for a in (queries, keys, values))
    scores = (q * (H // heads) ** -0.5) @ k.swapaxes(2, 3)  # (B, N, U, T)
    if mask is not None:
        mask = _seen(mask, U, B, T)
    weights = weigh(scores, mask)
    return joined(weights @ v), weights


def backward(queries, keys, values, weights, dcontexts):
    """The backward pass of `forward`.

    ``dvalues = weights.T @ dcontexts``; ``dscores = weights * (dweights -
    sum(weights * dweights))``, and divided by sqrt(E) it meets the keys and
    the queries.

    Parameters
    ----------
    queries, keys, values : as given to `forward`
    weights : (B, heads, U, T), from `forward`; the mask is in them
    dcontexts : (U, B, V), the loss's gradient at contexts

    Returns
    -------
    dqueries : (U, B, H)
    dkeys : (T, B, H)
    dvalues : (T, B, V)

    Raises
    ------
    ValueError
        as `forward`
    """
    queries, keys, values = _checked(queries, keys, values)
    (U, B, H), (T, _, V) = queries.shape, values.shape
    weights = arguments.array("weights", weights, (B, "heads", U, T))
    dcontexts = arguments.array("dcontexts", dcontexts, (U, B, V))
    heads = _fitting(weights.shape[1], H, V)
    q, k, v, dc = (cut(a, heads) for a in (queries, keys, values, dcontexts))

    dv = weights.swapaxes(2, 3) @ dc
    dscores = weigh_backward(weights, dc @ v.swapaxes(2, 3))  # (B, N, U, T)
    dscores *= (H // heads) ** -0.5
    dq = dscores @ k
    dk = dscores.swapaxes(2, 3) @ q
    return joined(dq), joined(dk), joined(dv)


def cut(a, heads):
    """Cut (T, B, H) into heads: (B, heads, T, H / heads).

    Parameters
    ----------
    a : (T, B, H)
    heads : int that divides H

    Returns
    -------
    a view, (B, heads, T, E)
    """
    T, B, H = a.shape
    return a.reshape(T, B, heads, H // heads).transpose(1, 2, 0, 3)


def joined(a):
    """Put heads side by side again: the way back of `cut`.

    Parameters
    ----------
    a : (B, heads, T, E)

    Returns
    -------
    (T, B, heads · E)
    """
    B, heads, T, E = a.shape
    return a.transpose(2, 0, 1, 3).reshape(T, B, heads * E)


def _checked(queries, keys, values):
    queries = arguments.array("queries", queries, ("U", "B", "H"))
    _, B, H = queries.shape
    keys = arguments.array("keys", keys, ("T", B, H))
    shape = (len(keys), B, "V")
    return queries, keys, arguments.array("values", values, shape)


def _fitting(heads, H, V):
    heads = arguments.size("heads", heads)
    if H % heads or V % heads:
        wide = H if H % heads else V
        raise ValueError(f"heads is {heads}; expected a divisor of {wide}")
    return heads


def _seen(mask, U, B, T):
    """Return the mask as (B, 1, U, T) if every query sees something."""
    shape = np.shape(mask)
    one = len(shape) == 3 and shape[0] in (1, U) and shape[1] in (1, B)
    mask = booleans("mask", mask, (*shape[:2], T) if one else (U, B, T))
    if not mask.any(axis=2).all():
        u, b = np.argwhere(~mask.any(axis=2))[0]
        raise ValueError(f"mask[{u}, {b}] is all False; expected one True")
    return mask.transpose(1, 0, 2)[:, None]
