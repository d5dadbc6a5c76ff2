"""The questions of each chapter, one file a chapter, and how to find them."""

import importlib
import pkgutil

from rnncourse.exercises.pages.quiz import Quiz


def names():
    """Return the names of the chapters that have a quiz, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def of_chapter(chapter):
    """Return a chapter's quiz.

    Raises
    ------
    KeyError
        If it has none.
    """
    if chapter not in names():
        raise KeyError(f"there is no quiz for a chapter {chapter!r}")
    module = importlib.import_module(f"{__name__}.{chapter}")
    return Quiz(chapter, module.QUESTIONS)
