"""Every card: its name, its place in the book, its Markdown."""

import json
import re
from pathlib import Path

import pytest
from docutils import nodes

from rnncourse import cards
from rnncourse.cards._all import chapters
from rnncourse.exercises import quizzes

BOOK = Path(__file__).resolve().parents[2] / "book"
LEAST = 10  # cards of its own that a chapter has
each = pytest.mark.parametrize("chapter", cards.CHAPTERS)


def headings(chapter):
    """The headings of a chapter's notebook, in its Markdown."""
    notebook = json.loads((BOOK / f"{chapter}.ipynb").read_text("utf-8"))
    text = "\n".join(
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
    )
    text = re.sub(r"(?ms)^```.*?^```", "", text)
    return re.findall(r"(?m)^#+ (.+?)\s*$", text)


def own(chapter):
    """A chapter's cards without its quiz."""
    named = {name for name, *_ in asked(chapter)}
    return [x for x in cards.of_chapter(chapter) if x.id not in named]


def asked(chapter):
    """Ids and questions of the quiz."""
    return [
        (card.id, card.question)
        for card in cards.of_chapter(chapter)
        if re.fullmatch(r"\w+\.q[0-9a-f]{8}", card.id)
    ]


def test_every_chapter_that_teaches_has_cards_in_the_order_of_the_book():
    toc = (BOOK.parent / "_toc.yml").read_text()
    order = re.findall(r"file: book/(\w+)", toc)
    assert list(cards.CHAPTERS) == [x for x in order if x in cards.CHAPTERS]
    files = Path(chapters.__file__).parent.glob("[!_]*.py")
    assert {path.stem for path in files} == set(cards.CHAPTERS)
    assert set(quizzes.names()) == set(cards.CHAPTERS)
    with pytest.raises(KeyError, match="no cards for a chapter 'x'.*gru"):
        cards.of_chapter("x")


@each
def test_a_chapter_has_its_title_and_enough_cards(chapter):
    assert headings(chapter)[0] == cards.CHAPTERS[chapter]
    assert len(own(chapter)) >= LEAST


@each
def test_every_question_of_the_quiz_is_a_card_with_its_feedback(chapter):
    every = {card.question: card for card in cards.of_chapter(chapter)}
    for question in quizzes.of_chapter(chapter).questions:
        card = every[question.question]
        text = " ".join([card.answer, *(x[1] for x in card.options)])
        if hasattr(question, "options"):
            assert all(x.feedback in text for x in question.options)
            right = [x.text for x in question.options if x.is_right]
            assert all(x.rstrip(".") in card.answer for x in right)
        else:
            assert question.right in text
            assert all(x in text for x in question.known.values())
            assert card.answer.startswith(f"{question.answer:,g}")


def test_no_two_cards_share_a_name_or_a_question():
    every = [card for x in cards.CHAPTERS for card in cards.of_chapter(x)]
    assert len({card.id for card in every}) == len(every) > 350
    assert len({card.question for card in every}) == len(every)
    # as the page's scripts know the names of what they keep
    named = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
    assert all(named.fullmatch(card.id) for card in every)


@each
def test_the_place_of_a_card_is_a_heading_of_its_chapter(chapter):
    there = headings(chapter)
    for card in cards.of_chapter(chapter):
        assert card.place in there, (card.id, card.place)
        plain = "".join(text for _, text in cards.pieces(card.place))
        assert card.anchor == nodes.make_id(plain), card.id


def as_markdown_has_it(text):
    """The same pieces, by the parser that the book's pages have."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark").use(dollarmath_plugin)
    (_, inline, _) = parser.parse(text)
    found, kinds = [], ["text"]
    marks = {"em_open": "emphasis", "strong_open": "strong"}
    names = {"code_inline": "code", "math_inline": "math"}
    for token in inline.children:
        if token.type in marks:
            kinds.append(marks[token.type])
        elif token.type.endswith("_close"):
            kinds.pop()
        elif token.content:
            found.append((names.get(token.type, kinds[-1]), token.content))
    return found


def joined(pieces):
    """Neighbours of one kind as one piece."""
    made = []
    for kind, text in pieces:
        if made and made[-1][0] == kind:
            made[-1] = kind, made[-1][1] + text
        else:
            made.append((kind, text))
    return made


@each
def test_what_a_card_says_is_the_markdown_it_looks_like(chapter):
    for card in own(chapter):
        for text in (card.question, card.answer, card.place):
            assert joined(as_markdown_has_it(text)) == cards.pieces(text)
            assert re.search(r"[.?!]$", text) or text is card.place, text
        assert not re.search(
            r"\b(simply|just|obviously)\b", card.question + card.answer, re.I
        ), card.id


def test_a_text_becomes_html_that_holds_nothing_else():
    text = "a < b, `c<d>`, $x < y$, **e** and *f*"
    assert cards.html(text) == (
        "a &lt; b, <code>c&lt;d&gt;</code>, \\(x &lt; y\\), <b>e</b> "
        "and <i>f</i>"
    )


@pytest.mark.parametrize(
    "values, fault",
    [
        (("One Name", "q", "a", "p"), "id is 'One Name'; expected letters"),
        (("name", " ", "a", "p"), "'name' has no question"),
        (("name", "q", "", "p"), "'name' has no answer"),
        (("name", "q", "a", ""), "'name' has no place"),
    ],
)
def test_a_card_that_cannot_be_is_refused(values, fault):
    with pytest.raises(ValueError, match=fault):
        cards.Card(*values)
