"""The network of Jordan (1986): what is stored is the output layer."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments, ops
from rnncourse.cells._cell import Cell, rows

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


@dataclass(frozen=True, repr=False)
class JordanCell(Cell):
    """A Jordan network: it remembers what it said, not what it thought.

    Simplified: the state is the last output alone. Jordan's own state units
    feed themselves, too, and so hold a fading trace of all outputs.

    Equations, with state (y,), and ``init(rng, D, H, K)``::

        h = tanh(x @ W_xh + b_h + y_before @ W_yh)
        y = output(h @ W_hy + b_y)

    Unrolled, it returns ys (T, B, K) where Elman's returns hs; its hidden
    layer is on the tape, ``tape.kept["h"]``.

    Parameters
    ----------
    output : "identity", "sigmoid", "tanh" or "softmax"

    Raises
    ------
    ValueError
        for another output

    >>> cell = JordanCell("tanh")
    >>> params = cell.init(np.random.default_rng(0), 2, 7, 4)
    >>> params["W_hy"].shape, cell.zero_state(3, 7, 4)[0].shape
    ((7, 4), (3, 4))
    """

    output: str = "identity"

    sizes = {"D": ("W_xh", 0), "H": ("W_xh", 1), "K": ("W_hy", 1)}
    states = ("y",)

    def __post_init__(self):
        arguments.choice("output", self.output, tuple(OUTPUTS))

    def shapes(self, D, H, K):
        """Into the hidden layer, from the store, and out."""
        return {
            "W_xh": (D, H),
            "W_yh": (K, H),
            "b_h": (H,),
            "W_hy": (H, K),
            "b_y": (K,),
        }

    def widths(self, D, H, K):
        """The store is as wide as the output."""
        return (K,)

    def project(self, params, xs):
        """``xs @ W_xh + b_h``: one product for all T steps."""
        axs = rows(xs) @ params["W_xh"] + params["b_h"]
        return axs.reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """From the input and the store to the hidden layer, then out."""
        (y,), (squash, _) = state, OUTPUTS[self.output]
        h = np.tanh(ax + y @ params["W_yh"])
        y = squash(h @ params["W_hy"] + params["b_y"])
        return (y,), {"h": h}

    def step_backward(self, params, before, after, kept, dstate):
        """The only way back is through the output."""
        (y,), (dy,), h = after, dstate, kept["h"]
        _, pull_back = OUTPUTS[self.output]
        da_y = pull_back(y, dy)
        da_h = da_y @ params["W_hy"].T * (1 - h * h)
        return {"da_h": da_h, "da_y": da_y}, (da_h @ params["W_yh"].T,)

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each weight matrix, and for dxs."""
        da_h, da_y = rows(deltas["da_h"]), rows(deltas["da_y"])
        grads = {
            "W_xh": rows(xs).T @ da_h,
            "W_yh": rows(before[0]).T @ da_h,
            "b_h": da_h.sum(axis=0),
            "W_hy": rows(kept["h"]).T @ da_y,
            "b_y": da_y.sum(axis=0),
        }
        return (da_h @ params["W_xh"].T).reshape(xs.shape), grads


Jordan = JordanCell()
"""``JordanCell("identity")``: the output of Jordan (1986), linear.

Sizes D, H, K; state (y,), with y (B, K).
"""
