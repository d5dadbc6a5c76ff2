"""A wrong answer's smallest example: few numbers, short ones, that go wrong.

The arguments that gave a wrong result lose whatever they can lose without
its coming right: a step, a sequence, a unit at a time; then digits.
"""

import itertools

import numpy as np

from rnncourse.exercises.comparing import compare, signature
from rnncourse.exercises.comparing.compare import is_float
from rnncourse.exercises.running.run import Runner, copied

SHORT = 16  # numbers that are read without trouble


def any_shape(one, other):
    """Allow for a result of another length, where one should be seen."""
    return one.ndim == other.ndim and other.size > 0


def same_shape(one, other):
    """Allow for other numbers alone."""
    return one.shape == other.shape and other.size > 0


def small(exercise, answer, case, yours, right):
    """Say what comes of a small example, and what should; or ""."""
    plain = all(isinstance(x, (int, float, np.ndarray)) for x in case)
    if not plain or any(map(_is_shared, case)):
        return ""
    if not any(map(np.ndim, case)):
        return _of_numbers(exercise, answer, case)
    short = _rounded(case, 2)
    case = short if _differs(exercise, answer, short) else case
    if not _differs(exercise, answer, case):
        return ""
    for letter in _letters(exercise, case):
        case = _shrunk(exercise, answer, case, letter)
    for digits in 2, 1, 0:
        other = _rounded(case, digits)
        mixed = any(
            len(np.unique(x)) != len(np.unique(y))
            for x, y in zip(case, other, strict=True)
        )
        if not mixed and _differs(exercise, answer, other):
            case = other
    case = _ranked(exercise, answer, case)
    if not all(map(np.array_equal, case, _rounded(case, 2))):
        return ""
    k, mine, true = _differs(exercise, answer, case)
    if sum(map(np.size, case)) > SHORT or true.size > SHORT:
        return ""
    return _said(exercise, case, k, mine, true)


def _of_numbers(exercise, answer, case):
    """The same where all arguments are numbers: smaller whole ones."""
    whole = [i for i, x in enumerate(case) if type(x) is int and x > 1]
    if any(type(x) is int and x < 1 for x in case):
        return ""
    sizes = [range(1, min(case[i], 5) + 1) for i in whole]
    for few in sorted(itertools.product(*sizes), key=sum):
        other = list(case)
        for i, n in zip(whole, few, strict=True):
            other[i] = n
        found = _differs(exercise, answer, other)
        if found and 1 < found[2].size <= SHORT:
            return _said(exercise, other, *found)
    return ""


def _rounded(case, digits):
    """Return a case with fewer digits."""
    return [
        np.round(x, digits)
        if is_float(x)
        else round(x, max(digits, 1))  # a share of 0.9 is none of 1
        if isinstance(x, float)
        else x
        for x in case
    ]


def _said(exercise, case, k, mine, true):
    names = [array.name for array in exercise.arguments]
    given = [f"{n} = {written(x)}" for n, x in zip(names, case, strict=True)]
    return (
        f"For {', '.join(given[:-1])}{' and ' * (len(given) > 1)}{given[-1]} "
        f"{exercise.results[k].name} should be {written(true)}; yours is "
        f"{written(mine)}."
    )


def fewer(exercise, answer, case, mine, true):
    """Return a smaller case of whole numbers, yours and what it should be.

    One place after another is left out of them, as long as it goes wrong.
    """
    sized = {x for array in exercise.arguments for x in array.axes or ()}
    for letter in sorted(filter(str.isalpha, sized)):
        known = [
            signature.sizes(exercise.arguments, other).get(letter, 0)
            for other in exercise.cases()
        ]
        least = min(*known, 2)  # nothing shorter than what is asked for
        least = max(least, len(case) == 1)  # nothing shows little
        case = _shrunk(exercise, answer, case, letter, least, any_shape)
    found = _differs(exercise, answer, case, any_shape)
    return (case, *found[1:]) if found else (case, mine, true)


