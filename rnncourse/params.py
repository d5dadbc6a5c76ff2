"""Parameters are dicts of arrays: named, counted, copied and kept.

A part's parameters are a dict such as ``{"W_xh": ..., "b_h": ...}``; a model
made of parts nests them: ``{"cell": {...}, "readout": {...}}``.
"""

import io
import json
import os
import secrets
import stat
import zipfile
from pathlib import Path

import numpy as np

from rnncourse import arguments
from rnncourse._npz import HEADER, NUMBERS, read, write

FORMAT = "rnncourse.params"  #: The name of the format that `save` writes.
VERSION = 1  #: The version that `save` writes and `load` reads.


def flatten(params, name="params"):
    """Name every array by its path; nothing is copied.

    Parameters
    ----------
    params : dict of arrays, or of such dicts
    name : str, what they are called in error messages

    Returns
    -------
    dict from each path, such as "cell/W_xh", to its array

    Raises
    ------
    ValueError
        for a name that a file could not hold (no string, with "/" or NUL in
        it, ending in ".npy"), or an empty dict inside, which has no path

    >>> flatten({"cell": {"b_h": np.zeros(3)}, "scale": np.ones(1)})
    {'cell/b_h': array([0., 0., 0.]), 'scale': array([1.])}
    """
    if not isinstance(params, dict):
        raise ValueError(
            f"{name} is a {type(params).__name__}; expected a dict of arrays"
        )
    flat = {}
    for key, value in params.items():
        if not _can_be_saved(key):
            raise ValueError(
                f"{name} has the name {key!r}; expected a printable string, "
                f"without '/' or a final '.npy', other than {HEADER!r}"
            )
        if isinstance(value, dict):
            within = f"{name}[{key!r}]"
            if not value:
                raise ValueError(f"{within} is an empty dict; expected arrays")
            for rest, array in flatten(value, within).items():
                flat[f"{key}/{rest}"] = array
        else:
            flat[key] = value
    return flat


def _can_be_saved(name):
    """Whether an .npz file gives this name back, and np.load finds it."""
    return (
        isinstance(name, str)
        and name.isprintable()  # neither NUL nor half a character
        and not set(name) & set("/\\")
        and not name.endswith(".npy")
        and name != HEADER
    )


def unflatten(flat):
    """Undo `flatten`: paths become nested dicts; nothing is copied.

    Parameters
    ----------
    flat : dict from paths, such as "cell/W_xh", to arrays

    Returns
    -------
    dict of arrays, or of such dicts

    Raises
    ------
    ValueError
        if one path is both an array and a dict, or none at all

    >>> unflatten({"cell/b_h": np.zeros(3)})
    {'cell': {'b_h': array([0., 0., 0.])}}
    """
    if not isinstance(flat, dict):
        raise ValueError(
            f"flat is a {type(flat).__name__}; expected a dict from paths"
        )
    params = {}
    for path, array in flat.items():
        if not isinstance(path, str):
            raise ValueError(f"flat has the name {path!r}; expected a path")
        *parents, name = path.split("/")
        part = params
        for parent in parents:
            part = part.setdefault(parent, {})
            if not isinstance(part, dict):
                raise ValueError(f"{path!r}: {parent!r} is an array already")
        if name in part:
            raise ValueError(f"{path!r} is a dict of parameters already")
        part[name] = array
    return params


def count(params):
    """Count the numbers in all arrays: "the number of parameters" of a model.

    An array that bears two names counts twice.

    Parameters
    ----------
    params : dict of arrays, or of such dicts

    Returns
    -------
    int

    Raises
    ------
    ValueError
        for a name that `flatten` refuses, or a masked array

    >>> count({"cell": {"W_hh": np.zeros((3, 3))}, "scale": np.array(1.0)})
    10
    """
    return sum(array.size for array in _arrays(params).values())


def copy(params):
    """Copy parameters, arrays included.

    Parameters
    ----------
    params : dict of arrays, or of such dicts

    Returns
    -------
    nested as params, sharing no memory with them

    Raises
    ------
    ValueError
        for a name that `flatten` refuses, or a masked array
    """
    return unflatten({k: a.copy() for k, a in _arrays(params).items()})


def save(path, params):
    """Write parameters to an `.npz` file, whole or not at all.

    Beside the arrays the file holds a header: the format's name, its
    version, and every array's name, shape and dtype. It is written under a
    temporary name in the same folder and then renamed, so an interrupted
    `save` leaves an older file as it was. A newer file keeps the older one's
    permissions; a link stays one, and what it points to is replaced.

    Parameters
    ----------
    path : str or Path, ending in ".npz"
    params : dict of arrays, or of such dicts

    Raises
    ------
    ValueError
        for another suffix, a name that `flatten` refuses, or values that are
        not arrays of numbers
    """
    path = _path(path)
    if path.suffix != ".npz":
        raise ValueError(f"path is {str(path)!r}; expected a name in '.npz'")
    flat = _arrays(params)
    for name, array in flat.items():
        if array.dtype.kind not in NUMBERS:
            raise ValueError(
                f"{name} has dtype {array.dtype}; expected numbers"
            )
    header = {"format": FORMAT, "version": VERSION, "arrays": _sizes(flat)}
    path = Path(os.path.realpath(path))
    # beside `path`, since a rename is atomic only within one file system
    token = secrets.token_hex(8)
    unfinished = path.with_name(f".{path.stem[:40]}.{token}.tmp")
    try:
        write(unfinished, {HEADER: np.array(json.dumps(header)), **flat})
        if path.exists():
            unfinished.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(path):
    """Read what `save` wrote.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    nested dict of arrays

    Raises
    ------
    ValueError
        if the file is truncated or damaged in any way, was not written by
        `save`, has a version this package does not know, or holds other
        arrays than its header lists
    OSError
        if it cannot be read; FileNotFoundError if there is none
    """
    data = _path(path).read_bytes()
    try:
        whole = zipfile.is_zipfile(io.BytesIO(data))
    except ValueError:  # from Python 3.14 on, of some that are damaged
        whole = False
    if not whole:
        raise ValueError(f"{path} is truncated or not an .npz file")
    try:
        flat = read(data)
    except Exception as error:  # a broken archive raises a dozen kinds
        raise ValueError(f"{path} is damaged: {error}") from error
    header = _header(path, flat.pop(HEADER, None))
    if header["arrays"] != _sizes(flat):
        raise ValueError(f"{path} holds other arrays than its header lists")
    return unflatten(flat)


def _arrays(params):
    """Return `flatten(params)`, its values as arrays."""
    flat = flatten(params)
    return {name: arguments.as_array(name, a) for name, a in flat.items()}


def _path(path):
    """Return `path` as a Path."""
    try:
        return Path(path)
    except TypeError:
        raise ValueError(f"path is {path!r}; expected a path") from None


def _header(path, text):
    """Return the header of a file that `save` wrote; refuse any other."""
    try:
        header = json.loads(str(text))
        known = header["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    if not known:
        raise ValueError(f"{path} was not written by rnncourse.params.save")
    if header.get("version") != VERSION or "arrays" not in header:
        raise ValueError(
            f"{path} has format version {header.get('version')}; "
            f"expected {VERSION}"
        )
    return header


def _sizes(flat):
    """Return ``{name: [shape, dtype]}``, as JSON gives it back."""
    return {k: [list(v.shape), str(v.dtype)] for k, v in flat.items()}
