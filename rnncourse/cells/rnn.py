"""The simple recurrent network of Elman (1990)."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.cells._gated import Gated


@dataclass(frozen=True, repr=False)
class RNNCell(Gated):
    """One sum a unit, and one nonlinearity; state (h,), with h (B, H).

    Parameters
    ----------
    nonlinearity : "tanh", or "relu" (Le et al. 2015)

    Raises
    ------
    ValueError
        for another nonlinearity
    """

    nonlinearity: str = "tanh"

    def __post_init__(self):
        arguments.choice("nonlinearity", self.nonlinearity, ("tanh", "relu"))

    def forward(self, params, ax, ah, state):
        """``h = tanh(ax + ah)``, or ``max(ax + ah, 0)``."""
        a = ax + ah
        h = np.tanh(a) if self.nonlinearity == "tanh" else np.maximum(a, 0)
        return (h,), {}

    def backward(self, params, before, after, kept, dstate):
        """``tanh'(a) = 1 - h**2``; ``relu'(a)`` is 1 where h > 0, else 0."""
        (h,), (dh,) = after, dstate
        da = dh * (1 - h * h if self.nonlinearity == "tanh" else h > 0)
        return da, (0,)


RNN = RNNCell()
"""The network of Elman (1990); state (h,), with h (B, H).

``h = tanh(x @ W_xh + b_x + h @ W_hh + b_h)``
"""

RNN_RELU = RNNCell("relu")
"""The same, rectified (Le et al. 2015); state (h,), with h (B, H).

``h = max(x @ W_xh + b_x + h @ W_hh + b_h, 0)``
"""
