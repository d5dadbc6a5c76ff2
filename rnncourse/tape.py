"""What an unrolled cell remembers: one producer, two readers.

`rnncourse.bptt` writes a tape, its backward pass and the plots read it.
"""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments


@dataclass(frozen=True, repr=False, eq=False)
class Tape:
    """Everything the backward pass needs; read-only.

    Parameters
    ----------
    cell : Cell
    xs : inputs, (T, B, D)
    done : True where a sequence is past its end, (T, B, 1), or None
    states : each state by name, ``tape.states["h"]`` is (T+1, B, H): the
        first one before any input
    kept : what each step kept, by name, (T, B, ·)
    """

    cell: object
    xs: np.ndarray
    done: np.ndarray | None
    states: dict
    kept: dict

    def __post_init__(self):
        for array in (*self.states.values(), *self.kept.values()):
            array.flags.writeable = False

    def __eq__(self, other):
        return same(self, other)

    __hash__ = None

    @property
    def first(self):
        """The state before the first step, a tuple."""
        return tuple(array[0] for array in self.states.values())

    @property
    def gates(self):
        """Each gate by name: ``tape.gates["i"]`` is (T, B, H); {} if none."""
        return {name: self.kept[name] for name in self.cell.gates}


@dataclass(frozen=True, repr=False, eq=False)
class Checkpoints:
    """The states at the start of each window of steps, and no more.

    Parameters
    ----------
    cell, xs, done : as in `Tape`
    every : int, the steps of a window (the last may be shorter)
    starts : the state before each window, a list of tuples
    """

    cell: object
    xs: np.ndarray
    done: np.ndarray | None
    every: int
    starts: list

    def __eq__(self, other):
        return same(self, other)

    __hash__ = None

    @property
    def first(self):
        """The state before the first step, a tuple."""
        return self.starts[0]


def same(one, other):
    """Tell whether two tapes, or parts of them, hold equal numbers.

    Parameters
    ----------
    one, other : tapes, dicts, tuples or lists, arrays, or other values

    Returns
    -------
    bool

    >>> same({"h": np.ones(2)}, {"h": np.ones(2)})
    True
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(
            same(one[name], other[name]) for name in one
        )
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    if "__dataclass_fields__" in dir(one) and type(one).__hash__ is None:
        return same(vars(one), vars(other))
    return bool(one == other)


def windows(T, every):
    """Cut T steps into slices of `every` steps; the last may be shorter.

    Parameters
    ----------
    T, every : ints, at least 1

    Returns
    -------
    list of slices

    Raises
    ------
    ValueError
        if `every` is below 1

    >>> windows(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    every = arguments.size("every", every)
    return [slice(t, min(t + every, T)) for t in range(0, T, every)]


def at(done, window):
    """Return a window of the mask `done`.

    Parameters
    ----------
    done : (T, B, 1) booleans, or None where there are no lengths
    window : slice of time

    Returns
    -------
    the mask's part, or None
    """
    return None if done is None else done[window]


def write(arrays, t, values, T):
    """Write what step t made into arrays over time; the first makes them.

    Parameters
    ----------
    arrays : dict of arrays (T, ...), changed in place
    t : int, the step
    values : dict of arrays (...)
    T : int, the steps that new arrays have
    """
    for name, value in values.items():
        if name not in arrays:
            arrays[name] = np.empty((T, *value.shape), value.dtype)
        arrays[name][t] = value
