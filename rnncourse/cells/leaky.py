"""The leaky sum: the smallest cell that is linear in its state."""

from dataclasses import dataclass

import numpy as np

from rnncourse.cells._linear import Linear, ring, uniform
from rnncourse.ops import sigmoid


@dataclass(frozen=True, repr=False)
class LeakySumCell(Linear):
    """Add up the inputs, and forget at a fixed pace that is learned.

    Parameters
    ----------
    r_min, r_max : floats, 0 < r_min < r_max < 1; ``init`` spreads log(1 - a)
        evenly between them: some units forget soon, some late

    Raises
    ------
    ValueError
        for a range out of order, or of 1 and more

    >>> LeakySumCell(r_max=1.0)
    Traceback (most recent call last):
        ...
    ValueError: r_max is 1.0; expected it below 1: a unit with |a| >= 1 does
    not forget, or explodes
    """

    r_min: float = 0.5
    r_max: float = 0.999

    sums = ("h",)
    sizes = {"D": ("W_xh", 0), "H": ("W_xh", 1)}

    def __post_init__(self):
        ring(self.r_min, self.r_max)

    def shapes(self, D, H):
        """One matrix, one bias, and how much each unit keeps."""
        return {**super().shapes(D, H), "keep": (H,)}

    def coefficients(self, params, axs):
        """The same a at all steps; b is the sum itself."""
        a = np.broadcast_to(sigmoid(params["keep"]), axs.shape)
        return a, axs, {}

    def coefficients_backward(self, params, kept, da, db):
        """Nothing squashes b; a has the slope of its sigmoid."""
        a = sigmoid(params["keep"])
        return {"d_h": db, "d_keep": da * a * (1 - a)}

    def collect(self, params, xs, before, after, kept, deltas):
        """All steps share what a unit keeps, so its gradient is a sum."""
        dxs, grads = super().collect(params, xs, before, after, kept, deltas)
        grads["keep"] = deltas["d_keep"].sum(axis=(0, 1))
        return dxs, grads

    def adjust(self, params):
        """Spread the units over the range."""
        u = uniform(params, "keep")
        leak = (1 - self.r_min) ** (1 - u) * (1 - self.r_max) ** u
        params["keep"][...] = np.log((1 - leak) / leak)


LeakySum = LeakySumCell()
"""A sum that leaks; state (h,), with h (B, H).

As the slow units of Mikolov et al. (2014), but each unit has its own pace,
which is learned::

    a = sigmoid(keep)
    h = a * h + x @ W_xh + b_h

`init` starts the a between 0.5 and 0.999, evenly in log(1 - a).
"""
