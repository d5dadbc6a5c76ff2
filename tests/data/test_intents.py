"""The intents: a fair split, twins that only order can tell apart."""

import itertools

import numpy as np
import pytest

from rnncourse.data import intents
from rnncourse.data import intents_grammar as grammar


def rng(seed=0):
    return np.random.default_rng(seed)


def join(words):
    return {" ".join(sentence) for sentence in words}


def bags(words):
    return {" ".join(sorted(sentence)) for sentence in words}


def test_same_seed_same_sentences():
    first, first_labels = intents.sentences(rng(3), 50)
    again, again_labels = intents.sentences(rng(3), 50)
    assert first == again
    np.testing.assert_array_equal(first_labels, again_labels)
    assert intents.sentences(rng(4), 50)[0] != first


def test_sizes_are_those_promised():
    words, labels = intents.sentences(rng(), 20000)
    lengths = [len(sentence) for sentence in words]
    assert min(lengths) == intents.SHORTEST == 3
    assert max(lengths) == intents.LONGEST == 12
    assert 6 <= len(intents.INTENTS) <= 8
    assert 100 <= len(intents.VOCABULARY) <= 180
    assert len(join(words)) > 15000
    shares = np.bincount(labels) / len(labels)
    np.testing.assert_allclose(shares, 1 / len(intents.INTENTS), atol=0.01)


def test_vocabulary_is_what_is_said():
    words, _ = intents.sentences(rng(), 20000)
    said = {word for sentence in words for word in sentence}
    assert said == set(intents.VOCABULARY[1:])
    assert len(set(intents.VOCABULARY)) == len(intents.VOCABULARY)


def test_split_shares_no_bag_of_words():
    train, _ = intents.sentences(rng(0), 20000, "train")
    test, _ = intents.sentences(rng(1), 5000, "test")
    assert not join(train) & join(test)
    assert not bags(train) & bags(test)
    assert {intents.part_of(s) for s in train} == {"train"}
    assert {intents.part_of(s) for s in test} == {"test"}


def test_every_part_holds_every_intent_in_equal_shares():
    for part in ("all", "train", "test"):
        _, labels = intents.sentences(rng(), 8000, part)
        shares = np.bincount(labels) / len(labels)
        np.testing.assert_allclose(shares, 1 / 8, atol=0.02)
    everything, _ = intents.sentences(rng(), 20000)
    parts = [intents.part_of(sentence) for sentence in everything]
    assert 0.15 < parts.count("test") / len(parts) < 0.25


@pytest.mark.parametrize("part", ["all", "train", "test"])
def test_order_pairs_differ_only_in_order_and_intent(part):
    firsts, seconds, labels = intents.order_pairs(rng(), 500, part)
    assert labels.shape == (2, 500)
    assert (labels[0] != labels[1]).all()
    for first, second in zip(firsts, seconds, strict=True):
        assert first != second
        assert sorted(first) == sorted(second)
    if part != "all":
        parts = {intents.part_of(s) for s in [*firsts, *seconds]}
        assert parts == {part}


KINDS = {
    "alarm": "wake set",
    "music": "play turn",
    "call": "call phone",
    "message": "text write ask",
    "weather": "rain snow storm wind fog",
    "travel": "train bus plane ferry tram",
    "calendar": "meeting lunch dinner lesson concert party",
}
KIND = {word: kind for kind in KINDS for word in KINDS[kind].split()}
REQUESTS = ("alarm", "music", "call", "message")


def heads(sentence):
    """The kinds of its requests, or of its subjects if it has none."""
    found = [KIND[word] for word in sentence if word in KIND]
    requests = [kind for kind in found if kind in REQUESTS]
    return requests or found


def intent_read_aloud(sentence):
    """The intent by rules written down apart from the grammar."""
    found = heads(sentence)
    if not found:
        weather = {"weather", "cold", "umbrella"} & set(sentence)
        return "weather" if weather else "time"
    text = " ".join(sentence)
    if "before you" in text or "after you" in text:
        verbs = [i for i, w in enumerate(sentence) if KIND.get(w) in REQUESTS]
        word = "before" if "before you" in text else "after"
        leads = sentence.index(word) < verbs[0]
        first = leads if word == "after" else not leads
        return found[0 if first else 1]
    return found[0]


def test_labels_agree_with_rules_written_apart():
    words, labels = intents.sentences(rng(), 20000)
    for sentence, label in zip(words, labels, strict=True):
        read = intent_read_aloud(sentence)
        assert read == intents.INTENTS[label], " ".join(sentence)
    firsts, seconds, labels = intents.order_pairs(rng(), 2000)
    for part, row in ((firsts, labels[0]), (seconds, labels[1])):
        for sentence, label in zip(part, row, strict=True):
            assert intent_read_aloud(sentence) == intents.INTENTS[label]


def every(words, rules):
    """All expansions of a list of words."""
    options = [
        [
            expansion
            for choice in grammar.choices(rules[word])
            for expansion in every(choice, rules)
        ]
        if word in rules
        else [(word,)]
        for word in words
    ]
    for parts in itertools.product(*options):
        yield tuple(word for part in parts for word in part)


