"""From a table with commas to numbers; an empty field is a gap."""

import csv
import io

import numpy as np


def parse(text, columns, source="text"):
    """Read columns of numbers from a table with a header and commas.

    Parameters
    ----------
    text : str, the table; its first column holds the times
    columns : list of strings, the columns to read
    source : str, what to call the table in a message

    Returns
    -------
    times : list of N strings, as they are written
    values : (N, D), floats; NaN where a field is empty

    Raises
    ------
    ValueError
        for a column that is not there, a row that is too short or too long,
        or a field that is neither a number nor empty: names its line

    >>> parse("day,rain\\n1,0.5\\n2,\\n", ["rain"])
    (['1', '2'], array([[0.5],
           [nan]]))
    >>> parse("day,rain\\n1,much\\n", ["rain"])
    Traceback (most recent call last):
        ...
    ValueError: text, line 2, column rain is 'much'; expected a number
    """
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    places = [_place(header, column, source) for column in columns]
    times, values = [], []
    for row in reader:
        if not row:  # an empty line
            continue
        where = f"{source}, line {reader.line_num}"
        if len(row) != len(header):
            raise ValueError(
                f"{where} has {len(row)} fields; expected {len(header)}"
            )
        times.append(row[0])
        values.append(
            [
                _number(row[place], f"{where}, column {column}")
                for place, column in zip(places, columns, strict=True)
            ]
        )
    if not times:
        raise ValueError(f"{source} has no rows; expected at least one")
    return times, np.array(values)


def _place(header, column, source):
    """Return where a column stands; say so if it is not there."""
    if column not in header:
        raise ValueError(
            f"{source} has no column {column!r}; "
            f"expected it among {', '.join(header) or 'none'}"
        )
    return header.index(column)


def _number(field, where):
    """Return a field as a float, NaN if it is empty."""
    if not field.strip():
        return np.nan
    try:
        number = float(field)
    except ValueError:
        number = np.nan
    if not np.isfinite(number):  # "nan" and "inf" are words here
        raise ValueError(f"{where} is {field!r}; expected a number")
    return number
