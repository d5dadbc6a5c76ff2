"""Two results side by side: are they the same, and where over time?"""

import numpy as np

RELATIVE, ABSOLUTE = 1e-7, 1e-9  # another order of summation passes
SINGLE = 1e-5, 1e-6  # for answers in float32


def same(a, b):
    """Tell whether two results agree: numbers, arrays, or tuples of them.

    An array whose rows are the parts of a tuple unpacks as the tuple does.
    """
    if isinstance(a, np.ndarray) and isinstance(b, tuple):
        a = tuple(a) if a.ndim else a
    elif isinstance(b, np.ndarray) and isinstance(a, tuple):
        b = tuple(b) if b.ndim else b
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


def nearly(a, b):
    """Tell whether two arrays of one shape agree to about six digits."""
    relative, absolute = SINGLE
    absolute *= min(1.0, np.abs(b).max(initial=0))  # they may all be small
    with np.errstate(invalid="ignore", over="ignore"):
        return bool(np.allclose(a, b, relative, absolute))


def single(value):
    """Return a result with its doubles as float32, for a `same` as wide."""
    if isinstance(value, (tuple, list)):
        parts = map(single, value)
        return tuple(parts) if isinstance(value, tuple) else list(parts)
    is_double = getattr(value, "dtype", None) == np.float64
    with np.errstate(over="ignore"):
        return value.astype(np.float32) if is_double else value


def numbers(value):
    """Return a number or an array of numbers as an array, else None."""
    if isinstance(value, (bool, int, float, np.generic, np.ndarray)):
        array = np.asarray(value)
        return array if array.dtype.kind in "biuf" else None
    return None


def is_float(value):
    """Tell whether a value is a float of NumPy's, or an array of floats."""
    return getattr(value, "dtype", np.dtype(int)).kind == "f"


def by_step(array, yours, right):
    """Return the largest difference of each step, (T,), or None."""
    if "T" not in (array.axes or ()):
        return None
    others = tuple(i for i, axis in enumerate(array.axes) if axis != "T")
    gap = np.abs(yours.astype(float) - right.astype(float))
    return np.where(agree(yours, right), 0, gap).max(axis=others)
