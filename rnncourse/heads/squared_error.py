"""Squared error: how far a predicted number is from the right one."""

import numpy as np

from rnncourse import arguments
from rnncourse.heads._counted import counted


def loss_and_grad(ys, targets, mask=None):
    """The mean of ``(ys - targets)**2``, and its gradient.

    ``dys = 2 * (ys - targets) / count``: the mean runs over every counted
    number, as in ``torch.nn.MSELoss``, with no factor 1/2.

    Parameters
    ----------
    ys, targets : (...), floats of one shape
    mask : (...), booleans, of that shape or of its leading axes; where
        False nothing counts and the gradient is 0

    Returns
    -------
    loss : float, in the squared unit of targets
    dys : (...)

    Raises
    ------
    ValueError
        for other shapes or kinds, a number that is not finite, or a mask
        that counts nothing

    >>> loss_and_grad(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    (2.0, array([ 0., -2.]))
    """
    ys = arguments.array("ys", ys, np.shape(ys))
    targets = arguments.array("targets", targets, ys.shape, ys.dtype)
    mask = counted(mask, ys.shape)
    count = int(mask.sum())
    error = np.where(mask, ys - targets, 0)
    return float(np.square(error).sum() / count), 2 * error / count