def test_no_sentence_has_two_intents():
    # Openers, closers and politeness leave the intent alone: one of each.
    few = {"PERSON": "anna | tom", "CITY": "paris | oslo", "DAY": "today"}
    none = dict.fromkeys(["OPENER", "POLITE", "FAVOUR", "THANKS"], "-")
    rules = grammar.RULES | few | none
    found, bags_of_one = {}, {}

    def add(sentence, intent):
        assert found.setdefault(sentence, intent) == intent, sentence

    for intent, text in grammar.ONE_CLAUSE.items():
        for choice in grammar.choices(text):
            for sentence in every(choice, rules):
                add(sentence, intent)
                bag = tuple(sorted(sentence))
                # One clause is told apart by its words in any order.
                assert bags_of_one.setdefault(bag, intent) == intent
    groups = (
        (grammar.REQUESTS, grammar.REQUEST_FORMS),
        (grammar.SUBJECTS, grammar.SUBJECT_FORMS),
    )
    for group, forms in groups:
        for X, Y in itertools.permutations(group, 2):
            for form in forms:
                both = rules | {"X": group[X], "Y": group[Y]}
                for sentence in every(form.split(), both):
                    add(sentence, X)
                    assert tuple(sorted(sentence)) not in bags_of_one
    assert len(found) > 10000


def has_twin(sentence):
    """Whether two clauses of different intents are joined in it."""
    joined = {"before", "after", "then"} & set(sentence)
    return bool(joined) and len(set(heads(sentence))) == 2


def test_a_quarter_of_the_sentences_has_a_twin():
    words, _ = intents.sentences(rng(), 20000)
    assert 0.2 < np.mean([has_twin(sentence) for sentence in words]) < 0.3
    firsts, seconds, _ = intents.order_pairs(rng(), 2000)
    assert all(has_twin(sentence) for sentence in firsts + seconds)


def test_best_bag_of_words_fails_on_one_of_each_pair():
    firsts, seconds, labels = intents.order_pairs(rng(), 300, "test")
    ids, _ = intents.encode(firsts + seconds)
    counts = intents.bag(ids)
    np.testing.assert_array_equal(counts[:300], counts[300:])
    # Whatever function of the counts answers, both members get one answer.
    weights = rng(1).normal(size=(counts.shape[1], 8))
    answers = np.tanh(counts @ weights).argmax(axis=1).reshape(2, 300)
    assert (answers[0] == answers[1]).all()
    assert (answers == labels).mean() <= 0.5


def test_encode_pads_with_zero_and_decodes_back():
    words, _ = intents.sentences(rng(), 5)
    before = [list(sentence) for sentence in words]
    ids, lengths = intents.encode(words)
    again, _ = intents.encode(words)
    np.testing.assert_array_equal(ids, again)
    assert words == before
    assert ids.shape == (max(map(len, words)), 5)
    for b, sentence in enumerate(words):
        assert lengths[b] == len(sentence)
        assert (ids[: lengths[b], b] > 0).all()
        assert (ids[lengths[b] :, b] == 0).all()
    assert intents.decode(ids, lengths) == words
    one, length = intents.encode(["call"])
    assert one.shape == (1, 1) and length.tolist() == [1]


def test_bag_counts_words_and_no_padding():
    ids, _ = intents.encode(["is there a train", "is is"])
    counts = intents.bag(ids)
    assert counts.shape == (2, len(intents.VOCABULARY))
    np.testing.assert_array_equal(counts.sum(axis=1), [4, 2])
    assert counts[1, intents.VOCABULARY.index("is")] == 2


@pytest.mark.parametrize(
    "given, said",
    [
        ([], "no sentence was given"),
        ([[]], "sentence 0 is empty"),
        (["call tom", "  "], "sentence 1 is empty"),
        (["wat time is it"], r"'wat'.*vocabulary; near it: .*what"),
        (["call <pad>"], "'<pad>'"),
        ("call tom", "expected a list"),
    ],
)
def test_encode_says_what_is_wrong_in_one_line(given, said):
    with pytest.raises(ValueError, match=said) as raised:
        intents.encode(given)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("draw", [intents.sentences, intents.order_pairs])
@pytest.mark.parametrize(
    "arguments, said",
    [
        ((0, 5), "rng is 0; expected a generator"),
        ((rng(), 0), "n is 0; expected an integer of at least 1"),
        ((rng(), 2.5), "n is 2.5"),
        ((rng(), True), "n is True"),
        ((rng(), 5, "valid"), "part is 'valid'; expected one of all, train"),
    ],
)
def test_nonsense_arguments_are_named(draw, arguments, said):
    with pytest.raises(ValueError, match=said):
        draw(*arguments)


@pytest.mark.parametrize(
    "ids, lengths, said",
    [
        ([1, 2], [1], r"ids has shape \(2,\); expected \(T, B\)"),
        ([[1.5]], [1], "ids has dtype float64; expected integers"),
        ([[-1]], [1], "ids contains -1"),
        ([[999]], [1], "ids contains 999"),
        ([[1]], [1, 1], r"lengths has shape \(2,\); expected \(1,\)"),
        ([[1]], [2], r"lengths contains 2 at .0.; expected"),
    ],
)
def test_decode_names_what_does_not_fit(ids, lengths, said):
    with pytest.raises(ValueError, match=said):
        intents.decode(ids, lengths)
