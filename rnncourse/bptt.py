"""Time: the one loop forward and the one loop backward, for every cell."""

from math import isqrt

import numpy as np

from rnncourse import _cell_arguments
from rnncourse.tape import Checkpoints, Tape, at, windows, write


def unroll(cell, params, xs, state=None, lengths=None):
    """Run a cell over time: ``state = step(xs[t], state)`` for every t.

    Parameters
    ----------
    cell : Cell, such as ``RNN`` or ``LSTM``
    params : dict of arrays; its dtype is the dtype of everything
    xs : inputs, (T, B, D)
    state : tuple of arrays (B, ·) before the first step; None for the cell's
        blank state, most often zeros
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
    params, xs, state, done = _cell_arguments.inputs(
        cell, params, xs, state, lengths
    )
    return _unroll(cell, cell.prepare(params), xs, state, done)


def checkpointed(cell, params, xs, state=None, lengths=None, every=None):
    """Run as `unroll` does, but remember only every so many steps.

    The backward pass runs each window again: beside xs and hs, the memory is
    ``T / every`` states and a tape of `every` steps (Chen et al. 2016).

    Parameters
    ----------
    cell, params, xs, state, lengths : as in `unroll`
    every : int, the steps of a window; sqrt(T) if None: the least memory

    Returns
    -------
    hs, state_T, tape : as in `unroll`, but plots cannot read the tape

    Raises
    ------
    ValueError
        as in `unroll`
    """
    params, xs, state, done = _cell_arguments.inputs(
        cell, params, xs, state, lengths
    )
    every = max(1, isqrt(len(xs))) if every is None else every
    starts, parts = [], []
    prepared = cell.prepare(params)
    for window in windows(len(xs), every):
        starts.append(state)
        part = xs[window], state, at(done, window)
        hs, state, _ = _unroll(cell, prepared, *part)
        parts.append(hs.copy())  # a view would keep the tape
    hs = np.concatenate(parts)
    hs.flags.writeable = False
    return hs, state, Checkpoints(cell, xs, done, every, starts)


def truncated(cell, params, xs, every, state=None):
    """Yield windows of time: the state is carried on, the gradient is not.

    Truncated backpropagation through time (Williams & Peng 1990): call
    `unroll_backward` on each window's tape. Parameters changed in place
    between two windows are used from the next one on.

    Parameters
    ----------
    cell, params, xs, state : as in `unroll`
    every : int, the steps of a window (the last may be shorter)

    Yields
    ------
    window, hs, state, tape : a slice of time, and as in `unroll` for it

    Raises
    ------
    ValueError
        as in `unroll`, when the first window is asked for

    >>> from rnncourse.cells import RNN
    >>> params = RNN.init(np.random.default_rng(0), 2, 7)
    >>> steps = truncated(RNN, params, np.zeros((5, 3, 2)), 2)
    >>> [len(hs) for window, hs, state, tape in steps]
    [2, 2, 1]
    """
    _, xs, state, _ = _cell_arguments.inputs(cell, params, xs, state, None)
    for window in windows(len(xs), every):
        hs, state, tape = unroll(cell, params, xs[window], state)
        yield window, hs, state, tape


def unroll_backward(cell, params, tape, dhs, dstate_T=None):
    """Backpropagation through time: every gradient of one unrolled cell.

    The state after step t is used twice: as an output (``dhs[t]``) and by
    the next step. Its gradient is the sum, so the loop walks back in time.

    Parameters
    ----------
    cell, params : as given to `unroll`
    tape : from `unroll` or `checkpointed`; not changed, so a second call
        gives the same
    dhs : ∂loss/∂hs, (T, B, H); not used past a sequence's end
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
    _cell_arguments.cell(cell)
    if not isinstance(tape, (Tape, Checkpoints)) or tape.cell != cell:
        raise ValueError(f"tape is not from unroll({cell}, ...)")
    params, dhs, dstate = _cell_arguments.gradients(
        cell, params, tape, dhs, dstate_T
    )
    prepared = cell.prepare(params)
    if isinstance(tape, Tape):
        return _backward(cell, prepared, tape, dhs, dstate)
    dxs, grads = np.empty_like(tape.xs), {}
    for window in reversed(windows(len(dhs), tape.every)):
        xs, done = tape.xs[window], at(tape.done, window)
        start = tape.starts[window.start // tape.every]
        _, _, part = _unroll(cell, prepared, xs, start, done)
        dxs[window], dstate, more = _backward(
            cell, prepared, part, dhs[window], dstate
        )
        grads = {name: grads.get(name, 0) + more[name] for name in more}
    return dxs, dstate, grads


def _unroll(cell, params, xs, state, done):
    T, kept = len(xs), {}
    states = [np.empty((T + 1, *s.shape), s.dtype) for s in state]
    for array, s in zip(states, state, strict=True):
        array[0] = s
    for t, ax in enumerate(cell.project(params, xs)):
        after, keep = cell.step(params, ax, state)
        if done is not None:  # past its end a sequence stays as it is
            pairs = zip(state, after, strict=True)
            after = tuple(np.where(done[t], s, a) for s, a in pairs)
        for array, s in zip(states, after, strict=True):
            array[t + 1] = s
        write(kept, t, keep, T)
        state = after
    names = dict(zip(cell.states, states, strict=True))
    tape, hs = Tape(cell, xs, done, names, kept), states[0][1:]
    if done is not None:
        hs = np.where(done, hs.dtype.type(0), hs)
    return hs, state, tape


def _backward(cell, params, tape, dhs, dstate):
    T, done, deltas = len(tape.xs), tape.done, {}
    if done is not None:
        dhs = np.where(done, dhs.dtype.type(0), dhs)
    before = tuple(array[:-1] for array in tape.states.values())
    after = tuple(array[1:] for array in tape.states.values())
    for t in reversed(range(T)):
        dafter = (dstate[0] + dhs[t], *dstate[1:])
        delta, dstate = cell.step_backward(
            params,
            tuple(array[t] for array in before),
            tuple(array[t] for array in after),
            {name: array[t] for name, array in tape.kept.items()},
            dafter,
        )
        if done is not None:  # what stood still hands its gradient on
            delta = {name: d * ~done[t] for name, d in delta.items()}
            pairs = zip(dafter, dstate, strict=True)
            dstate = tuple(np.where(done[t], a, d) for a, d in pairs)
        write(deltas, t, delta, T)
    dxs, grads = cell.collect(
        params, tape.xs, before, after, tape.kept, deltas
    )
    return dxs, dstate, grads
