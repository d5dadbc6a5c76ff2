"""Markdown as JupyterLab, GitHub and Colab show it, from the book's own.

The book's Markdown has roles, directives, targets and comments that only
Sphinx understands. Here each gets a plain form: a number stands in its
sentence, a paper is a name, a year and a link, an admonition is a quotation
with a bold title. The parser of the book says what is markup, before and
after: what it still finds in the end has no form yet, and stops the build.
"""

import re
from dataclasses import dataclass, field

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

EXTENSIONS = {"amsmath", "colon_fence", "deflist", "dollarmath", "tasklist"}
PARSER = create_md_parser(
    MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML
)
DIRECTIVE = re.compile(r"\{([\w:.-]+)\}\s*(.*)")
EXPLICIT = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
PAGE_LINK = re.compile(r"\]\(([\w-]*)(\.md|\.ipynb|(?=#))(?:#([^)\s]*))?\)")
ADMONITIONS = (
    "admonition attention caution danger error hint important note "
    "seealso tip warning"
).split()
OURS = {
    "myst_role",
    "myst_target",
    "myst_line_comment",
    "myst_block_break",
    "colon_fence",
    "math_block_label",
    "front_matter",
}


class Unreadable(Exception):
    """Markup that has no form for readers outside the site."""


@dataclass
class Book:
    """What a page may point at.

    pages : {name: its title}, in `site` those that are not notebooks
    papers : {key: (short name, address or None)}
    labels : {label: (page, title of its heading)}
    headings : {how Sphinx names a heading in an address: its words}
    bibliography : the papers as a Markdown list
    """

    pages: dict = field(default_factory=dict)
    papers: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    headings: dict = field(default_factory=dict)
    bibliography: str = ""
    site: dict = field(default_factory=dict)
    address: str = ""

    def link(self, page, text=None, heading=""):
        """Return a link to a page that works between notebooks."""
        text = text or self.pages.get(page) or self.site.get(page)
        if text is None:
            raise Unreadable(f"there is no page {page!r}")
        if page in self.pages:
            return f"[{text}]({page}.ipynb{anchor(heading)})"
        if self.address:
            return f"[{text}]({self.address}book/{page}.html)"
        return text

    def cite(self, key):
        """Return a paper as "Elman (1990)", with a link."""
        if key not in self.papers:
            raise Unreadable(f"there is no paper {key!r}")
        name, address = self.papers[key]
        return f"[{name}]({address or 'bibliography.ipynb'})"


def anchor(heading):
    """Return how JupyterLab, GitHub and Colab name a heading."""
    return "#" + heading.replace(" ", "-") if heading else ""


def tokens(text):
    """Return all tokens of a text, those inside lines too."""
    found = []
    for token in PARSER.parse(text):
        found += [token, *(token.children or [])]
    return found


def left_over(text):
    """Return what only the site understands in a text, in words."""
    words = []
    for token in tokens(text):
        if token.type in OURS:
            words.append(
                f"{token.type} {token.meta.get('name') or token.content!r}"
            )
        elif token.type == "fence" and DIRECTIVE.match(token.info):
            words.append(f"directive {token.info}")
    return words


def is_for_sphinx(token):
    """Tell whether a token is a directive that has no plain form."""
    directive = DIRECTIVE.match(token.info)
    if token.type not in ("fence", "colon_fence") or not directive:
        return False
    return directive[1] not in (*ADMONITIONS, "bibliography", "math")


def plain(text, book, values, equations=None):
    """Return a text without anything that only the site understands.

    Parameters
    ----------
    text : Markdown of a cell or a page
    book : Book
    values : {name: number as it should read}, what the cells glued
    equations : {label: number} of the page

    Raises
    ------
    Unreadable
        for markup that has no plain form
    """
    text = _blocks(text, book, equations or {})
    text = _roles(text, book, values, equations or {})
    text = PAGE_LINK.sub(lambda link: _link(link, book), text)
    if words := left_over(text):
        raise Unreadable(", ".join(words))
    return text


def labelled(texts):
    """Number the labelled equations of a page: {label: number}."""
    labels = [
        token.info
        for text in texts
        for token in tokens(text)
        if token.type == "math_block_label"
    ]
    return {label: number for number, label in enumerate(labels, start=1)}


def _link(link, book):
    """Return the end of a link between pages, as notebooks need it."""
    page, suffix, place = link.groups()
    if page and page not in book.pages:
        return link[0]
    place = anchor(book.headings.get(place, place or ""))
    return f"]({page}{suffix and '.ipynb'}{place})"


def _blocks(text, book, equations):
    """Give blocks their plain form, from the last to the first."""
    lines = text.split("\n")
    blocks = [t for t in PARSER.parse(text) if t.map and t.level == 0]
    for token in reversed(blocks):
        new = _block(token, book, equations)
        if new is not None:
            lines[slice(*token.map)] = new.split("\n") if new else []
    return "\n".join(lines)


def _block(token, book, equations):
    """Return the plain form of a block, or None if it is plain."""
    if token.type == "math_block_label":
        tag = rf"\tag{{{equations[token.info]}}}"
        return f"$$\n{token.content.strip()} {tag}\n$$"
    if token.type in ("myst_target", "myst_line_comment", "front_matter"):
        return ""
    if token.type == "myst_block_break":
        return ""
    directive = DIRECTIVE.match(token.info)
    if token.type not in ("fence", "colon_fence") or not directive:
        return None
    name, title = directive.groups()
    if name == "bibliography":
        return book.bibliography
    if name == "math":
        return f"$$\n{token.content.strip()}\n$$"
    if is_for_sphinx(token):
        raise Unreadable(f"directive {token.info}")
    content = re.sub(r"\A(:[\w-]+:.*\n)+", "", token.content)
    body = _blocks(content.strip(), book, equations)
    quoted = f"**{title or name.capitalize()}**\n\n{body}".split("\n")
    return "\n".join(f"> {line}".rstrip() for line in quoted)


def _roles(text, book, values, equations):
    """Give roles their plain form, in the order the parser finds them."""
    done, rest = "", text
    for token in tokens(text):
        if token.type != "myst_role":
            continue
        name, content = token.meta["name"], token.content
        words = r"\s+".join(map(re.escape, content.split()))
        role = re.search(rf"\{{{re.escape(name)}\}}(`+)\s*{words}\s*\1", rest)
        if role is None:
            raise Unreadable(f"role {name} {content!r}")
        new = _role(name, " ".join(content.split()), book, values, equations)
        done, rest = done + rest[: role.start()] + new, rest[role.end() :]
    return done + rest


def _role(name, content, book, values, equations):
    """Return the plain form of one role."""
    explicit = EXPLICIT.fullmatch(content)
    text, target = explicit.groups() if explicit else (None, content)
    if name == "glue:text":
        if content not in values:
            raise Unreadable(f"nothing is glued as {content!r}")
        return values[content]
    if name in ("cite", "cite:p", "cite:t"):
        papers = ", ".join(book.cite(x.strip()) for x in content.split(","))
        return papers if name == "cite:t" else f"[{papers}]"
    if name == "doc":
        return book.link(target.rpartition("/")[2], text)
    if name == "ref" and target in book.labels:
        page, heading = book.labels[target]
        return book.link(page, text or heading, heading)
    if name == "eq" and target in equations:
        return f"({equations[target]})"
    if name == "math":
        return f"${content}$"
    raise Unreadable(f"role {name} {content!r}")
