"""What all gated cells share: their matrix products."""

from rnncourse.cells._cell import Cell


def gated(*, forward, backward, width, **fields):
    """Make a cell of element-wise gates: the products are the same for all.

    Equation: ``state = forward(x @ W_xh + b_x, h @ W_hh + b_h, state)``,
    with W_xh (D, width·H), W_hh (H, width·H), biases (width·H,).

    Parameters
    ----------
    forward : ``forward(params, ax, ah, state) -> (state, kept)``; ax and ah
        (B, width·H) are its own: it may overwrite them
    backward : ``backward(params, slopes, dstate) -> (dax, dah,
        dstate_before)``, where ``dstate_before[0]`` leaves the product out
    width : int, gates per unit
    fields : the rest of `Cell`
    """

    def shapes(D, H):
        return {
            "W_xh": (D, width * H),
            "W_hh": (H, width * H),
            "b_x": (width * H,),
            "b_h": (width * H,),
        }

    def project(params, xs):
        T, B, D = xs.shape
        axs = xs.reshape(T * B, D) @ params["W_xh"]
        axs += params["b_x"]
        return axs.reshape(T, B, -1)

    def step(params, ax, state):
        ah = state[0] @ params["W_hh"]
        ah += params["b_h"]
        return forward(params, ax, ah, state)

    def step_backward(params, slopes, dstate):
        dax, dah, dstate = backward(params, slopes, dstate)
        dh = dah @ params["W_hh"].T
        if dstate[0] is not None:
            dh += dstate[0]
        return (dax,) if dax is dah else (dax, dah), (dh, *dstate[1:])

    def collect(params, xs, before, after, kept, deltas):
        T, B, D = xs.shape
        hs = before[0].reshape(T * B, -1)
        dax, dah = (d.reshape(T * B, -1) for d in (deltas[0], deltas[-1]))
        grads = {
            "W_xh": xs.reshape(T * B, D).T @ dax,
            "W_hh": hs.T @ dah,
            "b_x": dax.sum(axis=0),
            "b_h": dah.sum(axis=0),
        }
        return (dax @ params["W_xh"].T).reshape(T, B, D), grads

    fields.setdefault("shapes", shapes)
    fields.setdefault("collect", collect)
    return Cell(
        sizes={"D": ("W_xh", 0), "H": ("W_hh", 0)},
        project=project,
        step=step,
        step_backward=step_backward,
        **fields,
    )


def parts(a, k):
    """Return the k equal parts of the last axis, as views."""
    H = a.shape[-1] // k
    return [a[..., j * H : (j + 1) * H] for j in range(k)]
