"""Diagrams of linear recurrences: one step, and the tree of a scan."""

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas
from rnncourse.pictures.diagrams._geometry import Node

T = 8  # steps: more cannot be read on a phone
ROUNDS = 5  # 2 log T − 1
WIDE, HIGH = 58, 58  # of a column, of a round


def linear_step():
    """One step of a cell that is linear in its state."""
    canvas = Canvas(440, 268)
    before = canvas.state(36, 52, "h_{t−1}", "min_gru", r=27, kept=True)
    h = canvas.state(404, 52, "h_t", "min_gru", r=25)
    keep = canvas.gate(150, 52, "min_gru")
    plus = canvas.ring(290, 52, "+")
    canvas.line(before.right, keep.left, colour="min_gru", width=3)
    canvas.arrow(keep.right, plus.left, colour="min_gru", width=3)
    canvas.arrow(plus.right, h.left, colour="min_gru", width=3)
    x = canvas.datum(220, 240, "x_t", size=34)
    product = canvas.product(220, 180, "W", "min_gru")
    canvas.line(x.top, (220, 186))
    for node, name, dx in ((keep, "a_t", -20), (plus, "b_t", 20)):
        canvas.arrow((220, product.y), (220, 140), (node.x, 140), node.bottom)
        canvas.text(node.x + dx, 104, name)
    return canvas.picture(
        "One step of a linear cell: no line leads from the state to a gate",
        "h_{t−1} passes the valve a_t, then b_t is added, which gives h_t. "
        "Both a_t and b_t are made of the input x_t alone, by one product.",
    )


def scan_tree(done=ROUNDS):
    """Eight steps joined in a tree, after so many of its rounds.

    Parameters
    ----------
    done : 0 … 5, how many rounds are drawn

    Returns
    -------
    Picture; a circle is a state that is known, a square a piece of the way

    Raises
    ------
    ValueError
        If `done` is no such number.
    """
    arguments.integers("done", done, (), 0, ROUNDS + 1)
    canvas = Canvas(WIDE * T + 12, HIGH * (ROUNDS + 1) + 24)
    pieces = [(t, t) for t in range(1, T + 1)]  # first and last step
    nodes = [_node(canvas, piece, 0) for piece in pieces]
    for number, joins in enumerate(_rounds()[:done], start=1):
        for left, right in joins:
            pieces[right] = pieces[left][0], pieces[right][1]
            new = _node(canvas, pieces[right], number)
            canvas.arrow(nodes[left].towards(new), new.towards(nodes[left]))
            canvas.arrow(nodes[right].top, new.bottom)
            nodes[right] = new
    known = sum(first == 1 for first, _ in pieces)
    now = _rounds()[done - 1] if done else []
    what = f"{len(now)} at once" if now else "nothing joined yet"
    return canvas.picture(
        f"After {done} of {ROUNDS} rounds {known} of {T} states are known",
        f"Columns are the {T} steps, rounds go upwards; the last one: {what}."
        " A piece of the way is named by its first and last step; one that "
        "begins at step 1 is a state. "
        f"Now: {', '.join(_name(piece) for piece in pieces)}.",
    )


def _rounds():
    """The joins of each round: pairs of columns, counted from 0."""
    up = [
        [
            (right - reach, right)
            for right in range(2 * reach - 1, T, 2 * reach)
        ]
        for reach in (1, 2, 4)
    ]
    down = [
        [
            (right - reach, right)
            for right in range(3 * reach - 1, T, 2 * reach)
        ]
        for reach in (2, 1)
    ]
    return up + down


def _name(piece):
    first, last = piece
    return str(first) if first == last else f"{first}–{last}"


def _node(canvas, piece, level):
    """A circle if it begins at the first step, else a rounded square."""
    x = WIDE * piece[1] - WIDE / 2 + 6
    y = HIGH * (ROUNDS - level) + HIGH / 2 + 4
    if piece[0] == 1:
        canvas.state(x, y, "", "min_gru", r=22, fill=0.3)
    else:
        canvas.box(x, y, 42, 38, rx=9)
    canvas.word(x, y, _name(piece), SMALL)
    return Node(x, y, 44, 44)
