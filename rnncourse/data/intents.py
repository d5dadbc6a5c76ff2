"""Short requests such as "what time is it", each with one of eight intents.

A small grammar (``intents_grammar``) makes the sentences. In about a quarter
of them the answer lies in the *order* of the words::

    play some jazz before you call anna     music: what must be done first
    call anna before you play some jazz     call
    will the rain start before the party    weather: what is asked about
    will the party start before the rain    calendar

Such a sentence has a twin with the same words and another intent, so a model
that sees only the bag of words gets at most half of them right.

Train and test are split by bag of words: no test sentence, and no reordering
of one, is ever drawn for training.
"""

import numpy as np

from rnncourse import arguments

from . import _split, tokens
from . import intents_grammar as grammar

#: The names of the eight intents; a label is a place in it.
INTENTS = tuple(grammar.ONE_CLAUSE)
#: Every word, after PAD; an id is a place in it.
VOCABULARY = (tokens.PAD, *grammar.words())
SHORTEST = 3  #: The fewest words of a sentence.
LONGEST = 12  #: The most words of a sentence.
#: The share of two-clause sentences in each intent that has them.
ORDERED = 0.3
_TWO_CLAUSES = (*grammar.REQUESTS, *grammar.SUBJECTS)


def part_of(sentence):
    """Say in which part a sentence lies.

    The rule is a checksum of the sorted words, so every reordering of a
    sentence lies in the same part; about one bag of words in five is test.

    Parameters
    ----------
    sentence : list of words

    Returns
    -------
    "train" or "test"

    >>> part_of(["call", "anna"]) == part_of(["anna", "call"])
    True
    """
    return _split.part_of(" ".join(sorted(sentence)))


def _fits(sentence, part):
    """Whether the sentence has a legal length and lies in the part."""
    right_length = SHORTEST <= len(sentence) <= LONGEST
    return right_length and _split.lies_in(part, " ".join(sorted(sentence)))


def sentences(rng, n, part="all"):
    """Draw n sentences, all intents equally likely.

    Parameters
    ----------
    rng : np.random.Generator
    n : int, how many
    part : "train", "test" (no bag of words in common) or "all"

    Returns
    -------
    words : list of n sentences, each a list of 3 to 12 words
    labels : (n,), ints, places in `INTENTS`

    Raises
    ------
    ValueError
        if `n` is not a positive integer or `part` is none of the three

    >>> words, labels = sentences(np.random.default_rng(0), 3)
    >>> for sentence, label in zip(words, labels, strict=True):
    ...     print(INTENTS[label], "<-", " ".join(sentence))
    call <- hi would you call anna and then wake me thank you
    music <- hi could you play some blues for dad please
    alarm <- hi after you wake me at eleven would you write to anna
    """
    n = _split.asked(rng, n, part)
    labels = rng.integers(len(INTENTS), size=n)
    words = []
    for label in labels:
        intent = INTENTS[label]
        ordered = intent in _TWO_CLAUSES and rng.random() < ORDERED
        sentence = []
        while not _fits(sentence, part):
            if ordered:
                sentence, _, _ = grammar.two_clauses(rng, intent)
            else:
                sentence = grammar.one_clause(rng, intent)
        words.append(sentence)
    return words, labels


def order_pairs(rng, n, part="all"):
    """Draw n pairs of sentences: same words, other order, other intent.

    A model that sees only the bag of words gives both members of a pair the
    same intent, so it is right on at most one of the two.

    Parameters
    ----------
    rng : np.random.Generator
    n : int, how many pairs
    part : "train", "test" or "all"; both members lie in the same part

    Returns
    -------
    firsts, seconds : two lists of n sentences
    labels : (2, n), ints, the intents of firsts and of seconds

    Raises
    ------
    ValueError
        if `n` is not a positive integer or `part` is none of the three

    >>> rng = np.random.default_rng(0)
    >>> firsts, seconds, labels = order_pairs(rng, 100)
    >>> all(sorted(a) == sorted(b)
    ...     for a, b in zip(firsts, seconds, strict=True))
    True
    >>> bool((labels[0] != labels[1]).all())
    True
    """
    n = _split.asked(rng, n, part)
    firsts, seconds, labels = [], [], []
    while len(firsts) < n:
        intent = _TWO_CLAUSES[rng.integers(len(_TWO_CLAUSES))]
        first, second, other = grammar.two_clauses(rng, intent)
        if _fits(first, part):
            firsts.append(first)
            seconds.append(second)
            labels.append([INTENTS.index(intent), INTENTS.index(other)])
    return firsts, seconds, np.array(labels).T


def encode(sentences):
    """Turn sentences into ids, filled up with 0 after each one's end.

    Parameters
    ----------
    sentences : list of B lists of words; a string is split at its spaces

    Returns
    -------
    ids : (T, B), ints, places in `VOCABULARY`; T is the longest length
    lengths : (B,), ints, words in each sentence

    Raises
    ------
    ValueError
        if there is no sentence, one is empty, or a word is not in
        `VOCABULARY` (then it names near ones)

    >>> ids, lengths = encode(["call anna please", "call tom"])
    >>> ids.shape, lengths
    ((3, 2), array([3, 2]))
    >>> decode(ids, lengths)[1]
    ['call', 'tom']
    """
    if isinstance(sentences, str):
        raise ValueError(
            f"sentences is the string {sentences!r}; expected a list of them"
        )
    sentences = [s.split() if isinstance(s, str) else s for s in sentences]
    return tokens.encode(sentences, VOCABULARY, "sentence")


def decode(ids, lengths):
    """Turn ids back into sentences; the inverse of `encode`.

    Parameters
    ----------
    ids : (T, B), ints, places in `VOCABULARY`
    lengths : (B,), ints, words in each sentence

    Returns
    -------
    list of B lists of words

    Raises
    ------
    ValueError
        if ids are no places in `VOCABULARY` or lengths do not fit them
    """
    return tokens.decode(ids, lengths, VOCABULARY)


def bag(ids):
    """Count each sentence's words, whatever their order.

    Parameters
    ----------
    ids : (T, B), ints, places in `VOCABULARY`

    Returns
    -------
    counts : (B, V), floats; PAD is not counted

    Raises
    ------
    ValueError
        if ids are no places in `VOCABULARY`

    >>> ids, _ = encode(["call anna please", "please call anna"])
    >>> bool((bag(ids)[0] == bag(ids)[1]).all())
    True
    """
    ids = arguments.integers("ids", ids, ("T", "B"), 0, len(VOCABULARY))
    counts = np.zeros((ids.shape[1], len(VOCABULARY)))
    np.add.at(counts, (np.arange(ids.shape[1]), ids), 1.0)
    counts[:, 0] = 0.0  # fillers are not words
    return counts
