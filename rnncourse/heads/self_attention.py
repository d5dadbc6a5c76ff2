"""Self-attention: every step of a sequence reads the others.

Queries, keys and values are all made of the same xs (T, B, H). What comes
before xs may be handed in as a **cache**: the keys and values of S earlier
steps, so that one new step costs one query and not a sequence.

A cache is a tuple, batch first: keys (B, S, H), values (B, S, H), and there
(B, S), booleans, False where a shorter sequence has no step. It grows.
"""

from typing import NamedTuple

import numpy as np

from rnncourse import arguments, initialisers
from rnncourse.heads import dot_product
from rnncourse.heads._weigh import booleans

NAMES = ("W_xq", "b_q", "W_xk", "W_xv", "W_ch", "b_h")


class Kept(NamedTuple):
    """What `forward` keeps for `backward` and for plots.

    Parameters
    ----------
    xs : (T, B, H)
    queries, keys, values : (T, B, H) and (S + T, B, H)
    weights : (B, heads, T, S + T)
    contexts : (T, B, H)
    there : (B, S + T), booleans, False past a sequence's end
    """

    xs: np.ndarray
    queries: np.ndarray
    keys: np.ndarray
    values: np.ndarray
    weights: np.ndarray
    contexts: np.ndarray
    there: np.ndarray


def init(rng, H, dtype=np.float64):
    """Draw the four maps, uniform within ±1/sqrt(H).

    Only the query has a bias, and the output. A bias of the keys would add
    one number to all scores of a query, which the softmax takes out again;
    one of the values would pass the weights, which sum to 1, and is no other
    than the output's.

    Parameters
    ----------
    rng : np.random.Generator
    H : int, the size of xs and of the output
    dtype : float64 or float32

    Returns
    -------
    dict: W_xq, W_xk, W_xv, W_ch (H, H) each, b_q and b_h (H,)

    Raises
    ------
    ValueError
        for a size below 1 or a seed in the place of the generator
    """
    H = arguments.size("H", H)
    shapes = {name: (H, H) if name[0] == "W" else (H,) for name in NAMES}
    return {
        name: initialisers.uniform(rng, shape, H**-0.5, dtype)
        for name, shape in shapes.items()
    }


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


def forward(params, xs, heads=1, causal=True, lengths=None, cache=None):
    """Let every step look at the others, and at the cache. ::

        queries = xs @ W_xq + b_q
        keys    = cached keys,   then xs @ W_xk
        values  = cached values, then xs @ W_xv
        hs = dot_product(queries, keys, values) @ W_ch + b_h

    Parameters
    ----------
    params : dict from `init`
    xs : (T, B, H)
    heads : int that divides H
    causal : bool; then no step looks at a later one
    lengths : (B,) ints from 1 to T, or None if all have length T; what is
        past them is not seen, and hs there mean nothing
    cache : from an earlier call; None for `empty`

    Returns
    -------
    hs : (T, B, H)
    cache : with the T new rows behind the old ones
    kept : Kept, for `backward`

    Raises
    ------
    ValueError
        for names or sizes that do not fit, such as a cache of another batch,
        or a number that is not finite
    """
    p, xs = _checked(params, xs)
    T, B, H = xs.shape
    old_keys, old_values, old_there = check_cache(cache, B, H, xs.dtype)
    there = np.ones((B, T), bool)
    if lengths is not None:
        lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
        there = dot_product.padding(lengths, T)[0]
    there = np.concatenate([old_there, there], axis=1)  # (B, S + T)
    queries = xs @ p["W_xq"] + p["b_q"]
    keys = np.concatenate([old_keys.swapaxes(0, 1), xs @ p["W_xk"]])
    values = np.concatenate([old_values.swapaxes(0, 1), xs @ p["W_xv"]])

    mask = there[None]
    if causal:  # past its end a step may see anything: nobody reads it
        mask = dot_product.causal(T, len(keys))
        if not there.all():
            mask = mask & there[None] | past(there, T)
    contexts, weights = dot_product.forward(queries, keys, values, mask, heads)
    hs = contexts @ p["W_ch"] + p["b_h"]
    kept = Kept(xs, queries, keys, values, weights, contexts, there)
    return hs, (*_ours(keys, values, there), there), kept


