"""Gates that read the input alone: Feng et al. (2024)."""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._gated import parts
from rnncourse.cells._linear import Linear
from rnncourse.ops import sigmoid


@dataclass(frozen=True, repr=False)
class MinGRUCell(Linear):
    """A GRU whose gate and candidate read no state."""

    sums = gates = ("z", "n")
    sizes = {"D": ("W_xz", 0), "H": ("W_xz", 1)}

    def coefficients(self, params, axs):
        """``h = (1 - z) * h + z * n``."""
        a_z, n = parts(axs, 2)
        z = sigmoid(a_z)
        return 1 - z, z * n, {"z": z, "n": n}

    def coefficients_backward(self, params, kept, da, db):
        """z moves both: what it lets in and what it keeps."""
        z, n = kept["z"], kept["n"]
        d_z = (db * n - da) * z * (1 - z)
        return {"d_z": d_z, "d_n": db * z}


@dataclass(frozen=True, repr=False)
class MinLSTMCell(Linear):
    """An LSTM whose gates read no state, and share one unit of room."""

    sums = gates = ("i", "f", "g")
    sizes = {"D": ("W_xi", 0), "H": ("W_xi", 1)}

    def coefficients(self, params, axs):
        """``h = f / (f + i) * h + i / (f + i) * g``."""
        a_i, a_f, g = parts(axs, 3)
        i, f = sigmoid(a_i), sigmoid(a_f)
        # by logarithms, because far down both gates round to 0, and 0 / 0
        a = sigmoid(np.logaddexp(0, -a_i) - np.logaddexp(0, -a_f))
        return a, (1 - a) * g, {"i": i, "f": f, "g": g, "a": a}

    def coefficients_backward(self, params, kept, da, db):
        """f and i move the share a against each other."""
        i, f, g, a = (kept[name] for name in ("i", "f", "g", "a"))
        d_share = (da - db * g) * a * (1 - a)
        return {
            "d_i": -d_share * (1 - i),
            "d_f": d_share * (1 - f),
            "d_g": db * (1 - a),
        }


MinGRU = MinGRUCell()
"""Feng et al. (2024); state (h,), with h (B, H).

As in the paper, z lets the new in: the other end than in `GRU`. There is no
reset gate, and no tanh::

    z = sigmoid(x @ W_xz + b_z)
    n = x @ W_xn + b_n
    h = (1 - z) * h + z * n
"""

MinLSTM = MinLSTMCell()
"""Feng et al. (2024); state (h,), with h (B, H).

The two gates are divided by their sum, so that what is kept and what is let
in add up to one; there is no output gate::

    i, f = sigmoid(x @ W_xi + b_i), sigmoid(x @ W_xf + b_f)
    g = x @ W_xg + b_g
    h = f / (f + i) * h + i / (f + i) * g
"""
