"""The package's own lines, read from its files: what a chapter derived."""

import inspect
import textwrap
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


class Listing:
    """Lines of code under the names of their files; made by `source`.

    Parameters
    ----------
    parts : list of (where, code): a file with its lines, and their text
    """

    def __init__(self, parts):
        self.parts = parts

    def __repr__(self):
        return "\n\n".join(f"# {where}\n{code}" for where, code in self.parts)

    def _repr_markdown_(self):
        return "\n\n".join(
            f"`{where}`\n\n```python\n{code}\n```"
            for where, code in self.parts
        )


def source(*things):
    """Show the lines that define functions, methods or classes.

    What is shown is read from the file, so it cannot differ from what runs.

    Parameters
    ----------
    things : functions, methods or classes of this package

    Returns
    -------
    Listing, which notebooks display

    Raises
    ------
    ValueError
        for a thing whose lines cannot be read

    >>> source(source).parts[0][0].split(",")[0]
    'rnncourse/source.py'
    """
    return Listing([_lines(thing) for thing in things])


def _lines(thing):
    """Return (file with lines, code) of one thing."""
    try:
        lines, first = inspect.getsourcelines(thing)
        file = Path(inspect.getsourcefile(thing)).resolve()
        where = file.relative_to(_ROOT).as_posix()
    except (TypeError, OSError, ValueError):
        raise ValueError(
            f"thing is {thing!r}; expected a function, a method or a class "
            "of rnncourse"
        ) from None
    code = textwrap.dedent("".join(lines)).rstrip()
    last = first + len(lines) - 1
    return f"{where}, lines {first} to {last}", code
