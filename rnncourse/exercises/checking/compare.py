"""Two results side by side: the same, and if not, where and how."""

import numpy as np

RELATIVE, ABSOLUTE = 1e-7, 1e-9  # another order of summation passes
SINGLE = 1e-5, 1e-6  # for who answers in float32


def same(a, b):
    """Tell whether two results agree: numbers, arrays, or tuples of them."""
    if isinstance(a, (tuple, list)) or isinstance(b, (tuple, list)):
        return (
            isinstance(a, (tuple, list))
            and isinstance(b, (tuple, list))
            and len(a) == len(b)
            and all(same(x, y) for x, y in zip(a, b, strict=True))
        )
    a, b = numbers(a), numbers(b)
    if a is None or b is None:
        return a is None and b is None
    return a.shape == b.shape and bool(agree(a, b).all())


def agree(a, b):
    """Tell entry by entry whether two arrays agree, NaN with NaN."""
    near = SINGLE if np.float32 in (a.dtype, b.dtype) else (RELATIVE, ABSOLUTE)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.isclose(a, b, *near, equal_nan=True)


def numbers(value):
    """Return a number or an array of numbers as an array, else None."""
    if isinstance(value, (bool, int, float, np.generic, np.ndarray)):
        array = np.asarray(value)
        return array if array.dtype.kind in "biuf" else None
    return None


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
    name, axes = array.name, array.axes or ()
    wrong = ~agree(yours, right)
    if "T" in axes:
        others = tuple(i for i, axis in enumerate(axes) if axis != "T")
        t = int(wrong.any(axis=others).argmax())
        if axes[0] == "T":
            place = f"t = {t + 1} ({name}[{t}])"
        else:
            place = f"t = {t + 1} (index {t})"
        also = ""
        if not np.any(np.take(yours, t, axes.index("T"))) and t == 0:
            also = " and is zero there"
        steps = wrong.any(axis=others)
        if len(steps) > 1 and steps.sum() == 1:
            return f"{name} differs at {place} alone{also}."
        if t == 0 and not steps.all():
            return (
                f"{name} differs at {place}{also}, and is right at "
                f"{len(steps) - steps.sum()} of {len(steps)} steps."
            )
        if t == 0:
            return f"{name} differs from the first step on, {place}{also}."
        return f"{name} differs first at {place} and is right before."
    if "B" in axes:
        others = tuple(i for i, axis in enumerate(axes) if axis != "B")
        bad = wrong.any(axis=others)
        if not bad.all():
            return (
                f"{name} is right for sequence {_list(~bad)} of the batch "
                f"and differs for {_list(bad)}."
            )
    if wrong.ndim == 0:
        return f"{name} is a number, as it should be, but another one."
    if wrong.size == 1:
        return f"{name} has the right shape, but holds another number."
    if wrong.all():
        return f"{name} has the right shape, but every number differs."
    if part := _part(name, wrong, yours):
        return part
    some, all_ = int(wrong.sum()), wrong.size
    return f"{name} has the right shape, but {some} of {all_} numbers differ."


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
            zero = "" if np.any(yours[wrong]) else f", and {are} zero there"
            return (
                f"{_words(right)} {be} right; {_words(false)} {are} not{zero}."
            )
    return ""


def _list(flags):
    return _words([f"b = {i}" for i in np.flatnonzero(flags)])


def _words(places):
    *most, last = places
    return f"{', '.join(most)} and {last}" if most else last


def how(array, yours, right):
    """Say in what simple way all numbers differ, or return ""."""
    if yours.dtype.kind not in "biuf" or yours.size == 0:
        return ""
    if yours.dtype.kind == "b" != right.dtype.kind:
        return "Yours says True and False; numbers are wanted."
    whole = np.array_equal(right, np.round(right))
    if yours.dtype.kind in "iu" and right.dtype.kind == "f" and not whole:
        return (
            f"Yours holds integers ({yours.dtype}), which have no room for "
            "fractions; was an array made with dtype=int, or // used?"
        )
    single = _is_single(yours)
    yours, right = yours.astype(float), right.astype(float)
    axes = array.axes or ()

    def is_right(other):
        return other.shape == right.shape and bool(agree(other, right).all())

    if np.allclose(yours, right, 1e-5, 1e-6) and right.size > 1:
        start = "The numbers agree to about six digits"
        if single:
            return f"{start}: is something float32?"
        return (
            f"{start}, but no further. Is something small added that should "
            "not be there, or a number rounded?"
        )
    if not np.any(yours):
        return "All numbers of yours are zero."
    if is_right(-yours):
        return "The sign is the opposite one."
    ratio = f"{_ratio(yours, right):.4g}"
    if ratio not in ("0", "1"):
        return f"Every number is {ratio} times what it should be."
    if yours.ndim >= 2 and is_right(np.swapaxes(yours, -1, -2)):
        return "It is the transpose of what it should be."
    with np.errstate(all="ignore"):
        if is_right(np.log(yours)):
            return "Yours is the exponential of what it should be."
        if is_right(np.exp(yours)):
            return "Yours is the logarithm of what it should be."
    if is_right(np.tanh(yours)):
        return "The numbers lack a tanh."
    if np.abs(right).max() <= 1 and is_right(np.arctanh(_inside(yours))):
        return "There is one tanh too many."
    if axes and axes[0] == "T" and len(yours) > 1:
        if is_right(yours[::-1]):
            return "The steps are there, last one first."
        if agree(yours[1:], right[:-1]).all():
            return "From the second step on, each is the one before it."
        if agree(yours[:-1], right[1:]).all():
            return "Each step is the one that comes after it."
        if agree(yours, yours[:1]).all():
            return "All steps of yours are the same."
    gap = right - yours
    if right.size > 1 and np.ptp(gap) < 1e-9 and abs(gap.flat[0]) > 1e-9:
        return "All numbers are off by the same amount."
    return ""


def _is_single(values):
    """Tell whether numbers have no more digits than float32 keeps."""
    if values.dtype.kind != "f":
        return False
    with np.errstate(over="ignore"):
        return bool(np.array_equal(values.astype(np.float32), values))


def _ratio(yours, right):
    """The one factor between two arrays, or 0."""
    usable = np.abs(right) > ABSOLUTE
    if right.size < 2 or not usable.any():
        return 0
    ratio = float((yours[usable] / right[usable]).flat[0])
    holds = np.isfinite(ratio) and agree(yours, ratio * right).all()
    return ratio if holds else 0


def _inside(values):
    return np.where(np.abs(values) < 1, values, np.nan)


def by_step(array, yours, right):
    """Return the largest difference of each step, (T,), or None."""
    if "T" not in (array.axes or ()):
        return None
    others = tuple(i for i, axis in enumerate(array.axes) if axis != "T")
    gap = np.abs(yours.astype(float) - right.astype(float))
    return np.where(agree(yours, right), 0, gap).max(axis=others)
