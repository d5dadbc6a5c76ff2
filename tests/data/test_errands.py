"""Two requests in a sentence: the tags follow the words' order."""

import numpy as np
import pytest

from rnncourse.data import errands


def rng(seed=0):
    return np.random.default_rng(seed)


def first_opens(sentence):
    """Whether what is said first is done first, read from the words."""
    if sentence[0] == "before":
        return False
    if sentence[0] == "after":
        return True
    return not ("after" in sentence or "but" in sentence)


def test_tags_follow_from_the_connecting_words():
    words, tags = errands.sentences(rng(), 2000)
    for sentence, row in zip(words, tags, strict=True):
        assert len(sentence) == len(row)
        said = [tag for tag in row if tag != errands.OTHER]
        order = list(dict.fromkeys(said))
        assert said == sorted(said, key=order.index)  # each is one piece
        first = [errands.FIRST, errands.THEN]
        assert order == (first if first_opens(sentence) else first[::-1])


def test_an_opening_request_is_first_half_of_the_time():
    ids, tags, lengths = errands.batch(rng(), 20000)
    opening = errands.opening(tags, lengths)
    assert abs((tags[opening] == errands.FIRST).mean() - 0.5) < 0.01
    assert opening[0].mean() == pytest.approx(4 / 6, abs=0.01)
    starts = np.isin(ids[0], [errands.VOCABULARY.index("before")])
    assert not opening[:, starts].any()


def test_the_same_opening_occurs_with_both_tags():
    words, tags = errands.sentences(rng(), 20000)
    kinds = {}
    for sentence, row in zip(words, tags, strict=True):
        if row[0] != errands.OTHER:
            n = row.index(errands.OTHER)
            kinds.setdefault(tuple(sentence[:n]), set()).add(row[0])
    assert all(len(kind) == 2 for kind in kinds.values())


def test_batch_is_padded_with_zeros():
    ids, tags, lengths = errands.batch(rng(), 200)
    assert ids.shape == tags.shape == (lengths.max(), 200)
    pads = np.arange(len(ids))[:, None] >= lengths
    assert not ids[pads].any() and not tags[pads].any()
    assert ids[~pads].all()
    assert not errands.opening(tags, lengths)[pads].any()


def test_vocabulary_is_what_is_said():
    words, _ = errands.sentences(rng(), 20000)
    said = {word for sentence in words for word in sentence}
    assert said == set(errands.VOCABULARY[1:])


def test_split_shares_no_bag_of_words():
    train, test = (
        {" ".join(sorted(s)) for s in errands.sentences(rng(), 4000, part)[0]}
        for part in ("train", "test")
    )
    assert not train & test


def test_seeds_fix_the_sentences():
    assert errands.sentences(rng(3), 20) == errands.sentences(rng(3), 20)
    assert errands.sentences(rng(3), 20) != errands.sentences(rng(4), 20)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="n is 0"):
        errands.sentences(rng(), 0)
    with pytest.raises(ValueError, match="part"):
        errands.batch(rng(), 3, "dev")
    with pytest.raises(ValueError, match="rng"):
        errands.batch(0, 3)
    with pytest.raises(ValueError, match="tags"):
        errands.opening([[3]], [1])
    with pytest.raises(ValueError, match="lengths"):
        errands.opening([[1, 1]], [1])
