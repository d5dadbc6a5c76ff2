"""The same cards as a deck for Anki, one deck a chapter below one of all.

A card keeps its number and its scheduling in Anki when the deck is made and
imported again: both come from its id.
"""

import hashlib
from pathlib import Path

from rnncourse.cards._all import CHAPTERS, of_chapter
from rnncourse.cards._card import html

NAME = "Recurrent networks from scratch"
MISSING = (
    "to write a deck for Anki, the package genanki is needed: "
    "pip install 'rnncourse[anki]'"
)
FIELDS = ("Question", "Answer", "Place")
LOOKS = """\
.card { font: 20px/1.45 sans-serif; max-width: 40em; margin: 1em auto; }
.place { color: gray; font-size: 75%; }
"""


class MissingLibrary(Exception):
    """The package that writes decks is not installed."""


def write(path):
    """Write all cards as a deck.

    Parameters
    ----------
    path : where to; Anki imports files that end in .apkg

    Returns
    -------
    how many cards

    Raises
    ------
    MissingLibrary
        If genanki is not installed.
    OSError
        If the file cannot be written.
    """
    try:
        import genanki
    except ImportError:
        raise MissingLibrary(MISSING) from None
    model = genanki.Model(
        _number("model"),
        NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Question}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"
                '<p class="place">{{Place}}</p>',
            }
        ],
        css=LOOKS,
    )
    decks, count = [], 0
    for order, (chapter, title) in enumerate(CHAPTERS.items(), start=1):
        deck = genanki.Deck(_number(chapter), f"{NAME}::{order:02} {title}")
        for card in of_chapter(chapter):
            guid = genanki.guid_for("rnncourse", card.id)
            deck.add_note(genanki.Note(model, _fields(card, title), guid=guid))
            count += 1
        decks.append(deck)
    with Path(path).open("wb") as file:  # a folder that is not there, here
        genanki.Package(decks).write_to_file(file)
    return count


def _number(name):
    """A number that stays, as Anki wants one for each deck and model."""
    words = hashlib.sha256(f"rnncourse {name}".encode()).digest()
    return 1 << 30 | int.from_bytes(words[:3], "big")


def _fields(card, title):
    """Question, answer and place of a card, as HTML."""
    asked = [x for x in card.options if any(y[2] for y in card.options)]
    question = html(card.question) + _list(x[0] for x in asked)
    says = (
        f"{text.rstrip('.')}: "
        f"**{'Right.' if is_right else 'Not right.'}** {feedback}"
        for text, feedback, is_right in card.options
    )
    answer = html(card.answer) + _list(says)
    return [question, answer, html(f"{title}: {card.place}")]


def _list(texts):
    items = "".join(f"<li>{html(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
