"""Trees as rows of brackets, and how well two rows agree.

A tree is a tuple of its label and its parts; a part is a tree or a word.
Written as brackets it is a row of tokens, XX for every word::

    ("S", ("NP", "tom"), ("VP", "slept"))    (S (NP XX )NP (VP XX )VP )S

The form, and the score that counts labelled brackets, are those of Vinyals
et al. (2015).
"""

from collections import Counter

WORD = "XX"  #: The token that stands for a word.


def words_of(tree):
    """List the words of a tree, left to right.

    Parameters
    ----------
    tree : tuple of a label and its parts, each a tree or a word

    Returns
    -------
    list of strings

    >>> words_of(("S", ("NP", "tom"), ("VP", "slept")))
    ['tom', 'slept']
    """
    if isinstance(tree, str):
        return [tree]
    return [word for part in tree[1:] for word in words_of(part)]


def linearise(tree):
    """Write a tree as brackets, XX for every word.

    Parameters
    ----------
    tree : tuple of a label and its parts, each a tree or a word

    Returns
    -------
    list of tokens, "(LABEL", "XX" and ")LABEL"

    >>> linearise(("S", ("NP", "tom"), ("VP", "slept")))
    ['(S', '(NP', 'XX', ')NP', '(VP', 'XX', ')VP', ')S']
    """
    if isinstance(tree, str):
        return [WORD]
    label, *parts = tree
    inside = [token for part in parts for token in linearise(part)]
    return [f"({label}", *inside, f"){label}"]


def parse(brackets, words=None):
    """Read brackets as a tree; the inverse of `linearise`.

    Parameters
    ----------
    brackets : list of tokens, "(LABEL", "XX" and ")LABEL"
    words : list of the sentence's words; without it XX stays

    Returns
    -------
    tree

    Raises
    ------
    ValueError
        if the brackets are not one tree, or the words are not as many as XX

    >>> parse(["(S", "(VP", "XX", ")VP", ")S"], ["run"])
    ('S', ('VP', 'run'))
    """
    brackets = list(brackets)
    if words is not None and brackets.count(WORD) != len(words):
        raise ValueError(
            f"brackets hold {brackets.count(WORD)} {WORD}; "
            f"expected one for each of {len(words)} words"
        )
    rest = iter(words if words is not None else [WORD] * len(brackets))
    open_trees = [[None]]
    for place, token in enumerate(brackets):
        kind, label = token[:1], token[1:]
        if token == WORD and len(open_trees) > 1:
            open_trees[-1].append(next(rest))
        elif kind == "(" and label and not _closed(open_trees):
            open_trees.append([label])
        elif kind == ")" and label == open_trees[-1][0] and _full(open_trees):
            tree = tuple(open_trees.pop())
            open_trees[-1].append(tree)
        else:
            raise ValueError(f"brackets[{place}] is {token!r}: no tree so far")
    if not _closed(open_trees):
        raise ValueError(f"brackets end too early: {' '.join(brackets)!r}")
    return open_trees[0][1]


def _closed(open_trees):
    """Whether one whole tree has been read."""
    return len(open_trees) == 1 and len(open_trees[0]) == 2


def _full(open_trees):
    """Whether the innermost open tree has a part."""
    return len(open_trees[-1]) > 1


def spans(tree):
    """Count a tree's brackets, each as (label, first word, end).

    Parameters
    ----------
    tree : tuple of a label and its parts, each a tree or a word

    Returns
    -------
    Counter of tuples; words are counted from 0, and the end is the first
    one that no longer belongs to the bracket

    >>> sorted(spans(("S", ("NP", "tom"), ("VP", "slept"))))
    [('NP', 0, 1), ('S', 0, 2), ('VP', 1, 2)]
    """
    found = Counter()

    def walk(part, start):
        if isinstance(part, str):
            return start + 1
        end = start
        for inner in part[1:]:
            end = walk(inner, end)
        found[part[0], start, end] += 1
        return end

    walk(tree, 0)
    return found


def bracket_f1(answers, targets):
    """Measure how many labelled brackets two lists of bracketings share.

    ``F1 = 2 * shared / (in answers + in targets)``, over all sentences
    together. An answer that is no tree has no bracket, so it costs recall.

    Parameters
    ----------
    answers, targets : lists of B bracketings, each a list of tokens

    Returns
    -------
    f1 : float, 0 to 1

    Raises
    ------
    ValueError
        if the lists differ in length or are empty, or a target is no tree

    >>> bracket_f1([["(S", "XX", ")S"]], [["(S", "(VP", "XX", ")VP", ")S"]])
    0.6666666666666666
    """
    if len(answers) != len(targets) or not targets:
        raise ValueError(
            f"answers has {len(answers)} bracketings, targets "
            f"{len(targets)}; expected as many, and at least one"
        )
    shared = total = 0
    for answer, target in zip(answers, targets, strict=True):
        right = spans(parse(target))
        try:
            given = spans(parse(answer))
        except ValueError:
            given = Counter()
        shared += (given & right).total()
        total += given.total() + right.total()
    return 2 * shared / total
