"""The GRU as it was published: the reset comes before the product."""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._cell import Cell, rows
from rnncourse.cells._gated import parts
from rnncourse.ops import sigmoid


@dataclass(frozen=True, repr=False)
class GRUBeforeCell(Cell):
    """A GRU that resets h before it is multiplied; state (h,).

    Equations, each from its third of W_xh, W_hh, b_h::

        r, z = sigmoid(x @ W_xh + h @ W_hh + b_h)
        n = tanh(x @ W_xh + (r * h) @ W_hh + b_h)
        h = z * h + (1 - z) * n         if z_keeps, else
        h = (1 - z) * h + z * n

    n needs r before its product, so the product cannot be shared by all
    gates: it sits inside the step. One bias, as a second adds nothing.

    Parameters
    ----------
    z_keeps : True for Cho et al. (2014), False for Chung et al. (2014)

    >>> params = GRUBeforeCell(True).init(np.random.default_rng(0), 2, 7)
    >>> list(params)
    ['W_xh', 'W_hh', 'b_h']
    """

    z_keeps: bool

    gates = ("r", "z", "n")

    def shapes(self, D, H):
        """Two matrices and one bias, for three sums a unit."""
        return {"W_xh": (D, 3 * H), "W_hh": (H, 3 * H), "b_h": (3 * H,)}

    def project(self, params, xs):
        """``xs @ W_xh + b_h``: one product for all T steps."""
        axs = rows(xs) @ params["W_xh"] + params["b_h"]
        return axs.reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """The gates r and z, then n from what r leaves of h."""
        (h,) = state
        W_hr, W_hz, W_hn = parts(params["W_hh"], 3)
        ax_r, ax_z, ax_n = parts(ax, 3)
        r = sigmoid(ax_r + h @ W_hr)
        z = sigmoid(ax_z + h @ W_hz)
        n = np.tanh(ax_n + (r * h) @ W_hn)
        keep = z if self.z_keeps else 1 - z
        h = keep * h + (1 - keep) * n
        return (h,), {"r": r, "z": z, "n": n}

    def step_backward(self, params, before, after, kept, dstate):
        """What n sends back through its product, r divides with h."""
        (h,), (dh,) = before, dstate
        r, z, n = kept.values()
        W_hr, W_hz, W_hn = parts(params["W_hh"], 3)
        keep = z if self.z_keeps else 1 - z
        da_n = dh * (1 - keep) * (1 - n * n)
        da_z = dh * (h - n if self.z_keeps else n - h) * z * (1 - z)
        drh = da_n @ W_hn.T
        da_r = drh * h * r * (1 - r)
        dh = dh * keep + drh * r + da_r @ W_hr.T + da_z @ W_hz.T
        return {"da": np.concatenate([da_r, da_z, da_n], axis=1)}, (dh,)

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each weight matrix, and for dxs."""
        (h,), da, H = before, rows(deltas["da"]), before[0].shape[-1]
        dW_rz = rows(h).T @ da[:, : 2 * H]
        dW_n = rows(kept["r"] * h).T @ da[:, 2 * H :]
        grads = {
            "W_xh": rows(xs).T @ da,
            "W_hh": np.concatenate([dW_rz, dW_n], axis=1),
            "b_h": da.sum(axis=0),
        }
        return (da @ params["W_xh"].T).reshape(xs.shape), grads


GRUCho = GRUBeforeCell(z_keeps=True)
"""``GRUBeforeCell(True)``: z near one keeps the past (Cho et al. 2014).

Sizes D, H; state (h,), with h (B, H).
"""

GRUChung = GRUBeforeCell(z_keeps=False)
"""``GRUBeforeCell(False)``: z near one takes the new (Chung et al. 2014).

Sizes D, H; state (h,), with h (B, H).
"""
