"""The gated recurrent unit, its reset after the product (torch's form).

Cho et al. (2014) reset before the product: see `GRUBeforeCell`.
"""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._gated import Gated, parts, squash


@dataclass(frozen=True, repr=False)
class GRUCell(Gated):
    """Two gates and a candidate; state (h,), with h (B, H)."""

    k = 3
    gates = ("r", "z", "n")

    def forward(self, params, ax, ah, state):
        """r resets what n hears of the past; z mixes n with h."""
        (h,) = state
        *_, ax_n = parts(ax, 3)
        *_, ah_n = parts(ah, 3)
        two = slice(2 * h.shape[1])
        r, z = squash(ax[:, two] + ah[:, two], "sigmoid", "sigmoid")
        n = np.tanh(ax_n + r * ah_n)
        h = (1 - z) * n + z * h
        return (h,), {"r": r, "z": z, "n": n, "ah_n": ah_n}

    def backward(self, params, before, after, kept, dstate):
        """h hands its gradient to z, n and h before; n passes r by ah_n."""
        (h_before,), (dh,) = before, dstate
        r, z, n, ah_n = kept.values()
        da_n = dh * (1 - z) * (1 - n * n)
        da_z = dh * (h_before - n) * z * (1 - z)
        da_r = da_n * ah_n * r * (1 - r)
        da = np.concatenate([da_r, da_z, da_n], axis=1)
        return da, (dh * z,)

    def at_product(self, kept, da):
        """The reset stands between n and its share of ah."""
        da_r, da_z, da_n = parts(da, 3)
        return np.concatenate([da_r, da_z, da_n * kept["r"]], axis=-1)


GRU = GRUCell()
"""Cho et al. (2014), reset after the product; state (h,), with h (B, H).

Gates r, z, n in torch's order, each from its third of ax and ah::

    ax, ah = x @ W_xh + b_x, h @ W_hh + b_h
    r, z = sigmoid(ax_r + ah_r), sigmoid(ax_z + ah_z)
    n = tanh(ax_n + r * ah_n)
    h = (1 - z) * n + z * h

z near one keeps the past. `GRUBeforeCell` has the paper's form.
"""
