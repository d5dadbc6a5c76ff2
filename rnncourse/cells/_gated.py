"""What all gated cells share: their matrix products, and one tanh."""

from functools import lru_cache

import numpy as np

from rnncourse.cells._cell import Cell, rows


def gated(*, forward, backward, width, **fields):
    """Make a cell of element-wise gates: the products are the same for all.

    Equation: ``state = forward(x @ W_xh + b_x, h @ W_hh + b_h, state)``,
    with W_xh (D, width·H), W_hh (H, width·H), biases (width·H,).

    Parameters
    ----------
    forward : ``forward(params, ax, ah, state) -> (state, kept)``; ax and ah
        (B, width·H) are its own: it may overwrite them
    backward : ``backward(params, slopes, dstate) -> (dax, dah, dstate)``,
        the returned gradient of the state before without the product's part
    width : int, gates per unit
    fields : other fields of `Cell`, or others in the place of these
    """

    def step(params, ax, state):
        ah = state[0] @ params["W_hh"]
        ah += params["b_h"]
        return forward(params, ax, ah, state)

    def step_backward(params, slopes, dstate):
        dax, dah, (dh, *others) = backward(params, slopes, dstate)
        dh = dh + dah @ params["W_hh"].T
        return ((dax,) if dax is dah else (dax, dah)), (dh, *others)

    common = {
        "sizes": {"D": ("W_xh", 0), "H": ("W_hh", 0)},
        "shapes": lambda D, H: shapes(D, H, width),
        "states": {"h": lambda D, H: H},
        "project": project,
        "step": step,
        "step_backward": step_backward,
        "collect": collect,
    }
    return Cell(**{**common, **fields})


def shapes(D, H, width):
    return {
        "W_xh": (D, width * H),
        "W_hh": (H, width * H),
        "b_x": (width * H,),
        "b_h": (width * H,),
    }


def project(params, xs):
    """``xs @ W_xh + b_x``: one product for all T steps."""
    axs = rows(xs) @ params["W_xh"]
    axs += params["b_x"]
    return axs.reshape(*xs.shape[:2], -1)


def collect(params, xs, before, after, kept, deltas):
    """One product over all T steps for each weight matrix, and for dxs."""
    dax, dah = rows(deltas[0]), rows(deltas[-1])
    grads = {
        "W_xh": rows(xs).T @ dax,
        "W_hh": rows(before[0]).T @ dah,
        "b_x": dax.sum(axis=0),
        "b_h": dah.sum(axis=0),
    }
    return (dax @ params["W_xh"].T).reshape(xs.shape), grads


def parts(a, k):
    """Return the k equal parts of the last axis, as views."""
    n = a.shape[-1] // k
    return [a[..., j * n : (j + 1) * n] for j in range(k)]


def squash(a, *kinds):
    """Apply "sigmoid" or "tanh" to equal parts of a, in place, by one tanh.

    As ``sigmoid(a) = 0.5 + 0.5 * tanh(0.5 * a)``, both functions are
    ``shift + scale * tanh(scale * a)``.
    """
    scale, shift = _scale_and_shift(kinds, a.shape[-1], a.dtype)
    a *= scale
    np.tanh(a, out=a)
    a *= scale
    a += shift
    return a


@lru_cache
def _scale_and_shift(kinds, width, dtype):
    scale = [{"sigmoid": 0.5, "tanh": 1.0}[kind] for kind in kinds]
    scale = np.repeat(np.array(scale, dtype), width // len(kinds))
    return scale, 1 - scale
