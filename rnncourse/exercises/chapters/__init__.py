"""The exercises of each chapter, one file a chapter, and how to find one.

Folders with exercises of one's own join by `add`, or by their names in the
environment's ``RNNCOURSE_EXERCISES``, parted as those of the PATH are.
"""

import difflib
import importlib
import os
import pkgutil
from pathlib import Path

from rnncourse.exercises.block import Exercise

OWN = "RNNCOURSE_EXERCISES"


def add(folder):
    """Add a folder of exercises that are not the book's: a file a chapter.

    Parameters
    ----------
    folder : str or Path

    Raises
    ------
    ValueError
        If it is no folder, holds no chapter, or one of a name that is taken.
    """
    path = Path(folder).expanduser().resolve()
    if not path.is_dir():
        raise ValueError(f"{folder} is not a folder")
    if str(path) in __path__:
        return
    found = {module.name for module in pkgutil.iter_modules([str(path)])}
    if not found:
        raise ValueError(f"{folder} holds no file of Python with exercises")
    for name in sorted(found & set(names())):
        raise ValueError(
            f"{folder} has exercises for a chapter {name!r}, and so has the "
            "book; give the file another name"
        )
    __path__.append(str(path))
    importlib.invalidate_caches()


def own():
    """Return the folders that `add` has added."""
    return list(__path__)[1:]


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


for _folder in filter(None, os.environ.get(OWN, "").split(os.pathsep)):
    add(_folder)
