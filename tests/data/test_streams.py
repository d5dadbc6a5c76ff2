"""Streams: every id stays where it was read."""

import numpy as np
import pytest

from rnncourse.data import streams


def rng(seed=0):
    return np.random.default_rng(seed)


def test_columns_are_the_text_cut_into_equal_lengths():
    ids = rng().integers(50, size=23)
    before = ids.copy()
    laid = streams.columns(ids, 4)
    assert laid.shape == (5, 4)
    np.testing.assert_array_equal(laid.T.ravel(), ids[:20])
    np.testing.assert_array_equal(ids, before)
    np.testing.assert_array_equal(streams.columns(ids, 1)[:, 0], ids)


def test_batch_draws_neighbours_from_everywhere():
    xs, targets = streams.batch(rng(), np.arange(12), T=5, B=500)
    assert xs.shape == targets.shape == (5, 500)
    np.testing.assert_array_equal(targets, xs + 1)
    assert (np.diff(xs, axis=0) == 1).all()
    assert set(xs[0]) == set(range(7))  # the last piece ends with the text


def test_shortest_text_there_may_be():
    xs, targets = streams.batch(rng(), [3, 4, 5], T=2, B=1)
    assert xs.ravel().tolist() == [3, 4]
    assert targets.ravel().tolist() == [4, 5]


def test_same_seed_same_pieces():
    ids = np.arange(1000)
    first, again = (streams.batch(rng(1), ids, 5, 3)[0] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (first != streams.batch(rng(2), ids, 5, 3)[0]).any()


def test_nonsense_arguments_are_named():
    for call, said in [
        (lambda: streams.batch(1, [1, 2], 1, 1), "rng is 1"),
        (lambda: streams.batch(rng(), [1, 2], 0, 1), "T is 0"),
        (lambda: streams.batch(rng(), [1, 2], 2, 1), "more than 2"),
        (lambda: streams.batch(rng(), [[1, 2]], 1, 1), r"expected \(N,\)"),
        (lambda: streams.batch(rng(), [0.5, 2], 1, 1), "dtype float64"),
        (lambda: streams.columns([1, 2], 3), "expected at least 3"),
        (lambda: streams.columns([1, 2], 0), "B is 0"),
    ]:
        with pytest.raises(ValueError, match=said):
            call()
