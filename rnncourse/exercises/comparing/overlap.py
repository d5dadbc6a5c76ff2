"""A result of another shape: are the numbers that stand in it right?

All that is said here was compared, number by number: a row too many, a part
of what is wanted, sums that were not taken, parts on top of each other.
"""

import itertools

import numpy as np

from rnncourse.exercises.comparing import compare

SUMS = {
    "added up": np.sum,
    "averaged": np.mean,
    "multiplied": np.prod,
}


def overlap(array, yours, right):
    """Say what of a result is right although its shape is not, or "".

    Parameters
    ----------
    array : Array, the result as the exercise names it
    yours, right : arrays of different shapes
    """
    if right.ndim == 0 and right != np.round(right) and yours.size > 1:
        for words, sums in SUMS.items():
            if _same(np.asarray(sums(yours)), right):
                return f"It would be right {words}."
    if len(np.unique(right)) < 3 or right.size < 4:
        return ""  # too few to be sure of anything
    said = ""
    if yours.ndim == right.ndim:
        said = (
            _longer(array.name, yours, right)
            or _turned(yours, right)
            or _halves(yours, right)
        )
    elif yours.ndim == right.ndim - 1:
        said = _one_of(array.name, yours, right)
    elif yours.ndim == right.ndim + 1:
        said = (
            _single(yours, right)
            or _side_by_side(yours, right)
            or _not_summed(yours, right)
        )
    if not said and yours.size == right.size:
        if _same(yours.reshape(right.shape), right):
            return "The numbers are right and in order, in another shape."
    return said


def _same(a, b):
    return a.shape == b.shape and bool(compare.agree(a, b).all())


def _longer(name, yours, right):
    """Is one of them the other, with some rows more?"""
    other = [i for i, n in enumerate(yours.shape) if n != right.shape[i]]
    if len(other) != 1:
        return ""
    axis = other[0]
    long, short = sorted((yours, right), key=lambda x: x.shape[axis])[::-1]
    n, more = short.shape[axis], long.shape[axis] - short.shape[axis]
    if len(np.unique(short)) < 3:
        return ""
    for first in range(more + 1):
        part = np.take(long, range(first, first + n), axis)
        if not _same(part, short):
            continue
        rest = [i for i in range(n + more) if not first <= i < first + n]
        places = _places(name, axis, rest)
        if long is right:
            be = "is" if more == 1 else "are"
            return f"What is there is right: {places} {be} missing."
        return f"Without {places} of yours it would be right."
    for step in 2, 3:
        start = f"[{':, ' * axis}::{step}]"
        if _same(_every(long, step, axis), short):
            if long is right:
                return f"It is {start} of what is wanted."
            return f"{start} of yours would be right, without the others."
    return ""


def _every(values, step, axis):
    return np.take(values, range(0, values.shape[axis], step), axis)


def _places(name, axis, rest):
    """Name entries along an axis: "hs[0]", "hs[:, 0] and hs[:, 4]"."""
    start = f"{name}[{':, ' * axis}"
    if len(rest) > 2:
        return f"{start}{rest[0]}] to {start}{rest[-1]}]" if (
            rest == [*range(rest[0], rest[-1] + 1)]
        ) else f"{len(rest)} of them"  # fmt: skip
    return " and ".join(f"{start}{i}]" for i in rest)


def _turned(yours, right):
    """Is it right with its axes in another order?"""
    if sorted(yours.shape) != sorted(right.shape):
        return ""
    for order in itertools.permutations(range(yours.ndim)):
        if _same(yours.transpose(order), right):
            if yours.ndim == 2:
                return "Transposed it would be right."
            return f"With the axes {order} of yours it would be right."
    return ""


def _halves(yours, right):
    """Were the parts that stand side by side made one?"""
    for size in 2, 3, 4:
        parts = np.array_split(right, size, axis=-1)
        if {part.shape for part in parts} != {yours.shape}:
            continue
        for words, one in ("sum", np.sum), ("mean", np.mean):
            if _same(yours, one(parts, axis=0)):
                return (
                    f"It is the {words} of the {size} parts that should "
                    "stand side by side."
                )
    return ""


def _one_of(name, yours, right):
    """Is it one row of what is wanted, or all of them in one?"""
    if right.ndim == 2 and _same(yours, np.diag(right)):
        return (
            "It is the diagonal of what is wanted: * multiplies entry by "
            "entry, @ is the product of matrices."
        )
    for axis in range(right.ndim):
        size = right.shape[axis]
        if size < 2 or not yours.size:
            continue
        for i in range(size):
            if _same(yours, np.take(right, i, axis)):
                place = _places(name, axis, [i])
                last = ", the last," if i == size - 1 else ""
                return f"It is {place}{last} alone."
        for words, sums in SUMS.items():
            if _same(yours, sums(right, axis=axis)):
                return f"It is what is wanted, {words} along axis {axis}."
    return ""


def _single(yours, right):
    """Is there an axis of size 1 too many?"""
    for axis, size in enumerate(yours.shape):
        if size == 1 and _same(np.squeeze(yours, axis), right):
            return (
                f"The numbers are right; axis {axis}, of size 1, is one too "
                "many. It comes from keepdims, from None or from brackets "
                "around an array."
            )
    return ""


def _side_by_side(yours, right):
    """Are its parts right, and lie on top of each other?"""
    for axis in range(right.ndim):
        for way in (0, -2) if yours.ndim > 2 else (0,):
            parts = np.moveaxis(yours, way, 0)
            if len(parts) > 1 and _same(np.concatenate(parts, axis), right):
                return (
                    f"Its {len(parts)} parts are right, each a row of an axis "
                    f"of its own: np.concatenate with axis={axis} puts them "
                    "side by side."
                    if axis
                    else f"Its {len(parts)} parts are right, each a row of an "
                    "axis of its own: np.concatenate makes one array of them."
                )
    return ""


def _not_summed(yours, right):
    """Would it be right if an axis were taken together?"""
    for axis, size in enumerate(yours.shape):
        for words, sums in SUMS.items():
            if size > 1 and _same(sums(yours, axis=axis), right):
                return f"It would be right {words} along axis {axis}."
        if size > 1 and _same(np.linalg.norm(yours, axis=axis), right):
            return (
                f"These are vectors, and the length of each, along axis "
                f"{axis}, would be right."
            )
        for i in range(size):
            if size > 1 and _same(np.take(yours, i, axis), right):
                place = f"[{':, ' * axis}{i}]"
                return f"The part {place} of it would be right alone."
    return ""
