"""Frames for sliders: a state passing along a sentence."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.diagrams._canvas import WIDEST, Canvas
from rnncourse.pictures.diagrams._geometry import room
from rnncourse.pictures.plots._style import CYCLE, VERMILLION, css_colour

TALL = 104  # height of an opened state
WORD = 16  # size of a word below it; the one just read is bold


def _columns(words):
    """(centre, row) of every word, and how wide the rows are.

    A long sentence takes several rows.
    """
    at, row, columns, wide = 4.0, 0, [], 0.0
    for word in words:
        width = max(46, room(word, WORD, bold=True) + 8)
        if at + width + 4 > WIDEST and at > 4:
            at, row = 4.0, row + 1
        columns.append((at + width / 2, row))
        at += width
        wide = max(wide, at)
    return columns, wide + 4


def _sentence(words, t, fill, colour):
    """Words below, their states above; `fill(canvas, t, x, y)` draws one."""
    columns, width = _columns(words)
    row = TALL + 84
    canvas = Canvas(width, row * (columns[-1][1] + 1))
    for s, (word, (x, line)) in enumerate(zip(words, columns, strict=True)):
        y = row * line + TALL / 2 + 10
        now = s == t
        faint = None if s <= t else 0.35
        if s <= t:
            fill(canvas, s, x, y)
        canvas.add(
            "rect",
            x=x - 13,
            y=y - TALL / 2,
            width=26,
            height=TALL,
            rx=13,
            stroke=css_colour(colour),
            stroke_width=3 if now else 1.5,
            stroke_dasharray=None if s <= t else "4 4",
            opacity=faint,
        )
        foot = y + TALL / 2 + 4
        canvas.arrow((x, foot + 26), (x, foot), opacity=faint)
        if s and columns[s - 1][1] == line:
            before = columns[s - 1][0]
            canvas.arrow(
                (before + 17, y),
                (x - 17, y),
                colour=colour,
                width=2,
                opacity=faint,
            )
        bold = "bold" if now else None
        canvas.word(
            x, foot + 42, word, WORD, font_weight=bold, opacity=faint and 0.7
        )
    return canvas


def walk(words, values, t, architecture="rnn", limit=1.0):
    """A state on its way along a sentence, after the word `t`.

    Parameters
    ----------
    words : the T words of the sentence
    values : (T, H) floats, the state after each word
    t : 0 … T−1, the word just read
    architecture : name in `plots.STYLE`, gives the colour of the arrow
    limit : the value of the strongest fill

    Returns
    -------
    Picture; blue cells are positive, orange ones negative

    Raises
    ------
    ValueError
        If `values` does not fit `words` or `t` is none of its rows.
    """
    values = np.asarray(values, float)
    H = arguments.array("values", values, (len(words), "H")).shape[1]
    t = int(arguments.integers("t", t, (), 0, len(words)))
    high = (TALL - 16) / H

    def cells(canvas, s, x, y):
        for unit, value in enumerate(values[s]):
            canvas.add(
                "rect",
                x=x - 9,
                y=y - TALL / 2 + 8 + unit * high,
                width=18,
                height=max(high - 1.5, 1),
                fill=css_colour("rnn" if value >= 0 else VERMILLION),
                fill_opacity=min(abs(value) / limit, 1.0),
            )

    numbers = ", ".join(f"{value:.2f}" for value in values[t])
    return _sentence(words, t, cells, architecture).picture(
        f"The state after “{words[t]}”, word {t + 1} of {len(words)}",
        f"Its {H} cells are {numbers}. The words still to come have no state "
        "yet.",
    )


def remembered(words, sensitivity, t, architecture="rnn"):
    """The share that each word has in the state after word `t`.

    Parameters
    ----------
    words : the T words of the sentence
    sensitivity : (T, T) floats ≥ 0; row t, column s says how strongly the
        state after word t depends on word s: ‖∂h_t/∂x_s‖, or how far it
        moves if the word is left out
    t : 0 … T−1, the word just read
    architecture : name in `plots.STYLE`, gives the colour of the arrow

    Returns
    -------
    Picture; each word has a colour, its share of a state is that wide

    Raises
    ------
    ValueError
        If `sensitivity` does not fit `words` or `t` is none of its rows.
    """
    sensitivity = np.asarray(sensitivity, float)
    arguments.array("sensitivity", sensitivity, (len(words), len(words)))
    t = int(arguments.integers("t", t, (), 0, len(words)))
    kept = np.tril(sensitivity)
    share = kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-300)
    hues = [CYCLE[s % len(CYCLE)][0] for s in range(len(words))]

    def layers(canvas, s, x, y):
        foot = y + TALL / 2 - 8
        for word in range(s + 1):
            high = share[s, word] * (TALL - 16)
            foot -= high
            canvas.add(
                "rect",
                x=x - 9,
                y=foot,
                width=18,
                height=high,
                fill=css_colour(hues[word]),
                fill_opacity=0.85,
            )

    canvas = _sentence(words, t, layers, architecture)
    for s, (x, line) in enumerate(_columns(words)[0]):
        y = (TALL + 84) * line + TALL + 70
        canvas.add(
            "rect",
            x=x - 13,
            y=y,
            width=26,
            height=6,
            rx=3,
            fill=css_colour(hues[s]),
        )
    parts = ", ".join(
        f"{word} {100 * part:.0f} %"
        for word, part in zip(words[: t + 1], share[t], strict=False)
    )
    return canvas.picture(
        f"The share of each word in the state after “{words[t]}”",
        f"The state after the word, filled word by word: {parts}.",
    )
