"""Diagrams of attention: who looks at whom, and one block of it."""

from rnncourse.pictures.diagrams._canvas import SMALL, Canvas

COLOUR = "attention"


def looking(T=4):
    """Each step reads itself and all before it, without a chain of states.

    Parameters
    ----------
    T : how many steps to draw, 2 … 4
    """
    step = 100
    canvas = Canvas(40 + step * T, 292)
    inputs, outputs = [], []
    for t in range(T):
        at = 60 + step * t
        inputs.append(canvas.datum(at, 222, f"x_{t + 1}"))
        outputs.append(canvas.state(at, 52, f"h_{t + 1}", COLOUR, r=21))
    for u, out in enumerate(outputs):
        for t, given in enumerate(inputs[: u + 1]):
            last = u == T - 1
            start = given.x + 5 * (u - t), given.top[1]
            canvas.arrow(
                start,
                out.towards(given),
                colour=COLOUR if last else None,
                width=2.5 if last else 1.2,
                opacity=None if last else 0.5,
            )
    canvas.time(8, 30 + step * T, 274)
    return canvas.picture(
        "Every step looks at all before it, and waits for none",
        f"{T} inputs at the foot, {T} outputs above. From every input an "
        "arrow leads to the output of its own step and to all later ones; no "
        "arrow leads from one output to another.",
    )


def attention_block():
    """One block: look around, then think, each beside a road that adds."""
    canvas = Canvas(440, 560)
    road, branch = 90, 250
    x = canvas.datum(road, 520, "x_t")
    canvas.line(x.top, (road, 306), colour=COLOUR, width=2.5)
    _branch(canvas, road, branch, 450)
    norm = canvas.ring(branch, 420, "norm")
    box = canvas.box(branch, 352, 180, 54, COLOUR, rx=9, fill=0.16)
    canvas.text(branch, 344, "look", font_style="normal")
    canvas.text(branch, 364, "queries, keys, values", 12.5)
    canvas.arrow(norm.top, box.bottom)
    others = canvas.datum(branch + 140, 420, "", size=44)
    canvas.text(others.x, 420, "x_1…", SMALL)
    canvas.arrow(others.top, (branch + 140, 352), (box.right[0] + 2, 352))
    canvas.text(others.x, 450, "other steps", 12.5)
    plus = canvas.ring(road, 290, "+")
    canvas.arrow(box.top, (branch, 290), plus.right)
    canvas.line(plus.top, (road, 92), colour=COLOUR, width=2.5)
    _branch(canvas, road, branch, 250)
    norm = canvas.ring(branch, 222, "norm")
    first = canvas.product(branch, 184, "into", COLOUR)
    relu = canvas.ring(branch, 148, "relu")
    second = canvas.product(branch, 112, "out of", COLOUR)
    canvas.arrow(norm.top, first.bottom)
    canvas.arrow(first.top, relu.bottom)
    canvas.arrow(relu.top, second.bottom)
    plus = canvas.ring(road, 76, "+")
    canvas.arrow(second.top, (branch, 76), plus.right)
    h = canvas.state(road, 28, "h_t", COLOUR, r=20)
    canvas.arrow(plus.top, h.bottom, colour=COLOUR, width=2.5)
    return canvas.picture(
        "A block looks around, then thinks, and adds both to what it had",
        "At the foot the input x of one step; a thick line, the road, leads "
        "straight up to the output h. Beside it, a first branch goes through "
        "a norm and a box called look, into which the other steps lead as "
        "well, and is added to the road. A second branch goes through a "
        "norm, a product, a relu and a second product, and is added too.",
    )


def _branch(canvas, road, branch, y):
    """Part a line from the road and lead it up into a branch's norm."""
    canvas.junction(road, y, COLOUR)
    canvas.arrow((road, y), (branch, y), (branch, y - 14))
