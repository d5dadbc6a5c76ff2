"""Cross-entropy: how surprised the model is by the right answer, in nats."""

import numpy as np

from rnncourse import arguments, ops
from rnncourse.heads._counted import counted


def loss_and_grad(logits, targets, mask=None):
    """The mean of ``-log p(target)``, and its gradient.

    ``loss = -mean(log_softmax(logits)[target])``,
    ``dlogits = (softmax(logits) - one_hot(target)) / count``.

    Parameters
    ----------
    logits : (..., K), one score a class, any leading axes
    targets : (...), ints from 0 to K - 1
    mask : (...), booleans; where False an item does not count, its target
        may be any int, and its gradient is 0

    Returns
    -------
    loss : float, in nats (divided by ln 2: in bits)
    dlogits : (..., K)

    Raises
    ------
    ValueError
        for other shapes or kinds, a number that is not finite, a target
        that is no class, or a mask that counts nothing

    >>> loss, dlogits = loss_and_grad(np.zeros((1, 2)), np.array([0]))
    >>> round(loss, 4), dlogits
    (0.6931, array([[-0.5,  0.5]]))
    """
    *leading, _ = np.shape(logits) or (0,)
    logits = arguments.array("logits", logits, (*leading, "K"))
    mask = counted(mask, logits.shape[:-1])
    targets = arguments.integers(
        "targets", targets, mask.shape, 0, logits.shape[-1], mask
    )

    count = int(mask.sum())
    index = np.where(mask, targets, 0)[..., None]
    log_p = ops.log_softmax(logits)
    loss = -np.take_along_axis(log_p, index, axis=-1)[mask].sum() / count
    dlogits = np.exp(log_p)
    p_less_1 = np.take_along_axis(dlogits, index, axis=-1) - 1
    np.put_along_axis(dlogits, index, p_less_1, axis=-1)
    return float(loss), np.where(mask[..., None], dlogits / count, 0)
