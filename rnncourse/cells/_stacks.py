"""Stacks one can differentiate: a mixture of pushed, popped and kept."""

import numpy as np

EMPTY = -1.0


def move(stacks, actions, pushed):
    """Do a little of every action: each cell takes from its neighbours.

    Equation: ``s[k] = push * s[k-1] + pop * s[k+1] + no_op * s[k]``, where
    `pushed` lies above the top and an empty cell (-1) below the bottom.

    Parameters
    ----------
    stacks : (B, N, depth), the top first
    actions : (B, A, N), weights of push, pop and, if A = 3, no-op
    pushed : (B, N)
    """
    outcomes = _outcomes(stacks, pushed)
    return sum(
        actions[:, k, :, None] * outcomes[k] for k in range(actions.shape[1])
    )


def move_backward(stacks, actions, pushed, ds):
    """Return the gradients of stacks, actions and pushed."""
    A = actions.shape[1]
    outcomes = _outcomes(stacks, pushed)[:A]
    dactions = np.stack([(ds * o).sum(axis=-1) for o in outcomes], axis=1)
    doutcomes = [actions[:, k, :, None] * ds for k in range(A)]
    dstacks = doutcomes[2] if A == 3 else np.zeros_like(stacks)
    dstacks[..., :-1] += doutcomes[0][..., 1:]
    dstacks[..., 1:] += doutcomes[1][..., :-1]
    return dstacks, dactions, doutcomes[0][..., 0]


def _outcomes(stacks, pushed):
    bottom = np.full_like(stacks[..., :1], EMPTY)
    push = np.concatenate([pushed[..., None], stacks[..., :-1]], axis=-1)
    pop = np.concatenate([stacks[..., 1:], bottom], axis=-1)
    return [push, pop, stacks]
