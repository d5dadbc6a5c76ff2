"""Two checks the tasks share, beside those of `rnncourse.checks`."""

from rnncourse import checks


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
