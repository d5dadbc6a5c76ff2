"""The simple cell, by hand and against torch.nn.RNN."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import RNN, RNN_RELU

T, B, D, H = 5, 3, 2, 7


def test_one_step_by_hand():
    params = {
        "W_xh": np.array([[1.0, 0.0], [0.0, 2.0]]),
        "W_hh": np.array([[0.5, 1.0], [0.0, -1.0]]),
        "b_x": np.array([0.1, 0.0]),
        "b_h": np.array([0.0, -0.2]),
    }
    x, h = np.array([[[0.3, -0.4]]]), (np.array([[0.6, 0.2]]),)
    hs, (h_T,), _ = bptt.unroll(RNN, params, x, h)
    # 0.3 + 0.1 + 0.5·0.6 = 0.7 and -0.8 - 0.2 + 0.6 - 0.2 = -0.6
    np.testing.assert_allclose(hs[0, 0], np.tanh([0.7, -0.6]))
    np.testing.assert_array_equal(hs[-1], h_T)
    hs, _, _ = bptt.unroll(RNN_RELU, params, x, h)
    np.testing.assert_allclose(hs[0, 0], [0.7, 0.0])


def test_without_recurrence_order_is_nothing():
    rng = np.random.default_rng(0)
    params = RNN.init(rng, D, H)
    params["W_hh"][:] = 0
    xs = rng.standard_normal((T, B, D))
    hs, _, _ = bptt.unroll(RNN, params, xs)
    layer = np.tanh(xs @ params["W_xh"] + params["b_x"] + params["b_h"])
    np.testing.assert_allclose(hs, layer, rtol=1e-12)


def test_init_is_bounded_as_in_torch_and_seeded():
    params = RNN.init(np.random.default_rng(3), D, 100)
    again = RNN.init(np.random.default_rng(3), D, 100)
    for name, a in params.items():
        assert np.abs(a).max() <= 0.1 and a.std() > 0.04
        np.testing.assert_array_equal(a, again[name])


@pytest.mark.parametrize("cell", [RNN, RNN_RELU], ids=repr)
def test_init_refuses(cell):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="^H is 0; expected an integer"):
        cell.init(rng, 2, 0)
    with pytest.raises(ValueError, match="^D is 2.0; expected an integer"):
        cell.init(rng, 2.0, 7)
    with pytest.raises(ValueError, match="^rng is 0; expected a generator"):
        cell.init(0, 2, 7)
    with pytest.raises(ValueError, match="^dtype is .*int.*expected float32"):
        cell.init(rng, 2, 7, dtype=int)
    with pytest.raises(ValueError, match="has the sizes H alone"):
        cell.init(rng, 2, 7, 4)
