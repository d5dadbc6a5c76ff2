"""Dates as people write them, to be turned into ISO 8601. ::

    written   tuesday 3 march 1998
    iso       1998-03-03

Every date has one of the written forms in `FORMATS`. Train and test are split
by date: a test date is never seen in training, in any form.
"""

import datetime

from rnncourse import arguments

from . import _split, tokens

#: The names of the months, as the written forms spell them.
MONTHS = (
    "january february march april may june july august september october "
    "november december"
).split()
#: The names of the days.
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
#: The earliest date.
FIRST = datetime.date(1950, 1, 1)
#: The latest date; so '49 and '50 are a century apart.
LAST = datetime.date(2049, 12, 31)
# The names are spelt here, not by strftime, which speaks the local language.
#: The written forms, functions of a datetime.date.
FORMATS = (
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{DAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",  # the day comes first
    lambda d: f"{MONTHS[d.month - 1][:3]} {d.day} '{d.year % 100:02}",
)
#: The letters of both forms; an id is a place in it.
VOCABULARY = (*tokens.SPECIAL, *" ',-.0123456789abcdefghijklmnopqrstuvwxyz")


def part_of(date):
    """Say in which part a date lies; about one in five is test.

    Parameters
    ----------
    date : datetime.date

    Returns
    -------
    "train" or "test", the same in every run
    """
    return _split.part_of(str(date))


def pairs(rng, n, part="all"):
    """Draw n dates, each written in a random form, and their ISO form.

    Parameters
    ----------
    rng : np.random.Generator
    n : int, how many
    part : "train", "test" (no date in common) or "all"

    Returns
    -------
    written : list of n strings
    iso : list of n strings, "yyyy-mm-dd", from 1950 to 2049

    Raises
    ------
    ValueError
        if `n` is not a positive integer or `part` is none of the three

    >>> import numpy as np
    >>> written, iso = pairs(np.random.default_rng(0), 3)
    >>> for line in zip(written, iso, strict=True):
    ...     print(*line, sep=" -> ")
    24.01.2035 -> 2035-01-24
    february 11, 2001 -> 2001-02-11
    13 october 1980 -> 1980-10-13
    """
    n = _split.asked(rng, n, part)
    written, iso = [], []
    while len(iso) < n:
        day = rng.integers(FIRST.toordinal(), LAST.toordinal() + 1)
        date = datetime.date.fromordinal(int(day))
        if _split.lies_in(part, str(date)):
            write = FORMATS[rng.integers(len(FORMATS))]
            written.append(write(date))
            iso.append(str(date))
    return written, iso


def batch(rng, B, part="all"):
    """Draw B dates as ids, letter by letter.

    Parameters
    ----------
    rng, part : as in `pairs`
    B : int, how many

    Returns
    -------
    sources : (S, B), ints, places in `VOCABULARY`, 0 after the end
    source_lengths : (B,), ints
    targets : (11, B), the ten letters of the ISO form, then STOP
    target_lengths : (B,), ints, all 11

    Raises
    ------
    ValueError
        as in `pairs`

    >>> import numpy as np
    >>> sources, _, targets, _ = batch(np.random.default_rng(0), B=3)
    >>> sources.shape[1], targets.shape
    (3, (11, 3))
    """
    written, iso = pairs(rng, arguments.size("B", B), part)
    answers = [[*text, tokens.STOP] for text in iso]
    return (
        *tokens.encode(written, VOCABULARY),
        *tokens.encode(answers, VOCABULARY),
    )
