"""What every network has to beat: as it is, as it was, and a straight line."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments


def persistence(history, horizon=1):
    """Say that all stays as it is.

    Parameters
    ----------
    history : (N,) or (N, D), floats, the oldest first
    horizon : int, steps to forecast

    Returns
    -------
    (horizon,) or (horizon, D)

    Raises
    ------
    ValueError
        for a gap in the history, or a horizon below 1

    >>> persistence([1.0, 5.0], horizon=2)
    array([5., 5.])
    """
    return seasonal_persistence(history, horizon, season=1)


def seasonal_persistence(history, horizon, season):
    """Say that all is as it was a season ago: the same month, last year.

    Beyond one season the last one is repeated.

    Parameters
    ----------
    history : (N,) or (N, D), floats, the oldest first
    horizon : int, steps to forecast
    season : int, steps in a season, at most N

    Returns
    -------
    (horizon,) or (horizon, D)

    Raises
    ------
    ValueError
        for a gap in the history, a horizon below 1, or a season longer
        than the history

    >>> seasonal_persistence([9.0, 1.0, 2.0, 3.0], horizon=4, season=3)
    array([1., 2., 3., 1.])
    """
    history = checked("history", history)
    horizon = arguments.size("horizon", horizon)
    season = arguments.size("season", season)
    if season > len(history):
        raise ValueError(
            f"season is {season}; expected at most the {len(history)} steps "
            "of history"
        )
    return history[-season:][np.arange(horizon) % season]


@dataclass(frozen=True, eq=False)
class Autoregression:
    """The next step as a weighted sum of the last p steps.

    ``y = intercept + sum over k of history[-1 - k] @ weights[k]``

    With D columns each one is forecast from all of them. Many steps ahead
    are forecast recursively: each forecast is read as if it had happened.

    Parameters
    ----------
    intercept : (D,)
    weights : (p, D, D), the last step's first
    """

    intercept: np.ndarray
    weights: np.ndarray

    @classmethod
    def fit(cls, values, order):
        """Choose the weights with the least squared error, in one solution.

        Parameters
        ----------
        values : (N,) or (N, D), floats, the training part
        order : int, p, how many steps are read

        Returns
        -------
        Autoregression

        Raises
        ------
        ValueError
            for a gap, a constant column, or a series with fewer examples
            than weights

        >>> model = Autoregression.fit(2.0 ** np.arange(6), order=1)
        >>> model.weights.round(6).ravel()
        array([2.])
        """
        values = checked("values", values)
        order = arguments.size("order", order)
        values = values.reshape(len(values), -1)
        N, D = values.shape
        if N - order < order * D + 1:
            raise ValueError(
                f"values has {N} steps; expected at least "
                f"{order * (D + 1) + 1} for order {order}"
            )
        flat = np.flatnonzero(np.ptp(values, axis=0) == 0)
        if flat.size:
            which = "values is" if D == 1 else f"column {flat[0]} of values is"
            raise ValueError(
                f"{which} constant; expected at least two different numbers"
            )
        lags = [values[order - 1 - k : N - 1 - k] for k in range(order)]
        rows = np.concatenate([*lags, np.ones((N - order, 1))], axis=1)
        best = np.linalg.lstsq(rows, values[order:], rcond=None)[0]
        return cls(best[-1], best[:-1].reshape(order, D, D))

    def forecast(self, history, horizon=1):
        """Forecast step after step.

        Parameters
        ----------
        history : (N,) or (N, D), floats, at least p steps
        horizon : int

        Returns
        -------
        (horizon,) or (horizon, D)

        Raises
        ------
        ValueError
            for a gap, a history that is too short or has other columns, or
            a horizon below 1
        """
        history = checked("history", history)
        horizon = arguments.size("horizon", horizon)
        p, D, _ = self.weights.shape
        if len(history) < p or history[0].size != D:
            raise ValueError(
                f"history has shape {history.shape}; "
                f"expected at least {p} steps of {D}"
            )
        steps = history[-p:].reshape(p, D)
        for _ in range(horizon):
            lags = steps[: -p - 1 : -1]  # the last step first
            y = self.intercept + np.einsum("kd,kde->e", lags, self.weights)
            steps = np.concatenate([steps, y[None]])
        return steps[p:].reshape(horizon, *history.shape[1:])


def checked(name, values):
    """Return a series (N,) or (N, D) of finite floats."""
    values = np.asarray(values)
    shape = ("N", "D") if values.ndim == 2 else ("N",)
    return arguments.array(name, values, shape)
