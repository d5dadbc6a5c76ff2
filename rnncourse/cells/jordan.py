"""The network of Jordan (1986): what is stored is the output layer."""

import numpy as np

from rnncourse import ops
from rnncourse.cells._cell import Cell

# y = f(a), and the gradient at a for a gradient dy at y
OUTPUTS = {
    "identity": (lambda a: a, lambda y, dy: dy),
    "sigmoid": (ops.sigmoid, lambda y, dy: dy * y * (1 - y)),
    "tanh": (np.tanh, lambda y, dy: dy * (1 - y * y)),
    "softmax": (
        ops.softmax,
        lambda y, dy: y * (dy - np.sum(dy * y, axis=-1, keepdims=True)),
    ),
}


def shapes(D, H, K):
    return {
        "W_xh": (D, H),
        "W_yh": (K, H),
        "b_h": (H,),
        "W_hy": (H, K),
        "b_y": (K,),
    }


def project(params, xs):
    """``x @ W_xh + b_h``, for all steps at once."""
    T, B, D = xs.shape
    axs = xs.reshape(T * B, D) @ params["W_xh"] + params["b_h"]
    return axs.reshape(T, B, -1)


def collect(params, xs, before, after, kept, deltas):
    """One product over many steps for each weight matrix, and for dxs."""
    T, B, D = xs.shape
    rows = [xs, before[0], kept[0], *deltas]
    x, y, h, da_h, da_y = (a.reshape(T * B, -1) for a in rows)
    grads = {
        "W_xh": x.T @ da_h,
        "W_yh": y.T @ da_h,
        "b_h": da_h.sum(axis=0),
        "W_hy": h.T @ da_y,
        "b_y": da_y.sum(axis=0),
    }
    return (da_h @ params["W_xh"].T).reshape(T, B, D), grads


def jordan(output="identity"):
    """Make a Jordan network: it remembers what it said, not what it thought.

    Equations, with state (y,), and ``init(rng, D, H, K)``::

        h = tanh(x @ W_xh + b_h + y_before @ W_yh)
        y = output(h @ W_hy + b_y)

    Unrolled, it returns ys (T, B, K) where Elman's returns hs; its hidden
    layer is on the tape, ``tape.gates["h"]``.

    Parameters
    ----------
    output : "identity", "sigmoid", "tanh" or "softmax"

    Raises
    ------
    ValueError
        for another output

    >>> params = jordan("tanh").init(np.random.default_rng(0), 2, 7, 4)
    >>> params["W_hy"].shape, jordan("tanh").zero_state(3, 4)[0].shape
    ((7, 4), (3, 4))
    """
    if output not in OUTPUTS:
        raise ValueError(
            f"output is {output!r}; expected {', '.join(OUTPUTS)}"
        )
    squash, pull_back = OUTPUTS[output]

    def step(params, ax, state):
        (y,) = state
        h = np.tanh(ax + y @ params["W_yh"])
        y = squash(h @ params["W_hy"] + params["b_y"])
        return (y,), (h,)

    def slopes(params, before, after, kept):
        (y,), (h,) = after, kept
        return y, 1 - h * h

    def step_backward(params, slopes, dstate):
        (dy,), (y, slope_h) = dstate, slopes
        da_y = pull_back(y, dy)
        da_h = da_y @ params["W_hy"].T * slope_h
        return (da_h, da_y), (da_h @ params["W_yh"].T,)

    return Cell(
        name="Jordan" if output == "identity" else f"jordan({output!r})",
        sizes={"D": ("W_xh", 0), "H": ("W_xh", 1), "K": ("W_hy", 1)},
        shapes=shapes,
        states={"y": lambda D, H, K: K},
        gates=("h",),
        project=project,
        step=step,
        slopes=slopes,
        step_backward=step_backward,
        collect=collect,
    )


Jordan = jordan()
"""``jordan("identity")``: the output of Jordan (1986), linear.

Sizes D, H, K; state (y,), with y (B, K).
"""
