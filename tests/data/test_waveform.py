"""Waveforms: the next sample is the target, the energy is where it is said."""

import numpy as np
import pytest

from rnncourse.data import waveform


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("T, B", [(1, 1), (5, 3), (50, 2)])
def test_targets_are_the_next_samples(T, B):
    xs, targets = waveform.batch(rng(), T, B)
    assert xs.shape == targets.shape == (T, B, 1)
    wave = waveform.waves(rng(), T + 1, B)
    np.testing.assert_array_equal(xs, wave[:-1])
    np.testing.assert_array_equal(targets, wave[1:])


def test_expected_square_is_one_for_any_number_of_sines():
    for sines in (1, 5, 20):
        xs = waveform.waves(rng(), 400, 800, sines)
        assert abs(np.mean(xs**2) - 1) < 0.05
        assert abs(xs.mean()) < 0.02


def test_a_wave_is_a_few_sines_with_swells():
    # A modulated sine is three sines: w and w +- s. So with one sine a wave
    # obeys a linear recurrence of order 6, and of no lower one.
    xs = waveform.waves(rng(), 200, 1, sines=1)[:, 0, 0]
    for order, exact in ((6, True), (4, False)):
        past = np.stack([xs[i : i + 200 - order] for i in range(order)], 1)
        weights, *_ = np.linalg.lstsq(past, xs[order:], rcond=None)
        error = np.abs(past @ weights - xs[order:]).max()
        assert (error < 1e-6) == exact


def test_periods_lie_between_those_named():
    shortest, longest = waveform.PERIODS
    slow = 1 / waveform.SWELLS[0]
    T = 4096
    for seed in range(5):
        xs = waveform.waves(rng(seed), T, 1)[:, 0, 0] * np.hanning(T)
        power = np.abs(np.fft.rfft(xs)) ** 2
        frequency = np.arange(len(power)) / T
        low, high = 1 / longest - slow, 1 / shortest + slow
        inside = (frequency >= low - 2 / T) & (frequency <= high + 2 / T)
        assert power[inside].sum() > 0.999 * power.sum()


def test_noise_is_added_to_the_inputs_alone():
    clean, targets = waveform.batch(rng(), 300, 20)
    noisy, same = waveform.batch(rng(), 300, 20, noise=0.2)
    np.testing.assert_array_equal(targets, same)
    assert abs((noisy - clean).std() - 0.2) < 0.01


def test_same_seed_same_waves():
    first, again, other = (waveform.waves(rng(s), 9, 2) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((3, 5, 3), "rng is 3"),
        ((rng(), 0, 3), "T is 0"),
        ((rng(), 5, 0), "B is 0"),
        ((rng(), 5, 3, 0), "sines is 0"),
        ((rng(), 5, 3, 1, -0.1), "noise is -0.1; expected a number >= 0"),
        ((rng(), 5, 3, 1, float("nan")), "noise is nan"),
        ((rng(), 5, 3, 1, "loud"), "noise is 'loud'"),
    ]:
        with pytest.raises(ValueError, match=said):
            waveform.batch(*arguments)
