"""What goes in and what comes out: the kinds of sequence task."""

from rnncourse.pictures.diagrams._canvas import SMALL, Canvas

STEP, WIDE, HIGH = 38, 236, 190
ABOVE, MIDDLE, BELOW = 62, 106, 150  # heights of outputs, states, inputs


def tasks():
    """Six small networks, each with one kind of input and output."""
    canvas = Canvas(2 * WIDE, 3 * HIGH)
    panels = (
        ("one to many", "a caption", _row([0], range(4))),
        ("many to one", "an intent", _row(range(4), [3])),
        ("many to many, aligned", "a tag per word", _row(range(4), range(4))),
        ("many to many, shorter", "speech: CTC", _shorter),
        ("many to many, any length", "translation: seq2seq", _any_length),
        ("beyond sequences", "syntax: a tree", _beyond),
    )
    for n, (kind, example, draw) in enumerate(panels):
        panel = Canvas(WIDE, HIGH)
        panel.word(WIDE / 2, 16, kind, 16, font_weight="bold")
        panel.word(WIDE / 2, 178, example, SMALL, opacity=0.8)
        draw(panel)
        canvas.place(panel, n % 2 * WIDE, n // 2 * HIGH)
    return canvas.picture(
        "Six kinds of task, by what goes in and what comes out",
        "Six small unrolled networks, inputs at the foot and outputs on top. "
        "One to many: one input, four outputs. Many to one: four inputs, one "
        "output at the last. Many to many, aligned: an output above each "
        "input. Shorter: five inputs whose outputs merge into three. Any "
        "length: two inputs are read, then four outputs are written, by "
        "states of another colour. "
        "Beyond sequences: three inputs, and a tree above them.",
    )


def _states(panel, T, colours=None):
    """A row of T states, joined in time; returns where they are."""
    first = WIDE / 2 - STEP * (T - 1) / 2
    places = [first + STEP * t for t in range(T)]
    colours = colours or ["rnn"] * T
    nodes = [
        panel.state(x, MIDDLE, colour=colour, r=10)
        for x, colour in zip(places, colours, strict=True)
    ]
    for a, b, colour in zip(nodes, nodes[1:], colours[1:], strict=False):
        panel.arrow(a.right, b.left, colour=colour)
    return nodes


def _inputs(panel, nodes):
    for node in nodes:
        below = panel.box(node.x, BELOW, 18, 18, rx=4)
        panel.arrow(below.top, node.bottom)


def _outputs(panel, nodes):
    for node in nodes:
        above = panel.box(node.x, ABOVE, 18, 18, rx=4)
        panel.arrow(node.top, above.bottom)


def _row(read, said):
    """Four steps, which read here and say something there."""

    def draw(panel):
        nodes = _states(panel, 4)
        _inputs(panel, [nodes[t] for t in read])
        _outputs(panel, [nodes[t] for t in said])

    return draw


def _shorter(panel):
    nodes = _states(panel, 5)
    _inputs(panel, nodes)
    for group in nodes[:2], nodes[2:3], nodes[3:]:
        x = sum(node.x for node in group) / len(group)
        above = panel.box(x, ABOVE, 18, 18, rx=4)
        for node in group:
            panel.arrow(node.top, (x, above.bottom[1]))


def _any_length(panel):
    nodes = _states(panel, 6, ["rnn"] * 2 + ["encoder_decoder"] * 4)
    _inputs(panel, nodes[:2])
    _outputs(panel, nodes[2:])


def _beyond(panel):
    nodes = _states(panel, 3)
    _inputs(panel, nodes)
    left, middle, right = (node.x for node in nodes)
    inner, root = ((left + middle) / 2, 66), (WIDE / 2 + 6, 40)
    for node in nodes[:2]:
        panel.line(node.top, inner)
    panel.line(nodes[2].top, root)
    panel.line(inner, root)
    for x, y in (inner, root):
        panel.junction(x, y)
