"""Counting languages: what is called determined is so, by brute force."""

import itertools
import re

import numpy as np
import pytest

from rnncourse.data import counting

LANGUAGES = list(counting.LANGUAGES)
SHAPES = {
    "anbn": r"(a+)(b+)",
    "anbncn": r"(a+)(b+)(c+)",
    "anbncndn": r"(a+)(b+)(c+)(d+)",
    "anb2n": r"(a+)(b+)",
    "anbmcn+m": r"(a+)(b+)(c+)",
}


def rng(seed=0):
    return np.random.default_rng(seed)


def belongs(language, text):
    """Whether text is in the language, from its definition alone."""
    match = re.fullmatch(SHAPES[language], text)
    if not match:
        return False
    n, m, *more = (len(run) for run in match.groups())
    if language == "anb2n":
        return m == 2 * n
    if language == "anbmcn+m":
        return more == [n + m]
    return {n, m, *more} == {n}


def counts_up_to(language, N):
    if language in counting.TWO_COUNTS:
        return list(itertools.product(range(1, N + 1), repeat=2))
    return list(range(1, N + 1))


def write(language, count):
    pair = count if isinstance(count, tuple) else (count,)
    return counting.string(language, *pair)


@pytest.mark.parametrize("language", LANGUAGES)
def test_strings_are_exactly_the_language(language):
    N = 3
    written = {write(language, c)[0] for c in counts_up_to(language, N)}
    letters = counting.vocabulary(language)[1:]
    longest = 7
    found = {
        "".join(text)
        for length in range(1, longest + 1)
        for text in itertools.product(letters, repeat=length)
        if belongs(language, "".join(text))
    }
    most = counts_up_to(language, longest)
    short = {write(language, c)[0] for c in most}
    assert found == {text for text in short if len(text) <= longest}
    assert all(belongs(language, text) for text in written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_determined_means_only_one_letter_can_follow(language):
    N = 6
    strings = {c: write(language, c) for c in counts_up_to(language, N)}
    follow = {}
    for letters, _ in strings.values():
        row = letters + "a"  # every next string starts so
        for t in range(1, len(row)):
            follow.setdefault(row[:t], set()).add(row[t])
    # Near the largest count too little is seen: judge the smaller ones.
    for count in counts_up_to(language, N - 1):
        letters, determined = strings[count]
        assert len(determined) == len(letters) + 1
        assert not determined[0]  # nothing has been read yet
        for t in range(1, len(letters) + 1):
            only_one = len(follow[letters[:t]]) == 1
            assert determined[t] == only_one, (letters, t)


@pytest.mark.parametrize("language", LANGUAGES)
def test_isolated_strings_are_shifted_and_padded(language):
    counts = counts_up_to(language, 4)
    ids, targets, mask, lengths = counting.isolated(language, counts)
    assert ids.shape == targets.shape == mask.shape
    names = counting.vocabulary(language)
    for b, count in enumerate(counts):
        letters, determined = write(language, count)
        n = len(letters)
        assert lengths[b] == n
        assert "".join(names[i] for i in ids[:n, b]) == letters
        assert "".join(names[i] for i in targets[:n, b]) == letters[1:] + "a"
        np.testing.assert_array_equal(mask[:n, b], determined[1:])
        for array in (ids, targets, mask):
            assert not array[n:, b].any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_stream_is_whole_strings_one_after_another(language):
    ids, targets, mask = counting.stream(rng(), language, 200, 3, 4, 2)
    np.testing.assert_array_equal(ids[1:], targets[:-1])
    names = counting.vocabulary(language)
    for b in range(3):
        row = "".join(names[i] for i in [*ids[:, b], targets[-1, b]])
        *strings, _ = re.findall(r"a+[bcd]*", row)  # the last may be cut
        assert len(strings) >= 5
        assert row.startswith("".join(strings) + "a")
        expected = [False]
        for text in strings:
            assert belongs(language, text)
            n, m = (len(re.search(f"{c}+", text)[0]) for c in "ab")
            assert 2 <= n <= 4
            expected.extend(counting.string(language, n, m)[1][1:])
        # mask[t] speaks of the letter after ids[t]
        np.testing.assert_array_equal(
            mask[: len(expected) - 1, b], expected[1:]
        )


def test_stream_mask_by_hand():
    ids, targets, mask = counting.stream(rng(), "anbn", 8, 1, 2, 2)
    np.testing.assert_array_equal(ids[:, 0], [1, 1, 2, 2] * 2)
    np.testing.assert_array_equal(targets[:, 0], [1, 2, 2, 1] * 2)
    np.testing.assert_array_equal(mask[:, 0], [0, 0, 1, 1] * 2)


def test_same_seed_same_stream_and_longer_is_the_same_start():
    first = counting.stream(rng(1), "anbmcn+m", 50, 1, 5)
    again = counting.stream(rng(1), "anbmcn+m", 50, 1, 5)
    longer = counting.stream(rng(1), "anbmcn+m", 90, 1, 5)
    for a, b, c in zip(first, again, longer, strict=True):
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(a, c[:50])
    other = counting.stream(rng(2), "anbmcn+m", 50, 1, 5)
    assert (first[0] != other[0]).any()


def test_all_right_looks_at_determined_letters_only():
    _, targets, mask, _ = counting.isolated("anbncn", [1, 2, 3])
    assert counting.all_right(targets, targets, mask).all()
    free = np.where(mask, targets, 0)
    assert counting.all_right(free, targets, mask).all()
    for t, b in np.argwhere(mask):
        wrong = targets.copy()
        wrong[t, b] = 0
        right = counting.all_right(wrong, targets, mask)
        assert not right[b] and right.sum() == 2


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: counting.string("anan", 1), "language is 'anan'; .* anbn,"),
        (lambda: counting.string("anbn", 0), "n is 0"),
        (lambda: counting.string("anbmcn+m", 1, -1), "m is -1"),
        (lambda: counting.isolated("anbn", []), "no string was given"),
        (lambda: counting.isolated("anbn", [(1, 2)]), r"count is \(1, 2\)"),
        (lambda: counting.isolated("anbmcn+m", [3]), r"expected a pair"),
        (lambda: counting.stream(0, "anbn", 5, 3, 4), "rng is 0"),
        (lambda: counting.stream(rng(), "anbn", 0, 3, 4), "T is 0"),
        (lambda: counting.stream(rng(), "anbn", 5, 3, 2, 4), "longest is 2"),
        (lambda: counting.all_right([[1]], [[1, 1]], [[1, 1]]), "answers"),
    ],
)
def test_nonsense_arguments_are_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
