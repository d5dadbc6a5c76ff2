"""Self-attention: every step of a sequence reads the others.

Queries, keys and values are all made of the same xs (T, B, H). What comes
before xs may be handed in as a **cache**: the keys and values of S earlier
steps, so that one new step costs one query and not a sequence.

See `rnncourse.heads.cache`.
"""

from typing import NamedTuple

import numpy as np

from rnncourse import arguments, initialisers
from rnncourse.heads import cache as caches
from rnncourse.heads import dot_product, masks

_NAMES = ("W_xq", "b_q", "W_xk", "W_xv", "W_ch", "b_h")


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
    shapes = {name: (H, H) if name[0] == "W" else (H,) for name in _NAMES}
    return {
        name: initialisers.uniform(rng, shape, H**-0.5, dtype)
        for name, shape in shapes.items()
    }


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
    cache : from an earlier call; None for an empty one

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
    old_keys, old_values, old_there = caches.check(cache, B, H, xs.dtype)
    there = np.ones((B, T), bool)
    if lengths is not None:
        lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
        there = masks.padding(lengths, T)[0]
    there = np.concatenate([old_there, there], axis=1)  # (B, S + T)
    queries = xs @ p["W_xq"] + p["b_q"]
    keys = np.concatenate([old_keys.swapaxes(0, 1), xs @ p["W_xk"]])
    values = np.concatenate([old_values.swapaxes(0, 1), xs @ p["W_xv"]])

    mask = there[None]
    if causal:  # past its end a step may see anything: nobody reads it
        mask = masks.causal(T, len(keys))
        if not there.all():
            mask = mask & there[None] | _past(there, T)
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


def _past(there, T):
    """Mark the queries past their sequence's end: (T, B, 1)."""
    return ~there[:, -T:].T[..., None]


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
    arguments.names("params", params, _NAMES)
    xs = arguments.array("xs", xs, ("T", "B", "H"))
    H = xs.shape[2]
    for name in _NAMES:
        shape = (H, H) if name[0] == "W" else (H,)
        arguments.array(name, params[name], shape)
    return params, xs
