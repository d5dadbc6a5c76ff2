"""The lattice of CTC: every way to spell a target in T frames."""

import numpy as np

from rnncourse.diagrams._canvas import GAP, SMALL, WIDEST, Canvas
from rnncourse.plots import css_colour

BLANK = "∅"


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
        If the target does not fit into T frames, or `weights` has another
        shape.
    """
    rows = [BLANK]
    for symbol in target:
        rows += [symbol, BLANK]
    S = len(rows)
    repeats = sum(a == b for a, b in zip(target, target[1:], strict=False))
    if T < len(target) + repeats:
        raise ValueError(
            f"T is {T}; {target!r} needs at least {len(target) + repeats}"
        )
    if weights is not None:
        weights = np.asarray(weights, float)
        if weights.shape != (S, T):
            raise ValueError(
                f"weights has shape {weights.shape}; expected ({S}, {T})"
            )
    step = min(72, (WIDEST - 60) / T)
    high = 54
    r = min(15, step / 4)
    canvas = Canvas(60 + step * T, 58 + high * S)

    def at(s, t):
        return 40 + step * (t + 0.5), 30 + high * s

    def after(s):
        """The rows that may follow row s."""
        jump = s % 2 and s + 2 < S and rows[s] != rows[s + 2]
        return [s, s + 1, s + 2] if jump else [s, s + 1]

    begun = {(0, 0), (1, 0)}
    for t in range(1, T):
        begun |= {
            (n, t)
            for s in range(S)
            if (s, t - 1) in begun
            for n in after(s)
            if n < S
        }
    alive = {(S - 1, T - 1), (S - 2, T - 1)}
    for t in range(T - 2, -1, -1):
        alive |= {
            (s, t)
            for s in range(S)
            if any((n, t + 1) in alive for n in after(s))
        }
    alive &= begun
    for s, symbol in enumerate(rows):
        canvas.word(16, at(s, 0)[1], symbol)
    for s, t in sorted(alive):
        x, y = at(s, t)
        for n in after(s):
            if (n, t + 1) in alive:
                ends = at(n, t + 1)
                far = np.hypot(ends[0] - x, ends[1] - y)
                share = (r + GAP) / far
                dx, dy = share * (ends[0] - x), share * (ends[1] - y)
                chosen = path is not None and tuple(path[t : t + 2]) == (s, n)
                canvas.arrow(
                    (x + dx, y + dy),
                    (ends[0] - dx, ends[1] - dy),
                    colour="rnn" if chosen else None,
                    width=2.5 if chosen else 1.2,
                    opacity=None if chosen else 0.5,
                )
        fill = 0.16 if weights is None else 0.9 * weights[s, t]
        canvas.add(
            "circle",
            cx=x,
            cy=y,
            r=r,
            stroke=css_colour("rnn"),
            stroke_width=1.8,
            fill=css_colour("rnn"),
            fill_opacity=fill,
        )
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
