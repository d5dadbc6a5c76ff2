"""The house style: one colour and one line style an architecture."""

# Okabe and Ito's palette. Its orange, sky blue and yellow are darkened until
# every colour keeps a contrast of 3 : 1 on a white and on a black page.
BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY, YELLOW = "#CC79A7", "#BD8200", "#3A96CC", "#948B00"
TEXT = "#000000"  # becomes currentColor on the page

DASH, DOT, DASH_DOT = (0, (5, 2)), (0, (1, 1.5)), (0, (5, 2, 1, 2))
LONG, TWO_DOTS, SHORT = (0, (9, 2)), (0, (5, 2, 1, 2, 1, 2)), (0, (2.5, 1.5))


def _line(color, linestyle, label):
    return {"color": color, "linestyle": linestyle, "label": label}


#: Architecture → keywords for `ax.plot`. What has no memory wears the colour
#: of the text; relatives share a hue and differ in their line, but for those
#: that a picture compares again and again: stack and pyramid.
STYLE = {
    "bag_of_words": _line(TEXT, DOT, "bag of words"),
    "feed_forward": _line(TEXT, DASH, "feed-forward"),
    "convolution": _line(TEXT, DASH_DOT, "convolution"),
    "n_gram": _line(TEXT, LONG, "n-gram"),
    "rnn": _line(BLUE, "-", "RNN (Elman)"),
    "bidirectional": _line(BLUE, DASH, "bidirectional"),
    "stacked": _line(BLUE, DASH_DOT, "stacked"),
    "jordan": _line(PURPLE, DASH, "Jordan"),
    "encoder_decoder": _line(PURPLE, LONG, "encoder–decoder"),
    "attention": _line(PURPLE, "-", "attention"),
    "lstm": _line(VERMILLION, LONG, "LSTM"),
    "peephole": _line(VERMILLION, DOT, "LSTM with peepholes"),
    "gru": _line(GREEN, DASH_DOT, "GRU"),
    "gru_reset_before": _line(GREEN, DOT, "GRU, reset before"),
    "min_gru": _line(GREEN, SHORT, "minGRU"),
    "min_lstm": _line(VERMILLION, SHORT, "minLSTM"),
    "lru": _line(PURPLE, SHORT, "LRU"),
    "scrn": _line(SKY, TWO_DOTS, "SCRN"),
    "leaky": _line(SKY, DOT, "leaky sum"),
    "running_sum": _line(SKY, "-", "running sum"),
    "clockwork": _line(ORANGE, SHORT, "Clockwork"),
    "pyramid": _line(ORANGE, DOT, "pyramid"),
    "stack": _line(YELLOW, DOT, "stack RNN"),
    "list": _line(YELLOW, SHORT, "list RNN"),
}

#: Lines that are no architecture, in this order.
CYCLE = [
    (BLUE, "-"),
    (VERMILLION, DASH),
    (GREEN, DASH_DOT),
    (PURPLE, LONG),
    (ORANGE, SHORT),
    (SKY, TWO_DOTS),
    (YELLOW, DOT),
]

# The first architecture of a hue names the CSS variable of that hue.
_VARIABLE = {TEXT: None}
for _name, _style in STYLE.items():
    _VARIABLE.setdefault(_style["color"], f"--rnn-{_name.replace('_', '-')}")

RC = {
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 12,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": TEXT,
    "grid.alpha": 0.15,
    "lines.linewidth": 2,
    "figure.figsize": (5.6, 3.2),
    "figure.constrained_layout.use": True,
}


def css_colour(name):
    """The CSS colour of an architecture or of a hexadecimal colour.

    Parameters
    ----------
    name : a name in `STYLE`, or a colour such as "#0072B2"

    Returns
    -------
    str, which follows the page's theme

    >>> css_colour("lstm")
    'var(--rnn-lstm, #D55E00)'
    >>> css_colour("feed_forward")
    'currentColor'
    """
    colour = STYLE[name]["color"] if name in STYLE else name.upper()
    if colour == TEXT:
        return "currentColor"
    variable = _VARIABLE.get(colour)
    return f"var({variable}, {colour})" if variable else colour


def matplotlib():
    """Import matplotlib with the house style, or say how to get it."""
    try:
        import matplotlib
    except ImportError:
        raise ImportError(
            "pictures need matplotlib: pip install 'rnncourse[plots]'"
        ) from None
    from cycler import cycler

    colours, lines = zip(*CYCLE, strict=True)
    cycle = cycler(color=colours) + cycler(linestyle=lines)
    matplotlib.rcParams.update(RC | {"axes.prop_cycle": cycle})
    return matplotlib


def figure(rows=1, columns=1, size=None, **kwargs):
    """A figure in the house style and its axes.

    The figure belongs to nobody but you: pyplot does not know it, so nothing
    is drawn twice and nothing needs closing.

    Parameters
    ----------
    rows, columns : how many panels
    size : (width, height) in inches; 5.6 × 3.2 reads well on a phone
    **kwargs : go to `Figure.subplots` (`sharex=True`, …)

    Returns
    -------
    (Figure, Axes), or an array of Axes for more than one panel
    """
    matplotlib()
    from matplotlib.figure import Figure

    fig = Figure(figsize=size)
    return fig, fig.subplots(rows, columns, **kwargs)
