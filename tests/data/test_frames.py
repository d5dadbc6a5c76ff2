"""Frames: collapsing the alignment, as CTC does, gives the symbols back."""

import itertools

import numpy as np
import pytest

from rnncourse.data import frames


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "B, shortest, longest, K", [(1, 1, 1, 1), (99, 2, 6, 2)]
)
def test_alignment_collapses_to_the_targets(B, shortest, longest, K):
    alignment, lengths, targets, target_lengths = frames.alignments(
        rng(), B, shortest, longest, K
    )
    assert alignment.shape == (lengths.max(), B)
    assert targets.shape == (target_lengths.max(), B)
    assert shortest <= target_lengths.min()
    assert target_lengths.max() == longest
    for b in range(B):
        column = alignment[: lengths[b], b]
        runs = [(k, len(list(run))) for k, run in itertools.groupby(column)]
        symbols = [k for k, _ in runs if k != 0]
        n = target_lengths[b]
        assert symbols == list(targets[:n, b])
        assert all(1 <= k <= K for k in symbols)
        assert not targets[n:, b].any()
        assert not alignment[lengths[b] :, b].any()
        for k, length in runs:
            low, high = frames.HOLD if k else frames.PAUSE
            assert low <= length <= high
        # CTC needs a frame a symbol and one between equal neighbours.
        repeats = sum(a == b for a, b in itertools.pairwise(symbols))
        assert lengths[b] >= n + repeats


def test_equal_neighbours_may_touch_if_told_so():
    alignment, lengths, targets, ends = frames.alignments(
        rng(), 99, apart=False
    )
    collapsed = [
        [k for k, _ in itertools.groupby(alignment[:n, b]) if k]
        for b, n in enumerate(lengths)
    ]
    lost = sum(ends) - sum(map(len, collapsed))
    assert 10 < lost < 99 and targets.max() == 4


def test_some_unequal_neighbours_touch_and_some_do_not():
    alignment, *_ = frames.alignments(rng(), 100, 5, 5, K=4)
    now, then = alignment[:-1], alignment[1:]
    touch = ((now != then) & (now > 0) & (then > 0)).sum()
    pause = ((now == 0) & (then > 0)).sum()
    assert touch > 50 and pause > 50


def test_frames_are_the_alignment_plus_noise():
    alignment, lengths, *_ = frames.alignments(rng(), 200, K=4)
    before = alignment.copy()
    xs = frames.frames(rng(), alignment, lengths, K=4, noise=0.3)
    assert xs.shape == (*alignment.shape, 4)
    clean = frames.frames(rng(), alignment, lengths, K=4, noise=0)
    for k in range(1, 5):
        np.testing.assert_array_equal(clean[:, :, k - 1], alignment == k)
    for b, n in enumerate(lengths):
        assert not xs[n:, b].any()
    inside = np.arange(len(xs))[:, None] < lengths
    noise = (xs - clean)[inside]
    assert abs(noise.std() - 0.3) < 0.01 and abs(noise.mean()) < 0.01
    np.testing.assert_array_equal(alignment, before)


def test_batch_is_both_steps_and_seeded():
    xs, lengths, targets, target_lengths = frames.batch(rng(4), 5)
    generator = rng(4)
    alignment, *rest = frames.alignments(generator, 5)
    np.testing.assert_array_equal(
        xs, frames.frames(generator, alignment, lengths)
    )
    for a, b in zip(rest, (lengths, targets, target_lengths), strict=True):
        np.testing.assert_array_equal(a, b)
    assert (
        xs.shape != frames.batch(rng(5), 5)[0].shape
        or (xs != frames.batch(rng(5), 5)[0]).any()
    )


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((1, 5), "rng is 1"),
        ((rng(), 0), "B is 0"),
        ((rng(), 5, 0), "shortest is 0"),
        ((rng(), 5, 3, 2), "longest is 2; expected at least shortest, 3"),
        ((rng(), 5, 1, 2, 0), "K is 0"),
        ((rng(), 5, 1, 2, 3, -1), "noise is -1"),
    ]:
        with pytest.raises(ValueError, match=said):
            frames.batch(*arguments)
    with pytest.raises(ValueError, match="alignment contains 3"):
        frames.frames(rng(), [[3]], [1], K=2)
    with pytest.raises(ValueError, match="lengths contains 2"):
        frames.frames(rng(), [[1]], [2], K=2)
