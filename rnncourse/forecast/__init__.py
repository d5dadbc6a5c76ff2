"""Forecasts: the simple rivals, the scores, and a test that rolls on.

A **forecast** is any function of ``(history, horizon)``: it is given the past,
``(N,)`` or ``(N, D)``, the oldest first, and returns the next `horizon` steps.
The rivals here are such functions, a trained network is wrapped as one, and
`rolling_origin` tests them all alike.
"""

from rnncourse.forecast._backtest import Backtest, rolling_origin
from rnncourse.forecast._quantiles import coverage, pinball
from rnncourse.forecast._rivals import (
    Autoregression,
    persistence,
    seasonal_persistence,
)
from rnncourse.forecast._scores import mae, mase, rmse

__all__ = [
    "Autoregression",
    "Backtest",
    "coverage",
    "mae",
    "mase",
    "persistence",
    "pinball",
    "rmse",
    "rolling_origin",
    "seasonal_persistence",
]
