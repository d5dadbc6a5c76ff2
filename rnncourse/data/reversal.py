"""Digits to be said backwards: the smallest task for an encoder-decoder. ::

    source   3 1 4            read to the end before a word can be said
    target   4 1 3 <stop>

Sources have different lengths; the model itself must say when it is done.
"""

from rnncourse import arguments

from . import tokens

#: The tokens of source and target; an id is a place in it.
VOCABULARY = (*tokens.SPECIAL, *"0123456789")


def batch(rng, B, shortest=3, longest=10):
    """Draw B rows of digits and the same rows reversed.

    Parameters
    ----------
    rng : np.random.Generator
    B : int, how many
    shortest, longest : ints, digits in a row

    Returns
    -------
    sources : (S, B), ints, places in `VOCABULARY`, 0 after the end
    source_lengths : (B,), ints
    targets : (T, B), the digits reversed, then STOP; 0 after it
    target_lengths : (B,), ints, STOP counted

    Raises
    ------
    ValueError
        if a size is not a positive integer or the range is empty

    >>> import numpy as np
    >>> sources, n, targets, m = batch(np.random.default_rng(0), B=1)
    >>> tokens.decode(sources, n, VOCABULARY)[0]
    ['6', '5', '2', '3', '0', '0', '0', '1', '8']
    >>> tokens.decode(targets, m, VOCABULARY)[0]
    ['8', '1', '0', '0', '0', '3', '2', '5', '6', '<stop>']
    """
    arguments.rng("rng", rng)
    B = arguments.size("B", B)
    shortest, longest = arguments.span(shortest, longest)
    lengths = rng.integers(shortest, longest + 1, size=B)
    digits = [
        [str(digit) for digit in rng.integers(10, size=n)] for n in lengths
    ]
    answers = [[*row[::-1], tokens.STOP] for row in digits]
    return (
        *tokens.encode(digits, VOCABULARY),
        *tokens.encode(answers, VOCABULARY),
    )
