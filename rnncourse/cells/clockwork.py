"""The Clockwork RNN of Koutník et al. (2014): modules with periods."""

from functools import lru_cache

import numpy as np

from rnncourse import arguments
from rnncourse.cells import _gated
from rnncourse.cells._gated import gated


def clockwork(periods):
    """Make a cell whose module m works only when periods[m] divides t.

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

    >>> clockwork((1, 4)).zero_state(3, 7)[1].shape
    (3, 1)
    """
    periods = tuple(
        int(p)
        for p in arguments.integers(
            "periods", np.array(periods), ("modules",), 1
        )
    )

    @lru_cache
    def unit_periods(H):
        units = np.array_split(np.arange(H), len(periods))
        return np.repeat(periods, [len(u) for u in units])

    @lru_cache
    def mask(H):
        """1 where the sender (row) is as slow as the hearer (column)."""
        p = unit_periods(H)
        return p[:, None] >= p

    def prepare(params):
        W_hh = params["W_hh"]
        return _gated.prepare({**params, "W_hh": W_hh * mask(len(W_hh))})

    def adjust(params):
        params["W_hh"] *= mask(len(params["W_hh"]))

    def forward(params, ax, ah, state):
        h, clock = state
        active = np.rint(clock) % unit_periods(h.shape[1]) == 0
        h = np.where(active, np.tanh(ax + ah), h)
        return (h, clock + 1), (active.astype(h.dtype),)

    def slopes(params, before, after, kept):
        (h, _), (active,) = after, kept
        return active * (1 - h * h), 1 - active

    def backward(params, slopes, dstate):
        (dh, dclock), (slope, idle) = dstate, slopes
        da = dh * slope
        return da, da, (dh * idle, dclock)

    def collect(params, xs, *rest):
        dxs, grads = _gated.collect(params, xs, *rest)
        grads["W_hh"] *= mask(len(grads["W_hh"]))
        return dxs, grads

    return gated(
        name=f"clockwork({periods})",
        width=1,
        states={"h": lambda D, H: H, "clock": lambda D, H: 1},
        gates=("active",),
        prepare=prepare,
        forward=forward,
        slopes=slopes,
        backward=backward,
        collect=collect,
        adjust=adjust,
    )


Clockwork = clockwork((1, 2, 4, 8))
"""``clockwork((1, 2, 4, 8))``: four modules (Koutník et al. 2014).

Sizes D, H; state (h, clock), with h (B, H) and clock (B, 1).
"""