def written(array):
    """A number or an array, as one writes it: [[1, 2.5], [0, 3]]."""
    array = np.asarray(array)
    if array.ndim:
        return f"[{', '.join(map(written, array))}]"
    return str(array) if array.dtype.kind == "b" else f"{array + 0.0:.4g}"


def _ranked(exercise, answer, case):
    """Put 0, 1, 2 … for numbers that have digits behind the point, in their
    order, where it goes wrong all the same."""
    for i, value in enumerate(case):
        if not is_float(value) or np.array_equal(value, np.round(value)):
            continue
        ranks = np.unique(value, return_inverse=True)[1].reshape(value.shape)
        other = [*case[:i], ranks.astype(float), *case[i + 1 :]]
        if not np.ndim(value) == 1 or not _differs(exercise, answer, other):
            continue
        case = other
    return case


def _is_shared(value):
    """Tell whether rows sum to 1, as probabilities do, and so belong
    together."""
    if not is_float(value) or not np.ndim(value) or value.shape[-1] == 1:
        return False
    return bool((value >= 0).all() and np.allclose(value.sum(-1), 1))


def _letters(exercise, case):
    """Return the sizes that may become smaller: those of floats, but for
    numbers that are given and for T where something is of size T + 1."""
    fixed = {array.name for array in exercise.arguments}
    axes = set()
    for array, value in zip(exercise.arguments, case, strict=True):
        if is_float(value):
            axes.update(array.axes or ())
        for axis in array.axes or ():
            fixed.update([] if axis.isalpha() else axis)
    return [axis for axis in sorted(axes - fixed) if axis.isalpha()]


def _shrunk(exercise, answer, case, letter, least=1, alike=same_shape):
    """Take away entries along an axis, one after the other, or as few at a
    time as the statement allows."""
    left = signature.sizes(exercise.arguments, case)[letter]
    for i in reversed(range(left)):
        for few in range(1, min(4, left - i + 1)):
            other = [
                _without(value, array.axes, letter, slice(i, i + few))
                for array, value in zip(exercise.arguments, case, strict=True)
            ]
            if exercise.allows(other):
                break
        if left - few < least:
            continue
        allowed = _is_allowed(exercise, case, other)
        if allowed and _differs(exercise, answer, other, alike):
            case, left = other, left - few
    return case


def _without(value, axes, letter, i):
    for n, axis in enumerate(axes or ()):
        if axis == letter:
            value = np.delete(value, i, n)
    return value


def _is_allowed(exercise, case, other):
    """Tell whether no place or length now lies outside."""
    sizes = signature.sizes(exercise.arguments, other)
    before = signature.sizes(exercise.arguments, case)
    for array, value in zip(exercise.arguments, other, strict=True):
        if array.name == "lengths" and np.max(value) > sizes.get("T", 0):
            return False
        if np.ndim(value) or is_float(value) or array.name.isupper():
            continue
        if any(sizes[x] <= value < before[x] for x in sizes):
            return False
    return True


def _differs(exercise, answer, case, alike=same_shape):
    """Return the first result that differs to the eye, yours and what it
    should be."""
    if not exercise.allows(case):
        return None
    call = Runner().call(exercise.function, *copied(case))
    mine, true = answer.call(copied(case), silent=True).value, call.value
    if mine is None or true is None:
        return None
    if len(exercise.results) == 1:
        mine, true = [mine], [true]
    elif not isinstance(mine, (tuple, list)) or len(mine) != len(true):
        return None
    pairs = zip(mine, true, strict=True)
    for k, (one, other) in enumerate(pairs):
        one, other = compare.numbers(one), np.asarray(other)
        if one is None or not alike(one, other):
            return None
        if not (np.isfinite(one).all() and np.isfinite(other).all()):
            return None
        if not compare.same(one, other) and written(one) != written(other):
            return k, one, other
    return None
