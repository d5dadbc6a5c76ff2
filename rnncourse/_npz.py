"""Arrays in an .npz file, as `rnncourse.params` keeps them.

What is read may come from anywhere: nothing in it is unpacked, executed or
believed of its size.
"""

import io
import math
import zipfile

import numpy as np

HEADER = "__header__"  # a text among the arrays; no parameter bears this name
NUMBERS = "fiub"  # the kinds of dtypes that are kept


def write(path, arrays):
    """Write an .npz; `np.savez` would refuse an array named "file"."""
    with zipfile.ZipFile(path, "x") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)


def read(data):
    """Return the arrays of an .npz as `write` makes them.

    Nothing in it is compressed, so what the arrays take is bounded by what
    the file takes, whatever it claims.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > len(data):
            raise ValueError("its arrays are larger than the file")
        flat = {}
        for member in members:
            name = member.filename.removesuffix(".npy")
            if name == member.filename or name in flat:
                raise ValueError(f"{member.filename!r} is not expected")
            if member.compress_type != zipfile.ZIP_STORED:
                raise ValueError(f"{name} is compressed")
            flat[name] = _array(name, archive.read(member))
    return flat


def _array(name, data):
    """Return the array in the bytes of an .npy file."""
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        header = np.lib.format.read_array_header_1_0(file)
    else:
        header = np.lib.format.read_array_header_2_0(file)
    shape, in_columns, dtype = header
    if dtype.kind not in (NUMBERS if name != HEADER else "U"):
        raise ValueError(f"{name} has dtype {dtype}; expected numbers")
    rest = data[file.tell() :]
    if len(rest) != math.prod(shape) * dtype.itemsize:
        raise ValueError(f"{name} of shape {shape} has {len(rest)} bytes")
    order = "F" if in_columns else "C"
    return np.ndarray(shape, dtype, bytearray(rest), order=order)
