"""Long short-term memory: Hochreiter & Schmidhuber (1997).

With the forget gate of Gers, Schmidhuber & Cummins (2000).
"""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._gated import Gated, parts, squash


@dataclass(frozen=True, repr=False)
class LSTMCell(Gated):
    """Three gates around a memory; state (h, c), both (B, H)."""

    k = 4
    states = ("h", "c")
    gates = ("i", "f", "g", "o")

    def forward(self, params, ax, ah, state):
        """c is added to and forgotten by f; h shows the part o of it."""
        h, c = state
        i, f, g, o = squash(ax + ah, "sigmoid", "sigmoid", "tanh", "sigmoid")
        c = f * c + i * g
        tanh_c = np.tanh(c)
        h = o * tanh_c
        return (h, c), {"i": i, "f": f, "g": g, "o": o, "tanh_c": tanh_c}

    def backward(self, params, before, after, kept, dstate):
        """h hands its gradient to o and c; c to i, f, g and c before."""
        (_, c_before), (dh, dc) = before, dstate
        i, f, g, o, tanh_c = kept.values()
        dc = dc + dh * o * (1 - tanh_c * tanh_c)
        da_i = dc * g * i * (1 - i)
        da_f = dc * c_before * f * (1 - f)
        da_g = dc * i * (1 - g * g)
        da_o = dh * tanh_c * o * (1 - o)
        da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
        return da, (0, dc * f)

    def adjust(self, params):
        """Remember by default: the forget gate's bias starts at one."""
        _, b_f, _, _ = parts(params["b_x"], 4)
        b_f[:] = 1


LSTM = LSTMCell()
"""Hochreiter & Schmidhuber (1997); state (h, c), both (B, H).

Gates i, f, g, o in torch's order, each from its quarter of a::

    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)
    g = tanh(a_g)
    c = f * c + i * g
    h = o * tanh(c)

The forget gate f is by Gers et al. (2000); `init` sets its bias to one.
"""
