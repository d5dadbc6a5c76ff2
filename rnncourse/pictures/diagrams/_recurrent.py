"""Diagrams of the plain recurrent network."""

from rnncourse.pictures.diagrams._canvas import SMALL, Canvas
from rnncourse.pictures.plots._style import BLUE, ORANGE, PURPLE

# The same weights wear the same colour wherever they appear.
W_XH, W_HH, W_HY = ORANGE, BLUE, PURPLE


def _store(canvas, left, architecture):
    """One network with a store unit; what is stored wears its colour."""
    elman = architecture == "rnn"
    y = canvas.datum(
        left + 118, 40, "y_t", **({} if elman else {"colour": architecture})
    )
    if elman:
        h = canvas.state(left + 118, 132, "h_t", architecture)
    else:
        h = canvas.state(left + 118, 132, "h_t", "feed_forward", fill=0)
    kept = "h_{t−1}" if elman else "y_{t−1}"
    store = canvas.state(left + 78, 238, kept, architecture, r=25, kept=True)
    x = canvas.datum(left + 158, 238, "x_t")
    canvas.arrow(h.top, y.bottom)
    canvas.arrow(store.towards(h), h.towards(store))
    canvas.arrow((x.x - 6, x.top[1]), h.towards(x))
    source = h if elman else y
    canvas.arrow(
        source.left,
        (left + 24, source.y),
        (left + 24, store.y),
        store.left,
        colour=architecture,
        width=2.5,
        bend=20,
    )
    canvas.text(left + 146, y.y, "output", SMALL, "start")
    canvas.text(left + 149, h.y, "hidden", SMALL, "start")
    canvas.text(store.x, 282, "store", SMALL)
    canvas.text(x.x, 282, "input", SMALL)


def elman():
    """An Elman network stores its hidden layer for the next step."""
    canvas = Canvas(230, 300)
    _store(canvas, 10, "rnn")
    return canvas.picture(
        "An Elman network stores its hidden layer",
        "The input x_t and the store feed the hidden layer h_t, which feeds "
        "the output y_t. A coloured arrow leads from the hidden layer back "
        "into the store, where it is the h of the step before.",
    )


def jordan():
    """A Jordan network stores its output for the next step."""
    canvas = Canvas(230, 300)
    _store(canvas, 10, "jordan")
    return canvas.picture(
        "A Jordan network stores its output",
        "The input x_t and the store feed the hidden layer h_t, which feeds "
        "the output y_t. A coloured arrow leads from the output back into "
        "the store, where it is the y of the step before.",
    )


def elman_and_jordan():
    """The two store units side by side: only what is stored differs."""
    canvas = Canvas(464, 334)
    canvas.text(118, 14, "Elman", font_weight="bold")
    canvas.text(358, 14, "Jordan", font_weight="bold")
    inner = Canvas(464, 300)
    _store(inner, 0, "rnn")
    _store(inner, 240, "jordan")
    canvas.place(inner, 0, 34)
    return canvas.picture(
        "Elman stores the hidden layer, Jordan the output",
        "Two networks drawn alike: input x_t and store feed the hidden layer "
        "h_t, which feeds the output y_t. In Elman's the arrow into the store "
        "starts at the hidden layer, in Jordan's at the output.",
    )


def unrolled(T=4):
    """A recurrent network laid out in time: T copies, one set of weights.

    Parameters
    ----------
    T : how many steps to draw, 1 … 4
    """
    step = 98
    canvas = Canvas(88 + step * T, 316)
    previous = canvas.state(30, 146, "h_0", "rnn", kept=True)
    for t in range(1, T + 1):
        at = 30 + step * t
        h = canvas.state(at, 146, f"h_{t}", "rnn")
        x = canvas.datum(at, 254, f"x_{t}")
        y = canvas.datum(at, 38, f"y_{t}")
        for start, end, colour, label in (
            (x.top, h.bottom, W_XH, "W_xh"),
            (h.top, y.bottom, W_HY, "W_hy"),
            (previous.right, h.left, W_HH, "W_hh"),
        ):
            canvas.arrow(start, end, colour=colour, width=2)
            side = "above" if label == "W_hh" else "right"
            canvas.product(
                (start[0] + end[0]) / 2 - 3 * (side == "above"),
                (start[1] + end[1]) / 2 + 3 * (side == "right"),
                label,
                colour,
                side,
            )
        previous = h
    canvas.time(12, 48 + step * T, 300)
    return canvas.picture(
        "Unrolled in time: many steps, one set of weights",
        f"{T} steps from left to right. At each, the input x_t is multiplied "
        "by W_xh and the state before it by W_hh to give the state h_t; h_t "
        "is multiplied by W_hy to give the output y_t. Equal colours are "
        "equal weights: the same three matrices serve every step.",
    )


def feed_forward_and_recurrent():
    """The same layer at every step, without and with a path through time."""
    canvas = Canvas(440, 230)
    for left, recurrent, words in (
        (0, False, "feed-forward"),
        (230, True, "recurrent"),
    ):
        canvas.text(left + 105, 24, words, font_weight="bold")
        before = None
        for t in (1, 2, 3):
            at = left + 35 + 70 * (t - 1)
            colour = "rnn" if recurrent else "feed_forward"
            h = canvas.state(at, 118, f"h_{t}", colour, r=20)
            x = canvas.datum(at, 192, f"x_{t}", size=34)
            canvas.arrow(x.top, h.bottom)
            canvas.arrow(h.top, (at, 60))
            if before and recurrent:
                canvas.arrow(before.right, h.left, colour="rnn", width=2.5)
            before = h
    return canvas.picture(
        "Recurrence is one more arrow",
        "Left, three inputs pass through the same layer, each alone: nothing "
        "connects one step with the next. Right, an arrow leads from each "
        "hidden state to the next, so a step can use what came before.",
    )
