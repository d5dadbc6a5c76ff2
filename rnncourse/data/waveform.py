"""Waveforms made of modulated sines: say the next sample.

Each wave is a sum of a few sines whose loudness swells and fades slowly, so
what comes next depends on the last few samples and on where in its swell
each sine is. A stand-in, with no recording, for the raw speech of Chung et
al. (2014) and the waveforms of Koutník et al. (2014).
"""

import numpy as np

from rnncourse import arguments

PERIODS = (4.0, 64.0)  #: Samples in one turn of a sine, least and most.
SWELLS = (64.0, 320.0)  #: Samples in one swell of its loudness.
DEPTH = 0.8  #: Loudness goes from 1 - DEPTH to 1 + DEPTH.


def _between(rng, ends, shape):
    """Draw between two periods, every octave equally likely."""
    low, high = np.log(ends)
    return np.exp(rng.uniform(low, high, shape))


def waves(rng, T, B, sines=5):
    """Draw B waves of T samples, their expected square 1.

    ``wave[t] = scale * sum((1 + DEPTH * sin(2 pi t / S_k + q_k))
    * sin(2 pi t / P_k + p_k) for k in range(sines))``

    with periods ``P_k`` from `PERIODS`, ``S_k`` from `SWELLS`, phases from
    the whole circle, all drawn anew for each wave.

    Parameters
    ----------
    rng : np.random.Generator
    T : int, samples
    B : int, waves
    sines : int, how many are summed

    Returns
    -------
    xs : (T, B, 1)

    Raises
    ------
    ValueError
        if a size is not a positive integer

    >>> waves(np.random.default_rng(0), T=320, B=2).shape
    (320, 2, 1)
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    sines = arguments.size("sines", sines)
    t = np.arange(T)[:, None, None]
    shape = (B, sines)
    turns = t / _between(rng, PERIODS, shape) + rng.random(shape)
    swells = t / _between(rng, SWELLS, shape) + rng.random(shape)
    loudness = 1 + DEPTH * np.sin(2 * np.pi * swells)
    xs = loudness * np.sin(2 * np.pi * turns)  # (T, B, sines)
    scale = np.sqrt(2 / sines / (1 + DEPTH**2 / 2))
    return scale * xs.sum(axis=-1, keepdims=True)


def batch(rng, T, B, sines=5, noise=0.0):
    """Draw waves and, for each sample, the sample that follows.

    Parameters
    ----------
    rng : np.random.Generator
    T, B, sines : ints, as in `waves`
    noise : float >= 0, standard deviation of what is added to the inputs
        (the targets stay clean)

    Returns
    -------
    xs : (T, B, 1)
    targets : (T, B, 1), ``targets[t] = xs[t + 1]`` where there is no noise

    Raises
    ------
    ValueError
        if a size is not a positive integer or the noise is negative

    >>> xs, targets = batch(np.random.default_rng(0), T=50, B=3)
    >>> bool((xs[1:] == targets[:-1]).all())
    True
    """
    noise = arguments.amount("noise", noise)
    T = arguments.size("T", T)
    xs = waves(rng, T + 1, B, sines)
    targets = xs[1:]
    return xs[:-1] + noise * rng.standard_normal(targets.shape), targets
