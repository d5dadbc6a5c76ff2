"""The simple recurrent network of Elman (1990)."""

import numpy as np

from rnncourse.cells._gated import gated


def forward(params, ax, ah, state):
    """``h = tanh(ax + ah)``."""
    h = np.tanh(ax + ah)
    return (h,), ()


def slopes(params, before, after, kept):
    """``tanh'(a) = 1 - h**2``."""
    (h,) = after
    return (1 - h * h,)


def forward_relu(params, ax, ah, state):
    """``h = max(ax + ah, 0)``."""
    h = np.maximum(ax + ah, 0)
    return (h,), ()


def slopes_relu(params, before, after, kept):
    """``relu'(a)`` is 1 where h > 0, else 0."""
    (h,) = after
    return ((h > 0).astype(h.dtype),)


def backward(params, slopes, dstate):
    """``da = dh * slope``; h reaches the next step through the sum alone."""
    (dh,), (slope,) = dstate, slopes
    da = dh * slope
    return da, da, (None,)


RNN = gated(
    name="RNN",
    width=1,
    forward=forward,
    slopes=slopes,
    backward=backward,
)
"""The network of Elman (1990); state (h,), with h (B, H).

``h = tanh(x @ W_xh + b_x + h @ W_hh + b_h)``
"""

RNN_RELU = gated(
    name="RNN_RELU",
    width=1,
    forward=forward_relu,
    slopes=slopes_relu,
    backward=backward,
)
"""The same, rectified (Le et al. 2015); state (h,), with h (B, H).

``h = max(x @ W_xh + b_x + h @ W_hh + b_h, 0)``
"""
