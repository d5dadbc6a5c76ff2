"""Sequences of tokens as padded columns of ids, and back.

A vocabulary is a tuple of tokens; a token's id is its place in it. Place 0
is PAD, which fills what follows the end of a shorter sequence and is no
token itself.
"""

import numpy as np

from rnncourse import arguments

PAD = "<pad>"  #: Id 0: what fills a column after its sequence's end.
START = "<start>"  #: What a decoder is given first.
STOP = "<stop>"  #: What a decoder says last.
SPECIAL = (PAD, START, STOP)  #: Ids 0, 1, 2 wherever there is a decoder.


def _unknown(token, name, vocabulary):
    """The error for a token outside the vocabulary."""
    import difflib  # only needed when something is wrong

    near = difflib.get_close_matches(str(token), vocabulary[1:], n=3)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return ValueError(
        f"{name} contains {token!r}, which is not one of the "
        f"{len(vocabulary) - 1} tokens of the vocabulary{hint}"
    )


def encode(sequences, vocabulary, name="sequence"):
    """Turn sequences of tokens into ids, filled up with 0 after the end.

    Parameters
    ----------
    sequences : list of B sequences of tokens
    vocabulary : tuple of V tokens, the first of them PAD
    name : str, what one sequence is called in error messages

    Returns
    -------
    ids : (T, B), ints, places in vocabulary; T is the longest length
    lengths : (B,), ints, tokens in each sequence

    Raises
    ------
    ValueError
        if there is no sequence, one is empty, or a token is not in the
        vocabulary (then it names near ones)

    >>> ids, lengths = encode(["ab", "b"], (PAD, "a", "b"))
    >>> ids
    array([[1, 2],
           [2, 0]])
    >>> lengths
    array([2, 1])
    """
    sequences = list(sequences)
    if not sequences:
        raise ValueError(f"no {name} was given; expected at least one")
    places = {token: i for i, token in enumerate(vocabulary) if i > 0}
    lengths = np.array([len(sequence) for sequence in sequences])
    ids = np.zeros((lengths.max(), len(sequences)), dtype=int)
    for b, sequence in enumerate(sequences):
        if len(sequence) == 0:
            raise ValueError(f"{name} {b} is empty; it needs a token")
        for t, token in enumerate(sequence):
            if token not in places:
                raise _unknown(token, f"{name} {b}", vocabulary)
            ids[t, b] = places[token]
    return ids, lengths


def decode(ids, lengths, vocabulary):
    """Turn padded ids back into sequences of tokens.

    Parameters
    ----------
    ids : (T, B), ints, places in vocabulary
    lengths : (B,), ints, tokens in each sequence, 0 to T
    vocabulary : tuple of V tokens

    Returns
    -------
    sequences : list of B lists of tokens

    Raises
    ------
    ValueError
        if ids or lengths have another shape or range

    >>> decode([[1, 2], [2, 0]], [2, 1], (PAD, "a", "b"))
    [['a', 'b'], ['b']]
    """
    ids = arguments.integers("ids", ids, ("T", "B"), 0, len(vocabulary))
    T, B = ids.shape
    lengths = arguments.integers("lengths", lengths, (B,), 0, T + 1)
    columns = zip(ids.T, lengths, strict=True)
    return [[vocabulary[i] for i in column[:n]] for column, n in columns]


def one_hot(ids, V, dtype=np.float64):
    """Turn ids into rows that are 1 at the id and 0 elsewhere.

    Parameters
    ----------
    ids : (T, B), ints from 0 to V - 1
    V : int, the size of the vocabulary
    dtype : float64 or float32

    Returns
    -------
    xs : (T, B, V); PAD, when the vocabulary has it, is a row as any other

    Raises
    ------
    ValueError
        if ids have another shape or range, or dtype is another

    >>> one_hot([[0, 2]], 3)
    array([[[1., 0., 0.],
            [0., 0., 1.]]])
    """
    V = arguments.size("V", V)
    ids = arguments.integers("ids", ids, ("T", "B"), 0, V)
    return np.eye(V, dtype=arguments.dtype("dtype", dtype))[ids]


def shift(targets):
    """Give what a decoder reads when it is told the truth (teacher forcing).

    Parameters
    ----------
    targets : (T, B), ints, ids of a vocabulary that begins with `SPECIAL`

    Returns
    -------
    inputs : (T, B), START, then the targets one step late

    Raises
    ------
    ValueError
        if targets have another shape or a negative id

    >>> shift([[5], [6], [2]]).T
    array([[1, 5, 6]])
    """
    targets = arguments.integers("targets", targets, ("T", "B"), 0)
    start = np.full_like(targets[:1], SPECIAL.index(START))
    return np.concatenate([start, targets[:-1]])
