"""The visual language: a few shapes, each with one meaning.

- a **circle** is a state, what a cell carries through time; dashed, it was
  kept from the step before;
- a **rounded square** is data: an input or an output;
- a **filled square** on an arrow is a product with the weights beside it;
- a **valve** is a gate: what flows through it is multiplied by 0 … 1;
- a **small ring** with a sign is element-wise arithmetic;
- a coloured arrow carries a state; time runs left to right, layers upwards.

Everything is drawn in `currentColor` and CSS variables, so a diagram follows
the theme of its page. There are no ids, so any two diagrams can share one.
"""

import math
import re
from html import escape

from rnncourse.pictures.diagrams._geometry import (
    Node,
    indices,
    number,
    path_data,
    room,
)
from rnncourse.pictures.picture import SVG, Picture
from rnncourse.pictures.plots import css_colour

SIZE, SMALL = 17, 15  # of text, in units of the viewBox
WIDEST = 480  # units; on a phone one unit is then 0.7 css pixels
SCALE = 1.35  # css pixels a unit, at most
TINT = 0.16  # opacity of a fill that text stands on


class Canvas:
    """A drawing of `width` × `height` units, made shape by shape."""

    def __init__(self, width, height):
        if width > WIDEST:
            raise ValueError(
                f"the diagram is {width:.0f} units wide; more than {WIDEST} "
                "cannot be read on a phone"
            )
        self.width, self.height = width, height
        self._parts = []

    def picture(self, title, description):
        """The finished diagram; its title says its one message."""
        size = f"{number(self.width)} {number(self.height)}"
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-label="{escape(title)}" '
            f'viewBox="0 0 {size}" fill="none" stroke-linejoin="round" '
            f'stroke-linecap="round" style="{SVG}">'
            f"<title>{escape(title)}</title>"
            f"<desc>{escape(description)}</desc>"
            f"{''.join(self._parts)}</svg>"
        )
        width = round(SCALE * self.width)
        return Picture(svg, f"{title}. {description}", title, width)

    def add(self, tag, content="", **attributes):
        """One SVG element; `fill_opacity` becomes `fill-opacity`."""
        words = "".join(
            f' {key.replace("_", "-")}="{number(value)}"'
            for key, value in attributes.items()
            if value is not None
        )
        end = f">{content}</{tag}>" if content else "/>"
        self._parts.append(f"<{tag}{words}{end}")

    def place(self, other, x, y, opacity=None):
        """Another canvas's drawing, moved by (x, y)."""
        move = f"translate({number(x)} {number(y)})"
        inside = "".join(other._parts)
        self.add("g", inside, transform=move, opacity=opacity)

    # Words

    def text(self, x, y, words, size=SIZE, anchor="middle", **attributes):
        """Words centred on the height y; `W_xh` and `h_{t−1}` get indices."""
        maths = "_" in words or len(words) == 1 and words.isalpha()
        attributes.setdefault("font_style", "italic" if maths else None)
        self._text(x, y, indices(words), size, anchor, attributes)

    def formula(self, x, y, words, size=SIZE):
        """A formula: letters italic, functions upright."""
        upright = '<tspan font-style="normal">\\1</tspan>'
        content = re.sub("(tanh|σ)", upright, indices(words))
        self._text(x, y, content, size, "middle", {"font_style": "italic"})

    def word(self, x, y, words, size=SIZE, anchor="middle", **attributes):
        """Words of a data set, as they are: no index, no italics."""
        self._text(x, y, escape(words), size, anchor, attributes)

    def _text(self, x, y, content, size, anchor, attributes):
        if content:
            self.add(
                "text",
                content,
                x=x,
                y=y + 0.35 * size,
                fill="currentColor",
                font_size=size,
                text_anchor=anchor,
                **attributes,
            )

    # Shapes

    def state(self, x, y, label="", colour="rnn", r=22, kept=False, fill=TINT):
        """A circle: what is carried through time; dashed if kept."""
        self.add(
            "circle",
            cx=x,
            cy=y,
            r=r,
            stroke=css_colour(colour),
            stroke_width=2,
            stroke_dasharray="5 4" if kept else None,
            **_tint(colour, fill),
        )
        self.text(x, y, label)
        return Node(x, y, 2 * r, 2 * r)

    def datum(self, x, y, label="", size=36, symbol="", **rest):
        """A rounded square: an input or an output, a variable or a symbol.

        A symbol that is a word makes it as wide as the word.
        """
        width = max(size, room(symbol, SIZE) + 10)
        self.box(x, y, width, size, rx=9, **rest)
        self.text(x, y, label)
        self.word(x, y, symbol)
        return Node(x, y, width, size)

    def box(self, x, y, width, height, colour=None, rx=0, fill=0):
        """A rectangle around (x, y); without a colour, in the text's."""
        self.add(
            "rect",
            x=x - width / 2,
            y=y - height / 2,
            width=width,
            height=height,
            rx=rx or None,
            stroke=css_colour(colour) if colour else "currentColor",
            stroke_width=1.5,
            **(_tint(colour, fill) if fill else {}),
        )
        return Node(x, y, width, height)

    def product(self, x, y, label="", colour="rnn", side="right", size=12):
        """A filled square on an arrow: a product with the weights `label`."""
        self.add(
            "rect",
            x=x - size / 2,
            y=y - size / 2,
            width=size,
            height=size,
            rx=1.5,
            fill=css_colour(colour),
        )
        away = size / 2 + 6
        if side == "above":
            self.text(x, y - away - 9, label, SMALL)
        elif side == "left":
            self.text(x - away, y, label, SMALL, anchor="end")
        else:
            self.text(x + away, y, label, SMALL, anchor="start")
        return Node(x, y, size, size)

    def gate(self, x, y, colour="lstm", upright=False, size=26, fill=0.35):
        """A valve: what flows through it is multiplied by 0 … 1."""
        long, wide = size / 2, size / 2.8
        corners = [(-long, -wide), (long, wide), (long, -wide), (-long, wide)]
        if upright:
            corners = [(b, a) for a, b in corners]
        self.add(
            "polygon",
            points=" ".join(
                f"{number(x + a)},{number(y + b)}" for a, b in corners
            ),
            stroke=css_colour(colour),
            stroke_width=2,
            **_tint(colour, fill),
        )
        across = (2 * wide, 2 * long) if upright else (2 * long, 2 * wide)
        return Node(x, y, *across)

    def ring(self, x, y, sign, r=12, width=None):
        """Element-wise arithmetic: +, σ, tanh (as wide as its word)."""
        width = width or max(2 * r, room(sign, SMALL) + 10)
        self.box(x, y, width, 2 * r, rx=r)
        self.text(x, y, sign, SMALL, font_style="normal")
        return Node(x, y, width, 2 * r)

    # Lines

    def line(self, *points, colour=None, width=1.5, bend=12, **attributes):
        """A line through points, its corners rounded."""
        self.add(
            "path",
            d=path_data(points, bend),
            stroke=css_colour(colour) if colour else "currentColor",
            stroke_width=width,
            **attributes,
        )

    def arrow(self, *points, colour=None, width=1.5, bend=12, **attributes):
        """A line through points that ends in a head at the last of them."""
        (x0, y0), (x1, y1) = points[-2:]
        length = math.hypot(x1 - x0, y1 - y0)
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        long, wide = 5 + 2.2 * width, 2.2 + 1.3 * width
        bx, by = x1 - long * dx, y1 - long * dy
        self.line(
            *points[:-1],
            (bx, by),
            colour=colour,
            width=width,
            bend=bend,
            **attributes,
        )
        corners = (
            (x1, y1),
            (bx - wide * dy, by + wide * dx),
            (bx + wide * dy, by - wide * dx),
        )
        self.add(
            "polygon",
            points=" ".join(f"{number(x)},{number(y)}" for x, y in corners),
            fill=css_colour(colour) if colour else "currentColor",
            opacity=attributes.get("opacity"),
        )

    def junction(self, x, y, colour=None):
        """A dot: here a line parts in two."""
        fill = css_colour(colour) if colour else "currentColor"
        self.add("circle", cx=x, cy=y, r=3.2, fill=fill)

    def time(self, x0, x1, y):
        """The arrow of time along the foot of a diagram."""
        self.text(x0, y, "time", SMALL, anchor="start", opacity=0.75)
        self.arrow((x0 + 38, y), (x1, y), opacity=0.6)


def _tint(colour, strength):
    """Attributes of a translucent fill, 0 … 1."""
    return {"fill": css_colour(colour), "fill_opacity": strength}
