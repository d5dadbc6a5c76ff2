"""A picture on a page: an inline SVG, what it shows, and its caption."""

from html import escape

#: The style of the ``<svg>`` element.
SVG = "display:block;width:100%;height:auto"
#: The style of the visible line below it.
CAPTION = "font-size:0.9em;line-height:1.4;margin-top:0.6em;text-align:left"


class Picture:
    """An SVG that follows the page's theme, with words for every reader.

    Parameters
    ----------
    svg : text of one ``<svg>`` element; names itself for screen readers
    alt : what the picture shows, in words; stands for it in a terminal
    caption : the visible line below it
    width : the widest it may be drawn, in css pixels

    Raises
    ------
    ValueError
        If `alt` or `caption` is empty.

    >>> Picture("<svg></svg>", "A straight line.", "A line.", 300)
    [picture] A straight line.
    """

    def __init__(self, svg, alt, caption, width):
        for name, words in (("alt", alt), ("caption", caption)):
            if not isinstance(words, str) or not words.strip():
                raise ValueError(
                    f"{name} is empty; say in words what the picture shows"
                )
        self.svg = svg
        self.width = width
        self.alt = " ".join(alt.split())
        self.caption = " ".join(caption.split())

    def captioned(self, caption):
        """The same picture with another visible line below it.

        Parameters
        ----------
        caption : str

        Returns
        -------
        Picture

        Raises
        ------
        ValueError
            if `caption` is empty
        """
        return Picture(self.svg, self.alt, caption, self.width)

    def __repr__(self):
        return f"[picture] {self.alt}"

    def _repr_html_(self):
        style = f"margin:1.5em auto;max-width:{self.width}px"
        return (
            f'<figure class="rnn-figure" style="{style}">{self.svg}'
            f'<figcaption style="{CAPTION}">{escape(self.caption)}'
            "</figcaption></figure>"
        )
