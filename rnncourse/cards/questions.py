"""The questions of a chapter's quiz, as cards.

A question has no name, so its card is named by its words: one that is asked
in other words is a new card.
"""

import hashlib

from rnncourse.cards._card import Card
from rnncourse.exercises import quizzes

PLACE = "Questions"
ELSEWHERE = {"pytorch": "Exercises"}


def cards(chapter):
    """Return a chapter's questions as cards, with feedback on every answer.

    Parameters
    ----------
    chapter : str

    Returns
    -------
    list of `Card`; empty if the chapter has no quiz
    """
    if chapter not in quizzes.names():
        return []
    place = ELSEWHERE.get(chapter, PLACE)
    return [card(x, place) for x in quizzes.of_chapter(chapter).questions]


def card(question, place):
    """Return one question of a quiz as a card.

    Parameters
    ----------
    question : Choice or Number
    place : the heading that it stands below

    Returns
    -------
    `Card`
    """
    words = hashlib.sha256(question.question.encode()).hexdigest()
    name = f"q{words[:8]}"
    if hasattr(question, "options"):
        options = tuple(
            (x.text, x.feedback, x.is_right) for x in question.options
        )
        right = [text for text, _, is_right in options if is_right]
        answer = " · ".join(x.rstrip(".") for x in right) + "."
        return Card(name, question.question, answer, place, options)
    unit = " %" if question.percent else ""
    answer = f"{question.answer:,g}{unit}. {question.right}"
    slips = tuple(
        (f"{wrong:,g}{unit}", says, False)
        for wrong, says in question.known.items()
    )
    return Card(name, question.question, answer, place, slips)
