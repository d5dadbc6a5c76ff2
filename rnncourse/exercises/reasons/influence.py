"""What does a result depend on? Change an argument, a step of it; look.

The reader's function and the solution are called with one argument, or one
part of it, changed, and it is compared which parts of their results change.
"""

import itertools

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.comparing.compare import is_float
from rnncourse.exercises.reasons.steps import steps
from rnncourse.exercises.running.run import Runner, copied

CELLS = 24  # of an argument; more are changed a row at a time


def influence(exercise, answer, case, yours, right):
    """Say what the result depends on and should not, or the reverse."""
    k = first_wrong(exercise, yours, right)
    extra, missing, masks = [], [], {}
    for i, cells in _cells(exercise, case):
        for cell in cells:
            found = _changes(exercise, answer, case, i, cell, k, yours, right)
            if found is None:
                continue
            mine, true = found
            masks.setdefault(i, {})[cell] = found
            if (mine & ~true).any():
                extra.append((i, cell, mine & ~true))
            if (true & ~mine).any():
                missing.append((i, cell, true & ~mine))
    if not extra and not missing:
        return ""
    if sentence := steps(exercise, k, masks):
        return sentence
    place, what = _told(exercise, case, k, extra or missing)
    if extra:
        return f"A change of {what} changes {place}, and here it should not."
    return f"A change of {what} should change {place}, and does not."


def without_effect(exercise, answer, case, yours, right):
    """Is there an argument that only the solution looks at?"""
    coarse = is_whole(yours) and not is_whole(right)  # may hide an effect
    for i, array in enumerate(exercise.arguments):
        name = array.name
        others = [changed(case, i, value) for value in _unlike(case[i])]
        if coarse or not others:
            continue
        if not all(
            compare.same(answer.call(other, silent=True).value, yours)
            for other in others
        ):
            continue
        wanted = [
            Runner().call(exercise.function, *copied(other)).value
            for other in others
        ]
        if not all(x is None or compare.same(x, right) for x in wanted):
            if isinstance(case[i], np.ndarray) and not is_float(case[i]):
                name += ", whatever numbers stand there"
            return f"Your result does not depend on {name}, and it should."
    return ""


def _unlike(array):
    """Yield four arrays: one that keeps the order of an array's numbers, one
    that turns it round, one that mixes it, and one far from it."""
    if not isinstance(array, np.ndarray) or not array.size:
        return
    mixed = array.ravel()[::-1].reshape(array.shape)
    if array.dtype.kind == "f":
        yield array * 0.5 + 0.1
        yield -array - 0.3
        yield mixed * 1.3 - 0.2
        yield array * 20 + 10
    elif array.dtype.kind in "iu" and np.ptp(array):
        yield np.full_like(array, array.min())
        yield np.full_like(array, array.max())
        yield mixed
        yield np.full_like(array, array.max() + 1)  # it may stop there


def changed(case, i, value):
    """Return the arguments with another value in place i."""
    return [*case[:i], value, *case[i + 1 :]]


def flat(result):
    """Return all numbers of a result in a row."""
    parts = result if isinstance(result, tuple) else (result,)
    return np.concatenate([np.ravel(np.asarray(x, float)) for x in parts])


def is_whole(result):
    """Tell whether all numbers of a result are whole."""
    return np.array_equal(flat(result), np.round(flat(result)))


def first_wrong(exercise, yours, right):
    """Return the place of the first result that is wrong; None if one."""
    if len(exercise.results) == 1:
        return None
    pairs = zip(yours, right, strict=True)
    return next(k for k, pair in enumerate(pairs) if not compare.same(*pair))


def one_of(result, k):
    """Return result k as an array, or the only one; None if there is none."""
    if result is None:
        return None
    try:
        return np.asarray(result if k is None else result[k], dtype=float)
    except (ValueError, TypeError, LookupError):
        return None


def _is_place(axis):
    return axis[0] in "TB" or axis.isdigit()


def _cells(exercise, case):
    """Yield the place of each argument with steps, and indices of parts."""
    for i, array in enumerate(exercise.arguments):
        value, axes = case[i], array.axes or ()
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "fbiu":
            continue
        count = sum(1 for _ in itertools.takewhile(_is_place, axes))
        shape = value.shape[: min(count, 2)]
        shape = shape if np.prod(shape) <= CELLS else shape[:1]
        if shape and np.prod(shape) > 1:
            yield i, list(np.ndindex(shape))


def _changes(exercise, answer, case, i, cell, k, yours, right):
    """Return which parts change in both, or None if that is not known."""
    axes = exercise.results[k or 0].axes or ()
    others = tuple(n for n, axis in enumerate(axes) if not _is_place(axis))
    masks = []
    for old, function in (
        (yours, lambda args: answer.call(args, silent=True).value),
        (right, lambda args: Runner().call(exercise.function, *args).value),
    ):
        moved = np.zeros(one_of(old, k).shape, bool)
        for value in _others(case[i], cell):
            args = copied(changed(case, i, value))
            new, was = one_of(function(args), k), one_of(old, k)
            if new is None or new.shape != was.shape:
                return None
            if not np.isfinite(new).all():
                return None
            moved = moved | ~compare.agree(new, was)
        masks.append(np.any(moved, axis=others))
    return masks


def _others(array, cell):
    """Yield two arrays that differ from one in a single part."""
    if array.dtype.kind == "b":
        other = array.copy()
        other[cell] = ~other[cell]
        yield other
        return
    if array.dtype.kind in "iu":  # a place or a length: one of the others
        for value in np.unique(array[array != array[cell]])[:2]:
            other = array.copy()
            other[cell] = value
            yield other
        return
    for factor, shift in (0.5, 0.1), (-1, -0.3):
        other = array.copy()
        other[cell] = other[cell] * factor + shift
        yield other


def _told(exercise, case, k, found):
    """Name the first part that was found, of the result and the argument."""
    i, cell, mask = found[0]
    name = exercise.arguments[i].name
    row = [other for j, at, other in found if (j, at[0]) == (i, cell[0])]
    whole = np.logical_and.reduce(row)  # what holds for all of the row
    if len(cell) == 2 and len(row) == case[i].shape[1] and whole.any():
        cell, mask = cell[:1], whole
    what = f"{name}[{', '.join(map(str, cell))}]"
    result = exercise.results[k or 0]
    if mask.all():
        place = "your result" if k is None else f"{result.name} of yours"
        return place, what
    out = np.argwhere(mask)[0]
    axes = [axis for axis in result.axes if _is_place(axis)]
    if result.axes[: len(axes)] != tuple(axes):
        return "your result", what
    return f"{result.name}[{', '.join(map(str, out))}] of yours", what
