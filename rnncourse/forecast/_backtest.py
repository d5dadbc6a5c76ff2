"""A test that rolls on: forecast, wait, see, forecast again."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.forecast._rivals import checked


@dataclass(frozen=True, eq=False)
class Backtest:
    """What was forecast from each origin, and what came.

    Parameters
    ----------
    origins : (n,), ints, how many steps were known
    forecasts, targets : (n, horizon) or (n, horizon, D)
    """

    origins: np.ndarray
    forecasts: np.ndarray
    targets: np.ndarray


def rolling_origin(values, forecast, first, horizon=1, every=1):
    """Forecast from one origin after the other, each with its own past.

    ::

        known       | forecast
        ............|***                 origin = first
        .............|***                origin = first + every
        ..............|***               ...

    From each origin the forecast is given ``values[:origin]`` and nothing
    else, so it cannot look ahead.

    Parameters
    ----------
    values : (N,) or (N, D), floats without gaps
    forecast : function of (history, horizon)
    first : int, the first origin, at least 1
    horizon : int, steps that are forecast from each
    every : int, steps from one origin to the next

    Returns
    -------
    Backtest

    Raises
    ------
    ValueError
        for a gap, a horizon below 1, a series that ends before the first
        forecast does, or a forecast of another shape

    >>> test = rolling_origin([1.0, 2.0, 4.0], lambda past, _: past[-1:], 1)
    >>> test.forecasts.ravel(), test.targets.ravel()
    (array([1., 2.]), array([2., 4.]))
    """
    values = checked("values", values)
    horizon = arguments.size("horizon", horizon)
    first = arguments.size("first", first)
    every = arguments.size("every", every)
    if len(values) < first + horizon:
        raise ValueError(
            f"values has {len(values)} steps; expected at least "
            f"first + horizon, {first + horizon}"
        )
    origins = np.arange(first, len(values) - horizon + 1, every)
    forecasts, targets = [], []
    for origin in origins:
        target = values[origin : origin + horizon]
        y = np.asarray(forecast(values[:origin].copy(), horizon))
        if y.shape != target.shape:
            raise ValueError(
                f"forecast returned shape {y.shape}; expected {target.shape}"
            )
        forecasts.append(y)
        targets.append(target)
    return Backtest(origins, np.array(forecasts), np.array(targets))
