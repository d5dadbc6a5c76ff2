"""First values for weights."""

import numpy as np

from rnncourse import arguments


def uniform(rng, shape, bound, dtype=np.float64):
    """Draw from ``[-bound, bound)``; torch uses ``bound = 1 / sqrt(H)``.

    Parameters
    ----------
    rng : np.random.Generator
    shape : tuple of ints
    bound : float
    dtype : float64 or float32; both take the same draws

    Returns
    -------
    array of that shape

    Raises
    ------
    ValueError
        for a size below 1, a bound below 0, another dtype, or a seed in the
        place of the generator

    >>> uniform(np.random.default_rng(0), (2, 3), 0.1).shape
    (2, 3)
    """
    arguments.rng("rng", rng)
    shape = _sizes(shape)
    bound = arguments.amount("bound", bound)
    dtype = arguments.dtype("dtype", dtype)
    return rng.uniform(-bound, bound, shape).astype(dtype, copy=False)


def orthogonal(rng, shape, gain=1.0, dtype=np.float64):
    """Draw a matrix that keeps lengths: ``W.T @ W == gain**2 * identity``.

    A matrix with fewer rows than columns has ``W @ W.T`` so instead. All
    orthogonal matrices are equally likely (Mezzadri 2007; used for
    recurrent weights by Saxe et al. 2014).

    Parameters
    ----------
    rng : np.random.Generator
    shape : (rows, columns)
    gain : float, every singular value
    dtype : float64 or float32

    Returns
    -------
    array of that shape

    Raises
    ------
    ValueError
        for another shape or dtype, a gain that is not finite, or a seed in
        the place of the generator

    >>> W = orthogonal(np.random.default_rng(0), (3, 3))
    >>> bool(np.allclose(W.T @ W, np.eye(3)))
    True
    """
    arguments.rng("rng", rng)
    rows, columns = _sizes(shape, 2)
    dtype = arguments.dtype("dtype", dtype)
    gain = arguments.real("gain", gain)
    square = rng.standard_normal((max(rows, columns), min(rows, columns)))
    Q, R = np.linalg.qr(square)
    Q *= np.sign(np.diag(R))  # without it QR prefers some rotations
    return (gain * (Q if rows >= columns else Q.T)).astype(dtype)


def identity(shape, gain=1.0, dtype=np.float64):
    """The identity times `gain`: each unit copies itself (Le et al. 2015).

    Parameters
    ----------
    shape : (rows, columns); ones on the diagonal from the first corner
    gain : float
    dtype : float64 or float32

    Returns
    -------
    array of that shape

    Raises
    ------
    ValueError
        for another shape or dtype, or a gain that is not finite

    >>> identity((2, 2), gain=0.5)
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    dtype = arguments.dtype("dtype", dtype)
    gain = arguments.real("gain", gain)
    return (gain * np.eye(*_sizes(shape, 2))).astype(dtype)


def _sizes(shape, rank=None):
    """Return the shape as a tuple of ints, of that many if `rank` is given."""
    listed = isinstance(shape, (tuple, list))
    if not listed or rank not in (None, len(shape)):
        wanted = "sizes" if rank is None else "(rows, columns)"
        raise ValueError(f"shape is {shape!r}; expected a tuple of {wanted}")
    return tuple(arguments.size("a size in shape", n) for n in shape)
