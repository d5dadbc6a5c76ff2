"""The gated recurrent unit, its reset after the product (torch's form).

Cho et al. (2014) reset before the product: see `gru_reset_before`.
"""

import numpy as np

from rnncourse.cells import _gated
from rnncourse.cells._gated import gated, parts, squash


def project(params, xs):
    """As in `_gated`, but b_h of n stays inside the reset."""
    b_r, b_z, b_n = parts(params["b_h"], 3)
    b_h = np.concatenate([b_r, b_z, 0 * b_n])
    return _gated.project({**params, "b_h": b_h}, xs)


def forward(params, ax, ah, state):
    """r and z from ``ax + ah``; then the proposal n, and h between n and h."""
    (h,) = state
    last = slice(2 * h.shape[1], None)
    ax_n, ah_n = ax[:, last].copy(), ah[:, last] + params["b_h"][last]
    ax += ah
    r, z, n = squash(ax, "sigmoid", "sigmoid", "tanh")  # n comes anew
    ax_n += r * ah_n
    np.tanh(ax_n, out=n)
    h = n + z * (h - n)  # (1 - z) * n + z * h
    return (h,), (ax, ah_n)


def slopes(params, before, after, kept):
    """∂h/∂ax of r, z, n side by side; r = ∂ax/∂ah of n; ∂h/∂h_before = z."""
    (h,), (gates, ah_n) = before, kept
    r, z, n = parts(gates, 3)
    slope = np.empty_like(gates)
    slope_r, slope_z, slope_n = parts(slope, 3)
    np.multiply(1 - z, 1 - n * n, out=slope_n)
    np.multiply(h - n, z * (1 - z), out=slope_z)
    np.multiply(slope_n * ah_n, r * (1 - r), out=slope_r)
    return slope, r, z


def backward(params, slopes, dstate):
    """All three share dh; what n sends to h @ W_hh passes the reset."""
    (dh,), (slope, r, z) = dstate, slopes
    dax = slope * np.concatenate([dh, dh, dh], axis=1)
    dah = dax.copy()
    dah[:, 2 * dh.shape[1] :] *= r
    return dax, dah, (dh * z,)


GRU = gated(
    name="GRU",
    width=3,
    gates=("r", "z", "n"),
    project=project,
    forward=forward,
    slopes=slopes,
    backward=backward,
)
"""Cho et al. (2014), reset after the product; state (h,), with h (B, H).

Gates r, z, n in torch's order, each from its third of ax and ah::

    ax, ah = x @ W_xh + b_x, h @ W_hh + b_h
    r, z = sigmoid(ax_r + ah_r), sigmoid(ax_z + ah_z)
    n = tanh(ax_n + r * ah_n)
    h = (1 - z) * n + z * h

z near one keeps the past. `gru_reset_before` has the paper's form.
"""
