"""Error messages shared by the tasks: what was given, what it should be."""

import numpy as np


def generator(rng):
    """Raise ValueError unless rng is a np.random.Generator."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"rng is a {type(rng).__name__}; expected a "
            "np.random.Generator, as np.random.default_rng(0) makes"
        )


def integer(name, value, least, most=None):
    """Return value as an int, or raise ValueError naming its range."""
    wanted = f"an integer >= {least}"
    if most is not None:
        wanted = f"an integer from {least} to {most}"
    whole = isinstance(value, (int, np.integer))
    if not whole or isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} is {value!r}; expected {wanted}")
    if value < least or (most is not None and value > most):
        raise ValueError(f"{name} is {int(value)}; expected {wanted}")
    return int(value)


def lengths(shortest, longest, least, most=None):
    """Return (shortest, longest), a range that is not empty."""
    shortest = integer("shortest", shortest, least, most)
    longest = integer("longest", longest, least, most)
    if longest < shortest:
        raise ValueError(
            f"longest is {longest}; expected at least shortest, {shortest}"
        )
    return shortest, longest


def choice(name, value, options):
    """Return value, or raise ValueError listing the options."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(
            f"{name} is {value!r}; expected one of {', '.join(options)}"
        )
    return value


def id_array(name, ids, K):
    """Return ids (T, B) as an array of ints in 0 ... K-1, or raise."""
    ids = np.asarray(ids)
    if ids.ndim != 2 or 0 in ids.shape:
        raise ValueError(f"{name} has shape {ids.shape}; expected (T, B)")
    if not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"{name} holds {ids.dtype}; expected integers")
    if ids.min() < 0 or ids.max() >= K:
        worst = ids.min() if ids.min() < 0 else ids.max()
        raise ValueError(
            f"{name} contains {worst}; expected ids from 0 to {K - 1}"
        )
    return ids
