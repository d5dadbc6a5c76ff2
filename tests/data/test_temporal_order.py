"""Temporal order: the label is read back from the marks in the sequence."""

import numpy as np
import pytest

from rnncourse.data import temporal_order


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("T, B", [(3, 200), (5, 200), (20, 200), (97, 200)])
def test_labels_are_the_marks_in_their_order(T, B):
    ids, labels = temporal_order.batch(rng(), T, B)
    assert ids.shape == (T, B) and labels.shape == (B,)
    firsts, seconds = [], []
    for b in range(B):
        symbols = [temporal_order.VOCABULARY[i] for i in ids[:, b]]
        marked = [t for t, symbol in enumerate(symbols) if symbol in "ab"]
        assert len(marked) == 2
        name = "".join(symbols[t] for t in marked)
        assert temporal_order.CLASSES[labels[b]] == name
        firsts.append(marked[0])
        seconds.append(marked[1])
    assert (min(firsts), max(firsts)) == (T // 10, 2 * T // 10)
    assert (min(seconds), max(seconds)) == (4 * T // 10, 5 * T // 10)


def test_classes_and_distractors_are_equally_likely():
    ids, labels = temporal_order.batch(rng(), 20, 8000)
    np.testing.assert_allclose(np.bincount(labels) / 8000, 0.25, atol=0.02)
    counts = np.bincount(ids.ravel())[2:]
    np.testing.assert_allclose(counts / counts.sum(), 0.25, atol=0.01)


def test_same_seed_same_batch():
    first, again = (temporal_order.batch(rng(5), 30, 4) for _ in range(2))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert (first[0] != temporal_order.batch(rng(6), 30, 4)[0]).any()


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((None, 9, 1), "rng is None"),
        ((rng(), 2, 1), "T is 2; expected an integer of at least 3"),
        ((rng(), 9, -1), "B is -1"),
    ]:
        with pytest.raises(ValueError, match=said):
            temporal_order.batch(*arguments)
