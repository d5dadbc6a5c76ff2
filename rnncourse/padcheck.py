"""Does padding leak? Compare a batch with its sequences one by one.

Knows nothing of cells or networks: only a function of inputs and lengths
that returns each sequence's own result.
"""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments


@dataclass(frozen=True)
class Report:
    """The outcome of a check: ``bool(report)`` and, printed, the details.

    Parameters
    ----------
    errors : dict, for each way of padding the largest difference of any
        sequence from the same sequence alone
    tolerance : float, the largest difference that passes
    worst : str, the way of padding with the largest difference
    sequence : int, which sequence of the batch it is
    """

    errors: dict
    tolerance: float
    worst: str
    sequence: int

    def __bool__(self):
        return self.errors[self.worst] <= self.tolerance

    def __str__(self):
        rows = [f"{name:<14} {e:.1e}" for name, e in self.errors.items()]
        if self:
            rows.append("padding does not leak")
        else:
            rows.append(
                f"LEAKS: {self.worst}: sequence {self.sequence} "
                "differs from itself alone"
            )
        return "\n".join(rows)


def check(run, xs, lengths, rng, tolerance=1e-9, more=5):
    """Run each sequence alone, then all in one batch padded in three ways.

    "in a batch": as given. "noise in pads": random numbers (or ids) where
    the padding was. "more pads": a batch that is longer by some steps. What
    a sequence gets must not depend on any of it.

    Parameters
    ----------
    run : ``run(xs, lengths) -> list of B arrays``, each sequence's own
        result: its outputs up to its end, its last state, its loss ...
    xs : (T, B, ...), floats or ids; not changed
    lengths : (B,) ints from 1 to T
    rng : np.random.Generator, draws the noise
    tolerance : float; 1e-9 suits float64, 1e-5 float32
    more : int, how many steps are added

    Returns
    -------
    Report, true if nothing leaks

    Raises
    ------
    ValueError
        if lengths do not fit xs, run returns another number of results or
        what is no number, or for another argument out of its range

    >>> xs = np.array([[[1.0], [2.0]], [[3.0], [0.0]]])
    >>> def mean_of_all(xs, lengths):
    ...     return list(xs.mean(axis=0))
    >>> print(check(mean_of_all, xs, [2, 1], np.random.default_rng(0)))
    in a batch     1.0e+00
    noise in pads  9.4e-01
    more pads      1.7e+00
    LEAKS: more pads: sequence 1 differs from itself alone
    """
    xs = arguments.as_array("xs", xs)
    if xs.ndim < 2 or xs.dtype.kind not in "fiu":
        raise ValueError(
            f"xs has shape {xs.shape} and dtype {xs.dtype}; "
            "expected (T, B, ...) of floats or ids"
        )
    arguments.rng("rng", rng)
    tolerance = arguments.amount("tolerance", tolerance)
    more = arguments.size("more", more, 0)
    T, B = xs.shape[:2]
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    alone = [
        _run(run, xs[:n, b : b + 1].copy(), np.array([n]))[0]
        for b, n in enumerate(lengths)
    ]
    pads = np.arange(T)[:, None] >= lengths
    noisy = xs.copy()
    noisy[pads] = _noise(rng, xs, noisy[pads].shape)
    longer = np.concatenate([xs, np.zeros((more, *xs.shape[1:]), xs.dtype)])
    ways = {"in a batch": xs, "noise in pads": noisy, "more pads": longer}
    errors, places = {}, {}
    for name, padded in ways.items():
        results = _run(run, padded.copy(), lengths.copy())
        apart = [_apart(a, b) for a, b in zip(alone, results, strict=True)]
        places[name] = int(np.argmax(apart))
        errors[name] = apart[places[name]]
    worst = max(errors, key=errors.get)
    return Report(errors, tolerance, worst, places[worst])


def _run(run, xs, lengths):
    """Call `run`; return its results as arrays, one a sequence."""
    results = [
        arguments.as_array("a result of run", result)
        for result in run(xs, lengths)
    ]
    if len(results) != len(lengths):
        raise ValueError(
            f"run returned {len(results)} results; "
            f"expected {len(lengths)}, one for each sequence"
        )
    return results


def _noise(rng, xs, shape):
    """Draw floats, or ids that occur in xs."""
    if xs.dtype.kind == "f":
        return rng.normal(size=shape)
    return rng.choice(xs.reshape(-1), size=shape)


def _apart(a, b):
    """Return the largest difference; infinite for another shape or NaN."""
    if a.shape != b.shape:
        return float("inf")
    if a.dtype.kind not in "fiub" or b.dtype.kind not in "fiub":
        raise ValueError(
            f"run returned results of dtype {b.dtype}; expected numbers"
        )
    # as floats: in uint8, 1 - 2 would be 255
    apart = np.max(np.abs(a.astype(float) - b.astype(float)), initial=0.0)
    return float("inf") if np.isnan(apart) else float(apart)
