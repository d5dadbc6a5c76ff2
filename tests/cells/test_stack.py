"""The stack is a stack: compared with a Python list."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import StackRNNCell
from rnncourse.cells._stacks import move

B, D, H, N, DEPTH = 3, 2, 7, 2, 4


def test_move_is_a_list_when_actions_are_certain():
    rng = np.random.default_rng(0)
    stacks = np.full((B, N, DEPTH), -1.0)
    lists = [[[-1.0] * DEPTH for _ in range(N)] for _ in range(B)]
    for _ in range(60):
        choice = rng.integers(3, size=(B, N))
        pushed = rng.random((B, N))
        actions = (np.arange(3)[:, None] == choice[:, None]).astype(float)
        stacks = move(stacks, actions, pushed)
        for b in range(B):
            for n in range(N):
                cells = lists[b][n]
                if choice[b, n] == 0:
                    lists[b][n] = [pushed[b, n], *cells[:-1]]
                elif choice[b, n] == 1:
                    lists[b][n] = [*cells[1:], -1.0]
        np.testing.assert_array_equal(stacks, lists)


def test_one_step_by_hand():
    cell = StackRNNCell(depth=3, read=2)
    params = {
        "W_xh": np.array([[1.0]]),
        "W_hh": np.array([[0.5]]),
        "W_sh": np.array([[2.0], [3.0]]),
        "W_ha": np.zeros((1, 3)),
        "W_hd": np.array([[0.0]]),
    }
    state = (np.array([[0.4]]), np.array([[0.3, -0.1, -1.0]]))
    hs, (h, stack), tape = bptt.unroll(
        cell, params, np.full((1, 1, 1), 0.2), state
    )
    # 0.2 + 0.5·0.4 + 2·0.3 - 3·0.1; then one third of each action
    np.testing.assert_allclose(h, 1 / (1 + np.exp(-0.7)))
    np.testing.assert_allclose(
        3 * stack,
        [[0.5 - 0.1 + 0.3, 0.3 - 1.0 - 0.1, -0.1 - 1.0 - 1.0]],
    )
    assert set(tape.gates) == {"push", "pop", "no_op"}
    np.testing.assert_allclose(tape.gates["pop"], 1 / 3)


def test_argmax_takes_one_action():
    soft, hard = (
        StackRNNCell(depth=DEPTH, argmax=argmax) for argmax in (False, True)
    )
    params = soft.init(np.random.default_rng(0), D, H, N)
    params["W_ha"] *= 9
    xs = np.random.default_rng(1).standard_normal((5, B, D))
    _, _, tape = bptt.unroll(hard, params, xs)
    total = sum(tape.gates.values())
    np.testing.assert_array_equal(total, 1)
    assert {float(v) for a in tape.gates.values() for v in a.flat} == {0, 1}
    _, _, first = bptt.unroll(soft, params, xs[:1])
    for name, gate in first.gates.items():
        np.testing.assert_array_equal(gate > 0.5, tape.gates[name][:1] == 1)


def test_empty_is_minus_one_everywhere():
    cell = StackRNNCell(depth=DEPTH)
    h, stacks = cell.zero_state(B, H, N)
    assert not h.any() and (stacks == -1).all()
    params = cell.init(np.random.default_rng(0), D, H, N)
    xs = np.random.default_rng(1).standard_normal((5, B, D))
    hs, _, _ = bptt.unroll(cell, params, xs)
    other, _, _ = bptt.unroll(cell, params, xs, (h, stacks))
    np.testing.assert_array_equal(hs, other)


def test_refuses():
    with pytest.raises(ValueError, match="^depth is 0; expected an integer"):
        StackRNNCell(depth=0)
    with pytest.raises(ValueError, match="^read is 3; expected at most depth"):
        StackRNNCell(depth=2, read=3)
    with pytest.raises(ValueError, match="^read is 0"):
        StackRNNCell(read=0)
