"""Are the gradients right? Compare them with differences of the loss.

Knows nothing of cells: only a function, the arrays it depends on (in dicts,
tuples, named ones too, or lists of any nesting) and the gradients that are
claimed for them.
"""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments


@dataclass(frozen=True)
class Report:
    """The outcome of a check: ``bool(report)`` and, printed, the details.

    Parameters
    ----------
    errors : dict, the relative error of each array by name
    tolerance : float, the largest error that passes
    worst : str, the name of the array with the largest error
    index : tuple of ints, its worst coordinate
    claimed, measured : floats, the two derivatives there
    """

    errors: dict
    tolerance: float
    worst: str
    index: tuple
    claimed: float
    measured: float

    def __bool__(self):
        return self.error <= self.tolerance

    @property
    def error(self):
        """The largest relative error of all."""
        return self.errors[self.worst]

    def __str__(self):
        rows = [f"{n:<20} {e:.1e}" for n, e in self.errors.items()]
        verdict = "right" if self else "WRONG"
        place = list(self.index) if self.index else ""
        rows.append(
            f"{verdict}: worst at {self.worst}{place}, "
            f"claimed {self.claimed:.10g}, measured {self.measured:.10g}"
        )
        return "\n".join(rows)


def relative_error(a, b, floor=1e-10):
    """Return ``max|a - b| / max(|a|, |b|)``, with the maxima over all entries.

    Differences are compared with the largest entry, not each with its own:
    an entry that is zero by chance carries only rounding. NaN is infinitely
    wrong.

    Parameters
    ----------
    a, b : arrays (or numbers) of one shape
    floor : float, the smallest denominator: two zero arrays are equal

    Returns
    -------
    float

    Raises
    ------
    ValueError
        if the shapes differ (no broadcasting), or for what is no number

    >>> relative_error(np.array([1.0, 0.0]), np.array([1.01, 0.0])) > 0.009
    True
    """
    a, b = _numbers("a", a), _numbers("b", b)
    floor = arguments.positive("floor", floor)
    if a.shape != b.shape:
        raise ValueError(f"b has shape {b.shape}; expected {a.shape} like a")
    difference = np.max(np.abs(a - b), initial=0)
    scale = max(np.max(np.abs(a), initial=0), np.max(np.abs(b), initial=0))
    error = float(difference / max(scale, floor))
    return float("inf") if np.isnan(error) else error


def central_difference(f, step=1e-4):
    """Return the derivative of ``f(e)`` at e = 0, from four values of f.

    Equation: ``(8 (f(e) - f(-e)) - (f(2e) - f(-2e))) / 12e``: two central
    differences combined so that the error shrinks with e**4.

    Parameters
    ----------
    f : function of a float that returns a float
    step : float, e

    Returns
    -------
    float

    Raises
    ------
    ValueError
        for a step that is no number above 0

    >>> round(central_difference(np.exp), 10)
    1.0
    """
    arguments.positive("step", step)
    near = f(step) - f(-step)
    far = f(2 * step) - f(-2 * step)
    return float((8 * near - far) / (12 * step))


def check(loss, arrays, grads, tolerance=1e-7, step=1e-4):
    """Check every coordinate of every array by central differences.

    Parameters
    ----------
    loss : ``loss(arrays) -> float``
    arrays : nested dict of float64 arrays; not changed
    grads : the claimed gradients, nested like arrays
    tolerance : float, see `relative_error`
    step : float, how far each coordinate is moved

    Returns
    -------
    Report, true if all are right

    Raises
    ------
    ValueError
        if grads do not have the names and shapes of arrays, an array is
        empty or not float64, two have one name, or tolerance or step is no
        number above 0

    >>> report = check(lambda p: (p["w"] ** 2).sum(), {"w": np.ones(2)},
    ...                {"w": np.array([2.0, 2.02])})
    >>> print(report)
    w                    9.9e-03
    WRONG: worst at w[1], claimed 2.02, measured 2
    """
    moved, flat, claims = _prepare(arrays, grads, tolerance, step)
    errors, places = {}, {}
    for name, a in flat.items():
        measured = np.empty_like(a)
        for index in np.ndindex(a.shape):
            here = a[index]

            def shifted(e, a=a, index=index, here=here):
                a[index] = here + e
                value = loss(moved)
                a[index] = here
                return value

            measured[index] = central_difference(shifted, step)
        difference = np.abs(claims[name] - measured)
        index = np.unravel_index(difference.argmax(), a.shape)
        errors[name] = relative_error(claims[name], measured)
        places[name] = (
            tuple(int(i) for i in index),
            float(claims[name][index]),
            float(measured[index]),
        )
    worst = max(errors, key=errors.get)
    return Report(errors, tolerance, worst, *places[worst])


