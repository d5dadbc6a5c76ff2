"""Two series that are made: one nobody can forecast, one that has a law."""

import numpy as np

from rnncourse import arguments

STEP = 0.1  # of the integration, in units of time


def random_walk(rng, N):
    """Make a walk: every step is drawn anew, so nothing foretells it.

    ``values[n] = values[n - 1] + step[n]``, the steps normal with mean 0 and
    standard deviation 1. The best forecast of the next value is this one.

    Parameters
    ----------
    rng : np.random.Generator
    N : int, how many values

    Returns
    -------
    values : (N,)

    Raises
    ------
    ValueError
        if N is no integer of at least 1

    >>> random_walk(np.random.default_rng(0), 3).round(2)
    array([ 0.13, -0.01,  0.63])
    """
    arguments.rng("rng", rng)
    return np.cumsum(rng.normal(size=arguments.size("N", N)))


def mackey_glass(rng, N, every=6, delay=17.0):
    """Make a series that follows a law and is hard to foretell all the same.

    The equation of Mackey & Glass (1977), a model of blood cells::

        dx/dt = 0.2 * x(t - delay) / (1 + x(t - delay)**10) - 0.1 * x(t)

    With a delay of 17 it is chaotic: two runs that start a little apart drift
    apart. Before t = 0 all of x is one number, drawn from [0.9, 1.3); the
    first 500 units of time are thrown away.

    Parameters
    ----------
    rng : np.random.Generator
    N : int, how many values
    every : int, units of time between two of them
    delay : float above 0, rounded to a multiple of the step, 0.1

    Returns
    -------
    values : (N,), between about 0.2 and 1.4

    Raises
    ------
    ValueError
        for a size below 1, or a delay below one step

    >>> mackey_glass(np.random.default_rng(0), 3).shape
    (3,)
    """
    arguments.rng("rng", rng)
    arguments.size("N", N)
    arguments.size("every", every)
    lag = round(arguments.amount("delay", delay) / STEP)
    if lag < 1:
        raise ValueError(f"delay is {delay}; expected at least {STEP}")
    skipped, apart = round(500 / STEP), round(every / STEP)
    start = rng.uniform(0.9, 1.3)
    x = _integrate(start, skipped + N * apart, lag)
    return np.array(x[lag + skipped :: apart][:N])


def _integrate(start, steps, lag, gain=0.2, loss=0.1, h=STEP):
    """Return lag + 1 times `start` and `steps` values more (Heun's rule).

    Each step takes the mean of the slopes at its two ends; the delayed value
    is known at both.
    """
    x = [start] * (lag + 1)
    for n in range(steps):
        old, now = x[n], x[n + 1]  # at t - delay, and a step later
        fed = gain * old / (1 + old**10)
        fed_next = gain * now / (1 + now**10)
        slope = fed - loss * x[-1]
        slope_next = fed_next - loss * (x[-1] + h * slope)
        x.append(x[-1] + h * (slope + slope_next) / 2)
    return x
