"""A case told whole: what went in, what came of it, and what should have."""

import numpy as np

from rnncourse.exercises.comparing import compare, ways
from rnncourse.exercises.reasons.small import fewer, written


def example(exercise, answer, case, mine, true):
    """Say what came of a few whole numbers, and what should have.

    Returns
    -------
    the sentence or "", yours and what it should be: perhaps of a smaller case
    """
    whole = all(_is_short(np.asarray(value), 30) for value in case)
    if whole and not exercise.explains:  # those say it better
        case, mine, true = fewer(exercise, answer, case, mine, true)
    given, yours = [np.asarray(x) for x in case], compare.numbers(mine)
    nothing = "", mine, true
    if exercise.observes or len(exercise.results) != 1 or yours is None:
        return nothing
    if yours.ndim != true.ndim or not np.isfinite(yours).all():
        return nothing
    if not any(x.ndim for x in given) or len(yours.ravel()) > 12:
        return nothing
    if not all(map(_is_short, given)) or not (
        _is_short(true) or true.size < 5
    ):
        return nothing
    names = [array.name for array in exercise.arguments]
    asked = [f"{n} = {_list(x)}" for n, x in zip(names, given, strict=True)]
    sentence = (
        f"For {' and '.join(asked)} it should be {_list(true)}; yours is "
        f"{_list(yours)}."
    )
    return sentence, yours, true


def in_both(said, array, mine, true, small_mine, small_true):
    """Keep what is said of all numbers if it holds for the example, too."""
    if compare.same(small_true, true) and compare.same(small_mine, mine):
        return said
    if small_mine.shape != small_true.shape:
        return ""
    return said if ways.how(array, small_mine, small_true) == said else ""


def _is_short(array, most=12):
    """Tell whether whole numbers are few enough to be read."""
    whole = array.dtype.kind in "biuf" and (array == np.round(array)).all()
    return array.ndim < 2 and array.size <= most and bool(whole)


def _list(array):
    """A number or a short array, as one writes it: [1, 2.5]."""
    return written(array.astype(float))


def with_numbers(exercise, case, mine, true):
    """Say the call and what it gave, if all of it is plain numbers."""
    if mine.size != 1 or any(np.ndim(value) for value in case):
        return ""
    asked = ", ".join(f"{value:.4g}" for value in case)
    gives = f"{exercise.name}({asked}) gives {mine.item():.4g}"
    if all(np.asarray(value).dtype.kind in "iu" for value in case):
        return f"{gives}; it should be {true.item():.4g}."
    return f"{gives}, which is not what it should."
