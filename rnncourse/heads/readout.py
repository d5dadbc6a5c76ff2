"""The readout: one linear map from every state to an output."""

import numpy as np

from rnncourse import arguments, initialisers


def init(rng, H, K, dtype=np.float64):
    """Draw a map from H units to K outputs, uniform within ±1/sqrt(H).

    That is how ``torch.nn.Linear`` starts.

    Parameters
    ----------
    rng : np.random.Generator
    H, K : int, the sizes of a state and of an output
    dtype : float64 or float32

    Returns
    -------
    dict: W_hy (H, K) and b_y (K,)

    Raises
    ------
    ValueError
        for a size below 1, another dtype, or a seed in the place of the
        generator

    >>> {name: a.shape for name, a in
    ...  init(np.random.default_rng(0), H=7, K=2).items()}
    {'W_hy': (7, 2), 'b_y': (2,)}
    """
    H, K = arguments.size("H", H), arguments.size("K", K)
    bound = H**-0.5
    return {
        "W_hy": initialisers.uniform(rng, (H, K), bound, dtype),
        "b_y": initialisers.uniform(rng, (K,), bound, dtype),
    }


def forward(params, hs):
    """Read an output from every state: ``ys = hs @ W_hy + b_y``.

    Parameters
    ----------
    params : dict from `init`
    hs : (..., H), any leading axes

    Returns
    -------
    ys : (..., K), scores without a unit; a head says what they mean

    Raises
    ------
    ValueError
        if names or sizes do not fit, or a number is not finite

    >>> params = {"W_hy": np.array([[1.0], [2.0]]), "b_y": np.array([0.5])}
    >>> forward(params, np.array([[1.0, 1.0]]))
    array([[3.5]])
    """
    W_hy, b_y, hs = _checked(params, hs)
    return hs @ W_hy + b_y


def backward(params, hs, dys):
    """The backward pass of `forward`.

    ``dhs = dys @ W_hy.T``; ``dW_hy = hs.T @ dys`` and ``db_y = dys`` are
    summed over all leading axes.

    Parameters
    ----------
    params, hs : as given to `forward`
    dys : (..., K), the loss's gradient at ys

    Returns
    -------
    dhs : (..., H)
    grads : dict, named as params

    Raises
    ------
    ValueError
        as `forward`
    """
    W_hy, b_y, hs = _checked(params, hs)
    dys = arguments.array("dys", dys, (*hs.shape[:-1], b_y.size))
    H, K = W_hy.shape
    dW_hy = hs.reshape(-1, H).T @ dys.reshape(-1, K)
    db_y = dys.reshape(-1, K).sum(axis=0)
    return dys @ W_hy.T, {"W_hy": dW_hy, "b_y": db_y}


def _checked(params, hs):
    """Return W_hy, b_y and hs once they fit each other."""
    arguments.names("params", params, ("W_hy", "b_y"))
    W_hy = arguments.array("W_hy", params["W_hy"], ("H", "K"))
    H, K = W_hy.shape
    b_y = arguments.array("b_y", params["b_y"], (K,))
    return W_hy, b_y, arguments.array("hs", hs, (*np.shape(hs)[:-1], H))
