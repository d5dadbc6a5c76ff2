"""The list is a list with a head: compared with two Python lists."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import ListRNNCell
from rnncourse.cells._lists import move

B, D, H, N, DEPTH = 3, 2, 7, 2, 4
INSERT, LEFT, RIGHT, NO_OP = range(4)
EMPTY = -1.0


class Head:
    """What lies to the left and right of a head, the nearest cell last."""

    def __init__(self):
        self.left, self.here, self.right = [], EMPTY, []

    def act(self, action, value):
        if action == INSERT:
            self.left.append(self.here)
            self.here = value
        elif action == LEFT:
            self.right.append(self.here)
            self.here = self.left.pop() if self.left else EMPTY
        elif action == RIGHT:
            self.left.append(self.here)
            self.here = self.right.pop() if self.right else EMPTY

    def cells(self, depth):
        blank = [EMPTY] * depth
        left = (blank + self.left)[-depth:]
        right = (blank + self.right)[-depth:]
        return [*left, self.here, *right[::-1]]


def test_move_is_a_list_with_a_head_when_actions_are_certain():
    rng = np.random.default_rng(0)
    long = 70  # no cell reaches an end within 60 moves
    lists = np.full((B, N, 2 * long + 1), EMPTY)
    heads = [[Head() for _ in range(N)] for _ in range(B)]
    for _ in range(60):
        choice = rng.integers(4, size=(B, N))
        inserted = rng.random((B, N))
        actions = (np.arange(4)[:, None] == choice[:, None]).astype(float)
        lists = move(lists, actions, inserted)
        for b in range(B):
            for n in range(N):
                heads[b][n].act(choice[b, n], inserted[b, n])
        np.testing.assert_array_equal(
            lists, [[head.cells(long) for head in row] for row in heads]
        )
    assert (lists[..., :long] != EMPTY).any()
    assert (lists[..., long + 1 :] != EMPTY).any()


@pytest.mark.parametrize(
    "action, after",
    [
        (INSERT, [0.2, 0.3, 9.0, 0.4, 0.5]),
        (LEFT, [-1.0, 0.1, 0.2, 0.3, 0.4]),
        (RIGHT, [0.2, 0.3, 0.4, 0.5, -1.0]),
        (NO_OP, [0.1, 0.2, 0.3, 0.4, 0.5]),
    ],
)
def test_each_action_by_hand(action, after):
    lists = np.array([[[0.1, 0.2, 0.3, 0.4, 0.5]]])
    actions = (np.arange(4) == action).astype(float).reshape(1, 4, 1)
    moved = move(lists, actions, np.array([[9.0]]))
    np.testing.assert_array_equal(moved, [[after]])


def test_one_step_by_hand():
    cell = ListRNNCell(depth=2, read=2)
    params = {
        "W_xh": np.array([[1.0]]),
        "W_hh": np.array([[0.5]]),
        "W_sh": np.array([[2.0], [3.0]]),
        "W_ha": np.zeros((1, 4)),
        "W_hd": np.array([[0.0]]),
    }
    before = [0.6, -0.1, 0.3, 0.7, -0.4]
    state = (np.array([[0.4]]), np.array([before]))
    _, (h, after), tape = bptt.unroll(
        cell, params, np.full((1, 1, 1), 0.2), state
    )
    # 0.2 + 0.5·0.4 - 2·0.1 + 3·0.3; then one quarter of each action
    np.testing.assert_allclose(h, 1 / (1 + np.exp(-1.1)))
    outcomes = [
        [-0.1, 0.3, 0.5, 0.7, -0.4],
        [-1.0, 0.6, -0.1, 0.3, 0.7],
        [-0.1, 0.3, 0.7, -0.4, -1.0],
        before,
    ]
    np.testing.assert_allclose(4 * after, [np.sum(outcomes, axis=0)])
    assert list(tape.gates) == ["insert", "left", "right", "no_op"]
    np.testing.assert_allclose(tape.gates["left"], 1 / 4)


def test_argmax_takes_one_action():
    soft, hard = (
        ListRNNCell(depth=DEPTH, argmax=argmax) for argmax in (False, True)
    )
    params = soft.init(np.random.default_rng(0), D, H, N)
    params["W_ha"] *= 9
    xs = np.random.default_rng(1).standard_normal((5, B, D))
    _, _, tape = bptt.unroll(hard, params, xs)
    np.testing.assert_array_equal(sum(tape.gates.values()), 1)
    assert {float(v) for a in tape.gates.values() for v in a.flat} == {0, 1}
    _, _, first = bptt.unroll(soft, params, xs[:1])
    for name, gate in first.gates.items():
        np.testing.assert_array_equal(gate > 0.5, tape.gates[name][:1] == 1)


def test_what_the_head_leaves_behind_is_not_lost():
    """Inserted, left, and right again: a stack would have lost it."""
    cell, value = ListRNNCell(depth=DEPTH, no_op=False), np.array([[0.8]])
    _, lists = cell.zero_state(1, H, 1)
    lists = lists[:, None]
    for action in (INSERT, LEFT):
        chosen = np.eye(3)[action].reshape(1, 3, 1)
        lists = move(lists, chosen, value)
    assert lists[0, 0, DEPTH] == EMPTY
    lists = move(lists, np.eye(3)[RIGHT].reshape(1, 3, 1), value)
    assert lists[0, 0, DEPTH] == 0.8


def test_refuses():
    with pytest.raises(ValueError, match="^depth is 0; expected an integer"):
        ListRNNCell(depth=0)
    with pytest.raises(ValueError, match="^read is 3; expected at most depth"):
        ListRNNCell(depth=2, read=3)
