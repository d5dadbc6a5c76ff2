"""A bracketed tree, drawn."""

import re

from rnncourse.pictures.diagrams._canvas import SIZE, SMALL, Canvas
from rnncourse.pictures.diagrams._geometry import room

ROW = 62


def _parse(bracketed):
    """'(S (NP a) b)' → ('S', [('NP', ['a']), 'b'])."""
    tokens = re.findall(r"[()]|[^\s()]+", bracketed)

    def node(i):
        if i + 1 >= len(tokens) or tokens[i] != "(" or tokens[i + 1] in "()":
            raise ValueError(
                f"{bracketed!r} is no bracketed tree such as '(S (NP a) b)'"
            )
        label, children = tokens[i + 1], []
        i += 2
        while i < len(tokens) and tokens[i] != ")":
            if tokens[i] == "(":
                child, i = node(i)
            else:
                child, i = tokens[i], i + 1
            children.append(child)
        if i == len(tokens) or not children:
            raise ValueError(
                f"{bracketed!r} has a bracket that is not closed or is empty"
            )
        return (label, children), i + 1

    root, end = node(0)
    if end != len(tokens):
        raise ValueError(f"{bracketed!r} goes on after its last bracket")
    return root


def _depth(node):
    return 0 if isinstance(node, str) else 1 + max(map(_depth, node[1]))


def _leaves(node):
    return [node] if isinstance(node, str) else sum(map(_leaves, node[1]), [])


def tree(bracketed="(S (NP the dog) (VP saw (NP a cat)))"):
    """The tree that a bracketed string spells; its words stand on one line.

    Parameters
    ----------
    bracketed : '(label child child …)', a child being a word or a tree

    Raises
    ------
    ValueError
        If the brackets do not match or the sentence is too wide for a page.
    """
    root = _parse(bracketed)
    words, depth = _leaves(root), _depth(root)
    widths = [max(44, room(word, SIZE) + 14) for word in words]
    canvas = Canvas(sum(widths) + 8, ROW * depth + 56)
    foot = ROW * depth + 28
    left = iter([4 + sum(widths[:i]) + w / 2 for i, w in enumerate(widths)])

    def place(node, level):
        """Draw a node below its own children's lines; returns its top."""
        if isinstance(node, str):
            x = next(left)
            canvas.word(x, foot, node)
            return x, foot - 16
        label, children = node
        y = 26 + ROW * level
        tops = [place(child, level + 1) for child in children]
        x = (tops[0][0] + tops[-1][0]) / 2
        for top in tops:
            canvas.line((x, y + 16), top)
        width = max(36, room(label, SMALL) + 14)
        canvas.box(x, y, width, 30, "rnn", rx=9, fill=0.16)
        canvas.word(x, y, label, SMALL)
        return x, y - 15

    place(root, 0)
    return canvas.picture(
        f"The tree of “{' '.join(words)}”",
        f"In brackets: {bracketed}",
    )
