"""Two results that differ: where they do."""

import re

import numpy as np

from rnncourse.exercises.comparing import compare

PLACES = "first", "second", "third", "fourth"


def where(array, yours, right):
    """Say where a result departs from the right one.

    Parameters
    ----------
    array : Array, its name and axes
    yours, right : arrays of one shape

    Returns
    -------
    a sentence
    """
    wrong = ~compare.agree(yours, right)
    name, some, all_ = array.name, int(wrong.sum()), wrong.size
    found = _steps(array, yours, wrong) or _sequences(array, wrong)
    if wrong.ndim == 0:
        return f"{name} is a number, as it should be, but another one."
    if wrong.size == 1 and not found:
        return f"{name} has the right shape, but holds another number."
    if wrong.all() and not found:
        return f"{name} has the right shape, but every number differs."
    found = (
        found
        or _part(name, wrong, yours)
        or (
            f"{name} has the right shape, but {some} of {all_} numbers differ."
        )
    )
    return found + _gates(array, wrong) + _truth(array, right, wrong)


def _steps(array, yours, wrong):
    """Say at which steps, if there are any."""
    name, axes = array.name, array.axes or ()
    if "T" not in axes:
        return ""
    others = tuple(i for i, axis in enumerate(axes) if axis != "T")
    steps = wrong.any(axis=others)
    t = int(steps.argmax())
    place = f"t = {t + 1} ({name}[{t}])"
    if axes[0] != "T":
        place = f"t = {t + 1} (index {t})"
    alone = len(steps) > 1 and steps.sum() == 1
    also = ""
    if (t == 0 or alone) and not np.any(np.take(yours, t, axes.index("T"))):
        also = " and is zero there"
    if alone:
        return f"{name} differs at {place} alone{also}."
    if t == 0 and not steps.all():
        return (
            f"{name} differs at {place}{also}, and is right at "
            f"{len(steps) - steps.sum()} of {len(steps)} steps."
        )
    if t == 0:
        return f"{name} differs from the first step on, {place}{also}."
    return f"{name} differs first at {place} and is right before."


def _sequences(array, wrong):
    """Say which sequences are right, if some are."""
    axes = array.axes or ()
    if "B" not in axes:
        return ""
    others = tuple(i for i, axis in enumerate(axes) if axis != "B")
    right, bad = (
        words(f"b = {i}" for i in np.flatnonzero(flags))
        for flags in (~wrong.any(axis=others), wrong.any(axis=others))
    )
    if not right:
        return ""
    return (
        f"{array.name} is right for sequence {right} of the batch and differs "
        f"for {bad}."
    )


def _part(name, wrong, yours):
    """Say which rows, columns or layers are right and which are not."""
    for i in range(wrong.ndim):
        bad = wrong.any(axis=tuple({*range(wrong.ndim)} - {i}))
        if not bad.all() and len(bad) <= 8:
            start = f"{name}[{':, ' * i}"
            right, false = (
                [f"{start}{n}]" for n in np.flatnonzero(flags)]
                for flags in (~bad, bad)
            )
            be = "is" if len(right) == 1 else "are"
            are = "is" if len(false) == 1 else "are"
            zero = f", and {are} zero there"
            if yours.dtype.kind == "b" or np.any(yours[wrong]):
                zero = ""
            return (
                f"{words(right)} {be} right; {words(false)} {are} not{zero}."
            )
    return ""


def _gates(array, wrong):
    """Say which of the parts side by side are right, as gates of "4H"."""
    found = re.fullmatch(r"([2-4]) ?H", array.axes[-1] if array.axes else "")
    if not found:
        return ""
    parts = np.split(wrong, int(found[1]), axis=-1)
    bad = np.array([part.any() for part in parts])
    if bad.all():
        return ""
    if len(parts) == 2:
        return f" Its {PLACES[int(bad.argmin())]} half is right."
    names = [f"the {place}" for place in PLACES[: len(parts)]]
    right = words(names[k] for k in np.flatnonzero(~bad))
    verb = "is" if (~bad).sum() == 1 else "are"
    return f" Of its {len(parts)} parts side by side, {right} {verb} right."


def _truth(array, right, wrong):
    """Say one place where true stands for false, or false for true."""
    if right.dtype.kind != "b":
        return ""
    place = tuple(np.argwhere(wrong)[0].tolist())
    should = "true" if right[place] else "false"
    return (
        f" {array.name}[{', '.join(map(str, place))}] should be {should}, for "
        "example."
    )


def words(places):
    """Join words: "0, 2 and 3"."""
    *most, last = [*places] or [""]
    return f"{', '.join(most)} and {last}" if most else last
