import numpy as np
import pytest

from rnncourse.heads import readout

T, B, H, K = 5, 3, 7, 2


def difference(f, a, epsilon=1e-6):
    """Central differences of the scalar f() at every number of `a`."""
    slope = np.empty_like(a)
    for i in np.ndindex(a.shape):
        kept = a[i]
        a[i] = kept + epsilon
        up = f()
        a[i] = kept - epsilon
        slope[i] = (up - f()) / (2 * epsilon)
        a[i] = kept
    return slope


@pytest.mark.parametrize("leading", [(T, B), (B,), (), (1, 1)])
def test_equals_torch(leading):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    params = readout.init(rng, H, K)
    hs, dys = rng.normal(size=(*leading, H)), rng.normal(size=(*leading, K))
    linear = torch.nn.Linear(H, K, dtype=torch.float64)
    with torch.no_grad():
        linear.weight[:] = torch.tensor(params["W_hy"].T)
        linear.bias[:] = torch.tensor(params["b_y"])
    theirs = torch.tensor(hs, requires_grad=True)
    linear(theirs).backward(torch.tensor(dys))
    for _ in range(2):
        ys = readout.forward(params, hs)
        dhs, grads = readout.backward(params, hs, dys)
        np.testing.assert_allclose(ys, linear(theirs).detach(), rtol=1e-12)
        np.testing.assert_allclose(dhs, theirs.grad, rtol=1e-12)
        np.testing.assert_allclose(
            grads["W_hy"], linear.weight.grad.T, rtol=1e-12
        )
        np.testing.assert_allclose(grads["b_y"], linear.bias.grad, rtol=1e-12)


def test_backward_is_the_slope_of_forward():
    rng = np.random.default_rng(1)
    params = readout.init(rng, H, K)
    hs, dys = rng.normal(size=(T, B, H)), rng.normal(size=(T, B, K))
    dhs, grads = readout.backward(params, hs, dys)

    def loss():
        return np.sum(readout.forward(params, hs) * dys)

    assert grads.keys() == params.keys()
    for array, grad in [(hs, dhs)] + [(params[k], grads[k]) for k in params]:
        slope = difference(loss, array)
        np.testing.assert_allclose(grad, slope, rtol=1e-7, atol=1e-9)
        assert np.abs(1.01 * grad - slope).max() > 1e-3


def test_init():
    params = readout.init(np.random.default_rng(0), H, K, dtype=np.float32)
    assert {a.dtype for a in params.values()} == {np.dtype(np.float32)}
    large = readout.init(np.random.default_rng(0), 100, 50)["W_hy"]
    assert 0.099 < np.abs(large).max() <= 0.1
    ys = readout.forward(params, np.ones((T, H), np.float32))
    assert ys.dtype == np.float32


def test_errors():
    params = readout.init(np.random.default_rng(0), H, K)
    hs = np.ones((T, B, H))
    for call, message in [
        (lambda: readout.init(0, H, K), "rng is 0"),
        (lambda: readout.init(np.random.default_rng(0), 0, K), "H is 0"),
        (lambda: readout.forward(params, hs[..., :3]), r"hs has shape .*3\)"),
        (lambda: readout.forward(params, np.ones((H,), int)), "hs has dtype"),
        (lambda: readout.forward({"W_hy": 0}, hs), "lacks 'b_y'"),
        (lambda: readout.backward(params, hs, hs), r"dys .* \(5, 3, 2\)"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
