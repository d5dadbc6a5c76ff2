"""The measured series: which file, which columns, which dates."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rnncourse import arguments
from rnncourse.data.series._table import parse

NAMES = ("sunspots", "elnino", "co2", "weather")
"""The measured series, as `read` knows them."""

# name: file, its columns that are numbers, steps in a season, SHA-256
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
FILES = {
    "sunspots": (
        "sunspots.csv",
        ["SUNACTIVITY"],
        11,  # about: the Sun keeps no calendar
        "f67889b1d9002cd5227f0e0ef54e35b419cdd85a31279adef6f73fb41e5c0a9b",
    ),
    "elnino": (
        "elnino.csv",
        MONTHS,
        12,
        "b647be00e0fd264be9764e317e6b963f35030014ecca2b21b204521716e463ad",
    ),
    "co2": (
        "co2.csv",
        ["co2"],
        52,
        "16695fa2786e53414e5a6b54767a3fdf5de99cfbc68617f69d1362d92776a92f",
    ),
    "weather": (
        "seattle-weather.csv",
        ["temp_max", "temp_min", "wind", "precipitation"],
        365,
        "62f0609f787158128aa2bd102967173a4953122dd4f872bf1d502cae1037df0b",
    ),
}


@dataclass(frozen=True, eq=False)
class Series:
    """Numbers in the order of time, equally far apart.

    Parameters
    ----------
    name : str
    columns : tuple of D strings, what was measured
    times : (N,), dates as ``datetime64``
    values : (N, D), floats; NaN where nothing was measured
    season : int, steps in a season
    """

    name: str
    columns: tuple
    times: np.ndarray
    values: np.ndarray
    season: int

    def column(self, name):
        """Return one column.

        Parameters
        ----------
        name : str, one of the columns

        Returns
        -------
        (N,), floats

        Raises
        ------
        ValueError
            for a name that is no column
        """
        arguments.choice("name", name, self.columns)
        return self.values[:, self.columns.index(name)].copy()


def read(name):
    """Read one of the measured series.

    ============  =========================================  =====  ======
    name          columns                                    steps  every
    ============  =========================================  =====  ======
    ``sunspots``  ``sunspots``, their number                   309  year
    ``elnino``    ``temperature`` of the sea, °C               732  month
    ``co2``       ``co2`` in the air, ppm; 59 gaps            2284  week
    ``weather``   ``temp_max`` and ``temp_min``, °C,          1461  day
                  ``wind``, m/s, ``precipitation``, mm
    ============  =========================================  =====  ======

    Parameters
    ----------
    name : str, one of ``NAMES``

    Returns
    -------
    Series

    Raises
    ------
    ValueError
        for another name, or a file that is not the one it should be

    >>> sunspots = read("sunspots")
    >>> sunspots.times[0], sunspots.column("sunspots")[:3]
    (np.datetime64('1700'), array([ 5., 11., 16.]))
    """
    arguments.choice("name", name, NAMES)
    file, columns, season, expected = FILES[name]
    content = (Path(__file__).parent / file).read_bytes()
    content = content.replace(b"\r\n", b"\n")  # what git makes on Windows
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(
            f"{file} has the SHA-256 {found}; expected {expected}"
        )
    first, values = parse(content.decode("utf-8"), columns, file)
    if name == "elnino":  # a row a year: laid out month after month
        times = np.datetime64(first[0], "M") + np.arange(values.size)
        return Series(name, ("temperature",), times, values.reshape(-1, 1), 12)
    times = np.array([_date(text) for text in first], "datetime64")
    columns = ["sunspots"] if name == "sunspots" else columns
    return Series(name, tuple(columns), times, values, season)


def _date(text):
    """Return 2012/01/01 or 20120101 as 2012-01-01, and a year as it is."""
    digits = text.replace("/", "")
    parts = digits[:4], digits[4:6], digits[6:]
    return "-".join(part for part in parts if part)
