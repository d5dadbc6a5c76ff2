"""Layer norm: every vector for itself, to mean 0 and variance 1.

Unlike batch norm it needs no other sequence and no other step, so it works
inside a recurrence (Ba et al. 2016).
"""

import numpy as np

from rnncourse import arguments

EPS = 1e-5  #: Added to the variance, as torch does: no division by zero.


def init(H, dtype=np.float64):
    """Start without effect: all gains 1, all shifts 0.

    Parameters
    ----------
    H : int, the size of a vector
    dtype : float64 or float32

    Returns
    -------
    dict: gain (H,) and shift (H,)

    Raises
    ------
    ValueError
        for a size below 1 or another dtype

    >>> init(2)
    {'gain': array([1., 1.]), 'shift': array([0., 0.])}
    """
    H, dtype = arguments.size("H", H), arguments.dtype("dtype", dtype)
    return {"gain": np.ones(H, dtype), "shift": np.zeros(H, dtype)}


def forward(params, xs):
    """Subtract the mean, divide by the spread, then scale and shift. ::

        normal = (xs - mean) / sqrt(variance + EPS)     over the last axis
        ys = normal * gain + shift

    Parameters
    ----------
    params : dict from `init`
    xs : (..., H), any leading axes

    Returns
    -------
    ys : (..., H)
    kept : tuple for `backward`: normal (..., H) and spread (..., 1)

    Raises
    ------
    ValueError
        if names or sizes do not fit, or a number is not finite

    >>> ys, _ = forward(init(2), np.array([[1.0, 3.0]]))
    >>> ys.round(4)
    array([[-1.,  1.]])
    """
    gain, shift, xs = _checked(params, "xs", xs)
    xs = xs - xs.mean(axis=-1, keepdims=True)
    spread = np.sqrt((xs * xs).mean(axis=-1, keepdims=True) + EPS)
    normal = xs / spread
    return normal * gain + shift, (normal, spread)


def backward(params, kept, dys):
    """The backward pass of `forward`.

    With ``d = dys * gain``: ``dxs = (d - mean(d) - normal * mean(d *
    normal)) / spread``. What a shift or a scaling of xs would change is
    taken out, since neither changes ys.

    Parameters
    ----------
    params : as given to `forward`
    kept : from `forward`
    dys : (..., H), the loss's gradient at ys

    Returns
    -------
    dxs : (..., H)
    grads : dict, named as params

    Raises
    ------
    ValueError
        as `forward`
    """
    gain, _, dys = _checked(params, "dys", dys)
    normal, spread = kept
    arguments.shaped("dys", dys, normal.shape)
    d = dys * gain
    along = (d * normal).mean(axis=-1, keepdims=True)
    dxs = (d - d.mean(axis=-1, keepdims=True) - normal * along) / spread
    H = len(gain)
    rows, dy = normal.reshape(-1, H), dys.reshape(-1, H)
    return dxs, {"gain": (rows * dy).sum(axis=0), "shift": dy.sum(axis=0)}


def _checked(params, name, xs):
    arguments.names("params", params, ("gain", "shift"))
    gain = arguments.array("gain", params["gain"], ("H",))
    shift = arguments.array("shift", params["shift"], gain.shape)
    *leading, _ = np.shape(xs) or (0,)
    return gain, shift, arguments.array(name, xs, (*leading, len(gain)))
