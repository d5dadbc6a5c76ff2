"""Pictures of numbers, in one house style.

Every function takes its data first, draws on `ax` or on a new figure, and
returns the axes; `show` turns the figure into an inline SVG that follows the
page's light or dark theme::

    ax = plots.curves({"rnn": losses}, steps)
    ax.set_title("The loss halves in 100 updates")
    plots.show(ax, alt="…", caption="…", name="intents-loss")

matplotlib is imported by the first picture, not by this module. That first
picture also writes the house style into ``matplotlib.rcParams``, because
artists read their defaults when they are added, not when a figure is made.
"""

from rnncourse.pictures.plots._fills import confusion, heatmap, sentence_heat
from rnncourse.pictures.plots._lines import bars, curves
from rnncourse.pictures.plots._show import show
from rnncourse.pictures.plots._style import STYLE, css_colour, figure

__all__ = [
    "STYLE",
    "bars",
    "confusion",
    "css_colour",
    "curves",
    "figure",
    "heatmap",
    "sentence_heat",
    "show",
]
