"""Brackets: reading is the inverse of writing, F1 is counted by hand."""

import pytest

from rnncourse.data import brackets

TREE = ("S", ("NP", "the", "dog"), ("VP", "saw", ("NP", "tom")))


def test_linearise_and_parse_are_inverse():
    tokens = brackets.linearise(TREE)
    assert " ".join(tokens) == "(S (NP XX XX )NP (VP XX (NP XX )NP )VP )S"
    assert brackets.parse(tokens, brackets.words_of(TREE)) == TREE
    bare = brackets.parse(tokens)
    assert brackets.words_of(bare) == ["XX"] * 4
    assert brackets.linearise(bare) == tokens


def test_spans_by_hand():
    assert dict(brackets.spans(TREE)) == {
        ("S", 0, 4): 1,
        ("NP", 0, 2): 1,
        ("VP", 2, 4): 1,
        ("NP", 3, 4): 1,
    }
    assert brackets.spans(("A", ("A", "x")))["A", 0, 1] == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "XX",
        "(S )S",
        "(S XX",
        "(S XX )NP",
        "(S XX )S )S",
        "(S XX )S (S XX )S",
        "(S (NP XX )S )NP",
        ")S XX (S",
        "( XX )",
        "(S ) )S",
        "(S dog )S",
        "(S XX )S XX",
    ],
)
def test_what_is_no_tree_is_refused(text):
    with pytest.raises(ValueError, match="brackets"):
        brackets.parse(text.split())


def test_words_must_be_as_many_as_places():
    with pytest.raises(ValueError, match="hold 1 XX; .* 2 words"):
        brackets.parse(["(S", "XX", ")S"], ["a", "b"])


def test_f1_by_hand():
    target = brackets.linearise(TREE)  # four brackets
    other = "(S (NP XX XX )NP (VP XX XX )VP )S".split()  # three, all right
    wrong = "(S XX XX XX XX )S".split()  # one, right
    label = "(S (VP XX XX )VP (VP XX (NP XX )NP )VP )S".split()  # 3 of 4
    broken = target[:-1]
    for answer, f1 in [
        (target, 1.0),
        (other, 2 * 3 / 7),
        (wrong, 2 * 1 / 5),
        (label, 2 * 3 / 8),
        (broken, 0.0),
    ]:
        assert brackets.bracket_f1([answer], [target]) == pytest.approx(f1)
    both = brackets.bracket_f1([other, broken], [target, target])
    assert both == pytest.approx(2 * 3 / (3 + 0 + 4 + 4))


def test_f1_wants_as_many_answers_as_targets():
    target = brackets.linearise(TREE)
    with pytest.raises(ValueError, match="answers has 1 .* targets 2"):
        brackets.bracket_f1([target], [target, target])
    with pytest.raises(ValueError, match="at least one"):
        brackets.bracket_f1([], [])
    with pytest.raises(ValueError, match="end too early"):
        brackets.bracket_f1([target], [target[:-1]])
