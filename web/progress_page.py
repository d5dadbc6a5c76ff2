"""The page "Your progress": every chapter and its exercises, as a list.

The directive `checklist` writes it. Without scripts it can be printed and
ticked by hand; with them `web/live/progress.ts` ticks it.
"""

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from rnncourse import cards
from rnncourse.exercises import chapters

STATIC = (
    "To count what you have read and solved, this page needs JavaScript. "
    "Without it, it is a list to print and to tick by hand."
)


class Checklist(SphinxDirective):
    """The chapters that the book has, each with its exercises."""

    def run(self):
        for name in cards.CHAPTERS:
            path = chapters.__file__.replace("__init__", name)
            self.env.note_dependency(path)
        there = self.env.found_docs
        found = [x for x in cards.CHAPTERS if f"book/{x}" in there]
        html = "".join(chapter(x) for x in found)
        now = f'<div class="progress-now"><p class="live-static">{STATIC}</p>'
        html = f"{now}</div><h2>The chapters</h2>{html}"
        html = f"<div data-progress>{html}</div>"
        return [nodes.raw("", html, format="html")]


def chapter(name):
    """Return a chapter's title and exercises as HTML."""
    items = "".join(
        f'<li data-solves="{escape(x.id)}">'
        f'<a href="{name}.html#exercise-{escape(x.id)}">{escape(x.title)}</a>'
        "</li>"
        for x in chapters.of_chapter(name)
    )
    title = escape(cards.CHAPTERS[name])
    return (
        f'<div class="progress-chapter" data-page="book/{name}">'
        f'<h3><a href="{name}.html">{title}</a></h3>'
        f'<p class="progress-read"></p><ul>{items}</ul></div>'
    )


def setup(app):
    app.add_directive("checklist", Checklist)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
