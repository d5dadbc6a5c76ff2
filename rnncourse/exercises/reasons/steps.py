"""Which steps of an argument a result depends on, all of them together."""

import numpy as np


def steps(exercise, k, masks):
    """Say what one can say of all steps in one sentence, or "".

    Parameters
    ----------
    exercise : Exercise
    k : the place of the result that is wrong; None if there is one
    masks : dict, of an argument's place a dict, of a part of the argument
        (which parts of the reader's result change with it, which should)
    """
    result = exercise.results[k or 0]
    name = f"your {result.name}" if k is not None else "your result"
    for i, cells in masks.items():
        array = exercise.arguments[i]
        if array.axes[0][0] != "T":
            continue
        mine, true = (_by_step(cells, n) for n in (0, 1))
        if (result.axes or ("",))[0] != "T":
            mine, true = mine.any(1), true.any(1)
            if mine.sum() == 1 and true.sum() > 2 and true[mine].all():
                return (
                    f"Of all steps of {array.name}, only "
                    f"{array.name}[{int(mine.argmax())}] matters to {name}."
                )
            continue
        if mine.shape != (len(mine),) * 2 or len(mine) < 3:
            continue
        later = np.tri(*mine.shape, -1, dtype=bool)  # of the argument
        for part, words in (later, "later"), (later.T, "earlier"):
            if (mine ^ true)[~part].any():
                continue
            if not mine[part].any() and true[part].all():
                return (
                    f"No step of your {result.name} depends on {words} steps "
                    f"of {array.name}, and it should."
                )
            if mine[part].all() and not true[part].any():
                return (
                    f"The steps of your {result.name} depend on {words} "
                    f"steps of {array.name}, and they should not."
                )
    return ""


def _by_step(cells, n):
    """Return (steps of the argument, steps of the result): what changes."""
    count = 1 + max(cell[0] for cell in cells)
    found = [np.zeros(1, bool)] * count
    for cell, masks in cells.items():
        mask = np.asarray(masks[n])
        mask = mask.reshape(len(mask), -1).any(1) if mask.ndim else mask
        found[cell[0]] = np.atleast_1d(mask) | found[cell[0]]
    return np.array(np.broadcast_arrays(*found))
