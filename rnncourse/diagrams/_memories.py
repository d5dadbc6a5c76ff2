"""Diagrams of the other memories: Clockwork, SCRN, stack."""

import numpy as np

from rnncourse.diagrams._canvas import SMALL, Canvas, Node
from rnncourse.plots import css_colour


def clockwork(periods=(1, 2, 4), T=8):
    """Modules that tick at their own periods; between ticks they keep.

    periods : of the modules, fastest first
    T : how many steps to draw, up to 8
    """
    step, row = 46, 74
    canvas = Canvas(92 + step * T, 40 + row * len(periods))
    for m, period in enumerate(periods):
        y = 34 + row * m
        canvas.text(8, y, f"period {period}", SMALL, "start")
        before = None
        for t in range(T):
            at = 98 + step * t
            ticks = t % period == 0
            state = canvas.state(
                at,
                y,
                "",
                "clockwork",
                r=13,
                kept=not ticks,
                opacity=0.6 if ticks else 0,
            )
            if before:
                canvas.arrow(
                    before.right, state.left, colour="clockwork", width=1.5
                )
            if ticks and t and m + 1 < len(periods):
                slower = Node(at - step, y + row, 26, 26)
                canvas.arrow(
                    slower.towards(state), state.towards(slower), opacity=0.6
                )
            before = state
    canvas.time(8, 84 + step * T, 24 + row * len(periods))
    return canvas.picture(
        "A Clockwork network: slow modules tick seldom and keep in between",
        f"{len(periods)} rows of {T} states with periods "
        f"{', '.join(map(str, periods))}. A filled state is computed anew, a "
        "dashed one is kept from the step before. A module that ticks also "
        "reads the next slower one as it was the step before, never a "
        "faster one.",
    )


def scrn():
    """A fast state that is recomputed and a slow one that drifts."""
    canvas = Canvas(400, 330)
    y = canvas.datum(200, 40, "y_t")
    h = canvas.state(276, 150, "h_t", "scrn", r=25)
    s = canvas.state(124, 150, "s_t", "scrn", r=25, opacity=0.45)
    x = canvas.datum(200, 262, "x_t")
    canvas.arrow(s.towards(y), (192, y.bottom[1]))
    canvas.arrow(h.towards(y), (208, y.bottom[1]))
    canvas.arrow((192, x.top[1]), s.towards(x))
    canvas.arrow((208, x.top[1]), h.towards(x))
    canvas.arrow(s.right, h.left)
    for node, sign, words in (
        (s, -1, "× α"),
        (h, 1, "W_hh"),
    ):
        edge = node.x + sign * 78
        canvas.arrow(
            (node.x + sign * 24, node.y - 16),
            (edge, node.y - 16),
            (edge, node.y + 16),
            (node.x + sign * 24, node.y + 16),
            colour="scrn",
            width=2.5,
            bend=14,
        )
        canvas.text(node.x + sign * 52, node.y - 32, words, SMALL)
    canvas.text(60, 208, "slow", SMALL)
    canvas.text(340, 208, "fast", SMALL)
    canvas.text(200, 306, "s keeps α of itself, h is made anew", SMALL)
    return canvas.picture(
        "SCRN: a slow context beside a fast state",
        "The input x_t feeds a slow state s_t and a fast state h_t; both feed "
        "the output y_t, and s_t also feeds h_t. The slow state returns to "
        "itself times the constant alpha, without a matrix; the fast one "
        "returns through the matrix W_hh.",
    )


def _cells(canvas, x, top, values, new=None):
    """A stack, its top cell first; the cell `new` is outlined."""
    for i, value in enumerate(values):
        canvas.box(x, top + 30 * i, 58, 26, "stack", rx=4, opacity=0.16)
        if i == new:
            canvas.box(x, top + 30 * i, 58, 26, rx=4)
        canvas.word(x, top + 30 * i, value, SMALL)


def stack(cells=("a", "b", "c")):
    """Push, pop, no-op: what each does to a stack, and how they mix.

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
    """
    stacks = np.asarray(stacks, float)
    actions = np.asarray(actions, float)
    T = len(symbols)
    for name, array, last in (
        ("stacks", stacks, "K"),
        ("actions", actions, len(names)),
    ):
        if (
            array.ndim != 2
            or len(array) != T
            or last
            not in (
                "K",
                array.shape[-1],
            )
        ):
            raise ValueError(
                f"{name} has shape {array.shape}; expected ({T}, {last})"
            )
    if t not in range(T):
        raise ValueError(f"t is {t}; it should be 0 … {T - 1}")
    step = min(44, 440 / T)
    K = stacks.shape[1]
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
        canvas.text(at, foot + 14, symbols[s], font_weight=bold, opacity=faint)
    for i, name in enumerate(names):
        y = foot + 50 + 28 * i
        canvas.text(8, y, name, SMALL, "start")
        canvas.box(160, y, 160, 14, rx=7, opacity=0.4)
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
        f"The stack after “{symbols[t]}”, step {t + 1} of {T}",
        f"Actions: {words}. From its top the stack holds {numbers}.",
    )
