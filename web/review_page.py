"""The page "Review": all cards, as a list that needs no script.

The directive `cards` puts them into the page, a section a chapter: question,
answer folded below it, and where in the book the answer stands. With scripts,
`web/live/review.ts` asks those that are due. Every page knows the cards of
each chapter, to say beside the chapters how many that is.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from exercise_pages import add_data
from sphinx.util.docutils import SphinxDirective

from rnncourse import cards
from rnncourse.cards import chapters
from rnncourse.exercises import quizzes

PAGE = "book/review"
KINDS = {
    "text": nodes.Text,
    "code": lambda text: nodes.literal(text, text),
    "math": lambda text: nodes.math(text, text),
    "strong": lambda text: nodes.strong(text, text),
    "emphasis": lambda text: nodes.emphasis(text, text),
}


class Cards(SphinxDirective):
    """All cards of the chapters that the book has."""

    def run(self):
        for name in cards.CHAPTERS:
            for package in (chapters, quizzes):
                path = Path(package.__file__).with_name(f"{name}.py")
                self.env.note_dependency(str(path))
        return [section(name) for name in there(self.env)]


def there(env):
    """Return the chapters with cards that the book has, in its order."""
    return [x for x in cards.CHAPTERS if f"book/{x}" in env.found_docs]


def section(chapter):
    """Return a chapter's cards as a section."""
    title = cards.CHAPTERS[chapter]
    made = nodes.section(ids=[f"cards-{chapter}"], names=[f"cards {chapter}"])
    made += nodes.title(title, title)
    for card in cards.of_chapter(chapter):
        made += shown(card, f"{chapter}.html#{card.anchor}")
    return made


def shown(card, link):
    """Return the nodes of one card.

    Parameters
    ----------
    card : Card
    link : address of its place in the book
    """
    lists = listed(card)
    place = nodes.reference("", "", *inline(card.place), refuri=link)
    return [
        raw(f'<div class="card-one" data-card="{escape(card.id)}">'),
        paragraph("card-question", *inline(card.question)),
        *lists[:1],
        raw('<details class="card-answer"><summary>Answer</summary>'),
        paragraph("card-right", *inline(card.answer)),
        *lists[1:],
        paragraph("card-place", nodes.Text("In the book: "), place),
        raw("</details></div>"),
    ]


def listed(card):
    """Return the lists of what may be chosen and of what is said to it.

    A question that asks for a number does not show the wrong ones before.
    """
    choices, says = nodes.bullet_list(), nodes.bullet_list()
    choices["classes"].append("card-choices")
    says["classes"].append("card-feedback")
    for text, feedback, is_right in card.options:
        choices += item(*inline(text))
        mark = nodes.strong("", "Right." if is_right else "Not right.")
        said = [nodes.Text(": "), mark, nodes.Text(" "), *inline(feedback)]
        says += item(*inline(text.rstrip(".")), *said)
    if not card.options:
        return []
    asked = any(is_right for _, _, is_right in card.options)
    return [choices if asked else nodes.Text(""), says]


def inline(text):
    """Return a text of a card as nodes."""
    return [KINDS[kind](part) for kind, part in cards.pieces(text)]


def paragraph(name, *children):
    return nodes.paragraph("", "", *children, classes=[name])


def item(*children):
    return nodes.list_item("", nodes.paragraph("", "", *children))


def raw(html):
    return nodes.raw("", html, format="html")


def tell(app, pagename, templatename, context, doctree):
    """Tell a page which cards there are, by chapter, in few letters."""
    if PAGE not in app.env.found_docs:
        return
    names = {
        x: [card.id.partition(".")[2] for card in cards.of_chapter(x)]
        for x in there(app.env)
    }
    add_data(app, "cards-of-chapters", names)


def setup(app):
    app.add_directive("cards", Cards)
    app.connect("html-page-context", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
