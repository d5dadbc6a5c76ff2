"""Diagrams of one long row in time: cut into columns, or forecast from."""

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import SMALL, Canvas

LETTERS, WINDOWS = 3, 3  # letters of a window, windows of a column
BOX, GAP, ROW = 84, 62, 84  # a window, the way between two, a column
PARTS = ("train", 12), ("validation", 4), ("test", 4)  # steps of each
STEP, EDGE = 22, 20


def columns(text="recurrentnetworks!"):
    """A text in two columns, each read in three windows.

    Parameters
    ----------
    text : 18 characters

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        for a text of another length
    """
    long = LETTERS * WINDOWS
    arguments.integers("len(text)", len(text), (), 2 * long, 2 * long + 1)
    canvas = Canvas(478, 2 * ROW + 84)
    for b in range(2):
        _column(canvas, b, text[b * long : (b + 1) * long])
    for n in range(1, WINDOWS):
        x = 26 + n * (BOX + GAP)
        canvas.line((x, 34), (x, 2 * ROW + 44), stroke_dasharray="3 5")
    for n in range(WINDOWS):
        canvas.word(_middle(n), 16, f"window {n + 1}", SMALL)
    canvas.word(239, 2 * ROW + 64, "the gradient stops at each line", SMALL)
    return canvas.picture(
        "Two columns, lying on their side: the state goes on, the gradient "
        "does not",
        f"The text {text} lies in two columns, one above the other; time runs "
        "from left to right. Each is read in three windows of three letters. "
        "The first window of a column starts from a state of zeros, each "
        "other one from the state that the window before it has left. Dashed "
        "lines between the windows are where the gradient stops. The second "
        "column goes on in the text where the first has ended, and starts "
        "from zeros, too.",
    )


def _middle(n):
    return 26 + n * (BOX + GAP) + GAP / 2 + BOX / 2


def _column(canvas, b, letters):
    """One column of the text: states, and the windows between them."""
    y = 76 + b * ROW
    before = canvas.state(26, y, "", "gru", r=15, kept=True, fill=0)
    canvas.word(26, y, "0", SMALL)
    for n in range(WINDOWS):
        window = canvas.box(_middle(n), y, BOX, 36, rx=9)
        for k, letter in enumerate(letters[n * LETTERS :][:LETTERS]):
            canvas.word(_middle(n) + 26 * (k - 1), y, letter)
        canvas.arrow(before.right, window.left, colour="gru", width=2)
        if n + 1 == WINDOWS:
            break
        before = canvas.state(26 + (n + 1) * (BOX + GAP), y, "", "gru", r=15)
        canvas.arrow(window.right, before.left, colour="gru", width=2)


def origins(ahead=2):
    """A rolling origin: what is known at each, and what is asked.

    Parameters
    ----------
    ahead : 1 … 4, how many steps are asked at each origin

    Returns
    -------
    Picture; a filled square is a step that is known, an open one a step
    that is to be forecast

    Raises
    ------
    ValueError
        If `ahead` is no such number.
    """
    test = PARTS[-1][1]
    arguments.integers("ahead", ahead, (), 1, test + 1)
    steps, rolls = sum(n for _, n in PARTS), test - ahead + 1
    canvas = Canvas(2 * EDGE + STEP * steps, 84 + 34 * rolls)
    start = 0
    for name, n in PARTS:
        x = EDGE + STEP * (start + n / 2)
        canvas.box(x, 24, STEP * n - 4, 32, rx=6)
        canvas.word(x, 24, name, SMALL)
        start += n
    for k in range(rolls):
        known, y = steps - test + k, 66 + 34 * k
        for t in range(known + ahead):
            fill = 0.4 if t < known else 0
            colour = "rnn" if t < known else "gru"
            x = EDGE + STEP * (t + 0.5)
            canvas.box(x, y, 16, 16, colour, rx=4, fill=fill)
    last = 66 + 34 * rolls
    canvas.word(EDGE, last - 6, "filled: known", SMALL, anchor="start")
    words = "open: to be forecast"
    canvas.word(canvas.width - EDGE, last - 6, words, SMALL, anchor="end")
    return canvas.picture(
        "Every forecast knows what lies before it, and nothing else",
        f"Above, {steps} steps in three parts: training, then validation, "
        f"then test. Below, {rolls} rows, one for each origin: all steps "
        "before the origin are known, training, validation and the part of "
        f"the test that has passed, and the next {ahead} are to be forecast. "
        "From row to row the origin moves on by a step.",
    )