def check_direction(loss, arrays, grads, rng, tolerance=1e-7, step=1e-4):
    """Check all gradients at once: two scalars along one random direction.

    Four evaluations of the loss, however many parameters there are. An error
    in a small part of them can hide; `check` finds that.

    Parameters
    ----------
    loss, arrays, grads, tolerance, step : as in `check`
    rng : np.random.Generator, draws the direction (of length 1)

    Returns
    -------
    Report, with one entry ``"direction"``

    Raises
    ------
    ValueError
        as `check`, or for a seed in the place of the generator

    >>> bool(check_direction(lambda p: p["w"] @ p["w"], {"w": np.ones(3)},
    ...                      {"w": 2 * np.ones(3)}, np.random.default_rng(0)))
    True
    """
    moved, flat, claims = _prepare(arrays, grads, tolerance, step)
    arguments.rng("rng", rng)
    way = {name: rng.standard_normal(a.shape) for name, a in flat.items()}
    length = np.sqrt(sum((v * v).sum() for v in way.values()))
    here = {name: a.copy() for name, a in flat.items()}

    def shifted(e):
        for name, a in flat.items():
            a[...] = here[name] + e / length * way[name]
        return loss(moved)

    measured = central_difference(shifted, step)
    claimed = float(sum((claims[n] * way[n]).sum() for n in flat) / length)
    error = relative_error(claimed, measured)
    return Report(
        {"direction": error}, tolerance, "direction", (), claimed, measured
    )


def _prepare(arrays, grads, tolerance, step):
    """Return a copy of arrays to be moved, its leaves, and the claims."""
    arguments.positive("tolerance", tolerance)
    arguments.positive("step", step)
    moved = _copy(arrays)
    flat, claims = _flat("arrays", moved), _flat("grads", grads)
    if not flat:
        raise ValueError("arrays is empty; expected at least one array")
    if claims.keys() != flat.keys():
        odd = sorted(claims.keys() ^ flat.keys())
        raise ValueError(f"grads and arrays differ in {', '.join(odd)}")
    for name, a in flat.items():
        if a.dtype != np.float64:
            raise ValueError(f"{name} has dtype {a.dtype}; expected float64")
        if a.size == 0:
            raise ValueError(
                f"{name} has shape {a.shape}; expected a number to move"
            )
        claims[name] = _numbers(f"grads {name}", claims[name])
        if claims[name].shape != a.shape:
            raise ValueError(
                f"grads {name} has shape {claims[name].shape}; "
                f"expected {a.shape}"
            )
    return moved, flat, claims


def _numbers(name, a):
    """Return `a` as floats: in uint8, 1 - 2 would be 255."""
    a = arguments.as_array(name, a)
    if a.dtype.kind not in "fiub":
        raise ValueError(f"{name} has dtype {a.dtype}; expected numbers")
    return a.astype(np.result_type(a, np.float64), copy=False)


def _flat(name, tree):
    """Return the leaves by name, each name once."""
    leaves = list(_leaves(tree))
    flat = dict(leaves)
    if len(flat) < len(leaves):
        names = [path for path, _ in leaves]
        twice = next(path for path in names if names.count(path) > 1)
        raise ValueError(f"{name} has two arrays of the name {twice}")
    return flat


def _leaves(tree, path=""):
    if isinstance(tree, (dict, tuple, list)):
        pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, value in pairs:
            yield from _leaves(value, f"{path}/{key}" if path else str(key))
    else:
        yield path, tree


def _copy(tree, path=""):
    """Return the same tree, its arrays copied, in the machine's byte order."""
    if isinstance(tree, dict):
        return {k: _copy(value, f"{path}/{k}") for k, value in tree.items()}
    if isinstance(tree, (tuple, list)):
        parts = [_copy(value, f"{path}/{k}") for k, value in enumerate(tree)]
        named = hasattr(tree, "_fields")  # a namedtuple takes them one by one
        return type(tree)(*parts) if named else type(tree)(parts)
    a = arguments.as_array(path.strip("/") or "arrays", tree)
    return a.astype(a.dtype.newbyteorder("="))
