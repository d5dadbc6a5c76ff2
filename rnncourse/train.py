"""The training loop: batch in, gradient out, one step, again."""

import math
from dataclasses import dataclass, field

import numpy as np

from rnncourse import arguments, optim
from rnncourse import params as parameters


@dataclass
class History:
    """What happened in training, one entry per update.

    Parameters
    ----------
    loss : (updates,) floats, each batch's loss before its update
    norm : (updates,) floats, the gradient's norm before clipping
    evaluations : list of pairs (updates done, value)
    """

    loss: np.ndarray
    norm: np.ndarray
    evaluations: list = field(default_factory=list)


def fit(
    loss_and_grads,
    params,
    batches,
    optimiser,
    updates,
    clip=None,
    evaluate=None,
    evaluate_every=100,
    progress=True,
):
    """Train a copy of `params` for so many updates.

    Parameters
    ----------
    loss_and_grads : function of (params, batch) that returns (loss, grads),
        the gradients nested as params
    params : dict of arrays, or of such dicts; left as it is
    batches : iterable that yields at least `updates` batches
    optimiser : has ``update(params, grads)``; it may keep moments, so take a
        new one for every training
    updates : int, at least 1
    clip : None, or the largest norm a gradient may have
    evaluate : None, or a function of params that returns a number or a dict
    evaluate_every : int; also called after the last update
    progress : bool, a text bar where tqdm is installed

    Returns
    -------
    params : the trained copy
    history : History

    Raises
    ------
    ValueError
        if the batches end early
    FloatingPointError
        if the loss or the gradient is no longer finite

    >>> def square(params, batch):
    ...     return float(params["w"] ** 2), {"w": 2 * params["w"]}
    >>> params, history = fit(square, {"w": np.array(1.0)}, range(2),
    ...                       optim.SGD(0.25), updates=2, progress=False)
    >>> history.loss
    array([1.  , 0.25])
    """
    arguments.size("updates", updates)
    arguments.size("evaluate_every", evaluate_every)
    params = parameters.copy(params)
    history = History(np.zeros(updates), np.zeros(updates))
    batches = iter(batches)
    for update in _counter(updates, progress):
        loss, grads = loss_and_grads(params, _next(batches, update, updates))
        if clip is None:
            norm = optim.norm(grads)
        else:
            grads, norm = optim.clip_by_norm(grads, clip)
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise FloatingPointError(
                f"at update {update + 1} the loss is {loss} and the gradient "
                f"norm {norm}: clip the gradient or lower the learning rate"
            )
        optimiser.update(params, grads)
        history.loss[update], history.norm[update] = loss, norm
        done = update + 1
        if evaluate and (done % evaluate_every == 0 or done == updates):
            history.evaluations.append((done, evaluate(params)))
    return params, history


def _next(batches, update, updates):
    """Return the next batch; say so if there is none."""
    try:
        return next(batches)
    except StopIteration:
        raise ValueError(
            f"batches ended after {update} of {updates} updates; "
            "expected an iterable that yields a batch for each"
        ) from None


def _counter(updates, progress):
    """Return ``range(updates)``, behind a bar if one is wanted and there."""
    if progress:
        try:
            from tqdm import tqdm
        except ImportError:
            pass
        else:
            return tqdm(range(updates), unit="update")
    return range(updates)
