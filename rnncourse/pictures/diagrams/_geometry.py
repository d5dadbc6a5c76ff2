"""Where things stand on a canvas, and how lines and words are written."""

import math
import re
from dataclasses import dataclass
from html import escape

GAP = 4  # between an arrow and the shape it touches
INDEX = 12.5  # size of an index, in units of the viewBox

_INDEX = re.compile(r"_(\{[^}]*\}|\w+)")

# A page shows words in a font of its own, a notebook in the reader's. None
# in wide use is wider than DejaVu Sans (Verdana's twin), so room is measured
# in that: letters by their width in ems, at most, all others 1 em.
_EMS = {
    letter: ems
    for ems, letters in (
        (0.35, " '’/\\|,.:;·ijlIJ"),
        (0.43, "f-()[]⟨⟩!tr"),
        (0.56, '"*`_–?cLsz'),
        (0.64, "abdeghknopquvxyEFPSTY0123456789${}“”"),
        (0.79, "ABCDGHKNOQRUVXZ&"),
        (0.84, "w+<=>^~−×→←#"),
    )
    for letter in letters
}
_BOLDER = 1.17  # times as wide


@dataclass(frozen=True)
class Node:
    """Where a shape stands, and the points where arrows touch it."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self):
        return self.x, self.y - self.height / 2 - GAP

    @property
    def bottom(self):
        return self.x, self.y + self.height / 2 + GAP

    @property
    def left(self):
        return self.x - self.width / 2 - GAP, self.y

    @property
    def right(self):
        return self.x + self.width / 2 + GAP, self.y

    def towards(self, other):
        """The point on this circle that faces another node."""
        dx, dy = other.x - self.x, other.y - self.y
        share = (self.width / 2 + GAP) / math.hypot(dx, dy)
        return self.x + share * dx, self.y + share * dy


def room(words, size, bold=False):
    """The width of words as they are, in the widest font of a page."""
    ems = sum(_EMS.get(letter, 1.0) for letter in words)
    return size * ems * (_BOLDER if bold else 1)


def number(value):
    """Numbers without noise, text escaped for an attribute."""
    if isinstance(value, str):
        return escape(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")


def indices(words):
    """Escaped words whose `_index` is set lower and smaller."""
    parts, last = [], 0
    for match in _INDEX.finditer(words):
        if match.start() > last:
            rise = ' dy="-4"' if parts else ""
            before = escape(words[last : match.start()])
            parts.append(f"<tspan{rise}>{before}</tspan>")
        index = escape(match[1].strip("{}"))
        parts.append(
            f'<tspan dy="4" font-size="{INDEX}" font-style="normal">'
            f"{index}</tspan>"
        )
        last = match.end()
    rest = escape(words[last:])
    if parts and rest:
        rest = f'<tspan dy="-4">{rest}</tspan>'
    return "".join(parts) + rest


def path_data(points, bend):
    """Path data through points; each corner is rounded by up to `bend`."""
    data = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(
        points, points[1:], points[2:], strict=False
    ):
        sides = math.dist(before, corner), math.dist(corner, after)
        cut = min(bend, sides[0] / 2, sides[1] / 2)
        start = _between(corner, before, cut / sides[0])
        end = _between(corner, after, cut / sides[1])
        data.append(f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}")
    return "".join((*data, f"L{_pair(points[-1])}"))


def _pair(point):
    return f"{number(point[0])} {number(point[1])}"


def _between(a, b, share):
    """The point that lies `share` of the way from a to b."""
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
