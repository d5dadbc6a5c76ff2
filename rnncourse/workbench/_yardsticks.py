"""What a network has to beat: counting, and the compressors of Python."""

import bz2
import zlib
from contextlib import suppress

import numpy as np

LONGEST = 8  #: Characters in a row that the longest table counts.
COUNTED = 600_000  #: Of a longer text, the tables count the last part.
PROGRAMS = {"zlib": zlib.compress, "bz2": bz2.compress}
with suppress(ModuleNotFoundError):  # a browser's Python has none
    import lzma

    PROGRAMS["lzma"] = lzma.compress


def n_gram_bits(read, test, V, longest=LONGEST):
    """Return what tables of characters in a row need for each character.

    A table of n characters counts what followed the last n - 1. What it has
    seen too rarely it leaves to the table below (Witten & Bell 1991)::

        p_n = (count + kinds * p_shorter) / (sum of counts + kinds)

    with as many kinds as different characters followed; the shortest mixes
    with ``1 / V``. Of `read` the last `COUNTED` ids are counted.

    Parameters
    ----------
    read, test : (N,) and (M,), ints below V; test follows read
    V : int, how many characters there are
    longest : int, n of the longest table

    Returns
    -------
    (longest, M), floats: bits, row n - 1 by the table of n characters

    >>> bits = n_gram_bits([0, 1] * 50, [0, 1, 0, 1], V=2, longest=2)
    >>> bits.mean(axis=1).round(2)
    array([1.  , 0.01])
    """
    read = np.asarray(read, np.int64)[-COUNTED:]
    ids = np.concatenate([read, np.asarray(test, np.int64)])
    n_read, p = len(read), np.full(len(test), 1 / V)
    context = np.zeros(len(ids), np.int64)  # the rank of what came before
    rows = []
    for _ in range(longest):
        pairs = np.unique(context * V + ids, return_inverse=True)[1].ravel()
        known_as = context.astype(np.intp)  # int32 in a browser
        counts = np.bincount(pairs[:n_read], minlength=pairs.max() + 1)
        wide = context.max() + 1
        total = np.bincount(known_as[:n_read], minlength=wide)
        first = np.full(len(counts), -1, np.intp)
        first[pairs[:n_read]] = known_as[:n_read]
        kinds = np.bincount(first[first >= 0], minlength=wide)
        came, known = counts[pairs[n_read:]], known_as[n_read:]
        weight = total[known] + kinds[known]
        mixed = (came + kinds[known] * p) / np.maximum(weight, 1)
        p = np.where(weight > 0, mixed, p)
        rows.append(-np.log2(p))
        # one character more: the pair that ended one step earlier
        context = np.concatenate([[pairs.max() + 1], pairs[:-1]]).astype(
            np.int64
        )
    return np.array(rows)


def compressor_bits(read, test):
    """Return what compressors need for a text after they have read another.

    ``8 * (len(compress(read + test)) - len(compress(read))) / len(test)``

    Parameters
    ----------
    read, test : str

    Returns
    -------
    dict from each program's name to bits per character

    >>> compressor_bits("tick tock " * 50, "tick tock " * 50)["zlib"] < 0.5
    True
    """
    before, both = read.encode(), (read + test).encode()
    return {
        name: 8 * (len(f(both)) - len(f(before))) / len(test)
        for name, f in PROGRAMS.items()
    }


def yardsticks(read, test, ids, scored, V):
    """Return the bits per character of all rivals, each with its name.

    Parameters
    ----------
    read, test : str, the parts that are learned from and tested on
    ids : pair of (N,) and (M,), the ids of the two
    scored : (M,), booleans, which characters of test count
    V : int, how many characters there are

    Returns
    -------
    list of dicts: ``name``, ``bits``; the best table has its ``n``
    """
    tables = n_gram_bits(*ids, V)[:, scored].mean(axis=1)
    best = int(tables.argmin())
    programs = compressor_bits(read, test)
    quickest = min(programs, key=programs.get)
    return [
        {"name": "uniform", "bits": float(np.log2(V))},
        {"name": "letter frequencies", "bits": float(tables[0])},
        {
            "name": f"table of {best + 1} characters in a row",
            "bits": float(tables[best]),
            "n": best + 1,
        },
        {"name": quickest, "bits": float(programs[quickest])},
    ]
