"""Diagrams of the stack: what its actions do, and one at work."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas, Node
from rnncourse.pictures.plots import css_colour


def _cells(canvas, x, top, values, new=None):
    """A stack, its top cell first; the cell `new` is outlined."""
    for i, value in enumerate(values):
        canvas.box(x, top + 30 * i, 58, 26, "stack", rx=4, fill=0.16)
        if i == new:
            canvas.box(x, top + 30 * i, 58, 26, rx=4)
        canvas.word(x, top + 30 * i, value, SMALL)


def stack(cells=("a", "b", "c")):
    """Push, pop, no-op: what each does to a stack, and how they mix.

    Parameters
    ----------
    cells : what stands on the stack before, its top first; three symbols
    """
    canvas = Canvas(440, 330)
    h = canvas.state(220, 40, "h_t", "stack")
    _cells(canvas, 62, 178, cells)
    canvas.text(62, 134, "before", SMALL)
    for x, words, after, new in (
        (194, "push", ("d", *cells[:2]), 0),
        (288, "pop", (*cells[1:], ""), None),
        (382, "no-op", cells, None),
    ):
        canvas.arrow(h.towards(Node(x, 110, 0, 0)), (x, 110), colour="stack")
        canvas.text(x, 134, words, font_weight="bold")
        _cells(canvas, x, 178, after, new)
    for x, words in ((194, "p_1 ×"), (288, "p_2 ×"), (382, "p_3 ×")):
        canvas.text(x, 274, words, SMALL)
    for x in (241, 335):
        canvas.text(x, 274, "+")
    canvas.text(288, 310, "the new stack is their mixture", SMALL)
    return canvas.picture(
        "The state chooses softly between push, pop and no-op",
        f"A stack holds {', '.join(cells)}, the top first. Push puts d on "
        "top, pop takes the top away, no-op leaves all as it is. The state "
        "h_t gives each action a probability, and the new stack is the mean "
        "of the three results with these weights.",
    )


def stack_walk(symbols, stacks, actions, t, names=("push", "pop", "no-op")):
    """A stack that grows and shrinks along a sequence, after the step `t`.

    Parameters
    ----------
    symbols : the T symbols read
    stacks : (T, K) floats, the K top cells after each step, the top first
    actions : (T, A) floats, the probability of each action at each step
    t : 0 … T−1, the step just done
    names : of the A actions

    Returns
    -------
    Picture; the stronger the fill, the larger the cell's value

    Raises
    ------
    ValueError
        If `stacks` or `actions` does not fit `symbols`, or `t` is no step.
    """
    T = len(symbols)
    stacks = np.asarray(stacks, float)
    actions = np.asarray(actions, float)
    K = arguments.array("stacks", stacks, (T, "K")).shape[1]
    arguments.array("actions", actions, (T, len(names)))
    t = int(arguments.integers("t", t, (), 0, T))
    step = min(44, 440 / T)
    limit = abs(stacks).max() or 1.0
    canvas = Canvas(max(16 + step * T, 260), 30 * K + 150)
    foot = 30 * K + 16
    for s in range(T):
        at = 8 + step * (s + 0.5)
        faint = None if s <= t else 0.3
        for k in range(K):
            share = abs(stacks[s, k]) / limit if s <= t else 0
            canvas.add(
                "rect",
                x=at - step / 2 + 2,
                y=8 + 30 * k,
                width=step - 4,
                height=26,
                rx=4,
                stroke=css_colour("stack"),
                stroke_width=3 if s == t and k == 0 else 1,
                opacity=faint,
                fill=css_colour("stack" if stacks[s, k] >= 0 else "lstm"),
                fill_opacity=0.8 * share,
            )
        bold = "bold" if s == t else None
        canvas.word(at, foot + 14, symbols[s], font_weight=bold, opacity=faint)
    for i, name in enumerate(names):
        y = foot + 50 + 28 * i
        canvas.text(8, y, name, SMALL, "start")
        canvas.box(160, y, 160, 14, rx=7)
        canvas.add(
            "rect",
            x=80,
            y=y - 7,
            width=160 * actions[t, i],
            height=14,
            rx=min(7, 80 * actions[t, i]),
            fill=css_colour("stack"),
        )
    words = ", ".join(
        f"{name} {probability:.2f}"
        for name, probability in zip(names, actions[t], strict=True)
    )
    numbers = ", ".join(f"{value:.2f}" for value in stacks[t])
    return canvas.picture(
        f"The stack after “{symbols[t]}”, step {t + 1} of {T}; orange: empty",
        f"Actions: {words}. From its top the stack holds {numbers}.",
    )
