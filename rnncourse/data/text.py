"""A real text that is already there: the language reference in every Python.

``pydoc_data.topics`` holds the reference pages that ``help()`` shows. Its
topics repeat whole sections, so each paragraph is kept once: else about a
tenth of the test would have been read in training, by runs of ten words. The
text differs a little between Python versions; `report` tells which one this
is.
"""

import hashlib
import re
import sys
from collections import Counter

import numpy as np

from rnncourse import arguments

PARTS = ("all", "train", "valid", "test")  #: The parts of the text.
BLOCK = 20  #: Paragraphs that stay together when the text is divided.
UNKNOWN = "<unk>"  #: Id 0: what the vocabulary does not hold.


def paragraphs(texts):
    """Cut texts at empty lines and keep each paragraph once, the first time.

    Two paragraphs are the same if they differ only in white space.

    Parameters
    ----------
    texts : iterable of strings

    Returns
    -------
    list of strings, in their order

    >>> paragraphs(["one\\n\\ntwo", "two\\n\\n  one\\n\\nthree"])
    ['one', 'two', 'three']
    """
    seen, kept = set(), []
    for text in texts:
        for paragraph in re.split(r"\n\s*\n", text):
            words = " ".join(paragraph.split())
            if words and words not in seen:
                seen.add(words)
                kept.append(paragraph.strip("\n"))
    return kept


def read(part="all"):
    """Read the text, or one part of it.

    Of every ten blocks of `BLOCK` paragraphs eight are "train", one "valid",
    one "test"; no two parts have a paragraph in common.

    Parameters
    ----------
    part : "all", "train", "valid" or "test"

    Returns
    -------
    text : str, paragraphs with an empty line between them

    Raises
    ------
    ValueError
        if `part` is none of the four
    ModuleNotFoundError
        where Python was installed without pydoc_data (as in the browser)

    >>> len(read("train")) > len(read("test"))
    True
    """
    arguments.choice("part", part, PARTS)
    kept = paragraphs(_topics())
    parts = ["train"] * 8 + ["valid", "test"]
    return "\n\n".join(
        paragraph
        for i, paragraph in enumerate(kept)
        if part in ("all", parts[i // BLOCK % 10])
    )


def report(text=None):
    """Say which text this is: Python's version, sizes and a hash.

    Parameters
    ----------
    text : str; by default ``read()``

    Returns
    -------
    dict : python, characters, distinct_characters, words, distinct_words, and
        the sha256 of the text

    >>> report("to be or not to be")["distinct_words"]
    4
    """
    text = read() if text is None else text
    tokens = words(text)
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "characters": len(text),
        "distinct_characters": len(set(text)),
        "words": len(tokens),
        "distinct_words": len(set(tokens)),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def words(text):
    """Cut a text into small-letter words and single signs.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of strings

    >>> words("If x is None:")
    ['if', 'x', 'is', 'none', ':']
    """
    return re.findall(r"\w+|[^\w\s]", text.lower())


def vocabulary(tokens, least=1):
    """List the distinct tokens, the most frequent first, UNKNOWN before all.

    Parameters
    ----------
    tokens : a str (its characters) or a list of words, from the train part
    least : int, how often a token must occur to be listed

    Returns
    -------
    tuple of V strings; an id is a place in it, 0 is UNKNOWN

    Raises
    ------
    ValueError
        if there is no token, or least is no positive integer

    >>> vocabulary("abracadabra", least=2)
    ('<unk>', 'a', 'b', 'r')
    """
    least = arguments.size("least", least)
    if len(tokens) == 0:
        raise ValueError("tokens is empty; expected at least one token")
    counts = sorted(Counter(tokens).items(), key=lambda c: (-c[1], c[0]))
    return (UNKNOWN, *(token for token, n in counts if n >= least))


def encode(tokens, vocabulary):
    """Turn tokens into ids; what is not listed becomes 0.

    Parameters
    ----------
    tokens : a str (its characters) or a list of N words
    vocabulary : tuple of V strings, from `vocabulary`

    Returns
    -------
    ids : (N,), ints

    >>> encode("cab", ("<unk>", "a", "b"))
    array([0, 1, 2])
    """
    places = {token: i for i, token in enumerate(vocabulary)}
    return np.array([places.get(token, 0) for token in tokens], dtype=int)


def decode(ids, vocabulary):
    """Turn ids back into tokens.

    Parameters
    ----------
    ids : (N,), ints, places in the vocabulary
    vocabulary : tuple of V strings

    Returns
    -------
    list of N strings

    Raises
    ------
    ValueError
        if an id is no place in the vocabulary

    >>> "".join(decode([2, 1, 1], ("<unk>", "a", "b")))
    'baa'
    """
    ids = arguments.integers("ids", ids, ("N",), 0, len(vocabulary))
    return [vocabulary[i] for i in ids]


def _topics():
    """The topics of this Python's reference, in the order of their names."""
    try:
        from pydoc_data.topics import topics
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "this Python came without pydoc_data, the text of help(); "
            "install its full standard library to read it"
        ) from error
    return [topics[name] for name in sorted(topics)]
