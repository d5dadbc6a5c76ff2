"""Short cards on every chapter, to review what one has read.

    python -m rnncourse.cards list [CHAPTER …]
    python -m rnncourse.cards anki FILE

A card is one block of Python in the file of its chapter, such as
``rnncourse/cards/chapters/rnn.py``. The questions of the chapters' quizzes
are cards, too. The site's page "Review" asks them all.
"""

from rnncourse.cards._all import CHAPTERS, of_chapter
from rnncourse.cards._card import Card, html, pieces

__all__ = ["CHAPTERS", "Card", "html", "of_chapter", "pieces"]
