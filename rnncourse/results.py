"""What the long experiments stored, for the chapters to read.

An experiment that takes more than a chapter's minute is a script of its own,
such as ``experiments/adding_rnn.py``. It writes one small JSON file into
``book/results``.
"""

import json
import sysconfig
from pathlib import Path

#: In a checkout; and where pip puts the files of an installed package.
FOLDERS = [
    Path(__file__).resolve().parent.parent / "book" / "results",
    Path(sysconfig.get_path("data")) / "share" / "rnncourse" / "results",
]


def load(name):
    """Return what an experiment stored.

    Parameters
    ----------
    name : of the file, without ``.json``

    Returns
    -------
    dict
        as the experiment wrote it

    Raises
    ------
    FileNotFoundError
        if there is no such file; the message names those there are

    >>> sorted(load("adding_rnn"))[:3]
    ['B', 'H', 'clip']
    """
    for folder in FOLDERS:
        path = folder / f"{name}.json"
        if path.is_file():
            return json.loads(path.read_text(encoding="utf-8"))
    known = sorted({p.stem for x in FOLDERS for p in x.glob("*.json")})
    raise FileNotFoundError(
        f"there are no results named {name!r}; expected one of "
        f"{', '.join(known) or '(none is installed)'}"
    )
