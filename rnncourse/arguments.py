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
    a : array (or nested lists) of float32 or float64, in any byte order
    shape : tuple of ints (that size) and strings (any size from 1; the same
        letter twice means the same size); None for any shape
    dtype : the dtype to convert to; by default it stays

    Returns
    -------
    a as an array, in the machine's byte order

    Raises
    ------
    ValueError
        naming the argument, its shape or dtype, and the expected one; also
        for a number that is finite only until it is converted

    >>> array("xs", np.zeros((5, 3)), ("T", "B", 2))
    Traceback (most recent call last):
        ...
    ValueError: xs has shape (5, 3); expected (T, B, 2)
    """
    given = as_array(name, a)
    native = given.dtype.newbyteorder("=")
    if native not in (np.float32, np.float64):
        raise ValueError(
            f"{name} has dtype {given.dtype}; expected float32 or float64"
        )
    if shape is not None:
        shaped(name, given, shape)
    with np.errstate(over="ignore"):  # it is named below
        a = given.astype(dtype or native, copy=False)
    if not np.isfinite(a).all():
        raise ValueError(_not_finite(name, given, a))
    return a


def integers(name, a, shape, low=None, high=None, where=None):
    """Check an array of integers with ``low <= a < high``.

    They come back as wide as an index, so that one may compute with them:
    in uint8, ``2 * 130`` would be 4.

    Parameters
    ----------
    name, a, shape : as in `array`
    low : int, the smallest allowed, or None
    high : int, the first that is too large, or None
    where : booleans of that shape, which entries the range counts for; all
        if None

    Returns
    -------
    a as an array of ``np.intp``, on most machines int64

    Raises
    ------
    ValueError
        naming the argument and the first value outside the range

    >>> integers("targets", [0, 4, 7], ("B",), 0, 5)
    Traceback (most recent call last):
        ...
    ValueError: targets contains 7 at [2]; expected integers from 0 to 4
    """
    a = as_array(name, a)
    if a.dtype.kind not in "iu":
        raise ValueError(f"{name} has dtype {a.dtype}; expected integers")
    shaped(name, a, shape)
    index = np.iinfo(np.intp)
    low = index.min if low is None else low
    most = index.max if high is None else high - 1
    outside = (a < low) | (a > most)
    if where is not None:
        outside &= where
    if outside.any():
        at = tuple(int(i) for i in np.argwhere(outside)[0])
        place = f" at {list(at)}" if at else ""
        end = "upwards" if high is None and a[at] < low else f"to {most}"
        raise ValueError(
            f"{name} contains {a[at]}{place}; "
            f"expected integers from {low} {end}"
        )
    return a.astype(np.intp, copy=False)


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


def shaped(name, a, shape):
    """Check rank and sizes alone, whatever the numbers are.

    Parameters
    ----------
    name, shape : as in `array`
    a : array (or nested lists) of any dtype

    Returns
    -------
    a as an array

    Raises
    ------
    ValueError
        naming the argument, its shape, and the expected one

    >>> shaped("W_hh", np.zeros((7, 5)), ("H", "H")).shape
    Traceback (most recent call last):
        ...
    ValueError: W_hh has shape (7, 5); expected (H, H)
    """
    a, free = as_array(name, a), {}
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


def as_array(name, a):
    """Turn what was given into an array, of whatever kind and shape.

    Parameters
    ----------
    name : str, the argument's name for the message
    a : array, of this or another library, or nested lists

    Returns
    -------
    a as an array

    Raises
    ------
    ValueError
        for a masked array, whose mask would be lost, or what is no array

    >>> as_array("mask", np.ma.masked_equal([1, 9], 9))
    Traceback (most recent call last):
        ...
    ValueError: mask is a masked array; expected a plain one, as of filled()
    """
    if hasattr(a, "filled"):  # NumPy loads np.ma for those who name it
        raise ValueError(
            f"{name} is a masked array; expected a plain one, as of filled()"
        )
    try:
        return np.asarray(a)
    except (ValueError, TypeError, RuntimeError) as error:
        ragged = "inhomogeneous" in str(error)
        what = "ragged" if ragged else f"no array ({error})"
        raise ValueError(
            f"{name} is {what}; expected an array of numbers"
        ) from None


def dtype(name, given):
    """Check the dtype that an array of floats is to have.

    Parameters
    ----------
    name : str, the argument's name for the message
    given : what was given

    Returns
    -------
    the dtype

    Raises
    ------
    ValueError
        for anything but float32 and float64

    >>> dtype("dtype", int)
    Traceback (most recent call last):
        ...
    ValueError: dtype is int64; expected float32 or float64
    """
    try:
        found = np.dtype(given)
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        found = repr(given) if found is None else found
        raise ValueError(f"{name} is {found}; expected float32 or float64")
    return found


def real(name, value):
    """Check one finite number.

    Parameters
    ----------
    name : str, the argument's name for the message
    value : what was given

    Returns
    -------
    the value as a float

    Raises
    ------
    ValueError
        for anything else
    """
    if not _is_number(value) or not math.isfinite(value):
        raise ValueError(f"{name} is {value!r}; expected a finite number")
    return float(value)


def amount(name, value):
    """Check one finite number that is not negative.

    Parameters
    ----------
    name : str, the argument's name for the message
    value : what was given

    Returns
    -------
    the value as a float

    Raises
    ------
    ValueError
        for anything else
    """
    if not _is_number(value) or not 0 <= value < math.inf:
        raise ValueError(f"{name} is {value!r}; expected a number >= 0")
    return float(value)


def positive(name, value, infinite=False):
    """Check one number above 0.

    Parameters
    ----------
    name : str, the argument's name for the message
    value : what was given
    infinite : bool, whether it may be infinite

    Returns
    -------
    the value as a float

    Raises
    ------
    ValueError
        for anything else
    """
    if not _is_number(value) or not 0 < value <= math.inf:
        raise ValueError(f"{name} is {value!r}; expected a number above 0")
    return float(value) if infinite else real(name, value)


def fraction(name, value):
    """Check one number in [0, 1).

    Parameters
    ----------
    name : str, the argument's name for the message
    value : what was given

    Returns
    -------
    the value as a float

    Raises
    ------
    ValueError
        for anything else
    """
    if not _is_number(value) or not 0 <= value < 1:
        raise ValueError(f"{name} is {value!r}; expected 0 <= {name} < 1")
    return float(value)


def choice(name, value, options):
    """Check that a string is one of some.

    Parameters
    ----------
    name : str, the argument's name for the message
    value : what was given
    options : strings, or a dict with such names

    Returns
    -------
    the value

    Raises
    ------
    ValueError
        for anything else, with the options
    """
    if not isinstance(value, str) or value not in options:
        raise ValueError(
            f"{name} is {value!r}; expected one of {', '.join(options)}"
        )
    return value


def span(shortest, longest, low=1):
    """Check the two ends of a range of lengths.

    Parameters
    ----------
    shortest, longest : what was given, under these names
    low : int, the smallest allowed

    Returns
    -------
    both as ints

    Raises
    ------
    ValueError
        for anything but integers from `low` on, or the first above the last
    """
    shortest = size("shortest", shortest, low)
    longest = size("longest", longest, low)
    if longest < shortest:
        raise ValueError(
            f"longest is {longest}; expected at least shortest, {shortest}"
        )
    return shortest, longest


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _not_finite(name, given, a):
    """Say what is not finite in `a`, which is `given` in another dtype."""
    bad = ~np.isfinite(given)
    if bad.any():
        what, end = ("NaN" if np.isnan(given).any() else "inf"), ""
    else:
        bad = ~np.isfinite(a)
        what = f"{given[bad][0]:.2g}"
        end = f", in {a.dtype} at most {np.finfo(a.dtype).max:.2g}"
    at = [int(i) for i in np.argwhere(bad)[0]]
    first = f", first at {at}" if at else ""
    return f"{name} contains {what}{first}; expected finite numbers{end}"
