"""The noticeboard: the targets are what a slow reader would say."""

import numpy as np
import pytest

from rnncourse.data import noticeboard

T, B = 30, 7


def draw(seed=0, **keywords):
    return noticeboard.batch(np.random.default_rng(seed), T, B, **keywords)


def test_the_target_is_the_number_last_pinned_up():
    xs, targets = draw()
    assert xs.shape == (T, B, 2) and targets.shape == (T, B, 1)
    for b in range(B):
        board = None
        for t in range(T):
            number, pinned = xs[t, b]
            board = number if pinned else board
            assert targets[t, b, 0] == board


def test_the_first_number_is_always_pinned():
    assert draw(p=0)[0][0, :, 1].all()
    xs, targets = draw(p=0)
    assert (targets == xs[:1, :, :1]).all()


def test_with_p_one_every_number_is_its_own_target():
    xs, targets = draw(p=1)
    np.testing.assert_array_equal(xs[:, :, :1], targets)


def test_the_same_seed_draws_the_same():
    for a, b in zip(draw(3), draw(3), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(draw(3)[0], draw(4)[0])


def test_always_answering_zero_is_wrong_by_the_baseline():
    rng = np.random.default_rng(0)
    _, targets = noticeboard.batch(rng, 50, 4000)
    assert abs(np.mean(targets**2) - noticeboard.BASELINE) < 0.005


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_p_is_a_probability(p):
    with pytest.raises(ValueError, match="p is .*; expected a probability"):
        draw(p=p)
