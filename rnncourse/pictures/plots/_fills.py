"""Fills: numbers that are compared by how strong a colour is."""

import numpy as np

from rnncourse import arguments
from rnncourse.pictures.plots._style import BLUE, VERMILLION, figure

# A fill this strong still lets the page's text colour be read on top of it,
# in the light theme and in the dark one.
STRONGEST = 0.7


def _rgba(values, limit):
    """Values → fills: stronger is larger, blue above zero, orange below."""
    from matplotlib.colors import to_rgb

    share = np.clip(np.nan_to_num(values / limit), -1, 1)
    rgba = np.empty(share.shape + (4,))
    rgba[..., :3] = np.where(
        share[..., None] < 0, to_rgb(VERMILLION), to_rgb(BLUE)
    )
    rgba[..., 3] = STRONGEST * abs(share)
    return rgba


def heatmap(values, rows=None, columns=None, limit=None, form=None, ax=None):
    """A matrix as fills: stronger is larger, blue above zero, orange below.

    Zero is the page itself, so the picture reads in either theme.

    Parameters
    ----------
    values : (rows, columns) floats
    rows, columns : labels of the rows (top to bottom) and of the columns
    limit : the value of the strongest fill; the largest ``abs(value)`` if
        missing
    form : format of the number written into each cell, such as "{:.1f}"
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `values` is not a matrix.
    """
    values = np.asarray(values, float)
    arguments.shaped("values", values, ("rows", "columns"))
    ax = ax or figure()[1]
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

    Raises
    ------
    ValueError
        If `counts` does not fit `labels` or holds a negative number.
    """
    K = len(labels)
    counts = arguments.integers("counts", counts, (K, K), 0)
    ax = ax or figure(size=(5.6, 1.6 + 0.42 * K))[1]
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
    weights : (T,) floats, the strongest fill is the largest ``abs(weight)``
    form : format of the number below each word, such as "{:.2f}"
    ax : draw here; a new figure if missing

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `weights` does not fit `words` or is not finite.
    """
    weights = np.asarray(weights, float)
    arguments.array("weights", weights, (len(words),))
    lines, x = [[]], 0.0
    for word in words:
        width = 0.155 * len(word) + 0.3  # inches, in the widest page font
        if x and x + width > 5.4:
            lines.append([])
            x = 0.0
        lines[-1].append((x, width, word))
        x += width + 0.06
    height = 0.42 + 0.26 * bool(form)
    ax = ax or figure(size=(5.6, 0.6 + (height + 0.1) * len(lines)))[1]
    fills = iter(_rgba(weights, max(abs(weights).max(), 1e-12)))
    numbers = iter(weights)
    for row, line in enumerate(lines):
        top = -row * (height + 0.1)
        for x, width, word in line:
            ax.bar(x, -0.42, width, top, color=next(fills), align="edge")
            ax.bar(x, -0.42, width, top, fill=False, align="edge", alpha=0.2)
            middle = x + width / 2
            ax.text(
                middle,
                top - 0.21,
                word,
                ha="center",
                va="center",
                parse_math=False,
            )
            if form:
                number = form.format(next(numbers))
                ax.text(middle, top - 0.55, number, ha="center", va="center")
    ax.set(xlim=(-0.05, 5.5), ylim=(top - height - 0.05, 0.05))
    ax.axis("off")
    return ax
