"""The stack-augmented network of Joulin & Mikolov (2015)."""

import numpy as np

from rnncourse import arguments, ops
from rnncourse.cells._cell import Cell, rows
from rnncourse.cells._stacks import EMPTY, move, move_backward


def stack_rnn(depth=32, read=2, no_op=True, recurrent=True, argmax=False):
    """Make a network that pushes to and pops from N stacks of its own.

    Equations, for each stack, s[0] its top; in the paper U, R, P, A, D::

        h = sigmoid(x @ W_xh + h @ W_hh + s[:read] @ W_sh)
        push, pop, no_op = softmax(h @ W_ha)
        s[-1] = sigmoid(h @ W_hd)                        (what may be pushed)
        s[k] = push * s[k-1] + pop * s[k+1] + no_op * s[k]

    State (h, stacks): h (B, H) and stacks (B, N·depth), one after the other,
    -1 where empty; what sinks below `depth` is lost. No biases, as in the
    paper. The actions are on the tape: ``tape.gates["push"]``, (T, B, N).

    Parameters
    ----------
    depth, read : ints, cells of each stack, and how many h sees of them
    no_op : bool, whether a stack may also stay as it is
    recurrent : bool, whether h also sees itself (W_hh)
    argmax : bool, take only the most probable action: for testing, as no
        gradient passes the choice

    Raises
    ------
    ValueError
        for a depth below 1, or more cells to read than there are

    >>> params = stack_rnn().init(np.random.default_rng(0), 2, 7, 3)
    >>> params["W_sh"].shape, params["W_ha"].shape, params["W_hd"].shape
    ((6, 7), (7, 9), (7, 3))
    """
    arguments.size("depth", depth)
    if arguments.size("read", read) > depth:
        raise ValueError(f"read is {read}; expected at most depth = {depth}")
    actions = ("push", "pop", "no_op")[: 3 if no_op else 2]

    def shapes(D, H, N):
        W_hh = {"W_hh": (H, H)} if recurrent else {}
        W_ha = (H, len(actions) * N)
        stack = {"W_sh": (N * read, H), "W_ha": W_ha, "W_hd": (H, N)}
        return {"W_xh": (D, H), **W_hh, **stack}

    def top(stacks):
        seen = stacks.reshape(*stacks.shape[:-1], -1, depth)[..., :read]
        return seen.reshape(*stacks.shape[:-1], -1)

    def choose(scores):
        if not argmax:
            return ops.softmax(scores, axis=1)
        best = scores.argmax(axis=1)[:, None]
        return (np.arange(len(actions))[:, None] == best).astype(scores.dtype)

    def project(params, xs):
        return (rows(xs) @ params["W_xh"]).reshape(*xs.shape[:2], -1)

    def step(params, ax, state):
        h, stacks = state
        B, N = len(h), params["W_hd"].shape[1]
        ah = h @ params["W_hh"] if recurrent else 0
        h = ops.sigmoid(ax + ah + top(stacks) @ params["W_sh"])
        p = choose((h @ params["W_ha"]).reshape(B, -1, N))
        pushed = ops.sigmoid(h @ params["W_hd"])
        stacks = move(stacks.reshape(B, N, depth), p, pushed)
        return (h, stacks.reshape(B, -1)), (p.reshape(B, -1), pushed)

    def slopes(params, before, after, kept):
        (h, _), (p, pushed) = after, kept
        return h * (1 - h), pushed * (1 - pushed), before[1], p, pushed

    def step_backward(params, slopes, dstate):
        (dh, dstacks), (slope_h, slope_d, stacks, p, pushed) = dstate, slopes
        B, N = pushed.shape
        s, ds = (a.reshape(B, N, depth) for a in (stacks, dstacks))
        p = p.reshape(B, -1, N)
        ds, dp, dpushed = move_backward(s, p, pushed, ds)
        da_d = dpushed * slope_d
        da_a = p * (dp - (p * dp).sum(axis=1, keepdims=True))
        da_a = (0 if argmax else 1) * da_a.reshape(B, -1)
        dh = dh + da_a @ params["W_ha"].T + da_d @ params["W_hd"].T
        da_h = dh * slope_h
        ds[..., :read] += (da_h @ params["W_sh"].T).reshape(B, N, read)
        dh = da_h @ params["W_hh"].T if recurrent else np.zeros_like(dh)
        return (da_h, da_a, da_d), (dh, ds.reshape(B, -1))

    def collect(params, xs, before, after, kept, deltas):
        da_h, da_a, da_d = (rows(delta) for delta in deltas)
        senders = {"W_xh": xs, "W_sh": top(before[1])}
        if recurrent:
            senders["W_hh"] = before[0]
        grads = {name: rows(a).T @ da_h for name, a in senders.items()}
        grads["W_ha"] = rows(after[0]).T @ da_a
        grads["W_hd"] = rows(after[0]).T @ da_d
        return (da_h @ params["W_xh"].T).reshape(xs.shape), grads

    return Cell(
        name="StackRNN",
        sizes={"D": ("W_xh", 0), "H": ("W_xh", 1), "N": ("W_hd", 1)},
        shapes=shapes,
        states={"h": lambda D, H, N: H, "stacks": lambda D, H, N: N * depth},
        blank={"stacks": EMPTY},
        gates=actions,
        project=project,
        step=step,
        slopes=slopes,
        step_backward=step_backward,
        collect=collect,
    )


StackRNN = stack_rnn()
"""``stack_rnn()``, of Joulin & Mikolov (2015); state (h, stacks)."""
