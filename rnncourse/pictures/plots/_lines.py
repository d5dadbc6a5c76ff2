"""Lines and bars: numbers that are compared by their length or height."""

import itertools

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.plots._style import BLUE, CYCLE, STYLE, TEXT, figure


def _styles(names):
    """Name → keywords for a line; colours of architectures stay theirs.

    Beside an architecture, what is none takes the hues of the three that
    occur most last.
    """
    taken = {STYLE[name]["color"] for name in names if name in STYLE}
    known = {STYLE[name]["color"] for name in ("rnn", "lstm", "gru")}
    free = [style for style in CYCLE if style[0] not in taken] or CYCLE
    if taken:
        free.sort(key=lambda style: style[0] in known)
    free = itertools.cycle(free)
    styles = {}
    for name in names:
        if name in STYLE:
            styles[name] = STYLE[name]
        else:
            colour, line = next(free)
            styles[name] = {"color": colour, "linestyle": line, "label": name}
    return styles


def curves(values, steps=None, band="range", ax=None):
    """Lines over time, with a band over seeds.

    Parameters
    ----------
    values : dict, name → (n,) or (seeds, n); names of `STYLE` bring their
        colour and line, any other name becomes the label
    steps : (n,) positions on the horizontal axis; 0, 1, 2, … if missing
    band : "range" (least to largest seed) or "quartiles", around the median
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `values` is empty, an array has the wrong rank, or `band` is
        unknown.
    """
    edges = {"range": (0, 100), "quartiles": (25, 75)}
    if band not in edges:
        raise ValueError(f"band is {band!r}; it should be one of {[*edges]}")
    if not values:
        raise ValueError("values is empty; it should hold at least one line")
    ax, styles = ax or figure()[1], _styles(values)
    for name, lines in values.items():
        lines = np.asarray(lines, float)
        if lines.ndim not in (1, 2):
            raise ValueError(
                f"values[{name!r}] has shape {lines.shape}; "
                "expected (n,) or (seeds, n)"
            )
        lines = np.atleast_2d(lines)
        at = np.arange(lines.shape[1]) if steps is None else steps
        ax.plot(at, np.median(lines, axis=0), **styles[name])
        if len(lines) > 1:
            low, high = np.percentile(lines, edges[band], axis=0)
            colour = styles[name]["color"]
            ax.fill_between(at, low, high, color=colour, alpha=0.2, lw=0)
    if len(values) > 1:
        ax.legend()
    return ax


def bars(values, ax=None):
    """Horizontal bars, one a name; seeds are dots on the bar of their median.

    Parameters
    ----------
    values : dict, name → number or (seeds,)
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `values` is empty or an array has the wrong rank.
    """
    if not values:
        raise ValueError("values is empty; it should hold at least one bar")
    ax = ax or figure(size=(5.6, max(2.2, 1.1 + 0.36 * len(values))))[1]
    # beside architectures what is none steps back; alone it may be seen
    other = TEXT if STYLE.keys() & values.keys() else BLUE
    for row, (name, numbers) in enumerate(values.items()):
        numbers = np.atleast_1d(np.asarray(numbers, float))
        arguments.shaped(f"values[{name!r}]", numbers, ("seeds",))
        colour = STYLE[name]["color"] if name in STYLE else other
        ax.barh(row, np.median(numbers), 0.6, color=colour, alpha=0.6)
        if len(numbers) > 1:
            ax.plot(numbers, [row] * len(numbers), "o", ms=4, color=colour)
    labels = [STYLE.get(name, {"label": name})["label"] for name in values]
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.grid(False, axis="y")
    return ax
