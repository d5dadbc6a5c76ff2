"""What an unrolled cell remembers: one producer, two readers.

`rnncourse.bptt` writes a tape, its backward pass and the plots read it.
"""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.cells._cell import Cell


@dataclass(frozen=True, repr=False, eq=False)
class Tape:
    """Everything the backward pass needs; read-only.

    Parameters
    ----------
    cell : Cell
    xs : inputs, (T, B, D)
    done : True where a sequence is past its end, (T, B, 1), or None
    state_arrays : each state, (T+1, B, ·): the first before any input
    kept : what each step kept, arrays (T, B, ·)
    """

    cell: Cell
    xs: np.ndarray
    done: np.ndarray | None
    state_arrays: tuple
    kept: tuple

    @property
    def first(self):
        """The state before the first step, a tuple."""
        return tuple(array[0] for array in self.state_arrays)

    @property
    def states(self):
        """Each state by name: ``tape.states["h"]`` is (T+1, B, H)."""
        return dict(zip(self.cell.states, self.state_arrays, strict=True))

    @property
    def gates(self):
        """Each gate by name: ``tape.gates["i"]`` is (T, B, H); {} if none."""
        names = self.cell.gates
        if not names:
            return {}
        parts = np.split(self.kept[0], len(names), axis=-1)
        return dict(zip(names, parts, strict=True))


@dataclass(frozen=True, repr=False, eq=False)
class Checkpoints:
    """The states at the start of each window of steps, and no more.

    Parameters
    ----------
    cell, xs, done : as in `Tape`
    every : int, the steps of a window (the last may be shorter)
    starts : the state before each window, a list of tuples
    """

    cell: Cell
    xs: np.ndarray
    done: np.ndarray | None
    every: int
    starts: list

    @property
    def first(self):
        """The state before the first step, a tuple."""
        return self.starts[0]


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


def store(arrays, t, values, T=None, axs=None):
    """Write what step t made into arrays over time; the first makes them.

    A step may hand back ``axs[t]`` itself, overwritten: that is in place.

    Parameters
    ----------
    arrays : tuple of arrays (T, B, ·), or None at the first step
    t : int, the step
    values : tuple of arrays (B, ·), one for each of arrays
    T : int, the steps that arrays made here shall have
    axs : array (T, B, ·) that values may be steps of, or None

    Returns
    -------
    tuple of arrays (T, B, ·)
    """
    if arrays is None:
        arrays = tuple(
            axs if _is_step_of(v, axs) else np.empty((T, *v.shape), v.dtype)
            for v in values
        )
    for array, value in zip(arrays, values, strict=True):
        if array is not axs:
            array[t] = value
    return arrays


def _is_step_of(value, axs):
    same = axs is not None and value.shape == axs.shape[1:]
    return same and np.may_share_memory(value, axs)
