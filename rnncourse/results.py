"""What the long experiments stored, for the chapters to read.

An experiment that takes more than a chapter's minute is a module of its own,
such as ``experiments/adding_rnn.py``. Its runs end in one small JSON file in
``book/results``; an installed package has its copy as ``rnncourse/stored``.
"""

import json
import os
import tempfile
from pathlib import Path

#: In a checkout; and in an installed package.
FOLDERS = [
    Path(__file__).resolve().parent.parent / "book" / "results",
    Path(__file__).resolve().parent / "stored",
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
    ValueError
        if the file is there and is damaged

    >>> sorted(load("adding_rnn"))[:3]
    ['B', 'H', 'clip']
    """
    for folder in FOLDERS:
        path = folder / f"{name}.json"
        if path.is_file():
            return read(path)
    known = sorted({p.stem for x in FOLDERS for p in x.glob("*.json")})
    raise FileNotFoundError(
        f"there are no results named {name!r}; expected one of "
        f"{', '.join(known) or '(none is installed)'}"
    )


def save(name, data, folder=None):
    """Store what an experiment found: the whole file, or none of it.

    Parameters
    ----------
    name : of the file, without ``.json``
    data : dict of what JSON knows, and of NumPy's numbers and arrays
    folder : where to write; by default ``book/results``

    Returns
    -------
    pathlib.Path
        of the file

    Raises
    ------
    ValueError
        if a number is NaN or infinite, which JSON does not know
    OSError
        if the file cannot be written; what stood there stands there still

    >>> import numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save("half", {"share": np.float32(0.5)}, folder)
    ...     read(path)
    {'share': 0.5}
    """
    path = Path(folder or FOLDERS[0]) / f"{name}.json"
    write(path, data)
    return path


def read(path):
    """Return what a file holds.

    Parameters
    ----------
    path : of a JSON file

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        if it is no whole JSON file
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:  # no JSON, or no text at all
        raise ValueError(
            f"{path} is damaged ({error}); expected a JSON file as an "
            "experiment writes it: get it from git, or run it again"
        ) from None


def write(path, data):
    """Write beside the file, then put it in the file's place in one move.

    Parameters
    ----------
    path : of the file to be
    data : as `save` takes it

    Raises
    ------
    ValueError, OSError
        as `save` does
    """
    path = Path(path)
    text = json.dumps(data, default=_plain, allow_nan=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    place, draft = tempfile.mkstemp(".draft", path.stem, path.parent)
    try:
        with open(place, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _plain(value):
    """Turn NumPy's numbers and arrays into Python's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")
