"""Diagrams of gates, and of the cells that are made of them."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas
from rnncourse.pictures.plots import css_colour


def gate(values=(0.0, 0.4, 1.0), signal=0.9):
    """A gate multiplies what flows through it by a number from 0 to 1.

    Parameters
    ----------
    values : (n,) floats 0 … 1, the gate's value, one row each
    signal : what arrives, 0 … 1
    """
    row = 66
    canvas = Canvas(400, 34 + row * len(values))
    canvas.text(72, 14, "arrives", SMALL)
    canvas.text(200, 14, "gate", SMALL)
    canvas.text(328, 14, "passes", SMALL)
    for i, value in enumerate(values):
        y = 66 + row * i
        for left, share in ((16, signal), (272, signal * value)):
            canvas.box(left + 56, y, 112, 20, rx=10)
            canvas.add(
                "rect",
                x=left,
                y=y - 10,
                width=112 * share,
                height=20,
                rx=min(10, 56 * share),
                fill=css_colour("lstm"),
                fill_opacity=0.75,
            )
        valve = canvas.gate(200, y, size=32)
        canvas.line((134, y), valve.left, colour="lstm", width=2.5)
        if value:
            canvas.arrow(valve.right, (266, y), colour="lstm", width=2.5)
        canvas.text(200, y - 24, f"{value:g}")
    return canvas.picture(
        "A gate is a valve: it multiplies by a number from 0 to 1",
        f"{len(values)} rows in which a signal of {signal:g} meets a valve. "
        + " ".join(
            f"At {value:g} it passes {value * signal:.2g}." for value in values
        ),
    )


def lstm():
    """The LSTM's six parts: four inputs, one output."""
    return _six_parts({}).picture(
        "The LSTM has six parts: four inputs, one output",
        "The input rises through the input gate and is added to the memory "
        "cell c_t. The memory returns to that sum through the forget gate. "
        "Upwards, it passes tanh and the output gate to become the output "
        "h_t. Input, input gate, forget gate and output gate are the four "
        "things driven from outside.",
    )


def lstm_now(now, words):
    """One unit's six parts at one step, with their numbers.

    Parameters
    ----------
    now : dict of floats, by the names i, f, g, o, c and h
    words : what happens at this step, one line; the diagram's title

    Returns
    -------
    Picture; a valve is filled as far as it is open, the states as far as
    they are from 0

    Raises
    ------
    ValueError
        If a value is missing or not finite.
    """
    missing = [name for name in "ifgoch" if name not in now]
    if missing:
        raise ValueError(f"now has no {', '.join(missing)}")
    values = {name: float(now[name]) for name in "ifgoch"}
    for name, value in values.items():
        arguments.array(name, np.array(value), ())
    said = {name: _signed(value) for name, value in values.items()}
    return _six_parts(values).picture(
        words,
        "Input g {g}, input gate {i}, forget gate {f}, memory cell {c}, "
        "output gate {o}, output {h}.".format(**said),
    )


