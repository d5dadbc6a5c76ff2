"""The structurally constrained network of Mikolov et al. (2014)."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments, ops
from rnncourse.cells._cell import Cell, rows


@dataclass(frozen=True, repr=False)
class SCRNCell(Cell):
    """Slow units s beside the fast ones h.

    Mikolov et al. (2014), "Learning longer memory". Equations, with
    ``init(rng, D, H, S)`` (in the paper B, P, A, R)::

        s = (1 - alpha) * x @ W_xs + alpha * s
        h = sigmoid(s @ W_sh + x @ W_xh + h @ W_hh)

    The readout sees both, so both are the output: one state ``h_s``, h and s
    side by side (B, H + S), and hs is (T, B, H + S). As in the paper, there
    are no biases, and alpha is fixed, not learned.

    Parameters
    ----------
    alpha : float in (0, 1): s forgets half in log(0.5) / log(alpha) steps

    Raises
    ------
    ValueError
        for alpha outside (0, 1)

    >>> params = SCRNCell().init(np.random.default_rng(0), 2, 7, 4)
    >>> params["W_sh"].shape, SCRNCell().zero_state(3, 7, 4)[0].shape
    ((4, 7), (3, 11))
    """

    alpha: float = 0.95

    sizes = {"D": ("W_xh", 0), "H": ("W_hh", 0), "S": ("W_sh", 0)}
    states = ("h_s",)

    def __post_init__(self):
        if not 0 < arguments.real("alpha", self.alpha) < 1:
            raise ValueError(
                f"alpha is {self.alpha!r}; expected it between 0 and 1"
            )

    def shapes(self, D, H, S):
        """Four matrices, no bias."""
        return {"W_xh": (D, H), "W_hh": (H, H), "W_xs": (D, S), "W_sh": (S, H)}

    def widths(self, D, H, S):
        """Both kinds of units side by side."""
        return (H + S,)

    def project(self, params, xs):
        """Both products of the inputs, side by side as the state is."""
        to_h = rows(xs) @ params["W_xh"]
        to_s = rows(xs) @ params["W_xs"] * (1 - self.alpha)
        axs = np.concatenate([to_h, to_s], axis=1)
        return axs.reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """s fades and takes in; h hears the new s."""
        H = len(params["W_hh"])
        h, s = np.split(state[0], [H], axis=1)
        ax_h, ax_s = np.split(ax, [H], axis=1)
        s = ax_s + self.alpha * s
        h = ops.sigmoid(s @ params["W_sh"] + ax_h + h @ params["W_hh"])
        return (np.concatenate([h, s], axis=1),), {}

    def step_backward(self, params, before, after, kept, dstate):
        """s gets its gradient from the readout, from h and from s after."""
        H = len(params["W_hh"])
        h = after[0][:, :H]
        dh, ds = np.split(dstate[0], [H], axis=1)
        da_h = dh * h * (1 - h)
        ds = ds + da_h @ params["W_sh"].T
        dh = da_h @ params["W_hh"].T
        dbefore = np.concatenate([dh, self.alpha * ds], axis=1)
        return {"da_h": da_h, "ds": ds}, (dbefore,)

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each weight matrix, and for dxs."""
        H = len(params["W_hh"])
        x, da_h = rows(xs), rows(deltas["da_h"])
        da_s = rows(deltas["ds"]) * (1 - self.alpha)
        grads = {
            "W_xh": x.T @ da_h,
            "W_hh": rows(before[0])[:, :H].T @ da_h,
            "W_xs": x.T @ da_s,
            "W_sh": rows(after[0])[:, H:].T @ da_h,
        }
        dx = da_h @ params["W_xh"].T + da_s @ params["W_xs"].T
        return dx.reshape(xs.shape), grads


SCRN = SCRNCell()
"""``SCRNCell(0.95)``, as in Mikolov et al. (2014).

Sizes D, H, S; state (h_s,), with h_s (B, H + S).
"""
