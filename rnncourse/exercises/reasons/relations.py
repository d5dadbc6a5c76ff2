"""How does a result answer to an argument that is zero, one, or doubled?

Where the solution's result is zero, or doubles, and the reader's does not,
that is worth a sentence; so is a factor that depends on one argument alone.
"""

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.reasons.influence import first_wrong, one_of
from rnncourse.exercises.reasons.meant import parted
from rnncourse.exercises.running.run import Runner, copied


class _Both:
    """Calls both functions with one argument changed."""

    def __init__(self, exercise, answer, case, yours, right):
        self.exercise, self.answer, self.case = exercise, answer, case
        self.k = first_wrong(exercise, yours, right)
        self.mine, self.true = one_of(yours, self.k), one_of(right, self.k)
        self.floats = [
            (i, array.name)
            for i, array in enumerate(exercise.arguments)
            if getattr(case[i], "dtype", np.dtype(int)).kind == "f"
            and case[i].ndim
        ]

    def __call__(self, i, value):
        """Return both results; None, None if one of them is no use."""
        case = [*self.case[:i], value, *self.case[i + 1 :]]
        true = Runner().call(self.exercise.function, *copied(case)).value
        mine = self.answer.call(case, silent=True).value
        pair = one_of(mine, self.k), one_of(true, self.k)
        for new in pair:
            if new is None or new.shape != self.true.shape:
                return None, None
            if not np.isfinite(new).all():
                return None, None
        return pair


def as_number(exercise, answer, case, yours, right):
    """Tell a number for an argument that is all zeros, or all ones."""
    both = _Both(exercise, answer, case, yours, right)
    if both.true.size != 1:
        return ""
    for value in 0, 1:
        for i, name in both.floats:
            mine, true = both(i, np.full_like(case[i], value))
            if mine is not None and not compare.same(mine, true):
                return (
                    f"With {name} all {value} it should be {true.item():.4g}, "
                    f"and yours is {mine.item():.4g}."
                )
    return ""


def scaled(exercise, answer, case, yours, right):
    """Say if nothing should give nothing, or twice as much twice as much."""
    both = _Both(exercise, answer, case, yours, right)
    for i, name in both.floats:
        mine, true = both(i, np.zeros_like(case[i]))
        if mine is not None and mine.any() and not true.any():
            return (
                f"With {name} all zero the result should be zero, and yours "
                "is not."
            )
    for i, name in both.floats:
        mine, true = both(i, 2 * case[i])
        if mine is None or not compare.same(true, 2 * both.true):
            continue
        if both.true.any() and not compare.same(mine, 2 * both.mine):
            return (
                f"If {name} is doubled, the result should double, and yours "
                "does not."
            )
    return ""


def by_one(exercise, answer, case, yours, right):
    """Say if all that is wrong depends on one argument alone."""
    both = _Both(exercise, answer, case, yours, right)
    if len(both.floats) < 2 or (both.true == np.round(both.true)).all():
        return ""
    factors, gaps, matter = [], [], 0
    wrong = ~compare.agree(both.mine, both.true)
    for i, name in both.floats:
        mine, true = both(i, case[i] * 0.5 + 0.1)
        if mine is None:
            return ""
        matter += not compare.same(true[wrong], both.true[wrong])
        factors += [name] * _differ(mine, true, both, np.divide)
        gaps += [name] * _differ(mine, true, both, np.subtract)
    for what, names in ("a factor", factors), ("an amount", gaps):
        if len(names) == 1 < matter:
            return (
                f"Yours and what it should be differ by {what} that depends "
                f"on {names[0]} alone."
            )
    return ""


def in_order(exercise, answer, case, yours, right):
    """Say if the results keep the order of the right ones, whatever comes."""
    both = _Both(exercise, answer, case, yours, right)
    for factor in 1, 3, -0.5:
        other = copied(case)
        for i, _ in both.floats:
            other[i] = other[i] * factor
        call = Runner().call(exercise.function, *copied(other)).value
        true = one_of(call, both.k)
        mine = one_of(answer.call(other, silent=True).value, both.k)
        if mine is None or true is None or mine.shape != true.shape:
            return ""
        order, sizes = np.argsort(true, axis=None), np.unique(true)
        if len(sizes) < 12 or (order == np.arange(true.size)).all():
            return ""
        if len(np.unique(mine)) < 2 or (np.diff(mine.flat[order]) < 0).any():
            return ""
    return (
        "From small to large, yours stand in the order they should: is it a "
        "last step, done to each, that is another?"
    )


def by_part(exercise, answer, case, yours, right):
    """Say if all is well once one part of "4H", one gate, is zero."""
    places, size = parted(exercise)
    if len(places) == sum(map(np.ndim, case)):  # these are no sums for gates
        return ""
    for part in range(size):
        other = copied(case)
        for i in places:
            np.split(other[i], size, axis=-1)[part][...] = 0
        true = Runner().call(exercise.function, *copied(other)).value
        mine = answer.call(other, silent=True).value
        if true is not None and compare.same(mine, true):
            return (
                f"When part {part + 1} of the {size} is zero before its "
                "sigmoid or tanh, your result is right: look at that part."
            )
    return ""


def _differ(mine, true, both, relation):
    """Tell whether the relation of the two results has changed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        now, then = relation(mine, true), relation(both.mine, both.true)
        usable = np.isfinite(now) & np.isfinite(then)
        return not usable.any() or not np.allclose(
            now[usable], then[usable], 1e-6, 1e-8
        )
