"""Diagrams of the other memories: Clockwork and SCRN."""

from rnncourse.pictures.diagrams._canvas import SMALL, Canvas, Node


def clockwork(periods=(1, 2, 4), T=8):
    """Modules that tick at their own periods; between ticks they keep.

    Parameters
    ----------
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
                fill=0.6 if ticks else 0,
            )
            if before:
                canvas.arrow(
                    before.right, state.left, colour="clockwork", width=1.5
                )
            for below in range(1, len(periods) - m if ticks and t else 0):
                slower = Node(at - step, y + row * below, 26, 26)
                canvas.arrow(
                    slower.towards(state),
                    state.towards(slower),
                    opacity=0.6 / below,  # the nearest one most clearly
                )
            before = state
    canvas.time(8, 84 + step * T, 24 + row * len(periods))
    return canvas.picture(
        "A Clockwork network: slow modules tick seldom and keep in between",
        f"{len(periods)} rows of {T} states with periods "
        f"{', '.join(map(str, periods))}. A filled state is computed anew, a "
        "dashed one is kept from the step before. A module that ticks also "
        "reads all slower ones as they were the step before, never a faster "
        "one.",
    )


def scrn():
    """A fast state that is recomputed and a slow one that drifts."""
    canvas = Canvas(400, 330)
    y = canvas.datum(200, 40, "y_t")
    h = canvas.state(276, 150, "h_t", "scrn", r=25)
    s = canvas.state(124, 150, "s_t", "scrn", r=25, fill=0.45)
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
