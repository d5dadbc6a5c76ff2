"""The lattice of CTC: every way to spell a target in T frames."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import (
    SMALL,
    TINT,
    WIDEST,
    Canvas,
    Node,
)

BLANK = "∅"


def _after(rows, s):
    """The rows that a path in row s may take next."""
    after = [n for n in (s, s + 1) if n < len(rows)]
    if s % 2 and s + 2 < len(rows) and rows[s] != rows[s + 2]:
        after.append(s + 2)  # over a blank, between different symbols
    return after


def _alive(rows, T):
    """The nodes (row, frame) that lie on some path from start to end."""
    begun = [{0, 1}]
    for _ in range(T - 1):
        begun.append({n for s in begun[-1] for n in _after(rows, s)})
    ends = {len(rows) - 1, len(rows) - 2}
    alive = {(s, T - 1) for s in ends & begun[-1]}
    for t in range(T - 2, -1, -1):
        ends = {s for s in begun[t] if ends & {*_after(rows, s)}}
        alive |= {(s, t) for s in ends}
    return alive


def ctc_lattice(target="ab", T=5, weights=None, path=None):
    """Rows are the target with blanks around each symbol, columns frames.

    Parameters
    ----------
    target : the symbols to spell, up to 4
    T : how many frames
    weights : (2·len(target) + 1, T) shares 0 … 1, drawn as fills, such as
        the posterior α·β of each node; without it every node that lies on
        some path is drawn alike
    path : (T,) rows of one path, drawn thick

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the target is empty or does not fit into T frames, or `weights`
        has another shape.
    """
    rows = [BLANK]
    for symbol in target:
        rows += [symbol, BLANK]
    S = len(rows)
    if not target:
        raise ValueError("target is empty; it should hold 1 to 4 symbols")
    repeats = sum(a == b for a, b in zip(target, target[1:], strict=False))
    if T < len(target) + repeats:
        raise ValueError(
            f"T is {T}; {target!r} needs at least {len(target) + repeats}"
        )
    if weights is not None:
        weights = np.asarray(weights, float)
        arguments.array("weights", weights, (S, T))
    step = min(72, (WIDEST - 60) / T)
    high = 54
    r = min(15, step / 4)
    canvas = Canvas(60 + step * T, 58 + high * S)

    def node(s, t):
        return Node(40 + step * (t + 0.5), 30 + high * s, 2 * r, 2 * r)

    alive = _alive(rows, T)
    for s, symbol in enumerate(rows):
        canvas.word(16, node(s, 0).y, symbol)
    for s, t in sorted(alive):
        here = node(s, t)
        for n in _after(rows, s):
            if (n, t + 1) in alive:
                there = node(n, t + 1)
                chosen = path is not None and (*path[t : t + 2],) == (s, n)
                canvas.arrow(
                    here.towards(there),
                    there.towards(here),
                    colour="rnn" if chosen else None,
                    width=2.5 if chosen else 1.2,
                    opacity=None if chosen else 0.5,
                )
        fill = TINT if weights is None else 0.9 * weights[s, t]
        canvas.state(here.x, here.y, r=r, fill=fill)
    canvas.text(16, 40 + high * S, "frame", SMALL, "start", opacity=0.75)
    canvas.arrow(
        (64, 40 + high * S), (50 + step * T, 40 + high * S), opacity=0.6
    )
    return canvas.picture(
        f"Every path through the lattice spells “{target}”",
        f"{S} rows, {', '.join(rows)} from top to bottom, where {BLANK} is "
        f"the blank, and {T} columns, one a frame. From a node a path may "
        "stay in its row, go to the next, or skip a blank between two "
        "different symbols. Paths begin in one of the two upper rows and end "
        "in one of the two lower ones.",
    )
