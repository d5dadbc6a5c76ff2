"""The LSTM by hand, its forget bias, and its peepholes."""

import numpy as np

from rnncourse import bptt
from rnncourse.cells import LSTM, PeepholeLSTM

T, B, D, H = 5, 3, 2, 7


def test_one_step_by_hand():
    """One unit, weights zero: the gates are their biases."""
    params = LSTM.init(np.random.default_rng(0), 1, 1)
    for a in params.values():
        a[...] = 0
    # i = 3/4, f = 1/4, g = tanh(1), o = 1/2
    params["b_x"][:] = [np.log(3), -np.log(3), 0.4, 0]
    params["b_h"][:] = [0, 0, 0.6, 0]
    state = (np.array([[5.0]]), np.array([[2.0]]))
    hs, (h, c), tape = bptt.unroll(LSTM, params, np.ones((1, 1, 1)), state)
    c_by_hand = 0.25 * 2 + 0.75 * np.tanh(1)
    np.testing.assert_allclose(c, [[c_by_hand]])
    np.testing.assert_allclose(h, [[0.5 * np.tanh(c_by_hand)]])
    gates = {name: a.item() for name, a in tape.gates.items()}
    assert gates == {"i": 0.75, "f": 0.25, "g": np.tanh(1), "o": 0.5}
    assert tape.states["c"][:, 0, 0].tolist() == [2, c.item()]


def test_memory_is_kept_when_the_forget_gate_is_open():
    params = LSTM.init(np.random.default_rng(0), D, H)
    params["b_x"][:H] = -1e3
    params["b_x"][H : 2 * H] = 1e3
    c_0 = np.random.default_rng(1).standard_normal((B, H))
    xs = np.random.default_rng(2).standard_normal((1000, B, D))
    state = (np.zeros((B, H)), c_0)
    hs, (_, c), tape = bptt.unroll(LSTM, params, xs, state)
    np.testing.assert_array_equal(c, c_0)
    dc = np.ones((B, H))
    _, (_, dc_0), _ = bptt.unroll_backward(
        LSTM, params, tape, np.zeros_like(hs), (np.zeros((B, H)), dc)
    )
    np.testing.assert_array_equal(dc_0, dc)


def test_forget_bias_is_one():
    params = LSTM.init(np.random.default_rng(0), D, H)
    np.testing.assert_array_equal(params["b_x"][H : 2 * H], 1)
    assert (np.abs(params["b_h"]) < 0.4).all()


def test_peepholes_of_zero_are_an_lstm():
    rng = np.random.default_rng(0)
    params = PeepholeLSTM.init(rng, D, H)
    plain = {k: a for k, a in params.items() if not k.startswith("p_")}
    for k in "ifo":
        params[f"p_{k}"] = np.zeros(H)
    xs = rng.standard_normal((T, B, D))
    hs, _, _ = bptt.unroll(PeepholeLSTM, params, xs)
    other, _, _ = bptt.unroll(LSTM, plain, xs)
    np.testing.assert_allclose(hs, other, rtol=1e-12)
