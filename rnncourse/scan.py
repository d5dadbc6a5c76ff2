"""Linear recurrences: all states of h = a * h + b, without waiting.

A step is a pair (a, b). Two steps in a row are one step again, (a2 * a1,
a2 * b1 + b2), and it does not matter which neighbours are joined first. So
the states are prefix sums of pairs, and a tree of 2 log2 T - 1 rounds finds
them all (Blelloch 1990; Martin & Cundy 2018). Arrays:

- a (T, B, H), numbers that may differ at every step, or (T, B, H, H), a
  matrix for every step, and then `*` is ``h @ a``;
- b (T, B, H), h_0 (B, H), the state before the first step;
- all of them float32, float64 or complex, and finite.
"""

import numpy as np

from rnncourse import arguments

SMALL = 128  #: Numbers a step, B · H, up to which the tree was the faster one.


def scan(a, b, h_0=None, lengths=None, method=None):
    """All states of a linear recurrence: ``h[t] = a[t] * h[t-1] + b[t]``.

    The loop does 2 operations a number, one step after the other. The tree
    does about 5, in 2 log2 T - 1 rounds. On one core the rounds buy nothing
    but fewer calls: the tree is faster while a step is so small that calling
    costs more than computing (``benchmarks.scan``).

    Parameters
    ----------
    a, b, h_0 : see the head of this module; h_0 is zeros if None
    lengths : (B,) ints from 1 to T, or None if all have length T
    method : "tree" or "loop"; None for the one that is likely faster here.
        They differ by rounding, and where products of large a overflow,
        which the tree forms and the loop does not

    Returns
    -------
    hs : (T, B, H), zero past each sequence's end

    Raises
    ------
    ValueError
        naming the argument, the shape it has and the shape it should have

    >>> a, b = np.full((4, 1, 1), 0.5), np.ones((4, 1, 1))
    >>> scan(a, b).ravel()
    array([1.   , 1.5  , 1.75 , 1.875])
    """
    a, times = _coefficients(a)
    T, B, H = a.shape[:3]
    b = _numbers("b", b, (T, B, H))
    h_0 = np.zeros((B, H), b.dtype) if h_0 is None else h_0
    h_0 = _numbers("h_0", h_0, (B, H))
    run = _run(method, a)
    a, b = _stopped(a, b, lengths)
    hs = np.empty(b.shape, np.result_type(a, b, h_0))
    hs[:] = b
    hs[0] += times(h_0, a[0])
    return run(a, hs, times)


def scan_backward(a, hs, h_0, dhs, lengths=None, method=None):
    """The backward pass of `scan`: a scan from the other end.

    ``db[t] = dhs[t] + a[t+1] * db[t+1]`` is a linear recurrence too, in which
    time runs backwards; then ``da[t] = db[t] * h[t-1]``. For complex numbers
    a gradient is ∂loss/∂real + i ∂loss/∂imag, as torch has it, and the
    conjugates of a and h stand in their places.

    Parameters
    ----------
    a, h_0, lengths, method : as given to `scan`
    hs : (T, B, H), from `scan`
    dhs : ∂loss/∂hs, (T, B, H); not used past a sequence's end

    Returns
    -------
    da : the shape of a; zero past each sequence's end
    db : (T, B, H), likewise; complex if hs is, and b's is its real part
        where b is real
    dh_0 : (B, H)

    Raises
    ------
    ValueError
        as `scan`

    >>> a, b = np.full((3, 1, 1), 0.5), np.ones((3, 1, 1))
    >>> _, db, _ = scan_backward(a, scan(a, b), None, np.ones((3, 1, 1)))
    >>> db.ravel()
    array([1.75, 1.5 , 1.  ])
    """
    a, times = _coefficients(a)
    T, B, H = a.shape[:3]
    hs = _numbers("hs", hs, (T, B, H))
    h_0 = np.zeros((B, H), hs.dtype) if h_0 is None else h_0
    h_0 = _numbers("h_0", h_0, (B, H))
    dhs = _numbers("dhs", dhs, (T, B, H))
    run = _run(method, a)
    a, dhs = _stopped(a, dhs, lengths)
    back = a.conj() if times is np.multiply else a.conj().swapaxes(2, 3)
    after = np.concatenate([back[1:], np.zeros_like(back[:1])])
    db = np.empty(dhs.shape, np.result_type(a, dhs, hs))
    db[:] = dhs
    db = run(after[::-1], db[::-1], times)[::-1]
    before = np.concatenate([h_0[None], hs[:-1]]).conj()
    if times is np.multiply:
        da = db * before
    else:
        da = before[..., None] * db[..., None, :]
    return _like(a, da), db, _like(h_0, times(db[0], back[0]))


def _loop(a, hs, times):
    """One step after the other, in place; hs holds b at first."""
    for t in range(1, len(hs)):
        hs[t] += times(hs[t - 1], a[t])
    return hs


def _tree(a, b, times):
    """Join neighbours, scan half as many steps, fill in between."""
    T = len(b)
    if T == 1:
        return b
    first, second = slice(0, T - T % 2, 2), slice(1, None, 2)
    pairs_a = times(a[first], a[second])
    pairs_b = times(b[first], a[second]) + b[second]
    hs = np.empty_like(b)
    hs[0] = b[0]
    hs[second] = _tree(pairs_a, pairs_b, times)
    hs[2::2] = times(hs[1 : T - 1 : 2], a[2::2]) + b[2::2]
    return hs


def _by_matrix(h, a):
    """``h @ a`` for a stack of rows (..., H), or of matrices (..., H, H)."""
    if h.ndim == a.ndim:
        return h @ a
    return (h[..., None, :] @ a)[..., 0, :]


def _coefficients(a):
    """Return a as an array, and how it multiplies a state."""
    matrices = np.ndim(a) == 4
    shape = ("T", "B", "H", "H") if matrices else ("T", "B", "H")
    return _numbers("a", a, shape), _by_matrix if matrices else np.multiply


def _numbers(name, a, shape):
    """Check an array as `arguments.array` does; complex is welcome."""
    if not np.iscomplexobj(a):
        return arguments.array(name, a, shape)
    a = np.asarray(a)
    arguments.array(name, a.real, shape)
    arguments.array(name, a.imag, shape)
    return a


def _run(method, a):
    if method is None:  # matrices make the tree's work grow with H ** 3
        small = a.ndim == 3 and a[0].size <= SMALL
        method = "tree" if small else "loop"
    known = {"tree": _tree, "loop": _loop}
    return known[arguments.choice("method", method, tuple(known))]


def _stopped(a, b, lengths):
    """Put zeros past each end: nothing comes from there, either way."""
    if lengths is None:
        return a, b
    T, B, _ = b.shape
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    done = np.arange(T)[:, None, None] >= lengths[:, None]
    stop = done if a.ndim == 3 else done[..., None]
    zero = b.dtype.type(0)
    return np.where(stop, a.dtype.type(0), a), np.where(done, zero, b)


def _like(a, da):
    """A real array has a real gradient."""
    return da if np.iscomplexobj(a) else da.real
