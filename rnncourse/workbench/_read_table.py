"""Numbers as people have them: separators, commas, headers, dates, gaps."""

import csv
import re
from dataclasses import dataclass

import numpy as np

MOST = 100_000  #: Rows that are taken.
LEAST = 60  #: Rows that it takes.
GAPS = {"", "na", "n/a", "nan", "null", "none", "-", "?", "."}
DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ][\d:.Z+]+)?|"
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ][\d:.Z+]+)?"
)
NAMES = {"": "none", ",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, eq=False)
class Table:
    """What was recognised in a text of numbers.

    Parameters
    ----------
    separator : "", ",", ";" or a tab
    decimal : "." or ","
    header : bool, whether the first row holds names
    dates : the name of the column of dates, or None
    columns : dict from names to (N,) floats, NaN for a gap
    left_out : list of names of columns that hold words
    """

    separator: str
    decimal: str
    header: bool
    dates: str | None
    columns: dict
    left_out: list

    def about(self):
        """Say what was recognised, for a reader to look over.

        Returns
        -------
        str

        >>> read_table("\\n".join(["1,5", "2,5"] * 30)).about()
        '60 rows; separator: none; decimal comma; no header; no gaps.'
        """
        values = next(iter(self.columns.values()))
        gaps = {n: int(np.isnan(v).sum()) for n, v in self.columns.items()}
        gaps = [f"{n} in {name}" for name, n in gaps.items() if n]
        said = [
            f"{len(values):,} rows",
            f"separator: {NAMES[self.separator]}",
            f"decimal {'comma' if self.decimal == ',' else 'point'}",
            "a header" if self.header else "no header",
            f"gaps: {', '.join(gaps)}" if gaps else "no gaps",
        ]
        if self.dates:
            said.append(f"dates in {self.dates}")
        if self.left_out:
            said.append(f"words, left out: {', '.join(self.left_out)}")
        return "; ".join(said) + "."


def read_table(given):
    """Recognise a table of numbers, or a single column.

    Parameters
    ----------
    given : str, or bytes in UTF-8

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        with a sentence for the reader: no text, too few rows or too many,
        rows of different length, or no column of numbers
    """
    lines = _lines(given)
    separator, decimal = _signs(lines)
    rows = csv.reader(lines, delimiter=separator or ";")
    if not separator:
        rows = [[line] for line in lines]
    rows = [[field.strip().strip('"') for field in row] for row in rows]
    width = len(rows[0])
    for k, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(
                f"Row {k + 1} has {len(row)} fields, and the first has "
                f"{width}. Every row must have as many."
            )
    header = any(_is_word(x, decimal) for x in rows[0]) and not all(
        _is_word(rows[1][k], decimal) == _is_word(x, decimal)
        for k, x in enumerate(rows[0])
    )
    names = (
        rows.pop(0) if header else [f"column {k + 1}" for k in range(width)]
    )
    if len(rows) < LEAST:
        raise ValueError(
            f"There are {len(rows)} rows of numbers. It takes {LEAST} at "
            "least: to learn from, to choose by, and to be tested on."
        )
    dates, columns, words = None, {}, []
    for k, name in enumerate(names):
        name = name or f"column {k + 1}"
        fields = [row[k] for row in rows]
        if dates is None and sum(map(_is_date, fields)) > len(fields) / 2:
            dates = name
            continue
        values = np.array([_number(x, decimal) for x in fields], float)
        if np.isinf(values).any():  # a word
            words.append(name)
        elif not np.isnan(values).all():
            columns[name] = values
    if not columns:
        raise ValueError(
            "There is no column of numbers here, only "
            f"{'dates and ' if dates else ''}words or gaps."
        )
    return Table(separator, decimal, header, dates, columns, words)


def _lines(given):
    """Return the lines that are not empty."""
    if isinstance(given, bytes):
        try:
            given = given.decode("utf-8-sig")
        except UnicodeDecodeError:
            given = "\0"
    if "\0" in given:
        raise ValueError(
            "This is not a text in UTF-8. Save the table as CSV first."
        )
    lines = [line for line in given.splitlines() if line.strip()]
    if not lines:
        raise ValueError("There is nothing here. Paste a column of numbers.")
    if len(lines) > MOST + 1:
        raise ValueError(
            f"There are {len(lines):,} rows; at most {MOST:,} are taken. Keep "
            "the last ones, or every tenth."
        )
    if len(lines) < 2:
        raise ValueError("There is one row. A series has many.")
    return lines


def _signs(lines):
    """Return the separator and the decimal sign."""
    some = lines[: min(len(lines), 200)]
    for separator in (";", "\t"):
        if all(separator in line for line in some):
            comma = any(re.search(r"\d,\d", x) for x in some)
            point = any(
                re.search(r"(^|[;\t])-?\d+\.\d+($|[;\t])", x) for x in some
            )
            return separator, "," if comma and not point else "."
    numbers = [x for x in some if re.fullmatch(r"\s*-?\d+(,\d+)?\s*", x)]
    if len(numbers) >= len(some) - 1 and any("," in x for x in numbers):
        return "", ","  # one column; two of whole numbers look the same
    if all("," in line for line in some):
        return ",", "."
    return "", "."


def _is_date(field):
    return DATE.fullmatch(field) is not None


def _is_word(field, decimal):
    return not _is_date(field) and _number(field, decimal) == np.inf


def _number(field, decimal):
    """Return a number, NaN for a gap, infinity for a word."""
    if field.lower() in GAPS:
        return np.nan
    if decimal == ",":
        field = field.replace(".", "").replace(",", ".")
    try:
        value = float(field)
    except ValueError:
        return np.inf
    return value if np.isfinite(value) else np.inf
