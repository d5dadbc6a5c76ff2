"""The series that forecasts are tried on: five measured, two made."""

import numpy as np

from rnncourse.data import series

MADE = 1500  # steps of a series that is made


def values_of(task):
    """Return a series, (N,), and which of its steps were measured."""
    rng = np.random.default_rng(0)
    if task == "walk":
        values = series.random_walk(rng, MADE)
    elif task == "mackey_glass":
        values = series.mackey_glass(rng, MADE)
    elif task in ("temperature", "wind"):
        column = "temp_max" if task == "temperature" else "wind"
        values = series.read("weather").column(column)
    else:
        values = series.read(task).values[:, 0]
    return series.fill(values)


def parts_of(task, T):
    """Return training, validation and test, each with what was measured.

    The later two begin with the T + 1 steps a network reads before its first
    forecast of them.
    """
    values, known = values_of(task)
    parts = series.split(values, context=T + 1)
    knowns = series.split(known.astype(float), context=T + 1)
    return [(a, b == 1) for a, b in zip(parts, knowns, strict=True)]
