"""What all gated cells share: their matrix products, and one tanh."""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from rnncourse.cells._cell import Cell, rows


@dataclass(frozen=True, repr=False)
class Gated(Cell):
    """A cell of element-wise gates: the products are the same for all.

    A step is ``forward(ax, ah, state)`` with ::

        ax = x @ W_xh + b_x     W_xh (D, k·H), b_x (k·H,)
        ah = h @ W_hh + b_h     W_hh (H, k·H), b_h (k·H,)

    and k the number of sums a unit has. A gated cell writes `forward` and,
    under it, `backward`; the products and their gradients are here.
    """

    k: ClassVar[int] = 1
    """How many sums a unit has: 1 for the RNN, 3 for the GRU, 4 for LSTM."""

    def forward(self, params, ax, ah, state):
        """Take a step, past the products.

        Parameters
        ----------
        params : dict of arrays
        ax, ah : (B, k·H), not to be changed
        state : tuple of arrays (B, ·)

        Returns
        -------
        state : tuple of new arrays
        kept : dict of arrays (B, ·)
        """
        raise NotImplementedError

    def backward(self, params, before, after, kept, dstate):
        """Take a step back, up to the products.

        Parameters
        ----------
        params, before, after, kept, dstate : as in `Cell.step_backward`

        Returns
        -------
        da : (B, k·H), the gradient at ax
        dstate : the gradient of the state before, for h only what does not
            pass the product ah: 0 for most cells
        """
        raise NotImplementedError

    def at_product(self, kept, da):
        """Return the gradient at ah: da, unless a gate stands between.

        Parameters
        ----------
        kept : dict of arrays (..., ·)
        da : (..., k·H), the gradient at ax

        Returns
        -------
        (..., k·H)
        """
        return da

    def shapes(self, D, H):
        """Two matrices and two biases, for k sums a unit."""
        k = self.k
        return {
            "W_xh": (D, k * H),
            "W_hh": (H, k * H),
            "b_x": (k * H,),
            "b_h": (k * H,),
        }

    def project(self, params, xs):
        """``xs @ W_xh + b_x``: one product for all T steps."""
        axs = rows(xs) @ params["W_xh"]
        axs += params["b_x"]
        return axs.reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """``ah = h @ W_hh + b_h``, then the gates."""
        ah = state[0] @ params["W_hh"]
        ah += params["b_h"]
        return self.forward(params, ax, ah, state)

    def step_backward(self, params, before, after, kept, dstate):
        """Back through the gates, then through the product."""
        da, (past, *others) = self.backward(
            params, before, after, kept, dstate
        )
        dh = self.at_product(kept, da) @ params["W_hh"].T
        dh += past
        return {"da": da}, (dh, *others)

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each weight matrix, and for dxs."""
        da_x = rows(deltas["da"])
        da_h = rows(self.at_product(kept, deltas["da"]))
        grads = {
            "W_xh": rows(xs).T @ da_x,
            "W_hh": rows(before[0]).T @ da_h,
            "b_x": da_x.sum(axis=0),
            "b_h": da_h.sum(axis=0),
        }
        return (da_x @ params["W_xh"].T).reshape(xs.shape), grads


def parts(a, k):
    """Return the k equal parts of the last axis, as views."""
    n = a.shape[-1] // k
    return [a[..., j * n : (j + 1) * n] for j in range(k)]


def squash(a, *kinds):
    """Apply "sigmoid" or "tanh" to equal parts of a, in place; return them.

    One tanh does for all: ``sigmoid(a) = 0.5 + 0.5 * tanh(0.5 * a)``, so both
    functions are ``shift + scale * tanh(scale * a)``.
    """
    scale, shift = _scale_and_shift(kinds, a.shape, a.dtype)
    a *= scale
    np.tanh(a, out=a)
    a *= scale
    a += shift
    return parts(a, len(kinds))


@lru_cache(maxsize=32)
def _scale_and_shift(kinds, shape, dtype):
    scale = [{"sigmoid": 0.5, "tanh": 1.0}[kind] for kind in kinds]
    scale = np.repeat(np.array(scale, dtype), shape[-1] // len(kinds))
    scale = np.tile(scale, (*shape[:-1], 1))  # faster than a broadcast row
    return scale, 1 - scale
