"""The few kinds of picture the course draws again and again."""

import itertools

import numpy as np

from rnncourse.plots._style import BLUE, CYCLE, STYLE, VERMILLION, figure

# A fill this strong still lets the page's text colour be read on top of it,
# in the light theme and in the dark one.
STRONGEST = 0.7


def _axes(ax, size=None):
    return figure(size=size)[1] if ax is None else ax


def _styles(names):
    """Name → keywords for a line; colours of architectures stay theirs."""
    taken = {STYLE[name]["color"] for name in names if name in STYLE}
    free = [style for style in CYCLE if style[0] not in taken] or CYCLE
    free = itertools.cycle(free)
    styles = {}
    for name in names:
        if name in STYLE:
            styles[name] = STYLE[name]
        else:
            colour, line = next(free)
            styles[name] = {"color": colour, "linestyle": line, "label": name}
    return styles


def _rgba(values, limit):
    """Values → fills: stronger is larger, blue above zero, red below."""
    from matplotlib.colors import to_rgb

    share = np.clip(np.nan_to_num(values / limit), -1, 1)
    rgba = np.empty(share.shape + (4,))
    rgba[..., :3] = np.where(
        share[..., None] < 0, to_rgb(VERMILLION), to_rgb(BLUE)
    )
    rgba[..., 3] = STRONGEST * abs(share)
    return rgba


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
    ax, styles = _axes(ax), _styles(values)
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
    """
    if not values:
        raise ValueError("values is empty; it should hold at least one bar")
    ax, styles = _axes(ax), _styles(values)
    for row, (name, numbers) in enumerate(values.items()):
        numbers = np.atleast_1d(np.asarray(numbers, float))
        colour = styles[name]["color"]
        ax.barh(row, np.median(numbers), 0.6, color=colour, alpha=0.6)
        if len(numbers) > 1:
            ax.plot(numbers, [row] * len(numbers), "o", ms=4, color=colour)
    labels = [style["label"] for style in styles.values()]
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.grid(False, axis="y")
    return ax


def heatmap(values, rows=None, columns=None, limit=None, form=None, ax=None):
    """A matrix as fills: stronger is larger, blue above zero, red below.

    Zero is the page itself, so the picture reads in either theme.

    Parameters
    ----------
    values : (rows, columns) floats
    rows, columns : labels of the rows (top to bottom) and of the columns
    limit : the value of the strongest fill; the largest |value| if missing
    form : format of the number written into each cell, such as "{:.1f}"
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes
    """
    values = np.asarray(values, float)
    if values.ndim != 2:
        raise ValueError(
            f"values has shape {values.shape}; expected (rows, columns)"
        )
    ax = _axes(ax)
    limit = limit or np.nanmax(abs(values)) or 1.0
    ax.imshow(_rgba(values, limit), aspect="auto", interpolation="nearest")
    ax.grid(False)
    if rows is not None:
        ax.set_yticks(range(len(rows)), rows)
    if columns is not None:
        ax.set_xticks(range(len(columns)), columns)
    if form:
        for i, j in np.ndindex(values.shape):
            number = form.format(values[i, j])
            ax.text(j, i, number, ha="center", va="center")
    return ax


def confusion(counts, labels, ax=None):
    """How often each class was taken for each other.

    Parameters
    ----------
    counts : (K, K) ints, row = the true class, column = the answer
    labels : (K,) names of the classes
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes, with every row's fills as shares of that row
    """
    counts = np.asarray(counts)
    if counts.shape != (len(labels), len(labels)):
        raise ValueError(
            f"counts has shape {counts.shape}; "
            f"expected ({len(labels)}, {len(labels)})"
        )
    ax = _axes(ax, size=(5.6, 1.6 + 0.42 * len(labels)))
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    heatmap(share, labels, labels, limit=1.0, ax=ax)
    for i, j in zip(*np.nonzero(counts), strict=True):
        ax.text(j, i, str(counts[i, j]), ha="center", va="center")
    ax.tick_params(axis="x", rotation=40)
    for label in ax.get_xticklabels():
        label.set(ha="right", rotation_mode="anchor")
    ax.set(xlabel="answered", ylabel="true")
    return ax


def sentence_heat(words, weights, form=None, ax=None):
    """A sentence whose words are filled by their weight.

    Parameters
    ----------
    words : the T words of the sentence
    weights : (T,) floats, the strongest fill is the largest |weight|
    form : format of the number below each word, such as "{:.2f}"
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes
    """
    weights = np.asarray(weights, float)
    if weights.shape != (len(words),) or not len(words):
        raise ValueError(
            f"weights has shape {weights.shape}; one a word: ({len(words)},)"
        )
    lines, x = [[]], 0.0
    for word in words:
        width = 0.155 * len(word) + 0.3  # inches, in the widest page font
        if x and x + width > 5.4:
            lines.append([])
            x = 0.0
        lines[-1].append((x, width, word))
        x += width + 0.06
    height = 0.42 + 0.26 * bool(form)
    ax = _axes(ax, size=(5.6, 0.6 + (height + 0.1) * len(lines)))
    fills = iter(_rgba(weights, max(abs(weights).max(), 1e-12)))
    numbers = iter(weights)
    for row, line in enumerate(lines):
        top = -row * (height + 0.1)
        for x, width, word in line:
            ax.bar(x, -0.42, width, top, color=next(fills), align="edge")
            ax.bar(x, -0.42, width, top, fill=False, align="edge", alpha=0.2)
            middle = x + width / 2
            ax.text(middle, top - 0.21, word, ha="center", va="center")
            if form:
                number = form.format(next(numbers))
                ax.text(middle, top - 0.55, number, ha="center", va="center")
    ax.set(xlim=(-0.05, 5.5), ylim=(top - height - 0.05, 0.05))
    ax.axis("off")
    return ax
