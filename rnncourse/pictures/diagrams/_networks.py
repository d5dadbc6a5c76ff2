"""Diagrams of networks that are made of several passes of a cell."""

from rnncourse.pictures.diagrams._canvas import SIZE, SMALL, Canvas
from rnncourse.pictures.diagrams._geometry import room


def bidirectional(T=4):
    """Two passes over one sequence; each z joins what stands at one step.

    Parameters
    ----------
    T : how many steps to draw, 2 … 4
    """
    step = 110
    canvas = Canvas(36 + step * T, 384)
    forward, backward = [], []
    for t in range(T):
        at = 78 + step * t
        strong = {"fill": 0.45} if t == 0 else {}
        z = canvas.datum(at, 38, f"z_{t + 1}")
        b = canvas.state(at + 22, 132, f"b_{t + 1}", "scrn", r=21, **strong)
        f = canvas.state(at - 22, 224, f"f_{t + 1}", "rnn", r=21, **strong)
        x = canvas.datum(at, 314, f"x_{t + 1}")
        width = 3 if t == 0 else 1.5
        canvas.arrow((at - 8, x.top[1]), f.towards(x))
        canvas.arrow((at + 8, x.top[1]), b.towards(x))
        canvas.arrow(f.towards(z), (at - 8, z.bottom[1]), width=width)
        canvas.arrow(b.towards(z), (at + 8, z.bottom[1]), width=width)
        forward.append(f)
        backward.append(b)
    for before, after in zip(forward, forward[1:], strict=False):
        canvas.arrow(before.right, after.left, colour="rnn", width=2.5)
    for after, before in zip(backward, backward[1:], strict=False):
        canvas.arrow(before.left, after.right, colour="scrn", width=2.5)
    canvas.time(8, 24 + step * T, 364)
    return canvas.picture(
        "The first output joins the first state of one pass and the last of "
        "the other",
        f"{T} inputs from left to right. The states f_1 … f_{T} are computed "
        f"from left to right, the states b_{T} … b_1 from right to left, so "
        "b_1 is computed last. Each output z joins the two states above its "
        "own input.",
    )


def _layers(canvas, counts, labels, columns, bottom, r=20):
    """Rows of states above a row of inputs; returns the rows, lowest first.

    A row with half the states of the one below reads its states in pairs.
    """
    below = [
        canvas.datum(at, bottom, f"x_{t + 1}", size=34 if r > 16 else 30)
        for t, at in enumerate(columns)
    ]
    for row, (count, label) in enumerate(zip(counts, labels, strict=True)):
        y = bottom - 84 * (row + 1)
        share = len(below) // count
        states = []
        for t in range(count):
            group = below[share * t : share * (t + 1)]
            at = sum(node.x for node in group) / share
            state = canvas.state(at, y, "", "rnn", r=r)
            for node in group:
                end = state.towards(node)
                canvas.arrow(node.top, end)
            if states:
                canvas.arrow(
                    states[-1].right, state.left, colour="rnn", width=2.5
                )
            states.append(state)
        canvas.text(columns[-1] + r + 14, y, label, SMALL, "start")
        below = states
    return below


def stacked(layers=3, T=4):
    """Each layer reads the states of the layer below as its inputs.

    Parameters
    ----------
    layers : 1 … 4
    T : how many steps to draw, 2 … 5
    """
    columns = [36 + 82 * t for t in range(T)]
    canvas = Canvas(columns[-1] + 106, 120 + 84 * layers)
    labels = [f"layer {n + 1}" for n in range(layers)]
    _layers(canvas, [T] * layers, labels, columns, 50 + 84 * layers)
    canvas.time(8, columns[-1] + 20, 104 + 84 * layers)
    return canvas.picture(
        "A stack of layers: states become the inputs of the layer above",
        f"{T} inputs at the foot and {layers} rows of states above them. "
        "Within each row an arrow leads from every state to the next in "
        "time; between rows an arrow leads straight up at every step.",
    )


def pyramid(layers=3, T=8):
    """Each layer joins its inputs in pairs, so time halves on the way up.

    Parameters
    ----------
    layers : 1 … 3, including the lowest, which reads every input
    T : how many inputs to draw; 2^(layers − 1) must divide it

    Raises
    ------
    ValueError
        If it does not.
    """
    counts = [T // 2**n for n in range(layers)]
    if counts[-1] * 2 ** (layers - 1) != T:
        raise ValueError(
            f"T is {T}; it should be a multiple of {2 ** (layers - 1)}"
        )
    columns = [24 + 48 * t for t in range(T)]
    canvas = Canvas(columns[-1] + 104, 112 + 84 * layers)
    labels = [f"{count} steps" for count in counts]
    _layers(canvas, counts, labels, columns, 46 + 84 * layers, r=13)
    canvas.time(8, columns[-1] + 20, 96 + 84 * layers)
    return canvas.picture(
        "A pyramid halves the number of steps with every layer",
        f"{T} inputs at the foot. The rows of states above have "
        + ", ".join(map(str, counts))
        + " steps: above the lowest, each state reads two neighbours of the "
        "row below.",
    )


def encoder_decoder(source=("a", "b", "c"), target=("C", "B", "A")):
    """One network reads a sequence into its state, another writes from it.

    Parameters
    ----------
    source, target : symbols read and written, up to 3 each; the decoder
        starts from ⟨s⟩ and reads what it wrote before

    Raises
    ------
    ValueError
        If the symbols are too many or too wide for a page.
    """
    n, m = len(source), len(target)
    step = max(72, *(room(s, SIZE) + 34 for s in (*source, *target)))
    canvas = Canvas(44 + step * (n + m), 314)
    before = None
    fed = ("⟨s⟩", *target)
    for t in range(n + m):
        at = 36 + step * t + 18 * (t >= n)
        reads = t < n
        colour = "rnn" if reads else "encoder_decoder"
        strong = {"fill": 0.45} if t == n - 1 else {}
        state = canvas.state(at, 140, "", colour, r=20, **strong)
        symbol = source[t] if reads else fed[t - n]
        given = canvas.datum(at, 226, symbol=symbol)
        canvas.arrow(given.top, state.bottom)
        if not reads:
            written = canvas.datum(at, 54, symbol=target[t - n])
            canvas.arrow(state.top, written.bottom)
            if t + 1 < n + m:
                # past the state, before the next head
                turn = at + max(29, written.width / 2 + 9)
                canvas.arrow(
                    written.right,
                    (turn, 54),
                    (turn, 226),
                    (at + step - written.width / 2 - 4, 226),
                    opacity=0.55,
                    bend=16,
                )
        if before:
            canvas.arrow(before.right, state.left, colour=colour, width=2.5)
        before = state
    canvas.text(36 + step * (n - 1) / 2, 270, "encoder reads", SMALL)
    middle = 54 + step * (n + (m - 1) / 2)
    canvas.text(middle, 270, "decoder writes", SMALL)
    canvas.time(8, 30 + step * (n + m), 300)
    return canvas.picture(
        "All that the decoder knows of the source is one state",
        f"From left to right the encoder reads {', '.join(source)}. Its last "
        "state is handed to the decoder, which starts from the sign ⟨s⟩ and "
        f"writes {', '.join(target)}, each time reading what it wrote before.",
    )
