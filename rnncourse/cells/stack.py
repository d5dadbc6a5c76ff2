"""The stack-augmented network of Joulin & Mikolov (2015)."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments, ops
from rnncourse.cells import _stacks
from rnncourse.cells._cell import Cell, rows


@dataclass(frozen=True, repr=False)
class StackRNNCell(Cell):
    """A network that pushes to and pops from N stacks of its own.

    Equations, for each stack, s[0] its top; in the paper U, R, P, A, D::

        h = sigmoid(x @ W_xh + h @ W_hh + s[:read] @ W_sh)
        push, pop, no_op = softmax(h @ W_ha)
        pushed = sigmoid(h @ W_hd)
        s[0] = push * pushed + pop * s[1] + no_op * s[0]
        s[k] = push * s[k-1] + pop * s[k+1] + no_op * s[k]

    State (h, stacks): h (B, H) and stacks (B, N·depth), one after the other,
    -1 where empty; what sinks below ``depth`` is lost. No biases, as in the
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

    >>> params = StackRNNCell().init(np.random.default_rng(0), 2, 7, 3)
    >>> params["W_sh"].shape, params["W_ha"].shape, params["W_hd"].shape
    ((6, 7), (7, 9), (7, 3))
    """

    depth: int = 32
    read: int = 2
    no_op: bool = True
    recurrent: bool = True
    argmax: bool = False

    sizes = {"D": ("W_xh", 0), "H": ("W_xh", 1), "N": ("W_hd", 1)}
    states = ("h", "stacks")
    blank = {"stacks": _stacks.EMPTY}

    def __post_init__(self):
        arguments.size("depth", self.depth)
        if arguments.size("read", self.read) > self.depth:
            raise ValueError(
                f"read is {self.read}; expected at most depth = {self.depth}"
            )

    @property
    def gates(self):
        """The actions: what a stack may do."""
        return ("push", "pop", "no_op")[: 3 if self.no_op else 2]

    def shapes(self, D, H, N):
        """Into h from input, h and stacks; out of it, actions and pushes."""
        W_hh = {"W_hh": (H, H)} if self.recurrent else {}
        W_ha = (H, len(self.gates) * N)
        stack = {"W_sh": (N * self.read, H), "W_ha": W_ha, "W_hd": (H, N)}
        return {"W_xh": (D, H), **W_hh, **stack}

    def widths(self, D, H, N):
        """The stacks lie one after the other."""
        return H, N * self._cells

    def project(self, params, xs):
        """``xs @ W_xh``: one product for all T steps."""
        return (rows(xs) @ params["W_xh"]).reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """h reads the tops, chooses what to do, and the stacks move."""
        h, stacks = state
        B, N = len(h), params["W_hd"].shape[1]
        ah = h @ params["W_hh"] if self.recurrent else 0
        h = ops.sigmoid(ax + ah + self._top(stacks) @ params["W_sh"])
        actions = self._choose((h @ params["W_ha"]).reshape(B, -1, N))
        pushed = ops.sigmoid(h @ params["W_hd"])
        stacks = self._move(stacks.reshape(B, N, -1), actions, pushed)
        kept = dict(zip(self.gates, actions.swapaxes(0, 1), strict=True))
        return (h, stacks.reshape(B, -1)), kept | {"pushed": pushed}

    def step_backward(self, params, before, after, kept, dstate):
        """From the stacks to actions and pushes, from those to h, and back."""
        (_, stacks), (h, _), (dh, dstacks) = before, after, dstate
        *actions, pushed = kept.values()
        p, (B, N) = np.stack(actions, axis=1), pushed.shape
        s, ds = (a.reshape(B, N, -1) for a in (stacks, dstacks))
        ds, dp, dpushed = self._move_backward(s, p, pushed, ds)
        da_d = dpushed * pushed * (1 - pushed)
        da_a = p * (dp - (p * dp).sum(axis=1, keepdims=True))
        da_a = (0 if self.argmax else 1) * da_a.reshape(B, -1)
        dh = dh + da_a @ params["W_ha"].T + da_d @ params["W_hd"].T
        da_h = dh * h * (1 - h)
        dtop = (da_h @ params["W_sh"].T).reshape(B, N, -1)
        ds[..., self._seen] += dtop
        dh = da_h @ params["W_hh"].T if self.recurrent else np.zeros_like(dh)
        deltas = {"da_h": da_h, "da_a": da_a, "da_d": da_d}
        return deltas, (dh, ds.reshape(B, -1))

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each weight matrix, and for dxs."""
        da_h, da_a, da_d = (rows(delta) for delta in deltas.values())
        senders = {"W_xh": xs, "W_sh": self._top(before[1])}
        if self.recurrent:
            senders["W_hh"] = before[0]
        grads = {name: rows(a).T @ da_h for name, a in senders.items()}
        grads["W_ha"] = rows(after[0]).T @ da_a
        grads["W_hd"] = rows(after[0]).T @ da_d
        return (da_h @ params["W_xh"].T).reshape(xs.shape), grads

    # What another memory does in its own way: see `linked_list`.

    _move = staticmethod(_stacks.move)
    _move_backward = staticmethod(_stacks.move_backward)

    @property
    def _cells(self):
        return self.depth

    @property
    def _seen(self):
        return slice(0, self.read)

    def _top(self, stacks):
        cells = stacks.reshape(*stacks.shape[:-1], -1, self._cells)
        return cells[..., self._seen].reshape(*stacks.shape[:-1], -1)

    def _choose(self, scores):
        if not self.argmax:
            return ops.softmax(scores, axis=1)
        best = scores.argmax(axis=1)[:, None]
        every = np.arange(scores.shape[1])[:, None]
        return (every == best).astype(scores.dtype)


StackRNN = StackRNNCell()
"""``StackRNNCell()``, of Joulin & Mikolov (2015); state (h, stacks)."""
