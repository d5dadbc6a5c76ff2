"""Checks the tasks share, beside those of `rnncourse.checks`."""

import math
import numbers

from rnncourse import checks


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
    shortest = checks.size("shortest", shortest, low)
    longest = checks.size("longest", longest, low)
    if longest < shortest:
        raise ValueError(
            f"longest is {longest}; expected at least shortest, {shortest}"
        )
    return shortest, longest
