"""Which modules tick when, who hears whom, and the beat across halves."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import RNN, ClockworkCell

B, D, H = 3, 2, 7


def test_modules_move_only_on_their_beat():
    cell = ClockworkCell((1, 2, 4))  # 3 + 2 + 2 units
    params = cell.init(np.random.default_rng(0), D, H)
    xs = np.random.default_rng(1).standard_normal((9, B, D))
    hs, (_, clock), tape = bptt.unroll(cell, params, xs)
    h = tape.states["h"]
    moved = (h[1:] != h[:-1]).any(axis=1)  # (T, H)
    for t in range(9):
        expected = [True] * 3 + [t % 2 == 0] * 2 + [t % 4 == 0] * 2
        assert moved[t].tolist() == expected
    np.testing.assert_array_equal(clock, 9)
    np.testing.assert_array_equal(tape.gates["active"][:, 0], moved)


def test_a_slow_module_does_not_hear_a_fast_one():
    cell = ClockworkCell((1, 4))  # 4 + 3 units
    params = cell.init(np.random.default_rng(0), D, H)
    assert not params["W_hh"][:4, 4:].any()
    assert (params["W_hh"][4:] != 0).all()
    xs = np.random.default_rng(1).standard_normal((9, B, D))
    state = cell.zero_state(B, H)
    loud = (state[0] + np.r_[np.ones(4), np.zeros(3)], state[1])
    hs, _, _ = bptt.unroll(cell, params, xs, state)
    other, _, _ = bptt.unroll(cell, params, xs, loud)
    assert (hs[0, :, :4] != other[0, :, :4]).all()
    np.testing.assert_array_equal(hs[..., 4:], other[..., 4:])
    wrong = {**params, "W_hh": params["W_hh"] + np.tri(H, k=-9)}
    wrong["W_hh"][:4, 4:] = 9.0  # not used
    again, _, tape = bptt.unroll(cell, wrong, xs, state)
    np.testing.assert_array_equal(hs, again)
    _, _, grads = bptt.unroll_backward(cell, wrong, tape, np.ones_like(hs))
    assert not grads["W_hh"][:4, 4:].any()


def test_all_periods_one_is_the_simple_cell():
    cell = ClockworkCell((1, 1))
    params = RNN.init(np.random.default_rng(0), D, H)
    xs = np.random.default_rng(1).standard_normal((5, B, D))
    hs, _, _ = bptt.unroll(cell, params, xs)
    other, _, _ = bptt.unroll(RNN, params, xs)
    np.testing.assert_allclose(hs, other, rtol=1e-12)


def test_more_modules_than_units():
    cell = ClockworkCell((1, 2, 4, 8))
    params = cell.init(np.random.default_rng(0), D, 2)
    hs, _, _ = bptt.unroll(cell, params, np.ones((3, B, D)))
    assert hs.shape == (3, B, 2)


@pytest.mark.parametrize(
    "periods, message",
    [
        ((1, 0), r"periods contains 0 at \[1\]; expected integers from 1"),
        ((1, 2.5), "periods has dtype float64; expected integers"),
        ((), "periods has dtype float64"),
        (3, r"periods has shape \(\); expected \(modules,\)"),
    ],
)
def test_refuses(periods, message):
    with pytest.raises(ValueError, match=message):
        ClockworkCell(periods)
