"""Optimisers change parameters in place; clipping bounds the gradients.

Parameters and gradients are dicts of arrays, nested alike.
"""

import numpy as np

from rnncourse.params import flatten, unflatten


class SGD:
    """Gradient descent: each parameter moves against its gradient.

    ``param -= learning_rate * grad``

    Parameters
    ----------
    learning_rate : float above 0; as an attribute it may be changed later

    Raises
    ------
    ValueError
        for a learning rate that is not above 0

    >>> params = {"w": np.array([1.0])}
    >>> SGD(learning_rate=0.5).update(params, {"w": np.array([1.0])})
    >>> params
    {'w': array([0.5])}
    """

    def __init__(self, learning_rate):
        self.learning_rate = _positive("learning_rate", learning_rate)

    def update(self, params, grads):
        """Move the arrays of `params`, in place, by one step.

        Parameters
        ----------
        params : dict of arrays, or of such dicts
        grads : the loss's gradients, nested as params; not changed

        Raises
        ------
        ValueError
            if names or shapes differ; then nothing has moved
        """
        for _, param, grad in _pairs(params, grads):
            param -= self.learning_rate * grad


class Momentum:
    """Gradient descent along a decaying sum of gradients (Polyak 1964).

    ``velocity = momentum * velocity + grad``,
    ``param -= learning_rate * velocity``; the velocity starts at 0.

    Parameters
    ----------
    learning_rate : float above 0
    momentum : float in [0, 1)

    Raises
    ------
    ValueError
        for a number out of its range
    """

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate = _positive("learning_rate", learning_rate)
        self.momentum = _fraction("momentum", momentum)
        self._velocity = {}

    def update(self, params, grads):
        """Move the arrays of `params`, in place, by one step.

        Parameters
        ----------
        params, grads : as in `SGD.update`

        Raises
        ------
        ValueError
            as in `SGD.update`
        """
        for name, param, grad in _pairs(params, grads):
            velocity = self._velocity.setdefault(name, np.zeros_like(param))
            velocity *= self.momentum
            velocity += grad
            param -= self.learning_rate * velocity


class Adam:
    """Steps scaled by running moments of the gradient (Kingma & Ba 2015).

    At update ``n = 1, 2, ...``::

        m = beta1 * m + (1 - beta1) * grad
        v = beta2 * v + (1 - beta2) * grad**2
        m_hat = m / (1 - beta1**n);  v_hat = v / (1 - beta2**n)
        param -= learning_rate * m_hat / (sqrt(v_hat) + epsilon)

    Parameters
    ----------
    learning_rate : float above 0
    beta1, beta2 : floats in [0, 1), what is kept of m and v
    epsilon : float above 0, bounds the step where gradients vanish

    Raises
    ------
    ValueError
        for a number out of its range
    """

    def __init__(self, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate = _positive("learning_rate", learning_rate)
        self.beta1 = _fraction("beta1", beta1)
        self.beta2 = _fraction("beta2", beta2)
        self.epsilon = _positive("epsilon", epsilon)
        self._updates = 0
        self._moments = {}

    def update(self, params, grads):
        """Move the arrays of `params`, in place, by one step.

        Parameters
        ----------
        params, grads : as in `SGD.update`

        Raises
        ------
        ValueError
            as in `SGD.update`
        """
        pairs = _pairs(params, grads)
        self._updates += 1
        scale1 = 1 - self.beta1**self._updates
        scale2 = 1 - self.beta2**self._updates
        for name, param, grad in pairs:
            start = np.zeros_like(param), np.zeros_like(param)
            m, v = self._moments.setdefault(name, start)
            m += (1 - self.beta1) * (grad - m)
            v += (1 - self.beta2) * (grad * grad - v)
            step = np.sqrt(v / scale2) + self.epsilon
            param -= self.learning_rate / scale1 * m / step


def norm(grads):
    """Return the Euclidean norm of all gradients taken as one vector.

    Parameters
    ----------
    grads : dict of arrays, or of such dicts

    Returns
    -------
    float

    >>> norm({"a": np.array([3.0]), "b": {"c": np.array([4.0])}})
    5.0
    """
    # float64 sums: squares of float32 gradients overflow from 2e19 on
    squares = [
        np.sum(np.square(grad, dtype=np.float64))
        for grad in flatten(grads).values()
    ]
    return float(np.sqrt(sum(squares)))


def clip_by_norm(grads, max_norm):
    """Shorten the gradient to `max_norm` if it is longer, same direction.

    ``clipped = grads * min(1, max_norm / norm)`` (Pascanu et al. 2013).

    Parameters
    ----------
    grads : dict of arrays, or of such dicts; not changed
    max_norm : float above 0

    Returns
    -------
    clipped : nested as grads
    norm : float, before clipping

    Raises
    ------
    ValueError
        if max_norm is not above 0

    >>> clip_by_norm({"w": np.array([3.0, 4.0])}, max_norm=1)
    ({'w': array([0.6, 0.8])}, 5.0)
    """
    _positive("max_norm", max_norm)
    length = norm(grads)
    scale = max_norm / length if length > max_norm else 1.0
    flat = {name: grad * scale for name, grad in flatten(grads).items()}
    return unflatten(flat), length


def clip_by_value(grads, limit):
    """Bound each number of the gradient to ``[-limit, limit]``.

    This turns the gradient's direction, as `clip_by_norm` does not.

    Parameters
    ----------
    grads : dict of arrays, or of such dicts; not changed
    limit : float above 0

    Returns
    -------
    nested as grads

    Raises
    ------
    ValueError
        if limit is not above 0

    >>> clip_by_value({"w": np.array([3.0, -0.5])}, limit=1)
    {'w': array([ 1. , -0.5])}
    """
    _positive("limit", limit)
    flat = flatten(grads)
    return unflatten({k: np.clip(v, -limit, limit) for k, v in flat.items()})


def _pairs(params, grads):
    """Return ``[(name, param, grad), ...]`` once names and shapes agree."""
    params, grads = flatten(params), flatten(grads)
    if params.keys() != grads.keys():
        only = sorted(params.keys() ^ grads.keys())
        raise ValueError(f"params and grads do not both have {only}")
    for name, param in params.items():
        if param.shape != grads[name].shape:
            raise ValueError(
                f"gradient of {name} has shape {grads[name].shape}; "
                f"expected {param.shape}"
            )
    return [(name, params[name], grads[name]) for name in params]


def _positive(name, value):
    """Return `value` if it is a number above 0."""
    if not value > 0:
        raise ValueError(f"{name} is {value}; expected a number above 0")
    return value


def _fraction(name, value):
    """Return `value` if it lies in [0, 1)."""
    if not 0 <= value < 1:
        raise ValueError(f"{name} is {value}; expected 0 <= {name} < 1")
    return value
