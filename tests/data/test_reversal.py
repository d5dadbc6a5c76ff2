"""Reversal: the target is the source backwards, then STOP, then nothing."""

import numpy as np
import pytest

from rnncourse.data import reversal, tokens


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("B, shortest, longest", [(1, 1, 1), (200, 3, 10)])
def test_targets_are_the_sources_reversed(B, shortest, longest):
    sources, n, targets, m = reversal.batch(rng(), B, shortest, longest)
    assert sources.shape == (n.max(), B) and targets.shape == (m.max(), B)
    assert n.min() == shortest and n.max() == longest
    np.testing.assert_array_equal(m, n + 1)
    read = tokens.decode(sources, n, reversal.VOCABULARY)
    said = tokens.decode(targets, m, reversal.VOCABULARY)
    for source, target in zip(read, said, strict=True):
        assert set(source) <= set("0123456789")
        assert target == [*source[::-1], tokens.STOP]
    for b in range(B):
        assert not sources[n[b] :, b].any() and not targets[m[b] :, b].any()


def test_digits_and_lengths_are_equally_likely():
    sources, n, _, _ = reversal.batch(rng(), 4000)
    lengths = np.bincount(n)[3:]
    np.testing.assert_allclose(lengths / 4000, 1 / 8, atol=0.02)
    digits = np.bincount(sources[sources > 0])[3:]
    np.testing.assert_allclose(digits / n.sum(), 0.1, atol=0.01)


def test_special_tokens_come_first():
    assert reversal.VOCABULARY[:3] == (tokens.PAD, tokens.START, tokens.STOP)
    assert len(reversal.VOCABULARY) == 13
    _, _, targets, _ = reversal.batch(rng(), 4)
    inputs = tokens.shift(targets)
    assert (inputs[0] == reversal.VOCABULARY.index(tokens.START)).all()
    np.testing.assert_array_equal(inputs[1:], targets[:-1])


def test_same_seed_same_batch():
    for a, b in zip(
        reversal.batch(rng(1), 5), reversal.batch(rng(1), 5), strict=True
    ):
        np.testing.assert_array_equal(a, b)
    other = reversal.batch(rng(2), 5)[0][:3]
    assert (reversal.batch(rng(1), 5)[0][:3] != other).any()


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((1, 5), "rng is 1"),
        ((rng(), 0), "B is 0"),
        ((rng(), 5, 0, 3), "shortest is 0"),
        ((rng(), 5, 4, 3), "longest is 3"),
    ]:
        with pytest.raises(ValueError, match=said):
            reversal.batch(*arguments)
