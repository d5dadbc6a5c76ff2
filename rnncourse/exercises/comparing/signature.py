"""Shapes in words: what an exercise says of its arguments and results."""

import re
from dataclasses import dataclass

_ITEM = re.compile(r"(\w+)(?: \(([^)]*)\))?")


@dataclass(frozen=True)
class Array:
    """A name and its axes: ("T", "B", "H"), () for a number, None for else."""

    name: str
    axes: tuple | None

    def __str__(self):
        return f"{self.name} ({', '.join(self.axes)})" if self.axes else (
            self.name
        )  # fmt: skip

    def sized(self, shape):
        """Say the axes beside their sizes: "(T, B, H) = (5, 3, 7)"."""
        if not self.axes:
            return "a number" if self.axes == () else str(shape)
        comma = "," if len(self.axes) == 1 else ""
        return f"({', '.join(self.axes)}{comma}) = {shape}"


def parse(text):
    """Read "x (B, D), n -> h (B, H)"; return arguments and results.

    >>> arguments, results = parse("x (B, D), w () -> h (B, H)")
    >>> [str(array) for array in arguments + results]
    ['x (B, D)', 'w', 'h (B, H)']
    """
    before, arrow, after = text.partition("->")
    if not arrow:
        raise ValueError(f"shapes is {text!r}; expected 'x (B, D) -> h (B)'")
    return _items(before), _items(after)


def _items(text):
    items = []
    for name, axes in _ITEM.findall(" ".join(text.split())):
        bare = not re.search(rf"\b{name} \(", text)
        words = tuple(w.strip() for w in axes.split(",") if w.strip())
        items.append(Array(name, None if bare else words))
    return items


def sizes(arrays, values):
    """Return {"T": 5, …}, read off the shapes of values.

    Raises
    ------
    ValueError
        If a value has other axes than it should, or one letter two sizes.
    """
    found = {}
    for array, value in zip(arrays, values, strict=True):
        if array.axes is None:
            continue
        shape = getattr(value, "shape", ())
        if len(shape) != len(array.axes):
            raise ValueError(f"{array} has shape {shape}")
        for axis, size in zip(array.axes, shape, strict=True):
            known = int(axis) if axis.isdigit() else found.get(axis, size)
            if known != size:
                raise ValueError(f"{array} has {axis} = {size}, not {known}")
            if not axis.isdigit():
                found[axis] = size
    return found


def named(shape, sizes):
    """Guess the letters of a shape: "(B, T, H)", "" if some are unclear."""
    letters = []
    for size in shape:
        meant = [axis for axis, n in sizes.items() if n == size]
        if len(meant) != 1:
            return ""
        letters += meant
    comma = "," if len(letters) == 1 else ""
    return f"({', '.join(letters)}{comma})" if letters else ""
