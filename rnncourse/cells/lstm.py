"""Long short-term memory: Hochreiter & Schmidhuber (1997).

With the forget gate of Gers, Schmidhuber & Cummins (2000).
"""

import numpy as np

from rnncourse.cells._gated import gated, parts, squash


def forward(params, ax, ah, state):
    """Gates from ``a = ax + ah``; c is added to, h shows a part of it."""
    h, c = state
    ax += ah
    i, f, g, o = squash(ax, "sigmoid", "sigmoid", "tanh", "sigmoid")
    c = f * c + i * g
    tanh_c = np.tanh(c)
    h = o * tanh_c
    return (h, c), (ax, tanh_c)


def slopes(params, before, after, kept):
    """∂c/∂a of i, f and g, ∂h/∂a of o side by side; ∂h/∂c; ∂c/∂c_before."""
    (_, c), (gates, tanh_c) = before, kept
    i, f, g, o = parts(gates, 4)
    slope = gates * (1 - gates)  # the sigmoid's; g gets its own
    slope_i, slope_f, slope_g, slope_o = parts(slope, 4)
    slope_i *= g
    slope_f *= c
    slope_g[:] = i * (1 - g * g)
    slope_o *= tanh_c
    return slope, o * (1 - tanh_c * tanh_c), f


def backward(params, slopes, dstate):
    """h hands its gradient to o and c; c hands it to i, f, g and c before."""
    (dh, dc), (slope, h_by_c, f) = dstate, slopes
    dc = dc + dh * h_by_c
    da = slope * np.concatenate([dc, dc, dc, dh], axis=1)
    return da, da, (None, dc * f)


def adjust(params):
    """Remember by default: the forget gate starts open, its bias is one."""
    _, b_f, _, _ = parts(params["b_x"], 4)
    b_f[:] = 1


LSTM = gated(
    name="LSTM",
    width=4,
    states={"h": lambda D, H: H, "c": lambda D, H: H},
    gates=("i", "f", "g", "o"),
    forward=forward,
    slopes=slopes,
    backward=backward,
    adjust=adjust,
)
"""Hochreiter & Schmidhuber (1997); state (h, c), both (B, H).

Gates i, f, g, o in torch's order, each from its quarter of a::

    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)
    g = tanh(a_g)
    c = f * c + i * g
    h = o * tanh(c)

The forget gate f is by Gers et al. (2000); `init` sets its bias to one.
"""