def backward(params, kept, dhs, dcache=None):
    """The backward pass of `forward`.

    Parameters
    ----------
    params : as given to `forward`
    kept : from `forward`
    dhs : (T, B, H), the loss's gradient at hs
    dcache : the gradient at the cache that came out, keys and values
        (B, S + T, H); None for zeros

    Returns
    -------
    dxs : (T, B, H)
    dcache : of the cache that went in, keys and values (B, S, H)
    grads : dict, named as params

    Raises
    ------
    ValueError
        as `forward`
    """
    p, _ = _checked(params, kept.xs)
    xs, queries, keys, values, weights, contexts, there = kept
    T, B, H = xs.shape
    dhs = arguments.array("dhs", dhs, (T, B, H))
    dqueries, dkeys, dvalues = dot_product.backward(
        queries, keys, values, weights, dhs @ p["W_ch"].T
    )
    if dcache is not None:
        shape = (B, len(keys), H)
        late = [arguments.array("dcache", d, shape) for d in dcache[:2]]
        late = _ours(*(d.swapaxes(0, 1) for d in late), there)
        dkeys += late[0].swapaxes(0, 1)
        dvalues += late[1].swapaxes(0, 1)
    S = len(keys) - T  # the rows that came from the cache
    dk, dv = dkeys[S:], dvalues[S:]
    dxs = dqueries @ p["W_xq"].T + dk @ p["W_xk"].T + dv @ p["W_xv"].T
    grads = {
        "W_xq": _outer(xs, dqueries),
        "b_q": dqueries.sum(axis=(0, 1)),
        "W_xk": _outer(xs, dk),
        "W_xv": _outer(xs, dv),
        "W_ch": _outer(contexts, dhs),
        "b_h": dhs.sum(axis=(0, 1)),
    }
    dold = dkeys[:S].swapaxes(0, 1), dvalues[:S].swapaxes(0, 1)
    return dxs, dold, grads


def past(there, T):
    """Mark the queries past their sequence's end.

    Parameters
    ----------
    there : (B, S + T), booleans
    T : int, the queries

    Returns
    -------
    (T, B, 1), booleans
    """
    return ~there[:, -T:].T[..., None]


def check_cache(cache, B, H, dtype, name="cache"):
    """Return a cache once it belongs to this batch.

    Parameters
    ----------
    cache : tuple of keys, values and there, or None
    B, H : ints
    dtype : of the numbers, for `empty`
    name : str, the argument's name for the message

    Returns
    -------
    cache

    Raises
    ------
    ValueError
        for another batch or size, or a number that is not finite
    """
    if cache is None:
        return empty(B, H, dtype)
    if not isinstance(cache, tuple) or len(cache) != 3:
        raise ValueError(f"{name} is no tuple of keys, values and there")
    S = np.shape(cache[0])[1] if np.ndim(cache[0]) == 3 else "S"
    for part, a in zip(("keys", "values"), cache, strict=False):
        if np.shape(a) != (B, S, H):
            raise ValueError(
                f"{name} has {part} of shape {np.shape(a)}; "
                f"expected ({B}, {S}, {H})"
            )
        arguments.array(name, a)
    return (*cache[:2], booleans(name, cache[2], (B, S)))


def _ours(keys, values, there):
    """Return both batch first, 0 where a sequence has no step."""
    zero = keys.dtype.type(0)
    return tuple(
        np.where(there[..., None], a.swapaxes(0, 1), zero)
        for a in (keys, values)
    )


def _outer(xs, ds):
    """Return the gradient of a weight matrix: xs.T @ ds over all steps."""
    return xs.reshape(-1, xs.shape[2]).T @ ds.reshape(-1, ds.shape[2])


def _checked(params, xs):
    arguments.names("params", params, NAMES)
    xs = arguments.array("xs", xs, ("T", "B", "H"))
    H = xs.shape[2]
    for name in NAMES:
        shape = (H, H) if name[0] == "W" else (H,)
        arguments.array(name, params[name], shape)
    return params, xs
