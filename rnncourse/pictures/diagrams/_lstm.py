"""The LSTM as a graph: one step, part by part, and a chain of cells."""

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas

FAINT = 0.35  # opacity of the parts that are not lit
MEMORY, OUTPUT = 62, 186  # heights of c and of h

# What is computed in which order: its formula, what it means, what is lit.
PARTS = (
    (
        "a = x_t W_xh + b_x + h_{t−1} W_hh + b_h",
        "one product makes four sums, for i, f, g and o",
        {"sums"},
    ),
    (
        "f = σ(a_f)",
        "the forget gate says how much of the old memory stays",
        {"f", "forget"},
    ),
    (
        "i = σ(a_i)",
        "the input gate says how much of the new is let in",
        {"i", "into"},
    ),
    ("g = tanh(a_g)", "the input is what there is to let in", {"g"}),
    (
        "c_t = f ⊙ c_{t−1} + i ⊙ g",
        "the memory is what stays of the old, plus what is let in",
        {"c", "forget", "into"},
    ),
    (
        "o = σ(a_o)",
        "the output gate says how much of the memory is shown",
        {"o", "out"},
    ),
    (
        "h_t = o ⊙ tanh(c_t)",
        "the output is what is shown of the memory",
        {"h", "out"},
    ),
)


def lstm_step(part=0):
    """One step of an LSTM as a graph: memory above, gates below.

    Parameters
    ----------
    part : 0 … 7; the part that is lit, in the order in which a step computes
        them, its formula below the graph; 0 lights the whole

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If `part` is no such number.
    """
    part = int(arguments.integers("part", part, (), 0, len(PARTS) + 1))
    canvas = Canvas(470, 426)
    formula, meaning, lit = PARTS[part - 1]
    for name, layer in _layers().items():
        faint = part and name not in lit
        canvas.place(layer, 0, 0, opacity=FAINT if faint else None)
    whole = "x_t, h_{t−1}, c_{t−1} → h_t, c_t"
    canvas.formula(235, 406, formula if part else whole, 21)
    if part:
        plain = formula.replace("{", "").replace("}", "")
        return canvas.picture(
            f"Part {part} of {len(PARTS)}: {meaning}",
            f"The graph of one LSTM step with this part lit: {plain}.",
        )
    return canvas.picture(
        "One step of an LSTM: one product, three gates and an input",
        "h_{t−1} and x_t meet in one product, whose result feeds f, i and o "
        "through sigmoids and g through tanh. Along the top the memory "
        "c_{t−1} passes the valve f, then g, let in by the valve i, is added, "
        "which gives c_t. Its tanh passes the valve o to become h_t.",
    )


def _layers():
    """The step's shapes and arrows, a canvas for each part."""
    names = ("sums", "f", "i", "g", "forget", "into", "out", "c", "o", "h")
    on = {name: Canvas(470, 384) for name in names}
    forget = on["forget"].gate(136, MEMORY)
    into = on["into"].gate(236, 118, upright=True)
    out = on["out"].gate(374, OUTPUT)
    rings = {
        name: on[name].ring(x, y, sign)
        for name, x, y, sign in (
            ("f", 136, 206, "σ"),
            ("i", 186, 206, "σ"),
            ("g", 236, 206, "tanh"),
            ("o", 374, 242, "σ"),
        )
    }
    for name, ring in rings.items():
        dx = 16 if name == "o" else -16
        on[name].text(ring.x + dx, ring.y - 26, name)
    on["f"].arrow(rings["f"].top, (136, MEMORY + 7))
    on["i"].arrow(rings["i"].top, (186, 118), (236 - 6, 118))
    on["g"].line(rings["g"].top, into.bottom)
    on["o"].arrow(rings["o"].top, (374, OUTPUT + 7))
    _sums(on["sums"], rings.values())
    _memory(on["c"], forget, into)
    _output(on["h"], out)
    return on


