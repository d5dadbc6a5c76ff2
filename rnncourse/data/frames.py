"""Noisy frames and the few symbols in them, with no word about where. ::

    symbols      2 2 1
    alignment    . . 2 2 2 . . 2 2 2 2 1 1 1 . .   a symbol lasts some frames
    frames       a noisy vector for each

Between two equal symbols there is always silence, unless `alignments` is told
otherwise: then only the time they last says how many they are. This is the
shape of speech: the task CTC was made for (Graves et al. 2006), small enough
to draw.
"""

import numpy as np

from rnncourse import arguments

SILENCE = 0  #: The id of silence, and the blank of CTC; symbols are 1 ... K.
HOLD = (3, 6)  #: The fewest and the most frames a symbol lasts.
PAUSE = (2, 4)  #: The fewest and the most frames a silence lasts.


def alignments(rng, B, shortest=2, longest=6, K=4, apart=True):
    """Draw B rows of symbols and how long each one lasts.

    Parameters
    ----------
    rng : np.random.Generator
    B : int, how many
    shortest, longest : ints, symbols in a row
    K : int, how many different symbols
    apart : bool, whether two equal neighbours always have silence between
        them; else as often as two different ones

    Returns
    -------
    alignment : (T, B), ints, the symbol of each frame, 0 for silence
    lengths : (B,), ints, frames; T is the longest, 0 fills the others up
    targets : (L, B), ints from 1 to K, filled up with 0
    target_lengths : (B,), ints, symbols

    Raises
    ------
    ValueError
        if a size is not a positive integer or the range is empty

    >>> rng = np.random.default_rng(2)
    >>> alignment, _, targets, _ = alignments(rng, B=1, longest=3)
    >>> targets[:, 0], alignment[:, 0]
    (array([2, 1, 2]), array([2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 0]))
    """
    arguments.rng("rng", rng)
    B, K = arguments.size("B", B), arguments.size("K", K)
    shortest, longest = arguments.span(shortest, longest)
    target_lengths = rng.integers(shortest, longest + 1, size=B)
    symbols = rng.integers(1, K + 1, size=(target_lengths.max(), B))
    inside = np.arange(len(symbols))[:, None] < target_lengths
    targets = np.where(inside, symbols, SILENCE)
    rows = []
    for column, n in zip(targets.T, target_lengths, strict=True):
        row, last = [], None
        for symbol in (*column[:n], SILENCE):
            if (apart and symbol == last) or rng.random() < 0.5:
                row += [SILENCE] * _length(rng, PAUSE)
            if symbol != SILENCE:
                row += [symbol] * _length(rng, HOLD)
            last = symbol
        rows.append(row)
    lengths = np.array([len(row) for row in rows])
    alignment = np.full((lengths.max(), B), SILENCE)
    for b, row in enumerate(rows):
        alignment[: lengths[b], b] = row
    return alignment, lengths, targets, target_lengths


def frames(rng, alignment, lengths, K=4, noise=0.3):
    """Turn alignments into noisy vectors.

    ``xs[t, b, k - 1] = (alignment[t, b] == k) + noise * normal``

    Parameters
    ----------
    rng : np.random.Generator
    alignment : (T, B), ints from 0 to K
    lengths : (B,), ints, frames; beyond them xs is 0
    K : int, how many different symbols
    noise : float >= 0, standard deviation

    Returns
    -------
    xs : (T, B, K); silence is noise around 0

    Raises
    ------
    ValueError
        for other shapes, a symbol above K, or a negative noise

    >>> alignment = np.array([[0], [2], [2]])
    >>> frames(np.random.default_rng(0), alignment, [3], K=2, noise=0)[:, 0]
    array([[0., 0.],
           [0., 1.],
           [0., 1.]])
    """
    arguments.rng("rng", rng)
    K = arguments.size("K", K)
    noise = arguments.amount("noise", noise)
    alignment = arguments.integers(
        "alignment", alignment, ("T", "B"), 0, K + 1
    )
    T, B = alignment.shape
    lengths = arguments.integers("lengths", lengths, (B,), 0, T + 1)
    xs = np.eye(K + 1)[alignment][:, :, 1:]
    xs += noise * rng.standard_normal(xs.shape)
    xs[np.arange(T)[:, None] >= lengths] = 0.0
    return xs


def batch(rng, B, shortest=2, longest=6, K=4, noise=0.3):
    """Draw B sequences of noisy frames and the symbols in them.

    Parameters
    ----------
    rng, B, shortest, longest, K : as in `alignments`
    noise : float, as in `frames`

    Returns
    -------
    xs : (T, B, K), frames
    lengths : (B,), ints, frames in each sequence
    targets : (L, B), ints from 1 to K, filled up with 0
    target_lengths : (B,), ints, symbols in each sequence

    Raises
    ------
    ValueError
        as in `alignments` and `frames`

    >>> rng = np.random.default_rng(0)
    >>> xs, lengths, targets, target_lengths = batch(rng, B=3)
    >>> xs.shape, targets.shape
    ((46, 3, 4), (6, 3))
    """
    alignment, lengths, *symbols = alignments(rng, B, shortest, longest, K)
    return frames(rng, alignment, lengths, K, noise), lengths, *symbols


def _length(rng, ends):
    """Draw a number of frames."""
    return int(rng.integers(ends[0], ends[1] + 1))
