"""Padded columns of ids: what is beyond an end is 0, and all comes back."""

import numpy as np
import pytest

from rnncourse.data import tokens

VOCABULARY = (tokens.PAD, "a", "b", "c")


def test_encode_and_decode_are_inverse():
    sequences = ["abc", "c", "ba", "aabbcc"]
    ids, lengths = tokens.encode(sequences, VOCABULARY)
    assert ids.shape == (6, 4)
    np.testing.assert_array_equal(lengths, [3, 1, 2, 6])
    np.testing.assert_array_equal(ids[:, 0], [1, 2, 3, 0, 0, 0])
    back = tokens.decode(ids, lengths, VOCABULARY)
    assert ["".join(sequence) for sequence in back] == sequences


def test_decode_may_stop_anywhere():
    assert tokens.decode([[1], [0]], [0], VOCABULARY) == [[]]
    assert tokens.decode([[1], [0]], [2], VOCABULARY) == [["a", tokens.PAD]]


def test_errors_name_the_sequence_and_near_tokens():
    with pytest.raises(ValueError, match="no word was given"):
        tokens.encode([], VOCABULARY, "word")
    with pytest.raises(ValueError, match="word 1 is empty"):
        tokens.encode(["a", ""], VOCABULARY, "word")
    with pytest.raises(ValueError, match="word 1 contains 'd'.* 3 tokens"):
        tokens.encode(["a", "ad"], VOCABULARY, "word")
    with pytest.raises(ValueError, match="contains '<pad>'"):
        tokens.encode([["a", tokens.PAD]], VOCABULARY)  # no token itself
    with pytest.raises(ValueError, match="near it: bus"):
        tokens.encode([["bas"]], (tokens.PAD, "bus", "train"))


def test_one_hot_picks_rows():
    ids = np.array([[0, 2, 1], [2, 2, 0]])
    xs = tokens.one_hot(ids, 3, np.float32)
    assert xs.shape == (2, 3, 3) and xs.dtype == np.float32
    np.testing.assert_array_equal(xs.argmax(axis=-1), ids)
    np.testing.assert_array_equal(xs.sum(axis=-1), 1)
    for dtype in (int, bool, np.float16, [], "x"):
        with pytest.raises(ValueError, match="dtype is .*; expected float32"):
            tokens.one_hot([[0]], 2, dtype)
    with pytest.raises(ValueError, match="ids contains 3"):
        tokens.one_hot([[3]], 3)
    with pytest.raises(ValueError, match=r"ids has shape \(1,\)"):
        tokens.one_hot([3], 4)


def test_shift_starts_anew_and_is_one_step_late():
    targets = np.array([[5, 6], [7, 2], [2, 0]])
    before = targets.copy()
    inputs = tokens.shift(targets)
    np.testing.assert_array_equal(inputs, [[1, 1], [5, 6], [7, 2]])
    np.testing.assert_array_equal(targets, before)
    assert tokens.shift([[4]]).tolist() == [[1]]
    with pytest.raises(ValueError, match=r"targets has shape \(1,\)"):
        tokens.shift([4])
