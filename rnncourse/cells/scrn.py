"""The structurally constrained network of Mikolov et al. (2014)."""

import numpy as np

from rnncourse import ops
from rnncourse.cells._cell import Cell, rows


def shapes(D, H, S):
    return {
        "W_xh": (D, H),
        "W_hh": (H, H),
        "W_xs": (D, S),
        "W_sh": (S, H),
    }


def scrn(alpha=0.95):
    """Make a cell with slow units s beside the fast ones h.

    Mikolov et al. (2014), "Learning longer memory".

    Equations, with ``init(rng, D, H, S)`` (in the paper B, P, A, R)::

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

    >>> params = scrn().init(np.random.default_rng(0), 2, 7, 4)
    >>> params["W_sh"].shape, scrn().zero_state(3, 7, 4)[0].shape
    ((4, 7), (3, 11))
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha!r}; expected it between 0 and 1")

    def project(params, xs):
        """Both products of the inputs, side by side as the state is."""
        to_h = rows(xs) @ params["W_xh"]
        to_s = rows(xs) @ params["W_xs"] * (1 - alpha)
        axs = np.concatenate([to_h, to_s], axis=1)
        return axs.reshape(*xs.shape[:2], -1)

    def step(params, ax, state):
        H = len(params["W_hh"])
        h, s = np.split(state[0], [H], axis=1)
        ax_h, ax_s = np.split(ax, [H], axis=1)
        s = ax_s + alpha * s
        h = ops.sigmoid(s @ params["W_sh"] + ax_h + h @ params["W_hh"])
        return (np.concatenate([h, s], axis=1),), ()

    def slopes(params, before, after, kept):
        h = after[0][..., : len(params["W_hh"])]
        return (h * (1 - h),)

    def step_backward(params, slopes, dstate):
        (slope,) = slopes
        dh, ds = np.split(dstate[0], [len(params["W_hh"])], axis=1)
        da_h = dh * slope
        ds = ds + da_h @ params["W_sh"].T
        dbefore = np.concatenate([da_h @ params["W_hh"].T, alpha * ds], axis=1)
        return (da_h, ds), (dbefore,)

    def collect(params, xs, before, after, kept, deltas):
        """One product over many steps for each weight matrix, and for dxs."""
        H = len(params["W_hh"])
        x, da_h, ds = rows(xs), rows(deltas[0]), rows(deltas[1])
        da_s = ds * (1 - alpha)
        grads = {
            "W_xh": x.T @ da_h,
            "W_hh": rows(before[0])[:, :H].T @ da_h,
            "W_xs": x.T @ da_s,
            "W_sh": rows(after[0])[:, H:].T @ da_h,
        }
        dx = da_h @ params["W_xh"].T + da_s @ params["W_xs"].T
        return dx.reshape(xs.shape), grads

    return Cell(
        name=f"scrn({alpha})",
        sizes={"D": ("W_xh", 0), "H": ("W_hh", 0), "S": ("W_sh", 0)},
        shapes=shapes,
        states={"h_s": lambda D, H, S: H + S},
        project=project,
        step=step,
        slopes=slopes,
        step_backward=step_backward,
        collect=collect,
    )


SCRN = scrn()
"""``scrn(0.95)``, as in Mikolov et al. (2014).

Sizes D, H, S; state (h_s,), with h_s (B, H + S).
"""
