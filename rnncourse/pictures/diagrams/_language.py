"""The key to the visual language."""

from rnncourse.pictures.diagrams._canvas import Canvas
from rnncourse.pictures.diagrams._geometry import room

MEANINGS = (
    "a state, carried through time",
    "a state kept from the step before",
    "data: an input or an output",
    "a product with a weight matrix",
    "a gate: multiplies by 0 … 1",
    "arithmetic, element by element",
    "the way of a state, left to right",
)


def language():
    """Every shape of the course's diagrams and what it means."""
    canvas = Canvas(130 + max(room(words, 16) for words in MEANINGS), 360)
    x, row = 62, 52
    canvas.state(x, 34, "h_t")
    canvas.state(x, 34 + row, "h_{t−1}", kept=True)
    canvas.datum(x, 34 + 2 * row, "x_t")
    y = 34 + 3 * row
    canvas.arrow((x - 46, y), (x + 46, y))
    canvas.product(x - 6, y)
    y += row
    canvas.line((x - 46, y), (x - 17, y), width=2.5, colour="rnn")
    canvas.arrow((x + 17, y), (x + 46, y), width=2.5, colour="rnn")
    canvas.gate(x, y, "rnn")
    y += row
    canvas.ring(x - 26, y, "+")
    canvas.ring(x + 20, y, "tanh")
    y += row
    canvas.arrow((x - 46, y), (x + 46, y), width=2.5, colour="rnn")
    for i, words in enumerate(MEANINGS):
        canvas.text(130, 34 + row * i, words, 16, "start")
    return canvas.picture(
        "One shape, one meaning",
        "A circle is a state, dashed if kept from the step before; a rounded "
        "square is data; a filled square on an arrow is a product with "
        "weights; a valve is a gate; a ring is element-wise arithmetic; a "
        "thick coloured arrow is the way of a state, from left to right.",
    )
