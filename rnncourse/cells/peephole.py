"""LSTM whose gates look at the memory: Gers & Schmidhuber (2000)."""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._gated import parts
from rnncourse.cells.lstm import LSTMCell
from rnncourse.ops import sigmoid


@dataclass(frozen=True, repr=False)
class PeepholeLSTMCell(LSTMCell):
    """An LSTM with three more weights a unit, p_i, p_f and p_o (H,)."""

    def shapes(self, D, H):
        """The LSTM's, and the peepholes."""
        return super().shapes(D, H) | {"p_i": (H,), "p_f": (H,), "p_o": (H,)}

    def forward(self, params, ax, ah, state):
        """As in the LSTM, but i and f also see c before, and o the new c."""
        h, c = state
        a_i, a_f, a_g, a_o = parts(ax + ah, 4)
        i = sigmoid(a_i + params["p_i"] * c)
        f = sigmoid(a_f + params["p_f"] * c)
        g = np.tanh(a_g)
        c = f * c + i * g
        o = sigmoid(a_o + params["p_o"] * c)
        tanh_c = np.tanh(c)
        h = o * tanh_c
        return (h, c), {"i": i, "f": f, "g": g, "o": o, "tanh_c": tanh_c}

    def backward(self, params, before, after, kept, dstate):
        """The LSTM's, and the new ways: o to c, and i and f to c before."""
        (_, c_before), (dh, dc) = before, dstate
        i, f, g, o, tanh_c = kept.values()
        da_o = dh * tanh_c * o * (1 - o)
        dc = dc + dh * o * (1 - tanh_c * tanh_c) + da_o * params["p_o"]
        da_i = dc * g * i * (1 - i)
        da_f = dc * c_before * f * (1 - f)
        da_g = dc * i * (1 - g * g)
        da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
        dc = dc * f + da_i * params["p_i"] + da_f * params["p_f"]
        return da, (0, dc)

    def collect(self, params, xs, before, after, kept, deltas):
        """The LSTM's, and each peephole's sum over steps and sequences."""
        dxs, grads = super().collect(params, xs, before, after, kept, deltas)
        da_i, da_f, _, da_o = parts(deltas["da"], 4)
        c_before, c = before[1], after[1]
        grads["p_i"] = (da_i * c_before).sum(axis=(0, 1))
        grads["p_f"] = (da_f * c_before).sum(axis=(0, 1))
        grads["p_o"] = (da_o * c).sum(axis=(0, 1))
        return dxs, grads


PeepholeLSTM = PeepholeLSTMCell()
"""The LSTM whose gates see c (Gers & Schmidhuber 2000); state (h, c).

One weight a unit for each gate, p_i, p_f, p_o (H,), and no product; else it
is the LSTM::

    i = sigmoid(a_i + p_i * c_before)
    f = sigmoid(a_f + p_f * c_before)
    o = sigmoid(a_o + p_o * c)
"""
