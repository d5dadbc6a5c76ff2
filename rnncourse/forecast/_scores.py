"""How far off: in the series' unit, and beside the simplest rival."""

import numpy as np

from rnncourse import arguments


def mae(forecasts, targets):
    """Return the mean absolute error, in the unit of the series.

    Parameters
    ----------
    forecasts, targets : (...), floats of one shape

    Returns
    -------
    float

    Raises
    ------
    ValueError
        for two shapes, or a number that is not finite

    >>> mae([1.0, 2.0], [1.0, 5.0])
    1.5
    """
    return float(np.abs(_errors(forecasts, targets)).mean())


def rmse(forecasts, targets):
    """Return the root of the mean squared error: large errors weigh more.

    Parameters
    ----------
    forecasts, targets : (...), floats of one shape

    Returns
    -------
    float, in the unit of the series

    Raises
    ------
    ValueError
        for two shapes, or a number that is not finite

    >>> round(rmse([1.0, 2.0], [1.0, 5.0]), 3)
    2.121
    """
    return float(np.sqrt(np.square(_errors(forecasts, targets)).mean()))


def mase(forecasts, targets, train, season=1):
    """Return the error in units of what persistence errs in training.

    ``mase = mae(forecasts, targets) / mean |train[n] - train[n - season]|``
    (Hyndman & Koehler 2006). It has no unit, so series can be compared. The
    divisor is an error one step (one season) ahead, in the training part:
    1 does not mean "as good as persistence in the test".

    Parameters
    ----------
    forecasts, targets : (...), floats of one shape
    train : (N,), floats, the training part
    season : int, less than N; 1 measures by plain persistence

    Returns
    -------
    float

    Raises
    ------
    ValueError
        for two shapes, a gap, a season that is too long, or a training part
        in which persistence is never wrong, such as a constant one

    >>> mase([4.0], [6.0], train=[1.0, 2.0, 1.0])
    2.0
    """
    train = arguments.array("train", train, ("N",))
    season = arguments.size("season", season)
    if season >= len(train):
        raise ValueError(
            f"season is {season}; expected less than the {len(train)} steps "
            "of train"
        )
    usual = np.abs(train[season:] - train[:-season]).mean()
    if usual == 0:
        raise ValueError(
            f"train repeats itself after {season} steps without an error; "
            "expected a series that is not constant"
        )
    return mae(forecasts, targets) / float(usual)


def _errors(forecasts, targets):
    """Return the differences of two arrays of one shape."""
    forecasts = arguments.array("forecasts", forecasts)
    targets = arguments.array("targets", targets, forecasts.shape)
    return forecasts - targets
