"""What a card is, and the little Markdown that it is written in."""

import re
from dataclasses import dataclass
from html import escape

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
MARKS = re.compile(
    r"`(?P<code>[^`]+)`|\$(?P<math>[^$]+)\$"
    r"|\*\*(?P<strong>[^*]+)\*\*|\*(?P<emphasis>[^*]+)\*"
)
TAGS = {"code": "code", "strong": "b", "emphasis": "i"}


@dataclass(frozen=True)
class Card:
    """One question to remember the answer of.

    Parameters
    ----------
    id : name that stays, since what a reader remembers is kept under it;
        unique in its chapter
    question, answer : one paragraph each, in Markdown: ``code``, $formulas$,
        **bold** and *italic*
    place : the heading in the chapter that the answer stands below
    options : of a question with answers to choose from: (text, feedback,
        whether it is right), …

    Raises
    ------
    ValueError
        If the id is no name, or something is empty.
    """

    id: str
    question: str
    answer: str
    place: str
    options: tuple = ()

    def __post_init__(self):
        if not NAME.fullmatch(self.id):
            raise ValueError(
                f"id is {self.id!r}; expected letters a to z, digits and _"
            )
        for name in ("question", "answer", "place"):
            if not getattr(self, name).strip():
                raise ValueError(f"the card {self.id!r} has no {name}")

    @property
    def anchor(self):
        """The place's id on the chapter's page, as Sphinx makes it."""
        plain = "".join(text for _, text in pieces(self.place))
        words = re.sub(r"[^a-z0-9]+", "-", plain.lower())
        return words.lstrip("-0123456789").rstrip("-")


def pieces(text):
    """Take a text of a card apart.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (kind, str), where kind is "text", "code", "math", "strong" or
    "emphasis"

    >>> pieces("a gate $f$ near **1**")
    [('text', 'a gate '), ('math', 'f'), ('text', ' near '), ('strong', '1')]
    """
    found, end = [], 0
    for match in MARKS.finditer(text):
        found.append(("text", text[end : match.start()]))
        found.append((match.lastgroup, match[match.lastgroup]))
        end = match.end()
    found.append(("text", text[end:]))
    return [(kind, part) for kind, part in found if part]


def html(text):
    r"""Return a text of a card as HTML, with formulas for MathJax.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    >>> html("`x < y` if $x$")
    '<code>x &lt; y</code> if \\(x\\)'
    """
    parts = []
    for kind, part in pieces(text):
        part = escape(part, quote=False)
        if kind == "math":
            part = rf"\({part}\)"
        tag = TAGS.get(kind)
        parts.append(f"<{tag}>{part}</{tag}>" if tag else part)
    return "".join(parts)
