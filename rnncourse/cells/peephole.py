"""LSTM whose gates look at the memory: Gers & Schmidhuber (2000)."""

import numpy as np

from rnncourse.cells import _gated, lstm
from rnncourse.cells._gated import gated, parts, squash


def forward(params, ax, ah, state):
    """As in the LSTM, but i and f also see c before, and o the new c."""
    h, c = state
    ax += ah
    a_i, a_f, a_g, a_o = parts(ax, 4)
    a_i += params["p_i"] * c
    a_f += params["p_f"] * c
    i, f, g = squash(ax[:, : 3 * h.shape[1]], "sigmoid", "sigmoid", "tanh")
    c = f * c + i * g
    a_o += params["p_o"] * c
    (o,) = squash(a_o, "sigmoid")
    tanh_c = np.tanh(c)
    h = o * tanh_c
    return (h, c), (ax, tanh_c)


def slopes(params, before, after, kept):
    """The LSTM's, and the new ways: c to o to h, and c before to i, f, c."""
    slope, h_by_c, f = lstm.slopes(params, before, after, kept)
    slope_i, slope_f, _, slope_o = parts(slope, 4)
    h_by_c = h_by_c + slope_o * params["p_o"]
    c_by_c = f + slope_i * params["p_i"] + slope_f * params["p_f"]
    return slope, h_by_c, c_by_c


def collect(params, xs, before, after, kept, deltas):
    dxs, grads = _gated.collect(params, xs, before, after, kept, deltas)
    da_i, da_f, _, da_o = parts(deltas[0], 4)
    c_before, c = before[1], after[1]
    grads["p_i"] = (da_i * c_before).sum(axis=(0, 1))
    grads["p_f"] = (da_f * c_before).sum(axis=(0, 1))
    grads["p_o"] = (da_o * c).sum(axis=(0, 1))
    return dxs, grads


def shapes(D, H):
    peepholes = {"p_i": (H,), "p_f": (H,), "p_o": (H,)}
    return {**_gated.shapes(D, H, 4), **peepholes}


PeepholeLSTM = gated(
    name="PeepholeLSTM",
    width=4,
    shapes=shapes,
    states=lstm.LSTM.states,
    gates=lstm.LSTM.gates,
    forward=forward,
    slopes=slopes,
    backward=lstm.backward,
    collect=collect,
    adjust=lstm.adjust,
)
"""The LSTM whose gates see c (Gers & Schmidhuber 2000); state (h, c).

One weight a unit for each gate, p_i, p_f, p_o (H,), and no product; else it
is the LSTM::

    i = sigmoid(a_i + p_i * c_before)
    f = sigmoid(a_f + p_f * c_before)
    o = sigmoid(a_o + p_o * c)
"""
