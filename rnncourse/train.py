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
    optimiser : has ``update(params, grads)``, as those of `rnncourse.optim`;
        it may keep moments, so take a new one for every training
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
        for an argument out of its range, what `loss_and_grads` may not
        return, or if the batches end early
    FloatingPointError
        if the loss, the gradient, or a number on the way to them is no
        longer finite; where the same batch is no trouble for the params
        that training began with, with the advice to slow down

    >>> def square(params, batch):
    ...     return float(params["w"] ** 2), {"w": 2 * params["w"]}
    >>> params, history = fit(square, {"w": np.array(1.0)}, range(2),
    ...                       optim.SGD(0.25), updates=2, progress=False)
    >>> history.loss
    array([1.  , 0.25])
    """
    updates = arguments.size("updates", updates)
    evaluate_every = arguments.size("evaluate_every", evaluate_every)
    if clip is not None:
        arguments.positive("clip", clip, infinite=True)
    if not callable(loss_and_grads):
        raise ValueError(
            f"loss_and_grads is {loss_and_grads!r}; expected a function"
        )
    if evaluate is not None and not callable(evaluate):
        raise ValueError(f"evaluate is {evaluate!r}; expected a function")
    if not hasattr(optimiser, "update") or isinstance(optimiser, type):
        raise ValueError(
            f"optimiser is {optimiser!r}; expected one as optim.Adam(1e-3)"
        )
    try:
        batches = iter(batches)
    except TypeError:
        raise ValueError(
            f"batches is {batches!r}; expected an iterable"
        ) from None
    first, params = params, parameters.copy(params)
    history = History(np.zeros(updates), np.zeros(updates))
    for update in _counter(updates, progress):
        batch, done = _next(batches, update, updates), update + 1

        def gradient(params, batch=batch):
            return _gradient(loss_and_grads, params, batch, clip)

        loss, grads, norm = _or_advice(gradient, params, first, done)
        optimiser.update(params, grads)
        history.loss[update], history.norm[update] = loss, norm
        due = done % evaluate_every == 0 or done == updates
        if evaluate is not None and due:
            value = _or_advice(evaluate, params, first, done)
            history.evaluations.append((done, value))
    return params, history


def _gradient(loss_and_grads, params, batch, clip):
    """Return loss, gradients, clipped, and their norm before it; all finite.

    Raises FloatingPointError for what is not finite, and ValueError for what
    is no loss with its gradients.
    """
    answer = loss_and_grads(params, batch)
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise ValueError(
            f"loss_and_grads returned {answer!r}; expected (loss, grads)"
        )
    loss, grads = answer
    try:
        if np.ndim(loss) > 0:
            raise TypeError
        loss = float(loss)
    except (TypeError, ValueError):
        raise ValueError(
            f"loss_and_grads returned the loss {loss!r}; expected a number"
        ) from None
    if clip is None:
        norm = optim.norm(grads)
    else:
        grads, norm = optim.clip_by_norm(grads, clip)
    if not (math.isfinite(loss) and math.isfinite(norm)):
        raise FloatingPointError(
            f"the loss is {loss} and the gradient norm {norm}"
        )
    return loss, grads, norm


def _or_advice(call, params, first, update):
    """Return ``call(params)``; if it ends in numbers not finite, say why.

    The control is ``call(first)``, at the params that training began with:
    if that is no better, then training is not to blame.
    """
    try:
        return call(params)
    except (FloatingPointError, ValueError) as error:
        named = isinstance(error, FloatingPointError)
        if not named and "finite" not in str(error):
            raise  # another kind of mistake
        try:
            call(parameters.copy(first))
            advice = "clip the gradient or lower the learning rate"
        except Exception:
            if not named:
                raise error from None
            advice = "as with the params before training; look at the batch"
        raise FloatingPointError(
            f"at update {update}: {error}: {advice}"
        ) from error


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
