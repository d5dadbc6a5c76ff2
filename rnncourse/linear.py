"""Time for the cells that are linear in their state: a scan, no loop."""

import numpy as np

from rnncourse import _cell_arguments, scan
from rnncourse.tape import Tape


def unroll(cell, params, xs, state=None, lengths=None, method=None):
    """Run a linear cell over time: all a and b at once, then a scan.

    Parameters
    ----------
    cell : a cell such as ``MinGRU``, whose step is ``h = a * h + b``
    params, xs, state, lengths : as in `rnncourse.bptt.unroll`
    method : as in `rnncourse.scan.scan`

    Returns
    -------
    hs, state_T, tape : as in `rnncourse.bptt.unroll`, equal but for rounding;
        either of the two backward passes reads the tape

    Raises
    ------
    ValueError
        as in `rnncourse.bptt.unroll`, and for a cell that is not linear

    >>> from rnncourse.cells import MinGRU
    >>> params = MinGRU.init(np.random.default_rng(0), 2, 7)
    >>> hs, state_T, tape = unroll(MinGRU, params, np.zeros((5, 3, 2)))
    >>> hs.shape, state_T[0].shape
    ((5, 3, 7), (3, 7))
    """
    _refuse(cell)
    params, xs, (h_0,), done = _cell_arguments.inputs(
        cell, params, xs, state, lengths
    )
    a, b, kept = cell.coefficients(params, cell.project(params, xs))
    hs = cell.write(scan.scan(a, b, cell.read(h_0), lengths, method))
    if done is None:
        h_T, states = hs[-1].copy(), hs
    else:  # past its end a sequence stays as it is
        last = (~done).sum(axis=(0, 2)) - 1
        h_T = hs[last, np.arange(len(last))]
        states = np.where(done, h_T, hs)
    states = np.concatenate([h_0[None], states])
    kept = {**kept, "a": a}
    tape = Tape(cell, xs, done, {cell.states[0]: states}, kept)
    hs.flags.writeable = False
    return hs, (h_T,), tape


def unroll_backward(cell, params, tape, dhs, dstate_T=None, method=None):
    """Walk back without walking: a scan from the other end.

    Parameters
    ----------
    cell, params : as given to `unroll`
    tape : from `unroll`, or from `rnncourse.bptt.unroll`
    dhs : ∂loss/∂hs, (T, B, H); not used past a sequence's end
    dstate_T : tuple of ∂loss/∂state_T, or None for zeros
    method : as in `unroll`

    Returns
    -------
    dxs, dstate_0, grads : as in `rnncourse.bptt.unroll_backward`

    Raises
    ------
    ValueError
        as in `rnncourse.bptt.unroll_backward`
    """
    _refuse(cell)
    if not isinstance(tape, Tape) or tape.cell != cell:
        raise ValueError(f"tape is not from unroll({cell}, ...)")
    params, dhs, (dh_T,) = _cell_arguments.gradients(
        cell, params, tape, dhs, dstate_T
    )
    T, B, _ = dhs.shape
    lengths = np.full(B, T)
    if tape.done is not None:
        lengths = (~tape.done).sum(axis=(0, 2))
    dhs = dhs.copy()  # the last state is read twice, here as an output
    dhs[lengths - 1, np.arange(B)] += dh_T
    states, a = tape.states[cell.states[0]], tape.kept["a"]
    h_0, hs = cell.read(states[0]), cell.read(states[1:])
    da, db, dh_0 = scan.scan_backward(
        a, hs, h_0, cell.read(dhs), lengths, method
    )
    deltas = cell.coefficients_backward(params, tape.kept, da, db)
    before, after = (states[:-1],), (states[1:],)
    dxs, grads = cell.collect(
        params, tape.xs, before, after, tape.kept, deltas
    )
    return dxs, (cell.write(dh_0),), grads


def _refuse(cell):
    _cell_arguments.cell(cell)
    if not hasattr(cell, "coefficients"):
        raise ValueError(
            f"cell is {cell}; expected one that is linear in its state, "
            "such as MinGRU"
        )
