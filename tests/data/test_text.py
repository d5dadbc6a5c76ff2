"""The real text: nothing twice, nothing in two parts, the same every time."""

import re

import numpy as np
import pytest

from rnncourse.data import text


def ten_grams(part):
    words = part.split()
    return {tuple(words[i : i + 10]) for i in range(len(words) - 9)}


def split(part):
    return {" ".join(p.split()) for p in re.split(r"\n\s*\n", part)}


def test_paragraphs_are_kept_once():
    whole = text.read()
    pieces = re.split(r"\n\n", whole)
    assert len(pieces) == len(split(whole)) > 500
    assert text.paragraphs([whole, whole]) == pieces


def test_parts_cover_the_text_and_share_nothing():
    parts = [text.read(part) for part in ("train", "valid", "test")]
    sets = [split(part) for part in parts]
    assert set.union(*sets) == split(text.read())
    assert sum(map(len, sets)) == len(split(text.read()))
    sizes = np.array([len(part) for part in parts]) / len(text.read())
    np.testing.assert_allclose(sizes, [0.8, 0.1, 0.1], atol=0.05)


def test_paragraphs_stay_together_in_blocks():
    whole, test = text.read().split("\n\n"), text.read("test")
    first = test.split("\n\n")[0]
    assert whole.index(first) == 9 * text.BLOCK
    for block in range(9, len(whole) // text.BLOCK, 10):
        start = block * text.BLOCK
        together = whole[start : start + text.BLOCK]
        assert "\n\n".join(together) in test


def test_test_was_hardly_read_in_training():
    train, test = ten_grams(text.read("train")), ten_grams(text.read("test"))
    assert len(test & train) / len(test) < 0.05


def test_without_leaving_anything_out_more_had_been_read():
    # What de-duplication is for. How much more, each Python says anew.
    topics = "\n\n".join(text._topics())
    cut = int(0.9 * len(topics))
    train, test = ten_grams(topics[:cut]), ten_grams(topics[cut:])
    ours = [ten_grams(text.read(part)) for part in ("train", "test")]
    share = len(ours[0] & ours[1]) / len(ours[1])
    assert len(test & train) / len(test) > max(0.05, 2 * share)


def test_report_is_of_this_text():
    report = text.report()
    assert report == text.report()
    whole = text.read()
    assert report["characters"] == len(whole)
    assert report["words"] == len(text.words(whole))
    assert len(report["sha256"]) == 64
    assert report["sha256"] != text.report(whole + " ")["sha256"]


def test_words_keep_every_visible_sign():
    sample = text.read("test")
    joined = "".join(text.words(sample))
    assert joined == "".join(sample.lower().split())


def test_vocabulary_comes_back_from_ids():
    train = text.read("train")
    names = text.vocabulary(train)
    ids = text.encode(train, names)
    assert ids.shape == (len(train),) and ids.min() > 0
    assert "".join(text.decode(ids, names)) == train
    counts = np.bincount(ids)[1:]
    assert (np.diff(counts) <= 0).all()  # the most frequent first
    assert len(counts) == len(set(train)) == len(names) - 1


def test_rare_and_new_words_are_unknown():
    names = text.vocabulary(["a", "b", "a"], least=2)
    assert names == (text.UNKNOWN, "a")
    ids = text.encode(["a", "b", "c"], names)
    np.testing.assert_array_equal(ids, [1, 0, 0])
    assert text.decode(ids, names) == ["a", text.UNKNOWN, text.UNKNOWN]


def test_missing_reference_is_explained(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pydoc_data.topics", None)
    with pytest.raises(ModuleNotFoundError, match="without pydoc_data"):
        text.read()


def test_nonsense_arguments_are_named():
    with pytest.raises(ValueError, match="part is 'dev'; expected one of all"):
        text.read("dev")
    with pytest.raises(ValueError, match="least is 0"):
        text.vocabulary("abc", 0)
    with pytest.raises(ValueError, match="tokens is empty"):
        text.vocabulary([])
    with pytest.raises(ValueError, match=r"ids contains 7 at \[0\]"):
        text.decode([7], ("<unk>", "a"))