def _sums(canvas, rings):
    """One product for all four."""
    before = canvas.state(36, 290, "h_{t−1}", "lstm", r=27, kept=True)
    canvas.line(before.right, (96, 290))
    for ring in rings:
        canvas.arrow((96, 290), (ring.x, 290), ring.bottom, bend=8)
    x = canvas.datum(96, 356, "x_t", size=34)
    canvas.arrow(x.top, (96, 300))
    canvas.product(96, 290, colour="lstm", size=16)
    canvas.text(112, 314, "W_xh, W_hh", SMALL, "start")


def _memory(canvas, forget, into):
    """The road of c, through the valve f and the sum."""
    before = canvas.state(36, MEMORY, "c_{t−1}", "lstm", r=27, kept=True)
    c = canvas.state(438, MEMORY, "c_t", "lstm", r=25)
    plus = canvas.ring(236, MEMORY, "+")
    canvas.line(before.right, forget.left, colour="lstm", width=3)
    canvas.arrow(forget.right, plus.left, colour="lstm", width=3)
    canvas.arrow(plus.right, c.left, colour="lstm", width=3)
    canvas.arrow(into.top, plus.bottom)


def _output(canvas, out):
    """What is shown of c: through tanh and the valve o."""
    h = canvas.state(438, OUTPUT, "h_t", "lstm", r=25)
    squash = canvas.ring(312, 124, "tanh")
    canvas.junction(312, MEMORY, "lstm")
    canvas.line((312, MEMORY), squash.top)
    canvas.line(squash.bottom, (312, OUTPUT), out.left)
    canvas.arrow(out.right, h.left)


def lstm_chain():
    """Three LSTM cells in a row: two roads, one of them straight."""
    canvas = Canvas(468, 290)
    c = canvas.state(22, 58, "c_0", "lstm", r=19, kept=True)
    h = canvas.state(22, 172, "h_0", "lstm", r=19, kept=True)
    for t in (1, 2, 3):
        c, h = _cell(canvas, 22 + 142 * (t - 1), t, c, h)
    canvas.time(8, 462, 276)
    return canvas.picture(
        "Three LSTM cells: the road of c meets no matrix",
        "Three boxes from left to right, joined by two roads. Along the upper "
        "one the memory c passes a valve and a sum in each box and is joined "
        "by no product. Along the lower one the output h enters, with the "
        "input x_t, the product with the weights that drives the three "
        "valves, and leaves behind the last of them. Sigmoids and tanhs are "
        "left out.",
    )


def _cell(canvas, left, t, c, h):
    """One box of the chain, right of the states c and h; the next two."""
    canvas.box(left + 71, 115, 92, 178, rx=12)
    forget = canvas.gate(left + 44, c.y, size=20)
    plus = canvas.ring(left + 76, c.y, "+", r=9, width=18)
    into = canvas.gate(left + 76, 98, upright=True, size=20)
    out = canvas.gate(left + 102, 134, upright=True, size=20)
    c_next = canvas.state(left + 142, c.y, f"c_{t}", "lstm", r=19)
    h_next = canvas.state(left + 142, h.y, f"h_{t}", "lstm", r=19)
    canvas.line(c.right, forget.left, colour="lstm", width=3)
    canvas.line(forget.right, plus.left, colour="lstm", width=3)
    canvas.arrow(plus.right, c_next.left, colour="lstm", width=3)
    # the product of x and h drives the valves
    foot = left + 44
    canvas.line(h.right, (foot, h.y))
    canvas.arrow((foot, h.y), (foot, forget.y + 7))
    canvas.arrow((foot, into.y), (into.x - 6, into.y))
    canvas.arrow((foot, out.y), (out.x - 6, out.y))
    canvas.line((foot, h.y), (into.x, h.y), into.bottom, bend=8)
    canvas.arrow(into.top, plus.bottom)
    x = canvas.datum(foot, 236, f"x_{t}", size=32)
    canvas.line(x.top, (foot, h.y))
    canvas.product(foot, h.y, colour="lstm", size=13)
    # and what is shown of c becomes h
    canvas.junction(out.x, c.y, "lstm")
    canvas.line((out.x, c.y), out.top)
    canvas.arrow(out.bottom, (out.x, h.y), h_next.left, bend=8)
    return c_next, h_next
