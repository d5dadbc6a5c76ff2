"""Linear cells, one step written out: the papers' own formulas."""

import numpy as np
import pytest

from rnncourse.cells import LeakySum, LeakySumCell, MinGRU, MinLSTM
from rnncourse.ops import sigmoid

B, D, H = 3, 2, 7


def stepped(cell):
    """Random parameters; the state after one step, and what it was made of."""
    rng = np.random.default_rng(0)
    params = cell.init(rng, D, H)
    for name in params:
        params[name] = rng.normal(size=params[name].shape)
    x, h = rng.normal(size=(B, D)), rng.normal(size=(B, H))
    ax = cell.project(params, x[None])[0]
    (after,), kept = cell.step(params, ax, (h,))
    return params, x, h, after


def test_min_gru():
    params, x, h, after = stepped(MinGRU)
    z = sigmoid(x @ params["W_xz"] + params["b_z"])
    n = x @ params["W_xn"] + params["b_n"]
    np.testing.assert_allclose(after, (1 - z) * h + z * n, rtol=1e-12)


def test_min_lstm():
    params, x, h, after = stepped(MinLSTM)
    i, f, g = (x @ params[f"W_x{k}"] + params[f"b_{k}"] for k in "ifg")
    i, f = sigmoid(i), sigmoid(f)
    right = f / (f + i) * h + i / (f + i) * g
    np.testing.assert_allclose(after, right, rtol=1e-12)


def test_leaky_sum():
    params, x, h, after = stepped(LeakySum)
    a = sigmoid(params["keep"])
    right = a * h + x @ params["W_xh"] + params["b_h"]
    np.testing.assert_allclose(after, right, rtol=1e-12)


@pytest.mark.parametrize("least, most", [(0.5, 0.9), (0.9, 0.999)])
def test_leaks_are_spread_over_their_range_by_their_logarithm(least, most):
    params = LeakySumCell(least, most).init(np.random.default_rng(0), D, 4000)
    leaks = 1 - sigmoid(params["keep"])
    assert leaks.min() >= 1 - most and leaks.max() <= 1 - least
    place = np.log(leaks / (1 - most)) / np.log((1 - least) / (1 - most))
    counts, _ = np.histogram(place, bins=4, range=(0, 1))
    assert counts.sum() == 4000 and (abs(counts - 1000) < 120).all()
