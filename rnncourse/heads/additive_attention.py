"""Additive attention: a small network says how well a query fits a row.

The first attention of a decoder (Bahdanau et al. 2015). Queries (U, B, H) and
memory (T, B, E) may differ in size; both are brought to A units.
"""

import numpy as np

from rnncourse import arguments, initialisers
from rnncourse.heads._weigh import readable, weigh, weigh_backward


def init(rng, H, E, A, dtype=np.float64):
    """Draw the three maps, each uniform within ±1/sqrt(of what it reads).

    Parameters
    ----------
    rng : np.random.Generator
    H, E, A : int, the sizes of a query, of a row of the memory, and of the
        layer in which they meet
    dtype : float64 or float32

    Returns
    -------
    dict: W_qa (H, A), W_ma (E, A) and v_a (A,)

    Raises
    ------
    ValueError
        for a size below 1 or a seed in the place of the generator
    """
    H, E = arguments.size("H", H), arguments.size("E", E)
    A = arguments.size("A", A)
    return {
        "W_qa": initialisers.uniform(rng, (H, A), H**-0.5, dtype),
        "W_ma": initialisers.uniform(rng, (E, A), E**-0.5, dtype),
        "v_a": initialisers.uniform(rng, (A,), A**-0.5, dtype),
    }


def forward(params, queries, memory, mask=None):
    """Read the memory by a score that is a sum.

    For each query u and each sequence of the batch::

        scores[t] = tanh(queries[u] @ W_qa + memory[t] @ W_ma) @ v_a
        weights[u] = softmax(scores), over the t where mask is True
        contexts[u] = sum over t of weights[u, t] * memory[t]

    The tanh holds A numbers for every pair of a query and a row.

    Parameters
    ----------
    params : dict from `init`
    queries : (U, B, H)
    memory : (T, B, E)
    mask : (T, B), booleans; where False the memory is not read

    Returns
    -------
    contexts : (U, B, E)
    weights : (U, B, T), each row sums to 1

    Raises
    ------
    ValueError
        for names or sizes that do not fit, a number that is not finite, or
        a mask that leaves a sequence nothing to read

    >>> params = {"W_qa": np.ones((1, 1)), "W_ma": np.zeros((1, 1)),
    ...           "v_a": np.ones(1)}
    >>> memory = np.array([[[2.0]], [[4.0]]])
    >>> forward(params, np.ones((1, 1, 1)), memory)
    (array([[[3.]]]), array([[[0.5, 0.5]]]))
    """
    W_qa, W_ma, v_a, queries, memory = _checked(params, queries, memory)
    meet = _meet(queries @ W_qa, memory @ W_ma)  # (B, U, T, A)
    if mask is not None:
        mask = readable(mask, memory.shape[:2]).T[:, None]  # (B, 1, T)
    weights = weigh(meet @ v_a, mask)  # (B, U, T)
    contexts = weights @ memory.swapaxes(0, 1)
    return contexts.swapaxes(0, 1), weights.swapaxes(0, 1)


def backward(params, queries, memory, weights, dcontexts):
    """The backward pass of `forward`.

    With ``s = tanh(...)``: ``da = dscores * v_a * (1 - s**2)``; a query's
    gradient sums da over t, a row's over u. The tanh is computed again, not
    kept.

    Parameters
    ----------
    params, queries, memory : as given to `forward`
    weights : (U, B, T), from `forward`; the mask is in them
    dcontexts : (U, B, E), the loss's gradient at contexts

    Returns
    -------
    dqueries : (U, B, H)
    dmemory : (T, B, E)
    grads : dict, named as params

    Raises
    ------
    ValueError
        as `forward`
    """
    W_qa, W_ma, v_a, queries, memory = _checked(params, queries, memory)
    (U, B, H), (T, _, E) = queries.shape, memory.shape
    weights = arguments.array("weights", weights, (U, B, T))
    dcontexts = arguments.array("dcontexts", dcontexts, (U, B, E))
    weights, dcontexts = weights.swapaxes(0, 1), dcontexts.swapaxes(0, 1)
    rows = memory.swapaxes(0, 1)  # (B, T, E)

    meet = _meet(queries @ W_qa, memory @ W_ma)  # (B, U, T, A)
    dscores = weigh_backward(weights, dcontexts @ rows.swapaxes(1, 2))
    da = dscores[..., None] * v_a * (1 - meet**2)  # (B, U, T, A)
    da_q = da.sum(axis=2).swapaxes(0, 1)  # (U, B, A)
    da_m = da.sum(axis=1).swapaxes(0, 1)  # (T, B, A)
    dmemory = da_m @ W_ma.T  # as what is compared
    dmemory += (weights.swapaxes(1, 2) @ dcontexts).swapaxes(0, 1)  # as read
    grads = {
        "W_qa": queries.reshape(U * B, H).T @ da_q.reshape(U * B, -1),
        "W_ma": memory.reshape(T * B, E).T @ da_m.reshape(T * B, -1),
        "v_a": np.tensordot(dscores, meet, 3),
    }
    return da_q @ W_qa.T, dmemory, grads


def _meet(wanted, offered):
    """Return tanh(wanted[u] + offered[t]) of every pair: (B, U, T, A)."""
    wanted, offered = wanted.swapaxes(0, 1), offered.swapaxes(0, 1)
    return np.tanh(wanted[:, :, None] + offered[:, None])


def _checked(params, queries, memory):
    """Return the three maps, queries and memory once they fit."""
    arguments.names("params", params, ("W_qa", "W_ma", "v_a"))
    W_qa = arguments.array("W_qa", params["W_qa"], ("H", "A"))
    H, A = W_qa.shape
    W_ma = arguments.array("W_ma", params["W_ma"], ("E", A))
    v_a = arguments.array("v_a", params["v_a"], (A,))
    queries = arguments.array("queries", queries, ("U", "B", H))
    shape = ("T", queries.shape[1], len(W_ma))
    return W_qa, W_ma, v_a, queries, arguments.array("memory", memory, shape)
