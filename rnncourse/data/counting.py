"""Counting languages: after some letters, all that follows is determined. ::

    a a a b b b a b a a b b ...     anbn: once the first b has come, each
            ^ ^ ^   ^     ^         letter marked ^ can be told in advance

Read letter by letter, strings one after another. A model is asked only for
the determined letters, the first of the next string included; it must count
to get them right. The languages and the way of counting are those of Joulin
& Mikolov (2015).
"""

import numpy as np

from rnncourse import arguments

from . import tokens

#: Name → what the language makes of its counts n and (anbmcn+m alone) m:
#: pairs of a letter and how often it stands there.
LANGUAGES = {
    "anbn": lambda n, m: [("a", n), ("b", n)],
    "anbncn": lambda n, m: [("a", n), ("b", n), ("c", n)],
    "anbncndn": lambda n, m: [("a", n), ("b", n), ("c", n), ("d", n)],
    "anb2n": lambda n, m: [("a", n), ("b", 2 * n)],
    "anbmcn+m": lambda n, m: [("a", n), ("b", m), ("c", n + m)],
}
TWO_COUNTS = ("anbmcn+m",)  #: The languages that read m.


def vocabulary(language):
    """Return PAD and the language's letters; an id is a place among them.

    Parameters
    ----------
    language : a name in `LANGUAGES`

    Returns
    -------
    tuple of strings

    Raises
    ------
    ValueError
        for an unknown language

    >>> vocabulary("anbn")
    ('<pad>', 'a', 'b')
    """
    arguments.choice("language", language, LANGUAGES)
    letters = [letter for letter, _ in LANGUAGES[language](1, 1)]
    return (tokens.PAD, *letters)


def string(language, n, m=1):
    """Write the language's string for the counts n and (anbmcn+m) m.

    Parameters
    ----------
    language : a name in `LANGUAGES`
    n, m : ints, at least 1; `m` is read by anbmcn+m alone

    Returns
    -------
    letters : str
    determined : (len(letters) + 1,), booleans: whether each letter, and the
        first one of the next string, can be told from those before it

    Raises
    ------
    ValueError
        for an unknown language or a count below 1

    >>> letters, determined = string("anbn", 3)
    >>> letters, determined.astype(int)
    ('aaabbb', array([0, 0, 0, 0, 1, 1, 1]))
    """
    arguments.choice("language", language, LANGUAGES)
    n, m = arguments.size("n", n), arguments.size("m", m)
    runs = LANGUAGES[language](n, m)
    letters = "".join(letter * count for letter, count in runs)
    # Free are the runs that no earlier run has fixed, and the letter that
    # ends the last of them; at the very start, so is the first a.
    free = n + m + 1 if language in TWO_COUNTS else n + 1
    return letters, np.arange(len(letters) + 1) >= free


def isolated(language, counts):
    """Lay out one string a column, for the counts given.

    Parameters
    ----------
    language : a name in `LANGUAGES`
    counts : list of B ints n, or of B pairs (n, m) for anbmcn+m

    Returns
    -------
    ids : (T, B), ints, places in `vocabulary(language)`; 0 after the end
    targets : (T, B), the next letters; after the last one comes an "a"
    mask : (T, B), booleans, True where the target is determined
    lengths : (B,), ints

    Raises
    ------
    ValueError
        for an unknown language, no counts, or a count below 1

    >>> ids, targets, mask, lengths = isolated("anbn", [1, 2])
    >>> ids.T
    array([[1, 2, 0, 0],
           [1, 1, 2, 2]])
    >>> targets.T
    array([[2, 1, 0, 0],
           [1, 2, 2, 1]])
    >>> mask.T.astype(int)
    array([[0, 1, 0, 0],
           [0, 0, 1, 1]])
    """
    strings = [string(language, *_pair(language, c)) for c in counts]
    words = [letters for letters, _ in strings]
    ids, lengths = tokens.encode(words, vocabulary(language), "string")
    targets = np.vstack([ids[1:], np.zeros_like(ids[:1])])
    targets[lengths - 1, np.arange(len(words))] = 1  # the next string's "a"
    mask = np.zeros(ids.shape, dtype=bool)
    for b, (_, determined) in enumerate(strings):
        mask[: lengths[b], b] = determined[1:]
    return ids, targets, mask, lengths


def stream(rng, language, T, B, longest, shortest=1):
    """Draw B endless streams of strings, cut after T letters.

    Parameters
    ----------
    rng : np.random.Generator
    language : a name in `LANGUAGES`
    T, B : ints, letters a stream and streams
    longest, shortest : ints, every count is drawn from shortest ... longest

    Returns
    -------
    ids : (T, B), ints, places in `vocabulary(language)`
    targets : (T, B), the next letters
    mask : (T, B), booleans, True where the target is determined

    Raises
    ------
    ValueError
        for an unknown language, a size below 1, or an empty range

    >>> rng = np.random.default_rng(0)
    >>> ids, targets, mask = stream(rng, "anbn", T=12, B=1, longest=4)
    >>> print(*(vocabulary("anbn")[i] for i in ids[:, 0]))
    a a a a b b b b a a a b
    >>> print(*mask[:, 0].astype(int))
    0 0 0 0 1 1 1 1 0 0 0 1
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    shortest, longest = arguments.span(shortest, longest)
    places = {letter: i for i, letter in enumerate(vocabulary(language))}
    ids = np.zeros((T + 1, B), dtype=int)
    mask = np.zeros((T + 1, B), dtype=bool)
    for b in range(B):
        t = 0
        while t <= T:
            n, m = rng.integers(shortest, longest + 1, size=2)
            letters, determined = string(language, int(n), int(m))
            fits = min(len(letters), T + 1 - t)
            ids[t : t + fits, b] = [places[c] for c in letters[:fits]]
            mask[t : t + fits, b] |= determined[:fits]
            t += len(letters)
            if t <= T:
                mask[t, b] = determined[-1]
    return ids[:-1], ids[1:], mask[1:]


def all_right(answers, targets, mask):
    """Say for each column whether every determined letter is right.

    Parameters
    ----------
    answers : (T, B), ints, the letters the model expects next
    targets, mask : (T, B), from `isolated` or `stream`

    Returns
    -------
    right : (B,), booleans

    Raises
    ------
    ValueError
        if the shapes differ or an id is negative

    >>> all_right([[1, 1], [2, 1]], [[1, 1], [2, 2]], [[0, 0], [1, 1]])
    array([ True, False])
    """
    targets = arguments.integers("targets", targets, ("T", "B"), 0)
    answers = arguments.integers("answers", answers, targets.shape, 0)
    mask = arguments.shaped(
        "mask", np.asarray(mask, dtype=bool), targets.shape
    )
    return ((answers == targets) | ~mask).all(axis=0)


def _pair(language, count):
    """Read one entry of counts as (n, m)."""
    if language not in TWO_COUNTS:
        return arguments.size("a count", count), 1
    if np.shape(count) != (2,):
        raise ValueError(f"a count is {count!r}; expected a pair (n, m)")
    return tuple(arguments.size("a count", c) for c in count)
