"""The Clockwork RNN of Koutník et al. (2014): modules with periods."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnncourse import arguments
from rnncourse.cells._gated import Gated


@dataclass(frozen=True, repr=False)
class ClockworkCell(Gated):
    """A cell whose module m works only when periods[m] divides t.

    The H units are dealt out in order, as evenly as can be (with fewer units
    than modules the last get none). A module hears itself and the slower ones
    (of a longer or equal period): the other entries of W_hh are not used, and
    their gradient is zero. The number of steps so far is a state: ``unroll``
    in two halves keeps the beat (Koutník et al. 2014).

    Equation: ``h = where(active, tanh(ax + ah), h)``; state (h, clock), with
    clock (B, 1); the tape's gate "active" is 1 or 0.

    Parameters
    ----------
    periods : ints, one for each module, such as (1, 2, 4, 8)

    Raises
    ------
    ValueError
        for a period below 1, or none

    >>> ClockworkCell((1, 4)).zero_state(3, 7)[1].shape
    (3, 1)
    """

    periods: tuple = (1, 2, 4, 8)

    states = ("h", "clock")
    gates = ("active",)

    def __post_init__(self):
        periods = arguments.integers(
            "periods", np.array(self.periods), ("modules",), 1
        )
        object.__setattr__(self, "periods", tuple(map(int, periods)))

    def widths(self, D, H):
        """The clock is one number a sequence."""
        return H, 1

    def prepare(self, params):
        """Cut what no module hears out of W_hh."""
        W_hh = params["W_hh"]
        return params | {"W_hh": W_hh * heard(self.periods, len(W_hh))}

    def adjust(self, params):
        """Start without what no module hears."""
        params["W_hh"] *= heard(self.periods, len(params["W_hh"]))

    def forward(self, params, ax, ah, state):
        """The modules whose turn it is step; the others stay."""
        h, clock = state
        periods = unit_periods(self.periods, h.shape[1])
        active = np.rint(clock) % periods == 0
        h = np.where(active, np.tanh(ax + ah), h)
        return (h, clock + 1), {"active": active.astype(h.dtype)}

    def backward(self, params, before, after, kept, dstate):
        """An active unit is a tanh; an idle one hands its gradient on."""
        (h, _), (dh, dclock), active = after, dstate, kept["active"]
        da = dh * active * (1 - h * h)
        return da, (dh * (1 - active), dclock)

    def collect(self, params, xs, before, after, kept, deltas):
        """As in every gated cell, without what no module hears."""
        dxs, grads = super().collect(params, xs, before, after, kept, deltas)
        grads["W_hh"] *= heard(self.periods, len(grads["W_hh"]))
        return dxs, grads


@lru_cache
def unit_periods(periods, H):
    """Return each unit's period, (H,)."""
    units = np.array_split(np.arange(H), len(periods))
    return np.repeat(periods, [len(u) for u in units])


@lru_cache
def heard(periods, H):
    """Return (H, H): True where the sender (row) is as slow as the hearer."""
    p = unit_periods(periods, H)
    return p[:, None] >= p


Clockwork = ClockworkCell()
"""``ClockworkCell((1, 2, 4, 8))``: four modules (Koutník et al. 2014).

Sizes D, H; state (h, clock), with h (B, H) and clock (B, 1).
"""
