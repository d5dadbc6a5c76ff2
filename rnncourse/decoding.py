"""From a decoder to tokens, one step at a time: greedy and beam search.

A decoder is a function ``step(tokens, state) -> (log_p, state)``: tokens
(N,) are ints, log_p (N, K) the log-probabilities of what follows each, in
nats, and the state holds arrays (N, ...), in tuples or dicts of any nesting.
"""

from typing import NamedTuple

import numpy as np

from rnncourse import arguments


class Hypothesis(NamedTuple):
    """Tokens without start and stop, what they score, and if they stopped.

    Parameters
    ----------
    tokens : list of ints
    log_p : float, the sum of the tokens' log-probabilities in nats, the
        stop's included where `finished` is true
    finished : bool
    """

    tokens: list
    log_p: float
    finished: bool


def greedy(step, state, start, stop, max_length):
    """Take the likeliest token at every step, for a batch.

    Parameters
    ----------
    step : the decoder, see the head of this module
    state : its state before the first step, arrays (B, ...)
    start : (B,), ints, the tokens it is given first
    stop : int, the token that ends a sequence
    max_length : int, the most tokens of a sequence

    Returns
    -------
    list of B lists of ints, without start and stop

    Raises
    ------
    ValueError
        if start is no (B,) of ints, max_length is below 1, stop is none of
        the K tokens, or log_p is not one row of scores a token: numbers, or
        -inf for what cannot follow, but not all of them

    >>> def count(tokens, state):  # after k comes k + 1
    ...     return np.log(np.eye(5)[(tokens + 1) % 5] + 1e-9), state
    >>> greedy(count, (), np.array([0, 2]), stop=4, max_length=9)
    [[1, 2, 3], [3]]
    """
    tokens = arguments.integers("start", start, ("B",), 0)
    max_length = arguments.size("max_length", max_length)
    found = [[] for _ in tokens]
    running = np.ones(len(tokens), bool)
    for _ in range(max_length):
        log_p, state = _step(step, tokens, state, stop)
        tokens = log_p.argmax(axis=1)
        running &= tokens != stop
        for b in np.flatnonzero(running):
            found[b].append(int(tokens[b]))
        if not running.any():
            break
    return found


def beam(step, state, start, stop, width, max_length):
    """Keep the `width` likeliest hypotheses at every step, for one sequence.

    Those that have stopped stay in the beam and compete with the others, so
    a beam of width 1 is `greedy`. Scores are plain sums: long hypotheses
    are not favoured.

    Parameters
    ----------
    step, stop, max_length : as in `greedy`
    state : the state before the first step, arrays (1, ...)
    start : int, the token the decoder is given first
    width : int, at least 1

    Returns
    -------
    list of at most `width` `Hypothesis`, the likeliest first

    Raises
    ------
    ValueError
        as `greedy`, or for a state that is not one row a hypothesis

    >>> table = np.log([[1.0, 1e-9, 1e-9],  # row: the token before
    ...                 [0.1, 0.5, 0.4],    # column: the token, 0 stops
    ...                 [0.9, 0.05, 0.05]])
    >>> def step(tokens, state):
    ...     return table[tokens], state
    >>> greedy(step, (), np.array([1]), stop=0, max_length=2)
    [[1, 1]]
    >>> best, *_ = beam(step, (), 1, stop=0, width=2, max_length=2)
    >>> best.tokens, round(float(np.exp(best.log_p)), 2), best.finished
    ([2], 0.36, True)
    """
    tokens = arguments.integers("start", start, (), 0).reshape(1)
    width = arguments.size("width", width)
    max_length = arguments.size("max_length", max_length)
    stopped, running = [], [Hypothesis([], 0.0, False)]
    for _ in range(max_length):
        log_p, state = _step(step, tokens, state, stop)
        grown = _grow(running, log_p, stop, width)
        kept = stopped + grown
        order = np.argsort([-h.log_p for h, _ in kept], kind="stable")
        kept = [kept[i] for i in order[:width]]
        stopped = [pair for pair in kept if pair[0].finished]
        going = [pair for pair in kept if not pair[0].finished]
        running = [h for h, _ in going]
        if not running:
            break
        state = _take(state, [parent for _, parent in going], len(log_p))
        tokens = np.array([h.tokens[-1] for h in running])
    return [h for h, _ in kept]


def _grow(running, log_p, stop, width):
    """Return the `width` best continuations, each with its parent's row."""
    totals = log_p + np.array([[h.log_p] for h in running])
    best = np.argsort(-totals, axis=None, kind="stable")[:width]
    grown = []
    for row, k in zip(*np.unravel_index(best, totals.shape), strict=True):
        ends = bool(k == stop)
        tokens = running[row].tokens + ([] if ends else [int(k)])
        score = float(totals[row, k])
        grown.append((Hypothesis(tokens, score, ends), int(row)))
    return grown


def _step(step, tokens, state, stop):
    """Call the decoder and check what it says; `stop` is one of K tokens."""
    log_p, state = step(tokens, state)
    log_p = arguments.shaped("log_p", log_p, (len(tokens), "K"))
    arguments.integers("stop", stop, (), 0, log_p.shape[1])
    if log_p.dtype.kind != "f":
        raise ValueError(f"log_p has dtype {log_p.dtype}; expected floats")
    wrong = np.isnan(log_p) | (log_p == np.inf)
    if wrong.any():
        row, k = np.argwhere(wrong)[0]
        raise ValueError(
            f"log_p contains {log_p[row, k]} at [{row}, {k}]; "
            "expected finite numbers or -inf"
        )
    hopeless = (log_p == -np.inf).all(axis=1)
    if hopeless.any():
        raise ValueError(
            f"log_p[{hopeless.argmax()}] is all -inf; "
            "expected one token that may follow"
        )
    return log_p, state


def _take(state, rows, N):
    """Return the state of these rows of N, in this order."""
    if isinstance(state, dict):
        return {name: _take(part, rows, N) for name, part in state.items()}
    if isinstance(state, (tuple, list)):
        parts = [_take(part, rows, N) for part in state]
        named = hasattr(state, "_fields")  # a namedtuple
        return type(state)(*parts) if named else tuple(parts)
    if state is None:
        return None
    if np.shape(state)[:1] != (N,):
        raise ValueError(
            f"state holds an array of shape {np.shape(state)}; "
            f"expected ({N}, ...), one row for each hypothesis"
        )
    return state[rows]
