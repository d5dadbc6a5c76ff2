"""The List RNN of Joulin & Mikolov (2015): a stack that can go both ways."""

from dataclasses import dataclass

from rnncourse.cells import _lists
from rnncourse.cells._stacks import EMPTY
from rnncourse.cells.stack import StackRNNCell


@dataclass(frozen=True, repr=False)
class ListRNNCell(StackRNNCell):
    """A network that moves along N lists of its own, and inserts in them.

    A stack RNN with another memory. Each list has a head, and cells to its
    left and right; the head goes one cell to the left or to the right, and
    loses nothing, or a value is inserted where it stands. Equations, for
    each list, ``HEAD`` its middle cell and ``L[HEAD+1-read : HEAD+1]`` seen::

        h = sigmoid(x @ W_xh + h @ W_hh + seen @ W_sh)
        insert, left, right, no_op = softmax(h @ W_ha)
        inserted = sigmoid(h @ W_hd)
        L[i] = right * L[i+1] + left * L[i-1] + insert * in[i] + no_op * L[i]

    where ``in[HEAD] = inserted``, ``in[i] = L[i+1]`` left of the head and
    ``in[i] = L[i]`` right of it. The paper does not say which cells h reads:
    the head and its left neighbours are our reading. As there, it is the
    list that moves, and the head stays where it is.

    State (h, lists): h (B, H) and lists (B, N·(2·depth + 1)), -1 where
    empty. No biases. The actions are on the tape, ``tape.gates["insert"]``.

    Parameters
    ----------
    depth, read : ints, cells on either side of the head, and how many h sees
    no_op : bool, whether a list may also stay as it is
    recurrent : bool, whether h also sees itself (W_hh)
    argmax : bool, take only the most probable action: for testing

    Raises
    ------
    ValueError
        for a depth below 1, or more cells to read than there are

    >>> import numpy as np
    >>> params = ListRNNCell().init(np.random.default_rng(0), 2, 7, 3)
    >>> params["W_sh"].shape, params["W_ha"].shape, params["W_hd"].shape
    ((6, 7), (7, 12), (7, 3))
    """

    states = ("h", "lists")
    blank = {"lists": EMPTY}

    @property
    def gates(self):
        """The actions: what a head may do."""
        return ("insert", "left", "right", "no_op")[: 4 if self.no_op else 3]

    _move = staticmethod(_lists.move)
    _move_backward = staticmethod(_lists.move_backward)

    @property
    def _cells(self):
        return 2 * self.depth + 1

    @property
    def _seen(self):
        return slice(self.depth + 1 - self.read, self.depth + 1)


ListRNN = ListRNNCell()
"""``ListRNNCell()``, of Joulin & Mikolov (2015); state (h, lists)."""
