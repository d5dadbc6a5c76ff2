"""The gated recurrent unit, its reset after the product (torch's form).

Cho et al. (2014) reset before the product: see `gru_reset_before`.
"""

import numpy as np

from rnncourse.cells._gated import gated, parts, squash


def forward(params, ax, ah, state):
    """r and z from ``ax + ah``; then the proposal n, and h between n and h."""
    (h,) = state
    ax_rz, ah_rz = ax[:, : 2 * h.shape[1]], ah[:, : 2 * h.shape[1]]
    ax_rz += ah_rz
    squash(ax_rz, "sigmoid", "sigmoid")
    r, z, n = parts(ax, 3)  # n still without the past
    ah_n = parts(ah, 3)[2]
    n[:] = np.tanh(n + r * ah_n)
    h = (1 - z) * n + z * h
    return (h,), (ax, ah_n)


def slopes(params, before, after, kept):
    """∂h/∂ax of r, z and n side by side; r; and z = ∂h/∂h_before."""
    (h,), (gates, ah_n) = before, kept
    r, z, n = parts(gates, 3)
    slope = np.empty_like(gates)
    slope_r, slope_z, slope_n = parts(slope, 3)
    slope_n[:] = (1 - z) * (1 - n * n)
    slope_z[:] = (h - n) * z * (1 - z)
    slope_r[:] = slope_n * ah_n * r * (1 - r)
    return slope, r, z


def backward(params, slopes, dstate):
    """All three share dh; what n sends to h @ W_hh passes the reset."""
    (dh,), (slope, r, z) = dstate, slopes
    dax = slope * np.concatenate([dh, dh, dh], axis=1)
    dah = dax.copy()
    parts(dah, 3)[2][:] *= r
    return dax, dah, (dh * z,)


GRU = gated(
    name="GRU",
    width=3,
    gates=("r", "z", "n"),
    forward=forward,
    slopes=slopes,
    backward=backward,
)
"""Gates r, z, n in torch's order; state (h,).

``r, z = sigmoid(ax + ah)``, ``n = tanh(ax + r * ah)``, each from its third of
``ax = x @ W_xh + b_x`` and ``ah = h @ W_hh + b_h``; then
``h = (1 - z) * n + z * h``: z near one keeps the past.
"""
