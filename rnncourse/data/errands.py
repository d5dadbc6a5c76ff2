"""Two requests in one sentence: which words say what is to be done first?

Every word has a tag of its own::

    call anna before you play some jazz      call anna is first
    call anna after you play some jazz       play some jazz is first
    call anna but first play some jazz       play some jazz is first

A sentence that opens with a request does not tell, while the request is
being read, which of the two it is: that depends on a word still to come. In
`FORMS` the two cases are equally common, so whoever reads from left to right
is right about an opening request half of the time, and no better.
"""

import numpy as np

from rnncourse import arguments

from . import _split, tokens
from . import intents_grammar as grammar

#: The tags; a tag is a place in it. The words between the requests: "other".
TAGS = ("other", "first", "then")
OTHER, FIRST, THEN = range(3)  #: Id of a tag.
#: The frames: X is to be done first, then Y.
FORMS = (
    "X before you Y",
    "X and then Y",
    "Y after you X",
    "Y but first X",
    "before you Y X",
    "after you X Y",
)
_REQUESTS = {
    intent: grammar.choices(text) for intent, text in grammar.REQUESTS.items()
}
_PARTS = " ".join((*FORMS, *grammar.REQUESTS.values())).split()
_WORDS = {word for word in _PARTS if word.islower()} | {
    word
    for name in _PARTS
    for word in grammar.RULES.get(name, "").split()
    if word.islower()
}
#: Every word, after PAD; an id is a place in it.
VOCABULARY = (tokens.PAD, *sorted(_WORDS))


def sentences(rng, n, part="all"):
    """Draw n sentences of two requests, and a tag for each word.

    Parameters
    ----------
    rng : np.random.Generator
    n : int, how many
    part : "train", "test" (no bag of words in common) or "all"

    Returns
    -------
    words : list of n sentences, each a list of words
    tags : list of n lists of ints, places in `TAGS`

    Raises
    ------
    ValueError
        if `n` is not a positive integer or `part` is none of the three

    >>> words, tags = sentences(np.random.default_rng(0), 1)
    >>> for word, tag in zip(words[0], tags[0], strict=True):
    ...     print(f"{word:6} {TAGS[tag]}")
    call   first
    peter  first
    before other
    you    other
    text   then
    anna   then
    """
    n = _split.asked(rng, n, part)
    words, tags = [], []
    while len(words) < n:
        sentence, marks = _sentence(rng)
        if _split.lies_in(part, " ".join(sorted(sentence))):
            words.append(sentence)
            tags.append(marks)
    return words, tags


def batch(rng, n, part="all"):
    """Draw n sentences as padded columns of ids and tags.

    Parameters
    ----------
    rng, n, part : as in `sentences`

    Returns
    -------
    ids : (T, n), ints, places in `VOCABULARY`, 0 after the end
    tags : (T, n), ints, places in `TAGS`, 0 after the end
    lengths : (n,), ints, words in each sentence

    Raises
    ------
    ValueError
        as `sentences`

    >>> ids, tags, lengths = batch(np.random.default_rng(0), 3)
    >>> ids.shape == tags.shape == (max(lengths), 3)
    True
    """
    words, marks = sentences(rng, n, part)
    ids, lengths = tokens.encode(words, VOCABULARY, "sentence")
    tags = np.zeros_like(ids)
    for b, row in enumerate(marks):
        tags[: len(row), b] = row
    return ids, tags, lengths


def opening(tags, lengths):
    """Find the words that only the future can tag.

    The words of a request that opens its sentence: they are tagged "first"
    or "then", and no connecting word stands before them.

    Parameters
    ----------
    tags : (T, B), ints, places in `TAGS`
    lengths : (B,), ints, words in each sentence

    Returns
    -------
    (T, B) booleans

    Raises
    ------
    ValueError
        if tags are no places in `TAGS` or lengths do not fit them

    >>> tags = np.array([[FIRST, OTHER], [OTHER, THEN], [THEN, FIRST]])
    >>> opening(tags, [3, 3]).T.astype(int)
    array([[1, 0, 0],
           [0, 0, 0]])
    """
    tags = arguments.integers("tags", tags, ("T", "B"), 0, len(TAGS))
    T, B = tags.shape
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    inside = np.arange(T)[:, None] < lengths
    return np.logical_and.accumulate((tags != OTHER) & inside)


def _sentence(rng):
    """Draw one sentence and its tags, from either part."""
    names = list(_REQUESTS)
    first, then = rng.choice(len(names), size=2, replace=False)
    requests = {}
    for place, k in (("X", first), ("Y", then)):
        options = _REQUESTS[names[k]]
        option = options[rng.integers(len(options))]
        requests[place] = list(grammar.expand(rng, option))
    kinds = {"X": FIRST, "Y": THEN}
    words, tags = [], []
    for word in FORMS[rng.integers(len(FORMS))].split():
        said = requests.get(word, [word])
        words += said
        tags += [kinds.get(word, OTHER)] * len(said)
    return words, tags
