"""The adding problem: two marks, their sum, and what guessing costs."""

import numpy as np
import pytest

from rnncourse.data import adding


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("T, B", [(2, 1), (5, 3), (100, 50)])
def test_targets_are_the_sum_of_the_two_marked_numbers(T, B):
    xs, targets = adding.batch(rng(), T, B)
    assert xs.shape == (T, B, 2) and targets.shape == (B, 1)
    assert xs.dtype == targets.dtype == np.float64
    for b in range(B):
        marked = [x for x, mark in xs[:, b] if mark == 1.0]
        assert len(marked) == 2
        assert set(xs[:, b, 1]) <= {0.0, 1.0}
        np.testing.assert_allclose(targets[b, 0], sum(marked), rtol=1e-12)
    assert 0 <= xs[:, :, 0].min() and xs[:, :, 0].max() < 1


def test_same_seed_same_batch():
    first, again, other = (adding.batch(rng(s), 9, 4) for s in (1, 1, 2))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert (first[0] != other[0]).any()


def test_every_pair_of_steps_is_equally_likely():
    xs, _ = adding.batch(rng(), 4, 12000)
    first, second = np.nonzero(xs[:, :, 1].T)[1].reshape(-1, 2).T
    assert (first < second).all()
    counts = np.bincount(4 * first + second)
    np.testing.assert_allclose(counts[counts > 0], 2000, rtol=0.1)
    assert (counts > 0).sum() == 6


def test_baseline_is_the_error_of_always_one():
    _, targets = adding.batch(rng(), 20, 100000)
    assert abs(targets.mean() - 1) < 0.01
    assert abs(np.mean((targets - 1) ** 2) - adding.BASELINE) < 0.002


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((0, 5, 3), "rng is 0"),
        ((rng(), 1, 3), "T is 1; expected an integer of at least 2"),
        ((rng(), 5, 0), "B is 0"),
        ((rng(), 5.0, 3), "T is 5.0"),
    ],
)
def test_nonsense_arguments_are_named(arguments, said):
    with pytest.raises(ValueError, match=said):
        adding.batch(*arguments)
