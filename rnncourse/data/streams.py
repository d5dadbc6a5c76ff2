"""One long row of ids, such as a text, as batches (T, B) to predict it by."""

import numpy as np

from rnncourse import arguments


def columns(ids, B):
    """Lay a long text out as B columns, read side by side.

    For truncated backpropagation: batch ``i`` is ``columns[i*T : i*T + T]``,
    its targets are one row later, and each column's state goes on from batch
    to batch.

    Parameters
    ----------
    ids : (N,), ints
    B : int, at most N

    Returns
    -------
    (N // B, B), ints; the last ``N % B`` ids are left out

    Raises
    ------
    ValueError
        if ids are no (N,) integers, or fewer than B

    >>> columns([0, 1, 2, 3, 4, 5, 6], 2)
    array([[0, 3],
           [1, 4],
           [2, 5]])
    """
    ids = arguments.integers("ids", ids, ("N",), 0)
    B = arguments.size("B", B)
    if len(ids) < B:
        raise ValueError(f"ids has {len(ids)} entries; expected at least {B}")
    rows = len(ids) // B
    return np.ascontiguousarray(ids[: rows * B].reshape(B, rows).T)


def batch(rng, ids, T, B):
    """Draw B pieces of T ids from a long text, and the ids that follow.

    Parameters
    ----------
    rng : np.random.Generator
    ids : (N,), ints, N > T
    T, B : ints, ids in a piece and pieces

    Returns
    -------
    xs : (T, B), ints
    targets : (T, B), ints, ``targets[:-1] == xs[1:]``

    Raises
    ------
    ValueError
        if ids are no (N,) integers, or not more than T

    >>> xs, targets = batch(np.random.default_rng(0), range(100), T=3, B=2)
    >>> bool((targets == xs + 1).all())
    True
    """
    arguments.rng("rng", rng)
    ids = arguments.integers("ids", ids, ("N",), 0)
    T, B = arguments.size("T", T), arguments.size("B", B)
    if len(ids) <= T:
        raise ValueError(f"ids has {len(ids)} entries; expected more than {T}")
    starts = rng.integers(len(ids) - T, size=B)
    pieces = ids[starts + np.arange(T + 1)[:, None]]
    return pieces[:-1], pieces[1:]
