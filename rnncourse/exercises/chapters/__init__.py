"""The exercises of each chapter, one file a chapter, and how to find one."""

import difflib
import importlib
import pkgutil

from rnncourse.exercises.block import Exercise


def names():
    """Return the names of the chapters that have exercises, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def of_chapter(chapter):
    """Return a chapter's exercises, in the order of its file.

    Raises
    ------
    KeyError
        If no chapter of that name has exercises.
    """
    if chapter not in names():
        raise KeyError(
            f"no exercises for a chapter {chapter!r}; there are "
            f"{', '.join(names())}"
        )
    module = importlib.import_module(f"{__name__}.{chapter}")
    found = [x for x in vars(module).values() if isinstance(x, Exercise)]
    return [x for x in found if x.chapter == chapter]


def before(exercise):
    """Return the exercises of a chapter that come before this one."""
    every = of_chapter(exercise.chapter)
    return every[: [other.id for other in every].index(exercise.id)]


def find(id):
    """Return one exercise.

    Raises
    ------
    KeyError
        If there is none with that id; names the nearest.
    """
    chapter = str(id).partition(".")[0]
    known = {}
    if chapter in names():
        known = {exercise.id: exercise for exercise in of_chapter(chapter)}
    if id not in known:
        every = [x.id for name in names() for x in of_chapter(name)]
        near = difflib.get_close_matches(str(id), every, 1, 0.3)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"there is no exercise {id!r}{hint}")
    return known[id]
