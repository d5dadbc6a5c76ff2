"""Trees: no sentence has two, shown by enumeration and by a parser."""

import functools
import itertools

import numpy as np
import pytest

from rnncourse.data import brackets, tokens, trees, trees_grammar

LONGEST = 12  # words, in the enumeration


def rng(seed=0):
    return np.random.default_rng(seed)


def enumerate_trees(symbol, n):
    """Every derivation of n words, with kinds of words for words."""
    if symbol not in trees_grammar.RULES:
        return [symbol] if n == 1 else []
    found = []
    for right in trees_grammar.RULES[symbol]:
        for parts in rows(right, n):
            found.append((symbol, *parts))
    return list(dict.fromkeys(found))  # a choice written twice is one


@functools.cache
def rows(right, n):
    """Every way to make n words of a row of symbols."""
    if len(right) == 1:
        return [(tree,) for tree in enumerate_trees(right[0], n)]
    found = []
    for k in range(1, n - len(right) + 2):
        heads = enumerate_trees(right[0], k)
        if heads:
            rests = rows(right[1:], n - k)
            found += [(h, *r) for h, r in itertools.product(heads, rests)]
    return found


def test_no_row_of_kinds_has_two_derivations():
    seen = {}
    for n in range(1, LONGEST + 1):
        for derivation in enumerate_trees("S", n):
            kinds = tuple(brackets.words_of(derivation))
            assert seen.setdefault(kinds, derivation) == derivation, kinds
    assert len(seen) > 400


def test_no_word_is_of_two_kinds():
    listed = [
        word for words in trees_grammar.LEXICON.values() for word in words
    ]
    special = {"of", "which", "that"}
    assert len(listed) == len(set(listed))
    assert not set(listed) & special
    assert set(trees_grammar.words()) == set(listed) | special


def count_derivations(words):
    """How many derivations a sentence has, by a chart over its spans."""

    @functools.cache
    def one(symbol, i, j):
        if symbol in trees_grammar.RULES:
            rights = dict.fromkeys(trees_grammar.RULES[symbol])
            return sum(row(right, i, j) for right in rights)
        spelt = trees_grammar.LEXICON.get(symbol, (symbol,))
        return int(j == i + 1 and words[i] in spelt)

    @functools.cache
    def row(right, i, j):
        if len(right) == 1:
            return one(right[0], i, j)
        return sum(
            one(right[0], i, k) * row(right[1:], k, j) for k in range(i + 1, j)
        )

    return one("S", 0, len(words))


def test_drawn_sentences_of_any_length_have_one_derivation():
    for tree in trees.trees(rng(), 150, longest=24):
        assert count_derivations(tuple(brackets.words_of(tree))) == 1
    assert count_derivations(("tom", "dog")) == 0


def test_the_chart_would_see_an_ambiguity(monkeypatch):
    rules = trees_grammar.RULES
    more = (*rules["NP-plain"], ("Det", "N", "PP"))  # "with" on a noun too
    monkeypatch.setitem(rules, "NP-plain", more)
    words = "tom saw the dog near the lake".split()
    assert count_derivations(tuple(words)) == 2


def test_of_belongs_to_the_noun_the_others_to_the_verb():
    seen = set()

    def walk(tree, parent):
        if isinstance(tree, tuple):
            if tree[0] == "PP":
                seen.add((tree[1], parent))
            for part in tree[1:]:
                walk(part, tree[0])

    for tree in trees.trees(rng(), 3000):
        walk(tree, None)
    others = trees_grammar.LEXICON["P"]
    assert seen == {("of", "NP"), *((word, "VP") for word in others)}


def test_a_bracket_holds_no_lone_bracket_of_its_label():
    def walk(tree):
        if isinstance(tree, tuple):
            inner = [part[0] for part in tree[1:] if isinstance(part, tuple)]
            assert not (len(tree) == 2 and inner == [tree[0]])
            assert tree[0] in trees_grammar.LABELS
            for part in tree[1:]:
                walk(part)

    for tree in trees.trees(rng(), 500):
        walk(tree)


def test_train_and_test_share_no_sentence():
    def sentences(seed, n, part):
        drawn = trees.trees(rng(seed), n, part)
        return {" ".join(brackets.words_of(tree)) for tree in drawn}

    train = sentences(0, 6000, "train")
    test = sentences(1, 1500, "test")
    assert not train & test
    assert len(test) > 1000
    first = [{text.split()[0] for text in part} for part in (train, test)]
    assert first[0] == first[1]  # the split is by the whole sentence
    drawn = trees.trees(rng(2), 4000)
    parts = [trees.part_of(brackets.words_of(tree)) for tree in drawn]
    assert 0.15 < parts.count("test") / len(parts) < 0.25


def test_batch_is_words_and_brackets():
    sources, n, targets, m = trees.batch(rng(2), 60, "test", longest=12)
    drawn = trees.trees(rng(2), 60, "test", longest=12)
    read = tokens.decode(sources, n, trees.SOURCE_VOCABULARY)
    said = tokens.decode(targets, m, trees.TARGET_VOCABULARY)
    assert n.max() <= 12
    for words, row, tree in zip(read, said, drawn, strict=True):
        assert row[-1] == tokens.STOP
        assert brackets.parse(row[:-1], words) == tree


def test_same_seed_same_trees():
    assert trees.trees(rng(1), 9) == trees.trees(rng(1), 9)
    assert trees.trees(rng(1), 9) != trees.trees(rng(2), 9)


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((1, 5), "rng is 1"),
        ((rng(), 0), "n is 0"),
        ((rng(), 5, "valid"), "part is 'valid'"),
        ((rng(), 5, "all", 4), "longest is 4; expected .* at least 5"),
    ]:
        with pytest.raises(ValueError, match=said):
            trees.trees(*arguments)
