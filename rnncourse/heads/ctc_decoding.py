"""From frames to labels: the best path, and prefix beam search, for CTC."""

import math

import numpy as np

from rnncourse import arguments, ops


def collapse(path, blank=0):
    """Spell a path: merge repeats, then drop blanks (Graves et al. 2006).

    Parameters
    ----------
    path : (T,) ints, the class of every frame
    blank : int, the class that stands for no label

    Returns
    -------
    list of ints

    Raises
    ------
    ValueError
        for a path that is no (T,) of ints, or such a blank

    >>> collapse([0, 3, 3, 0, 3, 5, 5])
    [3, 3, 5]
    """
    blank = int(arguments.integers("blank", blank, ()))
    if np.size(path) == 0:
        return []
    path = arguments.integers("path", path, ("T",)).tolist()
    before = [None, *path[:-1]]
    return [
        k
        for k, previous in zip(path, before, strict=True)
        if k != previous and k != blank
    ]


def greedy(logits, lengths=None, blank=0):
    """Spell the best path: the likeliest class at every frame.

    That is not always the likeliest labelling, which sums over paths.

    Parameters
    ----------
    logits : (T, B, K)
    lengths : (B,) ints from 1 to T, or None
    blank : int, the class that stands for no label

    Returns
    -------
    list of B lists of ints

    Raises
    ------
    ValueError
        for shapes, or lengths or a blank out of range

    >>> greedy(np.log([[[0.6, 0.4]], [[0.6, 0.4]]]))
    [[]]
    """
    log_p, lengths = _checked(logits, lengths, blank)
    paths = log_p.argmax(axis=2)
    return [collapse(paths[:n, b], blank) for b, n in enumerate(lengths)]


def prefix_beam(logits, width, lengths=None, blank=0):
    """Search the likeliest labellings, keeping `width` prefixes a frame.

    All kept paths that spell the same prefix are added up, those that end in
    a blank apart from those that end in a label: only after a blank does the
    same label begin anew (Hannun et al. 2014). Where nothing is cut off the
    probabilities are exact, else they are lower bounds.

    Parameters
    ----------
    logits, lengths, blank : as in `greedy`
    width : int, at least 1

    Returns
    -------
    for each of the B sequences a list of at most `width` pairs (labels,
    log_p), the likeliest first; log_p in nats

    Raises
    ------
    ValueError
        as `greedy`

    >>> logits = np.log([[[0.6, 0.4]], [[0.6, 0.4]]])
    >>> [(labels, round(math.exp(log_p), 2))
    ...  for labels, log_p in prefix_beam(logits, width=2)[0]]
    [([1], 0.64), ([], 0.36)]
    """
    log_p, lengths = _checked(logits, lengths, blank)
    width = arguments.size("width", width)
    return [
        _search(log_p[:n, b].tolist(), width, int(blank))
        for b, n in enumerate(lengths)
    ]


def _search(log_p, width, blank):
    """Prefix beam search of one sequence: log_p[t][k]."""
    beam = {(): (0.0, -math.inf)}  # prefix: log p ending in (blank, label)
    for frame in log_p:
        grown = {}
        for prefix, (in_blank, in_label) in beam.items():
            both = _add(in_blank, in_label)
            _put(grown, prefix, both + frame[blank], -math.inf)
            for k, log_k in enumerate(frame):
                if k == blank:
                    continue
                if prefix and k == prefix[-1]:
                    _put(grown, prefix, -math.inf, in_label + log_k)
                    _put(grown, (*prefix, k), -math.inf, in_blank + log_k)
                else:
                    _put(grown, (*prefix, k), -math.inf, both + log_k)
        ranked = sorted(grown.items(), key=lambda item: -_add(*item[1]))
        beam = dict(ranked[:width])
    return [(list(prefix), _add(*ends)) for prefix, ends in beam.items()]


def _put(beam, prefix, in_blank, in_label):
    """Add two probabilities, given as logarithms, to a prefix of the beam."""
    if in_blank == in_label == -math.inf:
        return
    old_blank, old_label = beam.get(prefix, (-math.inf, -math.inf))
    beam[prefix] = _add(old_blank, in_blank), _add(old_label, in_label)


def _add(a, b):
    """log(exp(a) + exp(b)), for two floats much faster than NumPy's."""
    if a < b:
        a, b = b, a
    return a if b == -math.inf else a + math.log1p(math.exp(b - a))


def _checked(logits, lengths, blank):
    """Return log-probabilities, in float64, and lengths once all fit."""
    logits = arguments.array("logits", logits, ("T", "B", "K"))
    T, B, K = logits.shape
    arguments.integers("blank", blank, (), 0, K)
    lengths = np.full(B, T) if lengths is None else lengths
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    return ops.log_softmax(logits.astype(np.float64)), lengths
