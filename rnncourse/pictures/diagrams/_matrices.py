"""Diagrams of the matrix products inside a recurrent network."""

from rnncourse.pictures.diagrams._canvas import SMALL, Canvas
from rnncourse.pictures.diagrams._recurrent import W_HH, W_XH

CELL = 17


def _matrix(canvas, left, top, rows, columns, colour, cell=CELL):
    """A matrix as a grid of cells, its upper left corner at (left, top)."""
    for i in range(rows):
        for j in range(columns):
            canvas.box(
                left + (j + 0.5) * cell,
                top + (i + 0.5) * cell,
                cell - 2,
                cell - 2,
                colour,
                rx=2,
                fill=0.35,
            )


def concatenation():
    """One product on [h, x] is two products, added."""
    D, H = 2, 3
    canvas = Canvas(372, 306)
    high = (D + H) * CELL
    middle = 44 + high / 2
    # [h, x] @ [W_hh; W_xh]
    left = 68
    _matrix(canvas, left, middle - CELL / 2, 1, H, W_HH)
    _matrix(canvas, left + H * CELL, middle - CELL / 2, 1, D, W_XH)
    canvas.text(left + H * CELL / 2, middle + 26, "h")
    canvas.text(left + (H + D / 2) * CELL, middle + 26, "x")
    at = left + (H + D) * CELL + 26
    canvas.text(at, middle, "@")
    at += 24
    _matrix(canvas, at, 44, H, H, W_HH)
    _matrix(canvas, at, 44 + H * CELL, D, H, W_XH)
    canvas.text(at + H * CELL + 8, 44 + H * CELL / 2, "W_hh", anchor="start")
    canvas.text(
        at + H * CELL + 8, 44 + (H + D / 2) * CELL, "W_xh", anchor="start"
    )
    canvas.text(186, 14, "one product: memory and input joined", SMALL)
    # h @ W_hh + x @ W_xh
    base = 44 + high + 72
    canvas.text(186, base - 26, "two products, added", SMALL)
    at = 46
    canvas.text(22, base + H * CELL / 2, "=")
    for n, name, colour in ((H, "h", W_HH), (D, "x", W_XH)):
        centre = base + H * CELL / 2
        _matrix(canvas, at, centre - CELL / 2, 1, n, colour)
        canvas.text(at + n * CELL / 2, centre + 26, name)
        at += n * CELL + 18
        canvas.text(at, centre, "@")
        at += 18
        _matrix(canvas, at, centre - n * CELL / 2, n, H, colour)
        canvas.text(at + H * CELL / 2, base + H * CELL + 18, f"W_{name}h")
        at += H * CELL + 20
        if name == "h":
            canvas.text(at, centre, "+")
            at += 22
    return canvas.picture(
        "One matrix on [h, x] is two matrices, added",
        f"Above, a row of {H} cells h joined with {D} cells x is multiplied "
        "by one tall matrix whose upper rows are W_hh and lower rows W_xh. "
        "Below, the same numbers as two products: h times W_hh plus x times "
        "W_xh.",
    )


def batched_projection():
    """The inputs' product: T small ones in the loop, or one before it."""
    T = 4
    canvas = Canvas(440, 498)
    canvas.text(220, 14, f"in the loop: {T} small products", SMALL)
    step = 440 / T

    def chain(y, strip):
        before = None
        for t in range(1, T + 1):
            at = step * (t - 0.5)
            h = canvas.state(at, y, f"h_{t}", "rnn", r=20)
            canvas.arrow((at, strip), h.bottom)
            if before:
                canvas.arrow(before.right, h.left, colour="rnn", width=2.5)
            before = h

    chain(60, 112)
    for t in range(1, T + 1):
        at = step * (t - 0.5)
        canvas.box(at - 24, 130, 40, 22, W_XH, rx=4, fill=0.12)
        canvas.text(at - 24, 130, f"x_{t}", SMALL)
        canvas.box(at + 24, 130, 40, 30, W_XH, fill=0.45)
        canvas.text(at + 24, 130, "W_xh", SMALL)
    canvas.text(220, 204, "before the loop: one tall product", SMALL)
    for t in range(T):
        y = 236 + 26 * t
        canvas.box(110, y, 56, 22, W_XH, rx=4, fill=0.12)
        canvas.text(110, y, f"x_{t + 1}", SMALL)
        canvas.box(330, y, 56, 22, W_XH, rx=4, fill=0.25)
        canvas.text(330, y, f"x_{{{t + 1}}}W", SMALL)
    middle = 236 + 13 * (T - 1)
    canvas.text(162, middle, "@")
    canvas.box(215, middle, 56, 40, W_XH, fill=0.45)
    canvas.text(215, middle, "W_xh")
    canvas.text(272, middle, "=")
    chain(384, 432)
    for t in range(1, T + 1):
        at = step * (t - 0.5)
        canvas.box(at, 447, 56, 22, W_XH, rx=4, fill=0.25)
        canvas.text(at, 447, f"x_{{{t}}}W", SMALL)
    canvas.time(8, 432, 482)
    return canvas.picture(
        "All inputs are known, so their product needs no loop",
        f"Above, each of {T} steps multiplies its own x_t by W_xh before its "
        "state can be computed. Below, all x are stacked into one tall "
        "matrix and multiplied by W_xh once; the loop then only reads the "
        "rows x_t W.",
    )
