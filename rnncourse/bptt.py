"""Time: the one loop forward and the one loop backward, for every cell."""

from dataclasses import dataclass

import numpy as np

from rnncourse import checks
from rnncourse.cells._cell import Cell

BLOCK_BYTES = 1 << 18  # local derivatives of a block of steps fit the cache


@dataclass(frozen=True, repr=False)
class Tape:
    """What `unroll` wrote: one producer, two readers.

    The backward pass reads it (and never writes), and so do the plots.

    Parameters
    ----------
    cell : Cell
    xs : inputs, (T, B, D)
    lengths : (B,) ints or None
    state_arrays : for each state (T+1, B, ·), the first before any input
    kept : what the cell's step kept, arrays (T, B, ·)
    """

    cell: Cell
    xs: np.ndarray
    lengths: np.ndarray | None
    state_arrays: tuple
    kept: tuple

    @property
    def states(self):
        """Each state by name, ``tape.states["h"]`` (T+1, B, H): 0 is first."""
        return dict(zip(self.cell.states, self.state_arrays, strict=True))

    @property
    def gates(self):
        """Each gate by name, ``tape.gates["i"]`` (T, B, H); {} without."""
        names = self.cell.gates
        if not names:
            return {}
        parts = np.split(self.kept[0], len(names), axis=-1)
        return dict(zip(names, parts, strict=True))


def unroll(cell, params, xs, state=None, lengths=None):
    """Run a cell over time: ``state = step(xs[t], state)`` for every t.

    Parameters
    ----------
    cell : Cell, such as ``RNN`` or ``LSTM``
    params : dict of arrays; its dtype is the dtype of everything
    xs : inputs, (T, B, D)
    state : tuple of arrays (B, ·) before the first step; zeros if None
    lengths : (B,) ints from 1 to T, or None if all have length T; past its
        end a sequence's state stays frozen and its hs are zero

    Returns
    -------
    hs : the first state after every step, (T, B, H), read-only
    state_T : tuple, each sequence's own last state
    tape : Tape, for `unroll_backward` and for plots

    Raises
    ------
    ValueError
        naming the argument, the shape it has and the shape it should have

    >>> from rnncourse.cells import RNN
    >>> params = RNN.init(np.random.default_rng(0), 2, 7)
    >>> hs, state_T, tape = unroll(RNN, params, np.zeros((5, 3, 2)))
    >>> hs.shape, state_T[0].shape
    ((5, 3, 7), (3, 7))
    """
    params, sizes, dtype = cell.check_params(params)
    xs = checks.array("xs", xs, ("T", "B", sizes[0]), dtype)
    T, B, D = xs.shape
    state = _check_state("state", cell, state, B, sizes, dtype)
    done = None
    if lengths is not None:
        lengths = checks.integers("lengths", lengths, (B,), 1, T + 1)
        done = np.arange(T)[:, None, None] >= lengths[:, None]  # (T, B, 1)
    axs = cell.project(params, xs)
    state_arrays = tuple(np.empty((T + 1, *s.shape), dtype) for s in state)
    for array, s in zip(state_arrays, state, strict=True):
        array[0] = s
    kept = None
    for t in range(T):
        before = tuple(array[t] for array in state_arrays)
        after, keep = cell.step(params, axs[t], before)
        if kept is None:
            kept = tuple(np.empty((T, *a.shape), a.dtype) for a in keep)
        for array, a in zip(kept, keep, strict=True):
            array[t] = a
        for array, old, new in zip(state_arrays, before, after, strict=True):
            array[t + 1] = new
            if done is not None:
                np.copyto(array[t + 1], old, where=done[t])
    for array in (*state_arrays, *kept):
        array.flags.writeable = False
    hs = state_arrays[0][1:]
    if done is not None:
        hs = np.where(done, dtype.type(0), hs)
    state_T = tuple(array[T].copy() for array in state_arrays)
    return hs, state_T, Tape(cell, xs, lengths, state_arrays, kept)


def unroll_backward(cell, params, tape, dhs, dstate_T=None):
    """Backpropagation through time: every gradient of one unrolled cell.

    The state after step t is used twice: as an output (``dhs[t]``) and by
    the next step. Its gradient is the sum, so the loop walks back in time.

    Parameters
    ----------
    cell, params : as given to `unroll`
    tape : from `unroll`; not changed, so a second call gives the same
    dhs : ∂loss/∂hs, (T, B, H); ignored past a sequence's end
    dstate_T : tuple of ∂loss/∂state_T, or None for zeros

    Returns
    -------
    dxs : (T, B, D)
    dstate_0 : tuple, the gradient of the state before the first step
    grads : dict with the keys of params

    Raises
    ------
    ValueError
        naming the argument, the shape it has and the shape it should have
    """
    params, sizes, dtype = cell.check_params(params)
    if not isinstance(tape, Tape) or tape.cell is not cell:
        raise ValueError(f"tape is not from unroll({cell}, ...)")
    arrays, xs = tape.state_arrays, tape.xs
    T, B, D = xs.shape
    widths = [width(*sizes) for width in cell.states.values()]
    if [D, *widths] != [sizes[0], *(a.shape[2] for a in arrays)]:
        raise ValueError("params are not of the sizes that made the tape")
    dhs = checks.array("dhs", dhs, arrays[0][1:].shape, dtype)
    dstate = _check_state("dstate_T", cell, dstate_T, B, sizes, dtype)
    done = None
    if tape.lengths is not None:
        done = np.arange(T)[:, None, None] >= tape.lengths[:, None]
        dhs = np.where(done, dtype.type(0), dhs)
    before = tuple(array[:-1] for array in arrays)
    after = tuple(array[1:] for array in arrays)
    deltas = None
    step_bytes = sum(a[0].nbytes for a in (*arrays, *tape.kept))
    block = max(1, BLOCK_BYTES // step_bytes)
    for start in range((T - 1) // block * block, -1, -block):
        some = slice(start, min(start + block, T))
        slopes = cell.slopes(
            params,
            *(
                tuple(a[some] for a in part)
                for part in (before, after, tape.kept)
            ),
        )
        for t in reversed(range(some.start, some.stop)):
            dstate = (dstate[0] + dhs[t], *dstate[1:])
            delta, dbefore = cell.step_backward(
                params, tuple(s[t - start] for s in slopes), dstate
            )
            if deltas is None:
                deltas = tuple(np.empty((T, *d.shape), dtype) for d in delta)
            for array, d in zip(deltas, delta, strict=True):
                array[t] = d
                if done is not None:
                    np.copyto(array[t], 0, where=done[t])
            if done is not None:
                dbefore = tuple(
                    np.where(done[t], d, db)
                    for d, db in zip(dstate, dbefore, strict=True)
                )
            dstate = dbefore
    dxs, grads = cell.collect(params, xs, before, after, tape.kept, deltas)
    return dxs, dstate, grads


def _check_state(name, cell, state, B, sizes, dtype):
    widths = [width(*sizes) for width in cell.states.values()]
    if state is None:
        return tuple(np.zeros((B, n), dtype) for n in widths)
    if not isinstance(state, (tuple, list)) or len(state) != len(widths):
        names = ", ".join(cell.states)
        raise ValueError(f"{name} is not a tuple ({names},) for {cell}")
    return tuple(
        checks.array(f"{name}[{k}]", s, (B, n), dtype)
        for k, (s, n) in enumerate(zip(state, widths, strict=True))
    )
