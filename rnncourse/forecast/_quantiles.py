"""Intervals: a loss whose best answer is a quantile, and how to test it."""

import numpy as np

from rnncourse import arguments


def pinball(ys, targets, quantiles):
    """The quantile loss, and its gradient.

    With ``error = target - y``, for the quantile q::

        loss = q * error          if the forecast was too low
             = (q - 1) * error    if it was too high

    Too low costs q and too high 1 - q, so the cheapest y has a share q of
    the targets below it (Koenker & Bassett 1978). The mean runs over all
    targets and quantiles.

    Parameters
    ----------
    ys : (..., Q), one forecast a quantile
    targets : (...), floats
    quantiles : (Q,), floats between 0 and 1

    Returns
    -------
    loss : float
    dys : (..., Q); 0 where a forecast hits its target

    Raises
    ------
    ValueError
        for shapes that do not fit, a number that is not finite, or a
        quantile that is not between 0 and 1

    >>> loss, dys = pinball([[1.0, 3.0]], [2.0], [0.1, 0.9])
    >>> round(loss, 3), dys
    (0.1, array([[-0.05,  0.05]]))
    """
    quantiles = arguments.array("quantiles", quantiles, ("Q",))
    if not ((quantiles > 0) & (quantiles < 1)).all():
        raise ValueError(
            f"quantiles is {quantiles.tolist()}; expected 0 < q < 1"
        )
    targets = arguments.array("targets", targets)
    shape = (*targets.shape, len(quantiles))
    ys = arguments.array("ys", ys, shape)
    error = targets[..., None] - ys
    q = quantiles.astype(ys.dtype)
    slope = np.where(error > 0, -q, 1 - q) * (error != 0)
    loss = -slope * error  # q * error, or (q - 1) * error
    return float(loss.mean()), (slope / ys.size).astype(ys.dtype)


def coverage(low, high, targets):
    """Return the share of targets that lie in their interval.

    An interval from the 0.1 to the 0.9 quantile should hold 0.8 of them, in
    data it has not seen. Both ends count as inside.

    Parameters
    ----------
    low, high : (...), floats, the two ends
    targets : (...), floats of the same shape

    Returns
    -------
    float

    Raises
    ------
    ValueError
        for other shapes, or an interval whose ends are crossed

    >>> coverage([0.0, 0.0], [1.0, 1.0], [0.5, 3.0])
    0.5
    """
    targets = arguments.array("targets", targets)
    low = arguments.array("low", low, targets.shape)
    high = arguments.array("high", high, targets.shape)
    crossed = low > high
    if crossed.any():
        at = [int(i) for i in np.argwhere(crossed)[0]]
        raise ValueError(f"low is above high at {at}; expected low <= high")
    return float(((low <= targets) & (targets <= high)).mean())
