"""Parity: each target is the parity of the bits up to it."""

import numpy as np
import pytest

from rnncourse.data import parity


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("T", [1, 2, 9])
def test_a_one_turns_the_answer_round_and_a_zero_does_not(T):
    bits, targets = parity.batch(rng(), T, 3)
    assert bits.shape == targets.shape == (T, 3)
    before = np.vstack([np.zeros((1, 3), int), targets[:-1]])
    assert np.array_equal(targets != before, bits == 1)
    assert set(np.unique(targets)) <= {0, 1}


def test_both_answers_are_equally_frequent_at_the_end():
    _, targets = parity.batch(rng(), 30, 4000)
    assert abs(targets[-1].mean() - 0.5) < 0.03


def test_it_depends_on_the_seed_alone():
    first, again = (parity.batch(rng(1), 20, 2)[0] for _ in "ab")
    assert (first == again).all()
    assert (first != parity.batch(rng(2), 20, 2)[0]).any()


@pytest.mark.parametrize(
    "arguments, words",
    [((3, 5, 2), "rng"), ((rng(), 0, 2), "T is 0"), ((rng(), 5, 0.5), "B is")],
    ids=range(3),
)
def test_what_is_no_size_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        parity.batch(*arguments)
