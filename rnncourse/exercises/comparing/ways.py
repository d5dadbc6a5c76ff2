"""Two results that differ: in what simple way all numbers do."""

import itertools
import re

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.comparing.signature import Array

BENT = {  # what is taken for tanh
    "the sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "the sine": np.sin,
    "the tangent": np.tan,
    "the arctan": np.arctan,
    "the sinh": np.sinh,
    "the relu": lambda a: np.maximum(a, 0),
    "a cut at -1 and 1": lambda a: np.clip(a, -1, 1),
    "tanh of a half": lambda a: np.tanh(a / 2),
}


def how(array, yours, right, sizes=()):
    """Say in what simple way all numbers differ, or return "".

    `sizes` are those of the letters, {"T": 5, …}: a factor may be one.
    """
    if yours.dtype.kind not in "biuf" or yours.size == 0:
        return ""
    if yours.dtype.kind == "b" != right.dtype.kind:
        return "Yours says True and False; numbers are wanted."
    if right.dtype.kind == "b" and np.array_equal(yours != 0, ~right):
        return "Each is the opposite of what it should be."
    if right.dtype.kind == yours.dtype.kind == "b" and yours.size > 1:
        if np.ptp(1 * yours) == 0:
            return f"All of yours are {yours.flat[0]}."
    whole = np.array_equal(right, np.round(right))
    if yours.dtype.kind in "iu" and right.dtype.kind == "f" and not whole:
        near = np.all(np.abs(yours - right) <= 1)  # rounded, or cut off
        if not near and yours.size > 1 and np.ptp(yours) == 0:
            same = f"All numbers of yours are {yours.flat[0]}"
            return f"{same}{_named(yours.flat[0], sizes, '')}."
        asked = "; was an array made with dtype=int, or // used?"
        return (
            f"Yours holds integers ({yours.dtype}), which have no room for "
            f"fractions{asked if near else '.'}"
        )
    single = _is_single(yours)
    yours, right = yours.astype(float), right.astype(float)
    axes = array.axes or ()

    def is_right(other):
        return other.shape == right.shape and bool(
            compare.agree(other, right).all()
        )

    if compare.nearly(yours, right):
        start = "The numbers agree to about six digits"
        if single:
            return f"{start}: is something float32?"
        return (
            f"{start}, but no further. Is something small added that should "
            "not be there, or a number rounded?"
        )
    if not np.any(yours):  # of one number, an example says it
        return "All numbers of yours are zero." if yours.size > 1 else ""
    if is_right(-yours):
        return "The sign is the opposite one."
    ratio = _ratio(yours, right)
    if f"{ratio:.4g}" not in ("0", "1"):
        return (
            f"Every number is {ratio:.4g} times what it should be"
            f"{_named(ratio, sizes)}."
        )
    if right.size > 1 and np.any(yours) and not whole:
        if np.array_equal(yours, np.floor(right)):
            return "What it should be is rounded down: is // used?"
    for digits in range(1 if np.all(yours) else 3, 6):
        if np.array_equal(yours, np.round(right, digits)):
            return f"What it should be is rounded, to {digits} digits."
    if yours.ndim >= 2 and is_right(np.swapaxes(yours, -1, -2)):
        return "It is the transpose of what it should be."
    telling = not whole or np.any(yours != np.round(yours))  # 1 is exp(0)
    with np.errstate(all="ignore"):
        if telling and is_right(np.log(yours)):
            return "Yours is the exponential of what it should be."
        if telling and is_right(np.exp(yours)):
            return "Yours is the logarithm of what it should be."
    if is_right(np.tanh(yours)):
        return "The numbers lack a tanh."
    if np.abs(right).max() <= 1 and is_right(np.arctanh(_inside(yours))):
        return "There is one tanh too many."
    if right.size > 2 and np.abs(right).max() < 1:
        for name, bent in BENT.items():
            with np.errstate(over="ignore"):
                if compare.agree(yours, bent(np.arctanh(right))).all():
                    return f"Where tanh should be, yours are {name} of a sum."
    if found := _parts(axes, yours, right):
        return found
    if axes and axes[0] in ("T", "T+1") and len(yours) > 1:
        if is_right(yours[::-1]):
            return "The steps are there, last one first."
        if compare.agree(yours[1:], right[:-1]).all():
            return "From the second step on, each is the one before it."
        if compare.agree(yours[:-1], right[1:]).all():
            return "Each step is the one that comes after it."
        for place, one in ("first", right[:1]), ("last", right[-1:]):
            if compare.agree(yours, one).all():
                return f"All steps of yours are the {place} one."
        if compare.agree(yours, yours[:1]).all():
            return "All steps of yours are the same."
    if yours.ndim == 1 and len(np.unique(right)) > 3:
        if compare.agree(yours[:-1], right[1:]).all():
            return "Each is the one after it, so the first is missing."
        if compare.agree(yours[1:], right[:-1]).all():
            return "From the second on, each is the one before it."
        if is_right(np.sort(yours)) or is_right(-np.sort(-yours)):
            return "They are the right ones, in another order."
    if yours.ndim == 2 and axes[-1].isdigit():
        turns = itertools.permutations(range(yours.shape[1]))
        if any(is_right(yours[:, list(turn)]) for turn in turns):
            return "Its columns are there, in another order."
    if right.size > 2 and np.ptp(yours) == 0 < np.ptp(right):
        return "All numbers of yours are equal."
    gap = right - yours
    if right.size > 1 and np.ptp(gap) < 1e-9 and abs(gap.flat[0]) > 1e-9:
        return "All numbers are off by the same amount."
    begun = axes and axes[0] == "T" and right.ndim > 1 and len(right) > 1
    if begun and not compare.same(yours[0], right[0]):
        first = how(Array(array.name, axes[1:]), yours[0], right[0], sizes)
        if first and np.any(yours[0]):
            return f"In the first step: {first}"
    return ""


