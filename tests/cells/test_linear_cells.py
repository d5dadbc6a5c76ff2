"""Linear cells, one step written out: the papers' own formulas."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import LRU, LeakySum, LeakySumCell, MinGRU, MinLSTM
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


def test_lru():
    rng = np.random.default_rng(0)
    params = LRU.init(rng, D, H)
    x, h = rng.normal(size=(B, D)), rng.normal(size=(B, 2 * H))
    ax = LRU.project(params, x[None])[0]
    (after,), _ = LRU.step(params, ax, (h,))
    size = np.exp(-np.exp(params["nu"]))
    a = size * np.exp(1j * params["theta"])
    W = params["W_re"] + 1j * params["W_im"]
    right = a * (h[:, :H] + 1j * h[:, H:])
    right = right + np.sqrt(1 - size**2) * (x @ W)
    right = np.concatenate([right.real, right.imag], axis=1)
    np.testing.assert_allclose(after, right, rtol=1e-10)


@pytest.mark.parametrize("nu", [-8.0, -17.0, -30.0])
def test_in_32_bits_an_eigenvalue_that_rounds_to_1_has_a_gradient(nu):
    """1 - abs(a) ** 2 is 0 there, and the gradient divides by its root."""
    found = []
    for dtype in (np.float32, np.float64):
        rng = np.random.default_rng(0)
        params = LRU.init(rng, D, H, dtype=np.float64)
        params["nu"][:] = nu
        params = {name: p.astype(dtype) for name, p in params.items()}
        xs = rng.normal(size=(5, B, D)).astype(dtype)
        hs, _, tape = bptt.unroll(LRU, params, xs)
        _, _, grads = bptt.unroll_backward(LRU, params, tape, np.ones_like(hs))
        assert np.isfinite(grads["nu"]).all()
        found.append((hs, grads["nu"]))
    (hs, d_nu), (right_hs, right_d_nu) = found
    np.testing.assert_allclose(hs, right_hs, rtol=0, atol=1e-5)
    np.testing.assert_allclose(d_nu, right_d_nu, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shift", [-1000.0, -60.0, 60.0, 1000.0])
def test_gates_that_are_both_shut_still_share_the_room(dtype, shift):
    """f / (f + i) is 0 / 0 if both round to 0; their ratio is not."""
    rng = np.random.default_rng(0)
    params = MinLSTM.init(rng, D, H, dtype=dtype)
    params["b_i"][:], params["b_f"][:] = shift, shift + 1
    xs = 0 * rng.normal(size=(4, B, D)).astype(dtype)
    hs, _, tape = bptt.unroll(MinLSTM, params, xs)
    _, _, grads = bptt.unroll_backward(MinLSTM, params, tape, hs + 1)
    kept = sigmoid(np.array(1.0)) if shift < 0 else 0.5
    np.testing.assert_allclose(tape.kept["a"], kept, rtol=1e-4)
    assert hs.dtype == dtype
    assert all(np.isfinite(g).all() for g in grads.values())
