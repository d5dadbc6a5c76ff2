"""The form of a result: how many, of which type and shape, all finite."""

import itertools
import re

import numpy as np

from rnncourse.exercises.checking.outcome import NotYet
from rnncourse.exercises.comparing import compare, signature
from rnncourse.exercises.comparing.overlap import overlap
from rnncourse.exercises.running.wire import is_callable, is_complex, kind

CURES = {
    "generator": " yield, or round brackets around a comprehension, make a "
    "generator: collect what it gives in a list, and return np.array of it.",
    "coroutine": " async def makes a coroutine; take async away.",
    "Tensor": " NumPy is all that is needed here, and .numpy() makes an array "
    "of a tensor.",
}
ALL_RIGHT = "The numbers in it are right"


def unpacked(yours, truth):
    """Return a tuple of an array that has one row for each result."""
    shapes = {np.shape(value) for value in truth}
    if isinstance(yours, np.ndarray) and len(shapes) == 1:
        if yours.shape == (len(truth), *shapes.pop()):
            return tuple(yours)
    return yours


def are_many(exercise, yours):
    """Raise unless there are as many results as there should be."""
    many = len(exercise.results)
    names = ", ".join(array.name for array in exercise.results)
    what = kind(yours)
    if isinstance(yours, (tuple, list)):
        if len(yours) == many:
            return
        what += f" of {len(yours)}"
    raise NotYet(
        f"{exercise.name} returns {article(what)}; expected {many} things: "
        f"{names}."
    )


def are_in_order(exercise, yours, truth):
    """Raise if the results are there, in another order."""
    shapes = [np.shape(value) for value in truth]
    try:
        mine = [np.shape(value) for value in yours]
    except (ValueError, TypeError):  # a ragged list, a number: they have none
        return
    names = ", ".join(array.name for array in exercise.results)
    if mine == shapes:
        turns = itertools.permutations(range(len(shapes)))
        right = any(
            all(map(compare.same, [yours[i] for i in turn], truth))
            for turn in itertools.islice(turns, 1, 24)
        )
        if right and not all(map(compare.same, yours, truth)):
            raise NotYet(
                f"{exercise.name} returns the right things in another order; "
                f"expected {names}."
            )
    elif sorted(mine) == sorted(shapes):
        turns = itertools.permutations(range(len(shapes)))
        right = any(
            all(map(compare.same, [yours[i] for i in turn], truth))
            for turn in itertools.islice(turns, 1, 24)
        )
        raise NotYet(
            f"{exercise.name} returns arrays of the right shapes in another "
            f"order{'' if right else ', and they differ, too'}; expected "
            f"{names}."
        )


def as_array(exercise, array, mine, right, known):
    """Return a result as an array; raise unless type and shape are right."""
    if len(exercise.results) == 1:
        start = f"{exercise.name} returns"
    else:
        start = f"{array.name} is"
    wanted = "a number" if array.axes == () else "an array"
    wanted = f"expected {array}, {wanted}"
    if isinstance(mine, (list, tuple)):
        raise NotYet(
            f"{start} {article(kind(mine))} of {len(mine)}; {wanted}."
            f"{_cure(array, mine, right)}"
        )
    numbers = compare.numbers(mine)
    if numbers is None:
        cure = CURES.get(kind(mine), "")
        if kind(mine).startswith("array"):
            wanted += " of numbers"
        if is_callable(mine) and not cure:
            cure = " Is a pair of brackets () missing at the end?"
        elif is_complex(mine):
            cure = " Its numbers are complex, and real ones are wanted: the "
            cure += "size of a complex number, for instance, is np.abs of it."
        raise NotYet(f"{start} {article(kind(mine))}; {wanted}.{cure}")
    if numbers.shape != right.shape:
        raise NotYet(_other_shape(array, numbers, right, known))
    if np.isfinite(right).all() and not np.isfinite(numbers).all():
        raise NotYet(_not_finite(array, numbers))
    return numbers


