"""Optimisers change parameters in place; clipping bounds the gradients.

Parameters and gradients are dicts of arrays, nested alike.
"""

import numpy as np

from rnncourse import arguments
from rnncourse.params import flatten, unflatten


class Optimiser:
    """What `SGD`, `Momentum` and `Adam` share: when parameters move.

    Each of them only says by how much.

    Parameters
    ----------
    learning_rate : float above 0; as an attribute it may be changed later

    Raises
    ------
    ValueError
        for a learning rate that is no number above 0
    """

    def __init__(self, learning_rate):
        self.learning_rate = arguments.positive("learning_rate", learning_rate)
        self._updates = 0
        self._memory = {}  # tuples of arrays, each of its parameter's shape

    def update(self, params, grads):
        """Move the arrays of `params`, in place, by one step.

        Parameters
        ----------
        params : dict of float32 or float64 arrays, or of such dicts
        grads : the loss's gradients, nested as params; not changed

        Raises
        ------
        ValueError
            if names or shapes differ, an array may not be written to, a
            gradient is not finite, or this optimiser has memories of other
            parameters; then nothing has moved
        """
        arguments.positive("learning_rate", self.learning_rate)
        pairs = _pairs(params, grads)
        self._remembers(pairs)
        self._updates += 1
        for name, param, grad in pairs:
            param -= self._step(name, grad)

    def _step(self, name, grad):
        """Return what to subtract from this parameter."""
        raise NotImplementedError

    def _remembers(self, pairs):
        """Refuse parameters unlike those of the updates before."""
        now = {name: param.shape for name, param, _ in pairs}
        then = {name: of[0].shape for name, of in self._memory.items()}
        for name in [*now, *then] if then else []:
            if now.get(name) != then.get(name):
                is_, was = now.get(name, "absent"), then.get(name, "absent")
                raise ValueError(
                    f"{name}: shape {is_}, in the updates before {was}; "
                    f"expected a new {type(self).__name__} for other params"
                )


class SGD(Optimiser):
    """Gradient descent: each parameter moves against its gradient.

    ``param -= learning_rate * grad``

    Parameters
    ----------
    learning_rate : float above 0

    >>> params = {"w": np.array([1.0])}
    >>> SGD(learning_rate=0.5).update(params, {"w": np.array([1.0])})
    >>> params
    {'w': array([0.5])}
    """

    def _step(self, name, grad):
        return self.learning_rate * grad


class Momentum(Optimiser):
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
        super().__init__(learning_rate)
        self.momentum = arguments.fraction("momentum", momentum)

    def _step(self, name, grad):
        start = (np.zeros_like(grad),)
        (velocity,) = self._memory.setdefault(name, start)
        velocity *= self.momentum
        velocity += grad
        return self.learning_rate * velocity


class Adam(Optimiser):
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
        super().__init__(learning_rate)
        self.beta1 = arguments.fraction("beta1", beta1)
        self.beta2 = arguments.fraction("beta2", beta2)
        self.epsilon = arguments.positive("epsilon", epsilon)

    def _step(self, name, grad):
        start = np.zeros_like(grad), np.zeros_like(grad)
        m, v = self._memory.setdefault(name, start)
        m += (1 - self.beta1) * (grad - m)
        v += (1 - self.beta2) * (grad * grad - v)
        scale1 = 1 - self.beta1**self._updates
        scale2 = 1 - self.beta2**self._updates
        root = np.sqrt(v / scale2) + self.epsilon
        return self.learning_rate / scale1 * m / root


def norm(grads):
    """Return the Euclidean norm of all gradients taken as one vector.

    Parameters
    ----------
    grads : dict of arrays, or of such dicts

    Returns
    -------
    float; NaN or inf if a number is

    Raises
    ------
    ValueError
        for anything but dicts of arrays

    >>> norm({"a": np.array([3.0]), "b": {"c": np.array([4.0])}})
    5.0
    """
    return _length(_arrays(grads).values())


def clip_by_norm(grads, max_norm):
    """Shorten the gradient to `max_norm` if it is longer, same direction.

    ``clipped = grads * min(1, max_norm / norm)`` (Pascanu et al. 2013).

    Parameters
    ----------
    grads : dict of arrays, or of such dicts; not changed
    max_norm : float above 0

    Returns
    -------
    clipped : nested as grads; unchanged where the norm is not finite
    norm : float, before clipping

    Raises
    ------
    ValueError
        if max_norm is no number above 0, or for anything but dicts of arrays

    >>> clip_by_norm({"w": np.array([3.0, 4.0])}, max_norm=1)
    ({'w': array([0.6, 0.8])}, 5.0)
    """
    max_norm = arguments.positive("max_norm", max_norm, infinite=True)
    flat = _arrays(grads)
    length = _length(flat.values())
    scale = max_norm / length if max_norm < length < np.inf else 1.0
    return unflatten({k: grad * scale for k, grad in flat.items()}), length


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
        if limit is no number above 0, or for anything but dicts of arrays

    >>> clip_by_value({"w": np.array([3.0, -0.5])}, limit=1)
    {'w': array([ 1. , -0.5])}
    """
    limit = arguments.positive("limit", limit, infinite=True)
    flat = _arrays(grads)
    return unflatten({k: np.clip(v, -limit, limit) for k, v in flat.items()})


def _length(arrays):
    """Return the norm of arrays; in float64, as float32 squares overflow."""
    arrays = [np.asarray(a, np.float64) for a in arrays]
    with np.errstate(over="ignore", under="ignore"):
        total = sum(np.square(a).sum() for a in arrays)
    if 0 < total < np.inf or np.isnan(total):
        return float(np.sqrt(total))
    # out of the range of squares, though perhaps not of the norm
    largest = float(max((np.abs(a).max(initial=0) for a in arrays), default=0))
    if not 0 < largest < np.inf:
        return largest
    return largest * _length([a / largest for a in arrays])


def _arrays(grads):
    """Return gradients as a flat dict of arrays."""
    flat = flatten(grads, "grads")
    arrays = {
        name: arguments.as_array(f"gradient of {name}", grad)
        for name, grad in flat.items()
    }
    for name, grad in arrays.items():
        if grad.dtype.kind not in "fiu":
            raise ValueError(
                f"gradient of {name} has dtype {grad.dtype}; expected floats"
            )
    return arrays


def _pairs(params, grads):
    """Return ``[(name, param, grad), ...]`` once all of them fit."""
    params, grads = flatten(params), _arrays(grads)
    if params.keys() != grads.keys():
        only = sorted(params.keys() ^ grads.keys())
        raise ValueError(f"params and grads do not both have {only}")
    return [
        (name, param, _gradient(name, param, grads[name]))
        for name, param in params.items()
    ]


def _gradient(name, param, grad):
    """Return the gradient as `param` is, once that can be moved by it."""
    if not isinstance(param, np.ndarray):
        raise ValueError(
            f"{name} is a {type(param).__name__}; "
            "expected an array, to move it in place"
        )
    arguments.as_array(name, param)
    dtype = param.dtype.newbyteorder("=")
    if dtype not in (np.float32, np.float64):
        raise ValueError(
            f"{name} has dtype {param.dtype}; expected float32 or float64"
        )
    if not param.flags.writeable:
        raise ValueError(f"{name} is read-only; expected an array to move")
    if param.shape != grad.shape:
        raise ValueError(
            f"gradient of {name} has shape {grad.shape}; "
            f"expected {param.shape}"
        )
    if grad.dtype.kind != "f":
        grad = grad.astype(dtype)
    return arguments.array(f"gradient of {name}", grad, None, dtype)
