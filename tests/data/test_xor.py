"""Elman's stream: every third bit is determined, the others are coins."""

import numpy as np
import pytest

from rnncourse.data import xor


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("T", range(1, 9))
def test_every_third_bit_is_the_xor_of_two(T):
    xs, targets, determined = xor.batch(rng(), T, 3)
    assert xs.shape == targets.shape == (T, 3, 1)
    assert determined.shape == (T,)
    bits = np.concatenate([xs, targets[-1:]])
    np.testing.assert_array_equal(bits[1:], targets)
    for t in range(T):
        assert determined[t] == (t + 1 in (2, 5, 8))
        if determined[t]:
            np.testing.assert_array_equal(
                targets[t], np.logical_xor(bits[t], bits[t - 1])
            )


def test_bits_and_pairs_are_fair():
    xs, _, _ = xor.batch(rng(), 3000, 10)
    assert abs(xs.mean() - 0.5) < 0.02
    for i, j in ((0, 1), (0, 2), (1, 2)):  # any two of three tell nothing
        both = xs[i::3] * xs[j::3]
        assert abs(both.mean() - 0.25) < 0.02


def test_same_seed_same_bits():
    first, again = (xor.batch(rng(1), 20, 2)[0] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (first != xor.batch(rng(2), 20, 2)[0]).any()


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((3, 5, 3), "rng is 3"),
        ((rng(), 0, 3), "T is 0"),
        ((rng(), 5, 1.5), "B is 1.5"),
    ]:
        with pytest.raises(ValueError, match=said):
            xor.batch(*arguments)