def _cure(array, values, right):
    """What makes an array of a list, if that would be of the right shape."""
    try:
        numbers = np.array(values, dtype=float)
    except (ValueError, TypeError):
        return _parts(values)
    shape = numbers.shape
    if shape == right.shape:
        if compare.same(numbers, right):
            made = f"an array of it, of shape {shape}"
            return f" {ALL_RIGHT}: np.array(...) makes {made}."
        return f" np.array(...) makes one of it, of shape {shape}."
    if shape[1:] == right.shape and isinstance(values, tuple):
        return f" Each of the {len(values)} has the shape of what is wanted."
    more = overlap(array, numbers, right)
    return f" As an array it would have shape {shape}. {more}".rstrip()


def _parts(values):
    """Say the shapes of a list's parts, if they are arrays and few."""
    if len(values) > 4 or any(compare.numbers(x) is None for x in values):
        return ""
    parts = ", ".join(str(np.shape(x)) for x in values)
    return f" Its parts have the shapes {parts}, and make no array."


def _other_shape(array, yours, right, known):
    """Say which shape a result has, with letters where they are clear."""
    had = f"{yours.shape}"
    if letters := signature.named(yours.shape, known):
        had += f", that is {letters}"
    sentence = f"{array.name} has shape {had}"
    sentence += f"; expected {array.sized(right.shape)}."
    if right.size == 0:
        return f"{sentence} It should be empty here."
    if yours.ndim and len(yours) > 1:  # else a return in a loop, it may be
        if more := overlap(array, yours, right):
            return f"{sentence} {more}"
    if yours.ndim == 0:
        return (
            f"{sentence} A single number came back: was everything added up, "
            "does each number replace the one before it, or does return stand "
            "inside the loop?"
        )
    if yours.shape == (0,):
        return f"{sentence} Yours is empty."
    if sorted(yours.shape) == sorted(right.shape):
        return f"{sentence} The axes are there, in another order."
    if yours.size == right.size:
        return f"{sentence} The number of entries is right."
    gone = {
        axis
        for i, axis in enumerate(array.axes)
        if right.shape[:i] + right.shape[i + 1 :] == yours.shape
    }
    if len(gone) == 1:
        return f"{sentence} The axis {gone.pop()} is missing."
    extra = {
        n
        for i, n in enumerate(yours.shape)
        if yours.shape[:i] + yours.shape[i + 1 :] == right.shape
    }
    if len(extra) == 1:
        return f"{sentence} There is one axis too many, of size {extra.pop()}."
    if yours.ndim != right.ndim:
        return sentence
    pairs = [*zip(array.axes, yours.shape, right.shape, strict=True)]
    other = [(axis, n, wanted) for axis, n, wanted in pairs if n != wanted]
    if len(other) > 1:
        return sentence
    ((axis, n, wanted),) = other
    if array.axes[0] == axis == "T" and n == 1:
        return f"{sentence} Does return stand inside the loop?"
    much = "few" if n < wanted else "many"
    if letters and (found := letters.strip("(,)").split(", "))[-1] != axis:
        by_chance = abs(n - wanted) == 1  # a step too few, more likely
        if other[-1] == pairs[-1] and found[-1].isalpha() and not by_chance:
            return f"{sentence} The axis {found[-1]} stands where {axis} is."
    if axis[0] in "TU":
        return f"{sentence} There are too {much} steps."
    return f"{sentence} Along {axis} there are too {much}."


def _not_finite(array, yours):
    """Say that there is NaN or infinity, and where over time it starts."""
    bad = ~np.isfinite(yours)
    place = ""
    if array.axes and array.axes[0] == "T":
        t = int(bad.reshape(len(bad), -1).any(axis=1).argmax())
        place = f", first at t = {t + 1} ({array.name}[{t}])"
    if np.isnan(yours).any():
        return (
            f"{array.name} contains NaN{place}. That comes from 0 / 0, or "
            "infinity / infinity (np.exp of a large number is infinite), from "
            "the logarithm or root of a negative number, or from np.empty, "
            "whose numbers are whatever was there."
        )
    return (
        f"{array.name} contains infinity{place}. That comes from dividing "
        "by zero, from log(0), from numbers that grow too large, as np.exp of "
        "1000, or from an np.inf that nothing has replaced."
    )


def article(noun):
    """Put "a" or "an" before a noun."""
    return f"{'an' if re.match('[aeiou]|nd', noun) else 'a'} {noun}"
