"""From a matplotlib figure to an inline SVG that follows the theme."""

import io
import re
import sys
import textwrap
from html import escape
from xml.etree import ElementTree

from rnncourse.pictures.picture import SVG, Picture
from rnncourse.pictures.plots._style import css_colour, matplotlib

SMALLEST = 11  # points: 9.5 px on a phone 360 px wide
SCALE = 1.3  # css pixels a point, at most
# Only these have the widths matplotlib assumed when it placed each symbol.
MATH_FONT = "'DejaVu Sans',Verdana,Geneva,sans-serif"

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBERS = ("d", "x", "y", "width", "height", "transform", "points", "viewBox")


def show(fig, alt, caption, name):
    """A figure as an inline SVG with words for every reader.

    Text stays text and takes the page's font; black becomes the page's text
    colour, so the picture follows a light or dark theme. The same figure
    always gives the same bytes.

    Parameters
    ----------
    fig : matplotlib Figure, or Axes of it; closed if pyplot holds it
    alt : the finding in words, for readers who do not see the picture
    caption : the visible line below the picture
    name : lower-case slug, unique on its page; every id starts with it

    Returns
    -------
    Picture, which notebooks display

    Raises
    ------
    ValueError
        If `alt` or `caption` is empty, or `name` is no slug.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"name is {name!r}; it should be a slug such as 'loss-rnn'"
        )
    fig = fig.figure
    width = round(72 * SCALE * fig.get_figwidth())
    picture = Picture("", alt, caption, width)
    picture.svg = _inline(_draw(fig, name), picture.alt, name)
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close(fig)
    return picture


def _draw(fig, name):
    """matplotlib's own SVG of the figure, without dates or backgrounds."""
    mpl = matplotlib()
    for text in fig.findobj(mpl.text.Text):
        text.set_fontsize(max(text.get_fontsize(), SMALLEST))
    fig.draw_without_rendering()  # so that the panels know their width
    for ax in fig.axes:
        title = ax.get_title(loc="left")
        width = 72 * ax.get_position().width * fig.get_figwidth()
        if title and "\n" not in title:
            words = _balanced(title, int(width / 6.5))
            _keep_inside(fig, ax.set_title(words, loc="left"))
        _keep_inside(fig, ax.xaxis.label)
    metadata = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    text = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        fig.savefig(text, format="svg", transparent=True, metadata=metadata)
    return text.getvalue()


def _keep_inside(fig, text):
    """Break a text into shorter lines until none is cut at the right edge.

    matplotlib measures with its own font, the one that notebooks show.
    """
    words = " ".join(text.get_text().split())
    for width in range(len(words) - 1, 9, -1):
        if text.get_window_extent().x1 <= fig.bbox.x1:
            return
        text.set_text(_balanced(words, width))


def _inline(svg, alt, name):
    """Make matplotlib's SVG a well-behaved part of an HTML page."""
    root = ElementTree.fromstring(svg)
    _drop(root, "metadata", "style")  # its style rule would style the page
    used = set(_REFERENCE.findall(svg))
    used |= set(re.findall(r'xlink:href="#([^"]+)"', svg))
    ids = {}
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in list(element.attrib):
            value = element.attrib.pop(key)
            key = key.rpartition("}")[2]
            if key == "id":
                if value not in used:
                    continue
                value = ids.setdefault(value, f"{name}-{len(ids)}")
            elif key == "style":
                value = _declarations(value)
            elif key in _NUMBERS:
                value = _DECIMALS.sub(lambda m: f"{float(m[0]):.2f}", value)
            element.set(key, value)
        element.tail = None
        if element.text and not element.text.strip():
            element.text = None
    _rename(root, ids)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(alt)}" viewBox="{root.get("viewBox")}" '
        f'fill="currentColor" style="{SVG};stroke-linejoin:round">'
    )
    body = "".join(ElementTree.tostring(e, encoding="unicode") for e in root)
    return head + body + "</svg>"


def _drop(element, *tags):
    """Remove all descendants with one of these tags."""
    for child in list(element):
        if child.tag.rpartition("}")[2] in tags:
            element.remove(child)
        else:
            _drop(child, *tags)


def _rename(root, ids):
    """Point every reference at the new name of its target."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "href" and value.startswith("#"):
                element.set(key, "#" + ids[value[1:]])
            elif "url(#" in value:
                new = _REFERENCE.sub(lambda m: f"url(#{ids[m[1]]})", value)
                element.set(key, new)


def _declarations(style):
    """Inline CSS in the page's colours and font."""
    kept = []
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key == "font-family":
            if value != "'DejaVu Sans'":  # ordinary text: the page's font
                continue
            value = MATH_FONT
        elif key in ("fill", "stroke") and value.startswith("#"):
            value = css_colour(value)
        if key:
            kept.append(f"{key}:{value}")
    return ";".join(kept)


def _balanced(words, width):
    """Words on as few lines as they need, all about equally long."""
    lines = len(textwrap.wrap(words, width))
    while width > 1 and len(textwrap.wrap(words, width - 1)) == lines:
        width -= 1
    return textwrap.fill(words, width)
