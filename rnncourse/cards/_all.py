"""The cards of every chapter, and how to get them."""

import importlib
from dataclasses import replace

from rnncourse.cards import chapters, questions

#: {chapter: its title}, in the order of the book
CHAPTERS = {
    "rnn": "Recurrent networks",
    "bptt": "Backpropagation through time",
    "gradients": "Vanishing and exploding gradients",
    "lstm": "The LSTM",
    "gru": "Gated recurrent units",
    "bidirectional": "Bidirectional networks",
    "deep": "Deep networks",
    "memories": "Other memories",
    "applications": "Applications",
    "ctc": "CTC: when nobody says where",
    "seq2seq": "Sequence to sequence",
    "linear": "Recurrence without waiting",
    "attention": "Looking instead of remembering",
    "pytorch": "The same in PyTorch",
    "practice": "A recipe",
    "forecasting": "Forecasting: a simple rival is seldom beaten",
}


def of_chapter(chapter):
    """Return all cards of a chapter: its own, then its quiz's questions.

    Parameters
    ----------
    chapter : a key of ``CHAPTERS``

    Returns
    -------
    list of `Card`, each with an id such as "rnn.order"

    Raises
    ------
    KeyError
        If there is no such chapter.

    >>> of_chapter("rnn")[0].id
    'rnn.bag_of_words'
    """
    if chapter not in CHAPTERS:
        raise KeyError(
            f"no cards for a chapter {chapter!r}; there are "
            f"{', '.join(CHAPTERS)}"
        )
    module = importlib.import_module(f"{chapters.__name__}.{chapter}")
    cards = [*module.CARDS, *questions.cards(chapter)]
    return [replace(card, id=f"{chapter}.{card.id}") for card in cards]
