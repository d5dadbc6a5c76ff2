"""Values as text that does nothing when it is read, unlike a pickle.

What an answer's process sends is never trusted: numbers, texts, arrays of
numbers, lists and tuples of these travel, of anything else only its kind.
"""

import base64
import math
from dataclasses import dataclass

import numpy as np

LARGEST = 10_000_000  # bytes of an array; no exercise needs a tenth of it
LONGEST = 10_000  # entries of a list, letters of a text
DEEPEST = 20  # lists within lists


@dataclass(frozen=True)
class Thing:
    """Stands for a value that does not travel."""

    kind: str
    is_callable: bool = False
    is_complex: bool = False


def kind(value):
    """Return the name of a value's type."""
    if isinstance(value, Thing):
        return value.kind
    if isinstance(value, np.ndarray) and value.dtype.kind not in "biuf":
        of = "strings" if value.dtype.kind in "US" else value.dtype
        return f"array of {of}"
    return type(value).__name__


def is_callable(value):
    """Tell whether a value, here or in another process, can be called."""
    return value.is_callable if isinstance(value, Thing) else callable(value)


def is_complex(value):
    """Tell whether a value, here or elsewhere, holds complex numbers."""
    if isinstance(value, Thing):
        return value.is_complex
    return isinstance(value, (complex, np.ndarray, np.generic)) and (
        np.iscomplexobj(value)
    )


def pack(value, depth=0):
    """Return a value as what JSON can hold."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**63:
        return int(value)
    if isinstance(value, float) and not isinstance(value, np.generic):
        return {"float": value.hex()}
    if isinstance(value, str) and len(value) <= LONGEST:
        return str(value)
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            return _packed_array(array, isinstance(value, np.generic))
    few = isinstance(value, (list, tuple)) and len(value) <= LONGEST
    if few and depth < DEEPEST:
        name = "tuple" if isinstance(value, tuple) else "list"
        return {name: [pack(x, depth + 1) for x in value]}
    return {"thing": [kind(value), callable(value), bool(is_complex(value))]}


def _packed_array(array, is_number):
    data = None  # of one that is too large, its shape must do
    if array.nbytes <= LARGEST:
        array = array.astype(array.dtype.newbyteorder("<"))
        data = base64.b64encode(array.tobytes()).decode()
    name = "number" if is_number else "array"
    return {name: [array.dtype.str, list(array.shape), data]}


def unpack(packed):
    """Return the value again, or a Thing.

    Raises
    ------
    ValueError
        If it is nothing that `pack` returns.
    """
    if packed is None or isinstance(packed, (bool, int, str)):
        return packed
    try:
        ((name, inside),) = packed.items()
        if name == "float":
            return float.fromhex(inside)
        if name in ("tuple", "list"):
            return (tuple if name == "tuple" else list)(map(unpack, inside))
        if name == "thing":
            word, called, complex_ = inside
            return Thing(str(word)[:80], called is True, complex_ is True)
        dtype, shape, data = inside
        array = _unpacked_array(np.dtype(dtype), shape, data)
        return {"number": lambda a: a[()], "array": lambda a: a}[name](array)
    except (AttributeError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"no packed value: {error}") from None


def _unpacked_array(dtype, shape, data):
    if dtype.kind not in "biuf" or min(shape, default=0) < 0:
        raise ValueError("no array of numbers")
    if data is None:  # too large to travel
        return np.broadcast_to(np.zeros((), dtype), shape)
    array = np.frombuffer(base64.b64decode(data), dtype)
    if array.size != math.prod(shape):
        raise ValueError("not as many numbers as the shape says")
    return array.reshape(shape).astype(dtype.newbyteorder("="))
