"""From one long series to examples, without a look into the future."""

import numpy as np

from rnncourse import arguments


def split(values, valid=0.2, test=0.2, context=0):
    """Cut a series in time: the past trains, the future tests.

    Parameters
    ----------
    values : (N,) or (N, D), floats, the oldest first
    valid, test : floats above 0, the shares of the two later parts
    context : int, steps before the start of "valid" and "test" that are
        put in front of them: what is known when their first step is forecast

    Returns
    -------
    train, valid, test : arrays, without their context one after the other

    Raises
    ------
    ValueError
        for shares that leave a part empty, or less training than context

    >>> train, valid, test = split(np.arange(10.0), context=2)
    >>> train, valid, test
    (array([0., 1., 2., 3., 4., 5.]),
     array([4., 5., 6., 7.]), array([6., 7., 8., 9.]))
    """
    values = checked(values, gaps=True)
    arguments.size("context", context, 0)
    N = len(values)
    n_valid = round(N * _share("valid", valid))
    n_test = round(N * _share("test", test))
    n_train = N - n_valid - n_test
    if min(n_train, n_valid, n_test) < 1 or n_train < context:
        raise ValueError(
            f"values has {N} steps, which gives {n_train} for training, "
            f"{n_valid} and {n_test}; expected at least 1 each, and "
            f"context, {context}, for training"
        )
    end = n_train + n_valid
    return (
        values[:n_train],
        values[n_train - context : end],
        values[end - context :],
    )


def fill(values):
    """Fill each gap with the last number known before it.

    A line drawn to the next known number would use that number before it
    was measured.

    Parameters
    ----------
    values : (N,) or (N, D), floats, NaN for a gap

    Returns
    -------
    filled : array of the same shape, without gaps
    known : booleans of the same shape, False where there was a gap

    Raises
    ------
    ValueError
        if a series begins with a gap: nothing is known before it

    >>> fill([1.0, np.nan, np.nan, 4.0])
    (array([1., 1., 1., 4.]), array([ True, False, False,  True]))
    """
    values = checked(values, gaps=True)
    known = ~np.isnan(values)
    if not known[0].all():
        raise ValueError(
            "values begins with a gap; expected a number to fill with"
        )
    steps = np.arange(len(values)).reshape(-1, *[1] * (values.ndim - 1))
    last = np.maximum.accumulate(np.where(known, steps, 0))  # of the known
    return np.take_along_axis(values, last, axis=0), known


def windows(values, T, horizon=1, known=None):
    """Cut out every run of T steps, and the steps that follow it.

    All of a window lies within `values`: windows of one part of a series
    never cross into another part.

    Parameters
    ----------
    values : (N,) or (N, D), floats without gaps; (N,) gives D = 1
    T : int, steps that are read
    horizon : int, steps that are to be forecast
    known : None, or (N,) booleans: a window is left out where one of its
        targets is not known

    Returns
    -------
    xs : (T, B, D), every window, the oldest first
    targets : (horizon, B, D), what follows each

    Raises
    ------
    ValueError
        for a series with a gap, or one shorter than T + horizon

    >>> xs, targets = windows([1.0, 2.0, 3.0, 4.0], T=2)
    >>> xs[..., 0].T, targets[..., 0].T
    (array([[1., 2.], [2., 3.]]), array([[3.], [4.]]))
    """
    values = checked(values)
    T, horizon = arguments.size("T", T), arguments.size("horizon", horizon)
    N, length = len(values), T + horizon
    if N < length:
        raise ValueError(
            f"values has {N} steps; expected at least T + horizon, {length}"
        )
    steps = np.arange(length)[:, None] + np.arange(N - length + 1)
    if known is not None:
        known = arguments.shaped("known", np.asarray(known), (N,))
        if known.dtype != bool:
            raise ValueError(f"known has dtype {known.dtype}; expected bool")
        steps = steps[:, known[steps[T:]].all(axis=0)]
        if not steps.size:
            raise ValueError("known leaves no window; expected at least one")
    pieces = values.reshape(N, -1)[steps]
    return pieces[:T], pieces[T:]


def checked(values, name="values", gaps=False):
    """Return an array (N,) or (N, D); NaN only where gaps are expected."""
    values = np.asarray(values)
    shape = ("N", "D") if values.ndim == 2 else ("N",)
    if not gaps and values.dtype.kind == "f" and np.isnan(values).any():
        at = [int(i) for i in np.argwhere(np.isnan(values))[0]]
        raise ValueError(
            f"{name} has a gap (NaN) at {at}; "
            "expected none: fill it (series.fill) or cut it off"
        )
    known = np.where(np.isnan(values), 0, values) if gaps else values
    arguments.array(name, known, shape)
    return values


def _share(name, share):
    """Return a share if it lies between 0 and 1."""
    if not 0 < arguments.amount(name, share) < 1:
        raise ValueError(f"{name} is {share}; expected 0 < {name} < 1")
    return share
