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
        for a seed in the place of the generator

    >>> uniform(np.random.default_rng(0), (2, 3), 0.1).shape
    (2, 3)
    """
    arguments.rng("rng", rng)
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
        for a seed in the place of the generator

    >>> W = orthogonal(np.random.default_rng(0), (3, 3))
    >>> bool(np.allclose(W.T @ W, np.eye(3)))
    True
    """
    arguments.rng("rng", rng)
    rows, columns = shape
    square = rng.standard_normal((max(shape), min(shape)))
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

    >>> identity((2, 2), gain=0.5)
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    return gain * np.eye(*shape, dtype=dtype)
