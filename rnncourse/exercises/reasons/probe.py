"""When numbers differ and nobody knows why: try the function on more.

Calls the reader's function and the solution on changed arguments and says
what is learned from it: that the result is random, that an argument does not
matter to it, how short a sequence must be to go wrong, or that all is well
without one of the arguments.
"""

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.comparing.compare import is_float
from rnncourse.exercises.reasons.influence import (
    changed,
    first_wrong,
    flat,
    influence,
    is_whole,
    one_of,
    without_effect,
)
from rnncourse.exercises.reasons.meant import alone, meant
from rnncourse.exercises.reasons.relations import (
    as_number,
    by_one,
    by_part,
    in_order,
    scaled,
)
from rnncourse.exercises.reasons.small import small
from rnncourse.exercises.running.run import Runner, copied


def unsteady(answer, case, yours):
    """Say if the same arguments do not give the same result, or ""."""
    again = answer.call(case, silent=True).value
    if again is None or compare.same(again, yours):
        return ""
    return (
        "Called once more with the same arguments, your function gives "
        "another result. Is something in it random, or kept from one call "
        "to the next?"
    )


def lasting(sentence, exercise, answer, case, yours, right):
    """Return a sentence on a factor if it is one for other numbers, too."""
    if not sentence.startswith("Every number is"):
        return sentence
    k = first_wrong(exercise, yours, right)
    other = [x * 0.5 + 0.1 if is_float(x) else x for x in case]
    pairs = [
        (one_of(yours, k), one_of(right, k)),
        (
            one_of(answer.call(other, silent=True).value, k),
            one_of(Runner().call(exercise.function, *copied(other)).value, k),
        ),
    ]
    try:
        with np.errstate(all="ignore"):
            ratios = [np.nanmedian(mine / true) for mine, true in pairs]
    except (ValueError, TypeError):  # it stops for such arguments
        return sentence
    return sentence if np.isclose(*ratios) else ""


def probe(exercise, answer, case, yours, right, known="", one=str):
    """Return a sentence on how a wrong result comes about, or "".

    Parameters
    ----------
    exercise : Exercise
    answer : the reader's, Here or Apart
    case : the arguments that gave `yours` where `right` was right
    known : what is known already; then no place is looked for
    one : function that says which one change would make it right, or ""
    """
    parts = without_effect, meant, lambda *_: one(), alone
    if not known:
        parts += scaled, by_part, by_one, in_order, influence, _shorter, _zero
        parts += small, as_number
    found = []
    for part in parts:
        if found and part not in (small, as_number):
            continue
        try:
            if sentence := part(exercise, answer, case, yours, right):
                found.append(sentence)
                if part is without_effect:
                    found.append(one())
                if part not in (by_one, _shorter, _zero):
                    break  # those tell where to look; an example tells more
        except (ValueError, TypeError, ArithmeticError, LookupError):
            pass  # the solution was not made for arguments like these
    return " ".join(filter(None, found))


def _agree(exercise, answer, case):
    """Tell whether both answer alike, and what the solution answers."""
    right = Runner().call(exercise.function, *copied(case)).value
    if right is None or not np.isfinite(flat(right)).all():
        return False, None
    yours = answer.call(case, silent=True).value
    if yours is None:  # it stops, as it may for what nobody would ask
        return False, None
    return compare.same(yours, right), right


def _floats(exercise, case):
    """Yield the place and the name of each array of floats."""
    for i, (array, value) in enumerate(
        zip(exercise.arguments, case, strict=True)
    ):
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            yield i, array.name


def _shorter(exercise, answer, case, yours, right):
    """How many steps does it take to go wrong?"""
    if any("T" in (array.axes or ()) for array in exercise.results):
        return ""  # there, the first wrong step is named already
    places = [
        (i, n, len(axis) > 1)  # "T+1" has a row more
        for i, array in enumerate(exercise.arguments)
        for n, axis in enumerate(array.axes or ())
        if axis.replace(" ", "") in ("T", "T+1")
    ]
    most = [case[i].shape[n] for i, n, more in places if not more]
    for steps in range(1, min(most, default=1)):
        short = list(case)
        for i, n, more in places:
            short[i] = np.take(case[i], range(steps + more), n)
        for i, array in enumerate(exercise.arguments):
            if array.name == "lengths":
                short[i] = np.minimum(case[i], steps)
        is_right, truth = _agree(exercise, answer, short)
        if truth is None:
            return ""
        if not is_right:
            part = _right_without(exercise, answer, short)
            if steps == 1:
                return part and f"It differs for T = 1 already: {part}"
            return (
                f"For T = {steps - 1} your result is right, for T = {steps} "
                f"it is not: {part or 'look at what one more step should do.'}"
            )
    return ""


def _right_without(exercise, answer, case):
    """Say which part of a short sequence must be zero to be right."""
    for i, name in _floats(exercise, case):
        axes = exercise.arguments[i].axes
        if axes[0][0] == "T":
            for t in range(len(case[i])):
                part = case[i].copy()
                part[t] = 0
                other = changed(case, i, part)
                is_right, truth = _agree(exercise, answer, other)
                if is_right and np.any(flat(truth)):
                    return (
                        f"when {name}[{t}] is zero, it is right there. Look "
                        f"at {name}[{t}], and at what it is combined with."
                    )
    return ""


def _zero(exercise, answer, case, yours, right):
    """Is all well when one argument of several is zero?"""
    floats = list(_floats(exercise, case))
    if len(floats) < 2 or is_whole(right):
        return ""  # zeros alone tell little of what goes wrong
    for i, name in floats:
        other = changed(case, i, np.zeros_like(case[i]))
        is_right, truth = _agree(exercise, answer, other)
        if is_right and np.any(flat(truth)):
            return (
                f"When {name} is zero your result is right: look at {name}, "
                "and at what it is combined with."
            )
    return ""