def _signed(value):
    """Two digits, a real minus, and no minus before zero."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _six_parts(values):
    """The LSTM's six parts, empty or with what is in them."""
    said = {name: _signed(value) for name, value in values.items()}

    def full(name):
        return min(abs(values[name]), 1) * 0.7 if values else None

    def valve(name, x, y):
        strength = {"fill": full(name)} if values else {}
        return canvas.gate(x, y, upright=True, **strength)

    def wire(name):  # what a closed gate lets through is thin
        return 1 + 3 * values[name] if values else 1.5

    canvas = Canvas(420, 500)
    x = 205
    high = {"r": 26} if values else {}
    h = canvas.state(
        x, 52, said.get("h", "h_t"), "lstm", **high, **_fill(full("h"))
    )
    out = valve("o", x, 124)
    squash = canvas.ring(x, 182, "tanh")
    fill = _fill(full("c")) or {"fill": 0.4}
    c = canvas.state(x, 252, said.get("c", "c_t"), "lstm", r=30, **fill)
    plus = canvas.ring(x, 334, "+")
    into = valve("i", x, 390)
    forget = valve("f", 304, 293)
    canvas.text(x, 14, "output", SMALL)
    canvas.text(x - 44, c.y, "memory cell", SMALL, "end")
    # the memory's own path, through the forget gate and back
    edge = (forget.x, c.y)
    canvas.line(c.right, edge, forget.top, colour="lstm", width=3)
    canvas.arrow(
        forget.bottom,
        (forget.x, plus.y),
        plus.right,
        colour="lstm",
        width=wire("f") if values else 3,
    )
    canvas.arrow(plus.top, c.bottom, colour="lstm", width=3)
    canvas.line(c.top, squash.bottom)
    canvas.line(squash.top, out.bottom)
    canvas.arrow(out.top, h.bottom, width=wire("o"))
    canvas.arrow((x, 466), into.bottom)
    canvas.arrow(into.top, plus.bottom, width=wire("i"))
    # from outside: four inputs
    came = f"input g {said['g']}" if values else "input"
    canvas.text(x, 484, came, SMALL)
    for node, name, words, left in (
        (into, "i", "input gate", True),
        (forget, "f", "forget gate", False),
        (out, "o", "output gate", True),
    ):
        start = (12, node.y) if left else (412, node.y)
        end = node.x - 6 if left else node.x + 6
        canvas.arrow(start, (end, node.y))
        anchor = "start" if left else "end"
        canvas.text(start[0], node.y - 15, words, SMALL, anchor)
        canvas.text(start[0], node.y + 15, said.get(name, ""), SMALL, anchor)
    return canvas


def _fill(strength):
    return {} if strength is None else {"fill": strength}


def gru():
    """One step of a GRU as a graph, reset after the product."""
    canvas = Canvas(470, 400)
    before = canvas.state(36, 62, "h_{t−1}", "gru", r=27, kept=True)
    h = canvas.state(438, 62, "h_t", "gru", r=25)
    keep = canvas.gate(176, 62, "gru")
    plus = canvas.ring(330, 62, "+")
    take = canvas.gate(330, 124, "gru", upright=True)
    reset = canvas.gate(252, 200, "gru")
    n = canvas.ring(330, 200, "tanh")
    z = canvas.ring(176, 262, "σ")
    r = canvas.ring(252, 262, "σ")
    canvas.line(before.right, keep.left, colour="gru", width=3)
    canvas.arrow(keep.right, plus.left, colour="gru", width=3)
    canvas.arrow(plus.right, h.left, colour="gru", width=3)
    canvas.line(n.top, take.bottom)
    canvas.arrow(take.top, plus.bottom)
    # z opens one valve as far as it closes the other
    canvas.arrow(z.top, (176, 62 + 7))
    canvas.junction(176, 124)
    canvas.arrow((176, 124), (330 - 6, 124))
    canvas.arrow(r.top, (252, 200 + 7))
    canvas.text(192, 94, "z")
    canvas.text(262, 108, "1 − z", font_style="italic")
    canvas.text(268, 232, "r")
    canvas.text(348, 164, "n")
    # the products
    canvas.line((96, 62), (96, 296 - 8))
    canvas.junction(96, 62, "gru")
    canvas.junction(96, 200)
    canvas.arrow((96, 200), reset.left)
    canvas.arrow(reset.right, n.left)
    canvas.product(96, 130, "W_hh", "gru", "left")
    x = canvas.datum(330, 374, "x_t", size=34)
    canvas.arrow(x.top, n.bottom)
    canvas.junction(330, 312)
    canvas.product(330, 333, "W_xh", "gru")
    for gate in (z, r):
        foot = gate.bottom[1]
        canvas.arrow(
            (96, 288), (96, 296), (gate.x - 5, 296), (gate.x - 5, foot), bend=8
        )
        canvas.arrow((330, 312), (gate.x + 5, 312), (gate.x + 5, foot), bend=8)
    return canvas.picture(
        "One step of a GRU: two gates, no second memory",
        "Along the top h_{t−1} passes the valve z, and the candidate n, let "
        "in by the valve 1 − z, is added to give h_t. The candidate is the "
        "tanh of x_t's product plus h_{t−1}'s product behind the valve r. "
        "The gates r and z read both products.",
    )
