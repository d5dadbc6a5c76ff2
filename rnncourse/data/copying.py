"""Copy memory: read a few symbols, wait, and say them again. ::

    input    3 1 2 . . . . > . . .        "." is a blank, ">" the delimiter
    target   . . . . . . . . 3 1 2

After Hochreiter & Schmidhuber (1997), in the form of Arjovsky, Shah & Bengio
(2016) and Bai, Kolter & Koltun (2018), with one delimiter. Most targets are
blanks, which any network learns at once, so look at `recall_accuracy`, not
at the mean loss.
"""

import math

import numpy as np

from rnncourse import arguments

#: The id of the blank; symbols are 1 ... K, the delimiter is K + 1.
BLANK = 0


def batch(rng, delay, B, items=10, K=8):
    """Draw B sequences of symbols to be said again.

    With ``T = items + delay + items``, a symbol read at step t is to be said
    at step ``t + items + delay``; the delimiter comes at the step before the
    first recall.

    Parameters
    ----------
    rng : np.random.Generator
    delay : int, steps between the last symbol and the first recall
    B : int, how many sequences
    items : int, how many symbols to remember
    K : int, how many different symbols

    Returns
    -------
    ids : (T, B), ints: 0 blank, 1 to K symbols, K + 1 delimiter
    targets : (T, B), ints: 0 up to the delimiter, then the symbols

    Raises
    ------
    ValueError
        if a size is not a positive integer

    >>> ids, targets = batch(np.random.default_rng(0), 3, B=1, items=2, K=4)
    >>> ids[:, 0], targets[:, 0]
    (array([4, 3, 0, 0, 5, 0, 0]), array([0, 0, 0, 0, 0, 4, 3]))
    """
    arguments.rng("rng", rng)
    delay = arguments.size("delay", delay)
    B = arguments.size("B", B)
    items = arguments.size("items", items)
    K = arguments.size("K", K)
    symbols = rng.integers(1, K + 1, size=(items, B))
    ids = np.full((items + delay + items, B), BLANK)
    ids[:items] = symbols
    ids[items + delay - 1] = K + 1
    targets = np.full_like(ids, BLANK)
    targets[items + delay :] = symbols
    return ids, targets


def recall_accuracy(answers, targets):
    """Measure which share of the symbols is said right; chance is 1 / K.

    Parameters
    ----------
    answers : (T, B), ints, what the model says at every step
    targets : (T, B), ints, from `batch`; only steps with a symbol count

    Returns
    -------
    accuracy : float, 0 to 1

    Raises
    ------
    ValueError
        if the shapes differ or `targets` holds no symbol

    >>> recall_accuracy([[1], [2], [3]], [[0], [2], [1]])
    0.5
    """
    targets = arguments.integers("targets", targets, ("T", "B"), 0)
    answers = arguments.integers("answers", answers, targets.shape, 0)
    asked = targets != BLANK
    if not asked.any():
        raise ValueError("targets holds blanks alone; expected symbols")
    return float(np.mean(answers[asked] == targets[asked]))


def memoryless_loss(delay, items=10, K=8):
    """Mean cross-entropy, in nats, of one who knows when but not what.

    ``items * log(K) / (items + delay + items)``

    Parameters
    ----------
    delay, items, K : ints, as in `batch`

    Returns
    -------
    loss : float, in nats a step

    Raises
    ------
    ValueError
        if a size is not a positive integer

    >>> round(memoryless_loss(1000), 4)
    0.0204
    """
    delay = arguments.size("delay", delay)
    items = arguments.size("items", items)
    K = arguments.size("K", K)
    return items * math.log(K) / (delay + 2 * items)
