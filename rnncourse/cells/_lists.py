"""Lists with a head, which one can differentiate: a mixture of moves."""

import numpy as np

from rnncourse.cells._stacks import EMPTY


def move(lists, actions, inserted):
    """Do a little of every action; the head stays in the middle.

    Equations, of Joulin & Mikolov (2015), L[HEAD] the middle cell::

        L[i] = right * L[i+1] + left * L[i-1] + insert * in[i] + no_op * L[i]
        in[HEAD] = inserted
        in[i] = L[i+1] left of the head, L[i] right of it

    An inserted value takes the place of the head, and what was there moves
    to the left. Beyond either end the cells are empty (-1).

    Parameters
    ----------
    lists : (B, N, 2·depth + 1), from left to right
    actions : (B, A, N), weights of insert, left, right and, if A = 4, no-op
    inserted : (B, N)
    """
    outcomes = _outcomes(lists, inserted)
    return sum(
        actions[:, k, :, None] * outcomes[k] for k in range(actions.shape[1])
    )


def move_backward(lists, actions, inserted, ds):
    """Return the gradients of lists, actions and inserted."""
    A, head = actions.shape[1], lists.shape[-1] // 2
    outcomes = _outcomes(lists, inserted)[:A]
    dactions = np.stack([(ds * o).sum(axis=-1) for o in outcomes], axis=1)
    insert, left, right, *no_op = (
        actions[:, k, :, None] * ds for k in range(A)
    )
    dlists = no_op[0] if no_op else np.zeros_like(lists)
    dlists[..., 1 : head + 1] += insert[..., :head]
    dlists[..., head + 1 :] += insert[..., head + 1 :]
    dlists[..., :-1] += left[..., 1:]
    dlists[..., 1:] += right[..., :-1]
    return dlists, dactions, insert[..., head]


def _outcomes(lists, inserted):
    head, end = lists.shape[-1] // 2, np.full_like(lists[..., :1], EMPTY)
    aside = lists[..., 1 : head + 1], inserted[..., None]
    insert = np.concatenate([*aside, lists[..., head + 1 :]], axis=-1)
    left = np.concatenate([end, lists[..., :-1]], axis=-1)
    right = np.concatenate([lists[..., 1:], end], axis=-1)
    return [insert, left, right, lists]
