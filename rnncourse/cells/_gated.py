"""What all gated cells share: their matrix products, and one tanh."""

from functools import lru_cache

import numpy as np

from rnncourse.cells._cell import Cell, rows


def gated(*, forward, backward, width, **fields):
    """Make a cell of element-wise gates: the products are the same for all.

    Equation: ``state = forward(x @ W_xh + b_x + b_h, h @ W_hh, state)``, with
    W_xh (D, width·H), W_hh (H, width·H) and both biases (width·H,).

    Parameters
    ----------
    forward : ``forward(params, ax, ah, state) -> (state, kept)``; ax and ah
        (B, width·H) are its own: it may overwrite them
    backward : ``backward(params, slopes, dstate) -> (dax, dah, dstate)``; in
        dstate, dh is what goes back past the product, None if nothing
    width : int, gates per unit
    fields : other fields of `Cell`, or others in the place of these
    """

    def step(params, ax, state):
        return forward(params, ax, state[0] @ params["W_hh_columns"], state)

    def step_backward(params, slopes, dstate):
        dax, dah, (dh_past, *others) = backward(params, slopes, dstate)
        dh = dah @ params["W_hh"].T
        if dh_past is not None:
            dh += dh_past
        return ((dax,) if dax is dah else (dax, dah)), (dh, *others)

    common = {
        "sizes": {"D": ("W_xh", 0), "H": ("W_hh", 0)},
        "shapes": lambda D, H: shapes(D, H, width),
        "states": {"h": lambda D, H: H},
        "prepare": prepare,
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


def prepare(params):
    """Add W_hh by columns: OpenBLAS multiplies h by it faster (float64)."""
    return {**params, "W_hh_columns": np.asfortranarray(params["W_hh"])}


def project(params, xs):
    """``xs @ W_xh + b_x + b_h``: one product for all T steps."""
    axs = rows(xs) @ params["W_xh"]
    axs += params["b_x"] + params["b_h"]
    return axs.reshape(*xs.shape[:2], -1)


def collect(params, xs, before, after, kept, deltas):
    """One product over many steps for each weight matrix, and for dxs."""
    dax, dah = rows(deltas[0]), rows(deltas[-1])  # only the GRU has two
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
    """Apply "sigmoid" or "tanh" to equal parts of a, in place; return them.

    One tanh does for all: ``sigmoid(a) = 0.5 + 0.5 * tanh(0.5 * a)``, so both
    functions are ``shift + scale * tanh(scale * a)``.
    """
    scale, shift = _scale_and_shift(kinds, a.shape, a.dtype)
    a *= scale
    np.tanh(a, out=a)
    a *= scale
    a += shift
    return parts(a, len(kinds))


@lru_cache(maxsize=32)
def _scale_and_shift(kinds, shape, dtype):
    scale = [{"sigmoid": 0.5, "tanh": 1.0}[kind] for kind in kinds]
    scale = np.repeat(np.array(scale, dtype), shape[-1] // len(kinds))
    scale = np.tile(scale, (*shape[:-1], 1))  # faster than a broadcast row
    return scale, 1 - scale
