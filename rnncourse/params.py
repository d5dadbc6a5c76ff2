"""Parameters are dicts of arrays; here they are named, copied and kept.

A part's parameters are a dict such as ``{"W_xh": ..., "b_h": ...}``; a model
made of parts nests them: ``{"cell": {...}, "readout": {...}}``.
"""

import json
import os
import zipfile
from pathlib import Path

import numpy as np

FORMAT = "rnncourse.params"  #: The name of the format that `save` writes.
VERSION = 1  #: The version that `save` writes and `load` reads.
_HEADER = "__header__"  # no parameter may bear this name


def flatten(params):
    """Name every array by its path; nothing is copied.

    Parameters
    ----------
    params : dict of arrays, or of such dicts

    Returns
    -------
    dict from each path, such as "cell/W_xh", to its array

    Raises
    ------
    ValueError
        if a name is not a string or contains "/"

    >>> flatten({"cell": {"b_h": np.zeros(3)}, "scale": np.ones(1)})
    {'cell/b_h': array([0., 0., 0.]), 'scale': array([1.])}
    """
    flat = {}
    for name, value in params.items():
        if not isinstance(name, str) or "/" in name or name == _HEADER:
            raise ValueError(
                f"parameter name {name!r}; expected a string without '/', "
                f"other than {_HEADER!r}"
            )
        if isinstance(value, dict):
            for rest, array in flatten(value).items():
                flat[f"{name}/{rest}"] = array
        else:
            flat[name] = value
    return flat


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
        if one path is both an array and a dict

    >>> unflatten({"cell/b_h": np.zeros(3)})
    {'cell': {'b_h': array([0., 0., 0.])}}
    """
    params = {}
    for path, array in flat.items():
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


def copy(params):
    """Copy parameters, arrays included.

    Parameters
    ----------
    params : dict of arrays, or of such dicts

    Returns
    -------
    nested as params, sharing no memory with them
    """
    return unflatten({k: np.array(v) for k, v in flatten(params).items()})


def save(path, params):
    """Write parameters to an `.npz` file, whole or not at all.

    Beside the arrays the file holds a header: the format's name, its
    version, and every array's name, shape and dtype. It is written under a
    temporary name and then renamed, so an interrupted `save` leaves an older
    file as it was.

    Parameters
    ----------
    path : str or Path, ending in ".npz"
    params : dict of arrays, or of such dicts

    Raises
    ------
    ValueError
        for another suffix, or values that are not arrays of numbers
    """
    path = Path(path)
    if path.suffix != ".npz":
        raise ValueError(f"path is {str(path)!r}; expected a name in '.npz'")
    flat = {k: np.asarray(v) for k, v in flatten(params).items()}
    for name, array in flat.items():
        if array.dtype.kind not in "fiub":
            raise ValueError(
                f"{name} has dtype {array.dtype}; expected numbers"
            )
    header = {"format": FORMAT, "version": VERSION, "arrays": _sizes(flat)}
    # beside `path`, since a rename is atomic only within one file system
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        _write(unfinished, {_HEADER: np.array(json.dumps(header)), **flat})
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
        if the file is truncated or damaged, was not written by `save`, has a
        version this package does not know, or holds other arrays than its
        header lists
    FileNotFoundError
        if there is none
    """
    with open(path, "rb") as file:
        if not zipfile.is_zipfile(file):
            raise ValueError(f"{path} is truncated or not an .npz file")
        file.seek(0)
        try:
            with np.load(file, allow_pickle=False) as arrays:
                flat = {name: arrays[name] for name in arrays.files}
        except (OSError, EOFError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path} is damaged: {error}") from error
    header = _header(path, flat.pop(_HEADER, None))
    if header["arrays"] != _sizes(flat):
        raise ValueError(f"{path} holds other arrays than its header lists")
    return unflatten(flat)


def _write(path, arrays):
    """Write an .npz; `np.savez` would refuse an array named "file"."""
    with zipfile.ZipFile(path, "x") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)


def _header(path, text):
    """Return the header of a file that `save` wrote; refuse any other."""
    try:
        header = json.loads(str(text))
        known = header["format"] == FORMAT
    except (ValueError, TypeError, KeyError):
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
