"""Say no clearly: one line with the argument, what it is, what it should be.

Every function returns what it was given, or raises and has changed nothing.
"""

import math
import numbers

import numpy as np


def array(name, a, shape=None, dtype=None):
    """Check an array of floats: its rank, its sizes, and that all is finite.

    Parameters
    ----------
    name : str, the argument's name for the message
    a : array (or nested lists) of float32 or float64
    shape : tuple of ints (that size) and strings (any size from 1; the same
        letter twice means the same size); None for any shape
    dtype : the dtype to convert to; by default it stays

    Returns
    -------
    a as an array

    Raises
    ------
    ValueError
        naming the argument, its shape or dtype, and the expected one

    >>> array("xs", np.zeros((5, 3)), ("T", "B", 2))
    Traceback (most recent call last):
        ...
    ValueError: xs has shape (5, 3); expected (T, B, 2)
    """
    a = _as_array(name, a)
    if a.dtype not in (np.float32, np.float64):
        raise ValueError(
            f"{name} has dtype {a.dtype}; expected float32 or float64"
        )
    if shape is not None:
        fits(name, a, shape)
    if not np.isfinite(a).all():
        what = "NaN" if np.isnan(a).any() else "inf"
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(a))[0])
        where = f", first at {list(at)}" if at else ""
        raise ValueError(
            f"{name} contains {what}{where}; expected finite numbers"
        )
    return a if dtype is None else a.astype(dtype, copy=False)


def integers(name, a, shape, low, high=None):
    """Check an array of integers with ``low <= a < high``.

    Parameters
    ----------
    name, a, shape : as in `array`
    low : int, the smallest allowed
    high : int or None, the first that is too large

    Returns
    -------
    a as an array of integers

    Raises
    ------
    ValueError
        naming the argument and the first value outside the range

    >>> integers("targets", [0, 4, 7], ("B",), 0, 5)
    Traceback (most recent call last):
        ...
    ValueError: targets contains 7 at [2]; expected integers from 0 to 4
    """
    a = _as_array(name, a)
    if not np.issubdtype(a.dtype, np.integer):
        raise ValueError(f"{name} has dtype {a.dtype}; expected integers")
    fits(name, a, shape)
    outside = a < low if high is None else (a < low) | (a >= high)
    if outside.any():
        at = tuple(int(i) for i in np.argwhere(outside)[0])
        where = f" at {list(at)}" if at else ""
        end = "upwards" if high is None else f"to {high - 1}"
        raise ValueError(
            f"{name} contains {a[at]}{where}; "
            f"expected integers from {low} {end}"
        )
    return a


def size(name, n, low=1):
    """Check one whole number, such as a size.

    Parameters
    ----------
    name : str, the argument's name for the message
    n : what was given
    low : int, the smallest allowed

    Returns
    -------
    n as an int

    Raises
    ------
    ValueError
        for anything but an integer of at least `low`

    >>> size("H", 0)
    Traceback (most recent call last):
        ...
    ValueError: H is 0; expected an integer of at least 1
    """
    whole = isinstance(n, numbers.Integral) and not isinstance(n, bool)
    if not whole or n < low:
        raise ValueError(
            f"{name} is {n!r}; expected an integer of at least {low}"
        )
    return int(n)


def rng(name, generator):
    """Check a random generator: a ``np.random.Generator``, not a seed.

    Parameters
    ----------
    name : str, the argument's name for the message
    generator : what was given

    Returns
    -------
    the generator

    Raises
    ------
    ValueError
        for anything else

    >>> rng("rng", 0)
    Traceback (most recent call last):
        ...
    ValueError: rng is 0; expected a generator, as np.random.default_rng(0)
    """
    if not isinstance(generator, np.random.Generator):
        raise ValueError(
            f"{name} is {generator!r}; expected a generator, "
            "as np.random.default_rng(0)"
        )
    return generator


def names(name, given, expected):
    """Check that a dict has exactly the expected names.

    Parameters
    ----------
    name : str, the argument's name for the message
    given : what was given
    expected : tuple of strings

    Returns
    -------
    the dict

    Raises
    ------
    ValueError
        for something that is no dict, or the first name that is not
        expected or missing

    >>> names("params", {"W_xh": 0, "W_hx": 0}, ("W_xh", "W_hh"))
    Traceback (most recent call last):
        ...
    ValueError: params has an unknown name 'W_hx'; expected W_xh, W_hh
    """
    if not isinstance(given, dict):
        raise ValueError(
            f"{name} is a {type(given).__name__}; "
            f"expected a dict of {', '.join(expected)}"
        )
    for key in given:
        if key not in expected:
            raise ValueError(
                f"{name} has an unknown name {key!r}; "
                f"expected {', '.join(expected)}"
            )
    for key in expected:
        if key not in given:
            raise ValueError(
                f"{name} lacks {key!r}; expected {', '.join(expected)}"
            )
    return given


def fits(name, a, shape):
    """Check rank and sizes alone, whatever the numbers are.

    Parameters
    ----------
    name, shape : as in `array`
    a : array of any dtype

    Returns
    -------
    the array

    Raises
    ------
    ValueError
        naming the argument, its shape, and the expected one

    >>> fits("W_hh", np.zeros((7, 5)), ("H", "H")).shape
    Traceback (most recent call last):
        ...
    ValueError: W_hh has shape (7, 5); expected (H, H)
    """
    free = {}
    right = a.ndim == len(shape) and all(
        n > 0 and n == (free.setdefault(s, n) if isinstance(s, str) else s)
        for n, s in zip(a.shape, shape, strict=True)
    )
    if not right:
        comma = "," if len(shape) == 1 else ""
        wanted = f"({', '.join(str(s) for s in shape)}{comma})"
        empty = ", none of them 0" if 0 in a.shape else ""
        raise ValueError(
            f"{name} has shape {a.shape}; expected {wanted}{empty}"
        )
    return a


def _as_array(name, a):
    try:
        return np.asarray(a)
    except ValueError:
        raise ValueError(
            f"{name} is ragged; expected an array of numbers"
        ) from None


def amount(name, value):
    """Return value if it is a finite number that is not negative."""
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not number or not 0 <= value < math.inf:
        raise ValueError(f"{name} is {value!r}; expected a number >= 0")
    return float(value)


def choice(name, value, options):
    """Return value if it is one of the options (strings)."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(
            f"{name} is {value!r}; expected one of {', '.join(options)}"
        )
    return value


def span(shortest, longest, low=1):
    """Return the two ends of a range of lengths that is not empty."""
    shortest = size("shortest", shortest, low)
    longest = size("longest", longest, low)
    if longest < shortest:
        raise ValueError(
            f"longest is {longest}; expected at least shortest, {shortest}"
        )
    return shortest, longest