def shares(array, yours, right):
    """Say if what should add up to 1, as weights do, does not."""
    if yours.dtype.kind not in "iuf" or right.dtype.kind != "f":
        return ""
    for i, axis in enumerate(array.axes or ()):
        sums = right.sum(axis=i)
        if right.min() < 0 or right.shape[i] < 2 or not np.allclose(sums, 1):
            continue
        other = yours.sum(axis=i)
        if not np.allclose(other, 1, 5e-3):
            off = other[np.abs(other - 1) > 5e-3] if other.ndim else other
            along = f" along {axis}" if right.ndim > 1 else ""
            return (
                f"{array.name} should add up to 1{along}; yours adds up to "
                f"{off.flat[0]:.3g}."
            )
    return ""


def _parts(axes, yours, right):
    """Say if the parts of "4H" are there, in another place."""
    found = re.fullmatch(r"([2-4]) ?H", axes[-1] if axes else "")
    if not found:
        return ""
    size = int(found[1])
    mixed = yours.reshape(*yours.shape[:-1], -1, size).swapaxes(-1, -2)
    if compare.same(mixed.reshape(right.shape), right):
        return (
            "Its parts alternate, column by column. They should stand side "
            "by side: all columns of one, then all of the next."
        )
    parts = np.split(yours, size, axis=-1)
    for turn in itertools.permutations(range(size)):
        if compare.same(np.concatenate([parts[k] for k in turn], -1), right):
            return f"All {size} parts are there, in another order."
    return ""


def _is_single(values):
    """Tell whether numbers have no more digits than float32 keeps."""
    if values.dtype.kind != "f":
        return False
    with np.errstate(over="ignore"):
        return bool(np.array_equal(values.astype(np.float32), values))


def _ratio(yours, right):
    """The one factor between two arrays, or 0."""
    usable = np.abs(right) > compare.ABSOLUTE
    if right.size < 2 or not usable.any():
        return 0
    ratio = float((yours[usable] / right[usable]).flat[0])
    holds = np.isfinite(ratio) and compare.agree(yours, ratio * right).all()
    return ratio if holds else 0


def _named(ratio, sizes, unit=" times"):
    """Say which one size a factor is, if that is clear: ", that is 1/T"."""
    sizes = dict(sizes)
    for size in {n for n in sizes.values() if n > 2}:
        meant = [letter for letter, n in sizes.items() if n == size]
        if len(meant) == 1:
            for factor, text in (size, meant[0]), (1 / size, f"1/{meant[0]}"):
                if np.isclose(ratio, factor, 1e-9):
                    return f", that is {text}{unit}"
                if size**0.5 % 1 and np.isclose(ratio, factor**0.5, 1e-9):
                    return f", the root of {text}"
    return ""


def _inside(values):
    return np.where(np.abs(values) < 1, values, np.nan)
