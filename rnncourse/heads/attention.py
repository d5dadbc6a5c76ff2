"""Attention: every query reads its own weighted mean of a memory.

Queries (U, B, H) are states of a decoder, the memory (T, B, E) those of an
encoder. All U queries are answered at once, outside the time loop. The score
here is a product; `rnncourse.heads.additive_attention` has the older one.
"""

import numpy as np

from rnncourse import arguments, initialisers
from rnncourse.heads._weigh import readable, weigh, weigh_backward


def init(rng, H, E, dtype=np.float64):
    """Draw the map from a query to the memory, uniform within ±1/sqrt(H).

    Parameters
    ----------
    rng : np.random.Generator
    H, E : int, the sizes of a query and of a row of the memory
    dtype : float64 or float32

    Returns
    -------
    dict: W_qm (H, E)

    Raises
    ------
    ValueError
        for a size below 1 or a seed in the place of the generator
    """
    shape = arguments.size("H", H), arguments.size("E", E)
    return {"W_qm": initialisers.uniform(rng, shape, H**-0.5, dtype)}


def forward(params, queries, memory, mask=None):
    """Dot-product attention, "general" in Luong et al. (2015).

    For each query u and each sequence of the batch::

        scores[t] = (queries[u] @ W_qm) · memory[t]
        weights[u] = softmax(scores), over the t where mask is True
        contexts[u] = sum over t of weights[u, t] * memory[t]

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

    >>> params = {"W_qm": np.array([[0.0]])}
    >>> memory = np.array([[[2.0]], [[4.0]]])
    >>> forward(params, np.ones((1, 1, 1)), memory)
    (array([[[3.]]]), array([[[0.5, 0.5]]]))
    """
    W_qm, queries, memory = _checked(params, queries, memory)
    rows = memory.swapaxes(0, 1)  # (B, T, E)
    wanted = (queries @ W_qm).swapaxes(0, 1)  # (B, U, E)
    scores = wanted @ rows.swapaxes(1, 2)  # (B, U, T)
    if mask is not None:
        mask = readable(mask, memory.shape[:2]).T[:, None]  # (B, 1, T)
    weights = weigh(scores, mask)
    return (weights @ rows).swapaxes(0, 1), weights.swapaxes(0, 1)


def backward(params, queries, memory, weights, dcontexts):
    """The backward pass of `forward`.

    The memory is read twice, as key and as value, so ``dmemory`` is a sum;
    ``dscores = weights * (dweights - sum(weights * dweights))``.

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
    W_qm, queries, memory = _checked(params, queries, memory)
    U, B, H = queries.shape
    T, B, E = memory.shape
    weights = arguments.array("weights", weights, (U, B, T)).swapaxes(0, 1)
    dcontexts = arguments.array("dcontexts", dcontexts, (U, B, E)).swapaxes(
        0, 1
    )
    rows = memory.swapaxes(0, 1)
    wanted = (queries @ W_qm).swapaxes(0, 1)

    dweights = dcontexts @ rows.swapaxes(1, 2)  # (B, U, T)
    dscores = weigh_backward(weights, dweights)
    dwanted = (dscores @ rows).swapaxes(0, 1)  # (U, B, E)
    drows = dscores.swapaxes(1, 2) @ wanted  # (B, T, E): as key
    drows += weights.swapaxes(1, 2) @ dcontexts  # and as value
    dW_qm = queries.reshape(-1, H).T @ dwanted.reshape(-1, E)
    return dwanted @ W_qm.T, drows.swapaxes(0, 1), {"W_qm": dW_qm}


def _checked(params, queries, memory):
    """Return W_qm, queries and memory once they fit each other."""
    arguments.names("params", params, ("W_qm",))
    W_qm = arguments.array("W_qm", params["W_qm"], ("H", "E"))
    H, E = W_qm.shape
    queries = arguments.array("queries", queries, ("U", "B", H))
    memory = arguments.array("memory", memory, ("T", queries.shape[1], E))
    return W_qm, queries, memory
