"""Sentences of a toy grammar and their trees, written as brackets. ::

    the dog saw the cat near the lake
    (S (NP XX XX )NP (VP XX (NP XX XX )NP (PP XX (NP XX XX )NP )PP )VP )S

Parsing as translation, after Vinyals et al. (2015): the target names the
brackets, and XX stands for the words (``brackets`` writes and reads them).
Every sentence of the grammar (``trees_grammar``) has exactly one tree, so
nothing has to be guessed.
"""

from rnncourse import arguments

from . import _split, brackets, tokens, trees_grammar

#: The words, after PAD; an id of a source is a place in it.
SOURCE_VOCABULARY = (tokens.PAD, *trees_grammar.words())
#: The brackets, after the special tokens; an id of a target is a place in it.
TARGET_VOCABULARY = (
    *tokens.SPECIAL,
    brackets.WORD,
    *(f"({label}" for label in trees_grammar.LABELS),
    *(f"){label}" for label in trees_grammar.LABELS),
)


def part_of(sentence):
    """Say in which part a sentence lies; about one in five is test.

    Parameters
    ----------
    sentence : list of words

    Returns
    -------
    "train" or "test"
    """
    return _split.part_of(" ".join(sentence))


def trees(rng, n, part="all", longest=16):
    """Draw n trees.

    Parameters
    ----------
    rng : np.random.Generator
    n : int, how many
    part : "train", "test" (no sentence in common) or "all"
    longest : int, at least 5, the most words a sentence may have

    Returns
    -------
    list of n trees

    Raises
    ------
    ValueError
        if a size is too small or `part` is none of the three

    >>> import numpy as np
    >>> tree = trees(np.random.default_rng(3), 1)[0]
    >>> print(*brackets.words_of(tree))
    the cat which slept thought that anna waited with the garden
    """
    n = _split.asked(rng, n, part)
    longest = arguments.size("longest", longest, 5)
    found = []
    while len(found) < n:
        tree = trees_grammar.grow(rng, "S")
        words = brackets.words_of(tree)
        if len(words) <= longest and _split.lies_in(part, " ".join(words)):
            found.append(tree)
    return found


def batch(rng, B, part="all", longest=16):
    """Draw B sentences and their trees as ids.

    Parameters
    ----------
    rng, part, longest : as in `trees`
    B : int, how many

    Returns
    -------
    sources : (S, B), ints, places in `SOURCE_VOCABULARY`, 0 after the end
    source_lengths : (B,), ints
    targets : (T, B), ints, places in `TARGET_VOCABULARY`: brackets, then STOP
    target_lengths : (B,), ints, STOP counted

    Raises
    ------
    ValueError
        as in `trees`

    >>> import numpy as np
    >>> sources, n, targets, m = batch(np.random.default_rng(0), B=1)
    >>> tokens.decode(targets, m, TARGET_VOCABULARY)[0][:5]
    ['(S', '(NP', 'XX', 'XX', '(SBAR']
    """
    grown = trees(rng, arguments.size("B", B), part, longest)
    answers = [[*brackets.linearise(tree), tokens.STOP] for tree in grown]
    return (
        *tokens.encode(
            map(brackets.words_of, grown), SOURCE_VOCABULARY, "sentence"
        ),
        *tokens.encode(answers, TARGET_VOCABULARY),
    )
