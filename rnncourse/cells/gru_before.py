"""The GRU as it was published: the reset comes before the product."""

import numpy as np

from rnncourse.cells._cell import Cell, rows
from rnncourse.cells._gated import parts, squash


def shapes(D, H):
    return {"W_xh": (D, 3 * H), "W_hh": (H, 3 * H), "b_h": (3 * H,)}


def project(params, xs):
    """``xs @ W_xh + b_h``: one product for all T steps."""
    axs = rows(xs) @ params["W_xh"] + params["b_h"]
    return axs.reshape(*xs.shape[:2], -1)


def split(W_hh):
    """Return the columns for r and z, and those for n."""
    H = len(W_hh)
    return W_hh[:, : 2 * H], W_hh[:, 2 * H :]


def collect(params, xs, before, after, kept, deltas):
    """One product over many steps for each weight matrix, and for dxs."""
    (h,), (gates,), (das,) = before, kept, deltas
    da, H = rows(das), h.shape[-1]
    r = parts(gates, 3)[0]
    dW_rz = rows(h).T @ da[:, : 2 * H]
    dW_n = rows(r * h).T @ da[:, 2 * H :]
    grads = {
        "W_xh": rows(xs).T @ da,
        "W_hh": np.concatenate([dW_rz, dW_n], axis=1),
        "b_h": da.sum(axis=0),
    }
    return (da @ params["W_xh"].T).reshape(xs.shape), grads


def gru_reset_before(z_keeps):
    """Make a GRU that resets h before it is multiplied.

    Equations, each from its third of W_xh, W_hh, b_h; state (h,)::

        r, z = sigmoid(x @ W_xh + h @ W_hh + b_h)
        n = tanh(x @ W_xh + (r * h) @ W_hh + b_h)
        h = z * h + (1 - z) * n         if z_keeps, else
        h = (1 - z) * h + z * n

    n needs r before its product, so the product cannot be shared by all
    gates: it sits inside the step. One bias, as a second adds nothing.

    Parameters
    ----------
    z_keeps : True for Cho et al. (2014), False for Chung et al. (2014)

    >>> gru_reset_before(True).init(np.random.default_rng(0), 2, 7).keys()
    dict_keys(['W_xh', 'W_hh', 'b_h'])
    """

    def step(params, ax, state):
        (h,) = state
        W_rz, W_n = split(params["W_hh"])
        a_rz = ax[:, : W_rz.shape[1]]
        a_rz += h @ W_rz
        squash(a_rz, "sigmoid", "sigmoid")
        r, z, n = parts(ax, 3)  # n still without the past
        n[:] = np.tanh(n + (r * h) @ W_n)
        keep = z if z_keeps else 1 - z
        h = keep * h + (1 - keep) * n
        return (h,), (ax,)

    def slopes(params, before, after, kept):
        (h,), (gates,) = before, kept
        r, z, n = parts(gates, 3)
        keep = z if z_keeps else 1 - z
        slope_n = (1 - keep) * (1 - n * n)
        slope_z = (h - n if z_keeps else n - h) * z * (1 - z)
        slope_r = h * r * (1 - r)
        return slope_r, slope_z, slope_n, r, keep

    def step_backward(params, slopes, dstate):
        (dh,), (slope_r, slope_z, slope_n, r, keep) = dstate, slopes
        W_rz, W_n = split(params["W_hh"])
        da_n = dh * slope_n
        drh = da_n @ W_n.T
        da_rz = np.concatenate([drh * slope_r, dh * slope_z], axis=1)
        dh = dh * keep + drh * r + da_rz @ W_rz.T
        return (np.concatenate([da_rz, da_n], axis=1),), (dh,)

    return Cell(
        name="GRUCho" if z_keeps else "GRUChung",
        sizes={"D": ("W_xh", 0), "H": ("W_hh", 0)},
        shapes=shapes,
        states={"h": lambda D, H: H},
        gates=("r", "z", "n"),
        project=project,
        step=step,
        slopes=slopes,
        step_backward=step_backward,
        collect=collect,
    )


GRUCho = gru_reset_before(z_keeps=True)
"""``gru_reset_before(True)``: z near one keeps the past (Cho et al. 2014).

Sizes D, H; state (h,), with h (B, H).
"""

GRUChung = gru_reset_before(z_keeps=False)
"""``gru_reset_before(False)``: z near one takes the new (Chung et al. 2014).

Sizes D, H; state (h,), with h (B, H).
"""
