import numpy as np
import pytest

from rnncourse import gradcheck
from rnncourse.heads import layer_norm

T, B, H = 5, 3, 7


def case(seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    params = {name: rng.normal(size=H).astype(dtype) for name in GAINS}
    xs, dys = rng.normal(size=(2, T, B, H)).astype(dtype)
    return params, xs, dys


GAINS = ("gain", "shift")


def claims(params, xs, dys):
    _, kept = layer_norm.forward(params, xs)
    dxs, grads = layer_norm.backward(params, kept, dys)
    return {"params": grads, "xs": dxs}


def test_gradients_and_a_planted_error_in_each():
    params, xs, dys = case()
    arrays, grads = {"params": params, "xs": xs}, claims(params, xs, dys)

    def right(grads):
        def loss(moved):
            return np.sum(layer_norm.forward(**moved)[0] * dys)

        return gradcheck.check(loss, arrays, grads)

    assert right(grads)
    assert not right(grads | {"xs": 1.01 * grads["xs"]})
    for name in GAINS:
        planted = grads["params"] | {name: 1.01 * grads["params"][name]}
        assert not right(grads | {"params": planted})


def test_equals_torch():
    torch = pytest.importorskip("torch")
    params, xs, dys = case(1)
    module = torch.nn.LayerNorm(H, dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(params["gain"]))
        module.bias.copy_(torch.tensor(params["shift"]))
    theirs = torch.tensor(xs, requires_grad=True)
    out = module(theirs)
    ours, _ = layer_norm.forward(params, xs)
    np.testing.assert_allclose(ours, out.detach(), rtol=0, atol=1e-12)
    out.backward(torch.tensor(dys))
    grads = claims(params, xs, dys)
    for mine, other in [
        (grads["xs"], theirs.grad),
        (grads["params"]["gain"], module.weight.grad),
        (grads["params"]["shift"], module.bias.grad),
    ]:
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-12)


def test_neither_a_shift_nor_a_scale_of_the_input_matters():
    params, xs, _ = case(2)
    one, _ = layer_norm.forward(params, 1e3 * xs)
    two, _ = layer_norm.forward(params, 1e3 * (2 * xs + 5))
    np.testing.assert_allclose(one, two, rtol=1e-6)


def test_a_vector_without_spread_is_no_division_by_zero():
    ys, _ = layer_norm.forward(layer_norm.init(H), np.ones((1, H)))
    assert not ys.any()


def test_any_leading_axes_twice_the_same_and_float32():
    params, xs, dys = case(3, np.float32)
    flat, _ = layer_norm.forward(params, xs.reshape(-1, H))
    ys, kept = layer_norm.forward(params, xs)
    np.testing.assert_array_equal(flat.reshape(xs.shape), ys)
    one, two = (layer_norm.backward(params, kept, dys) for _ in range(2))
    np.testing.assert_array_equal(one[0], two[0])
    assert one[0].dtype == one[1]["gain"].dtype == ys.dtype == np.float32


def test_errors():
    params, xs, dys = case(4)
    _, kept = layer_norm.forward(params, xs)
    for call, message in [
        (lambda: layer_norm.init(0), "H is 0"),
        (lambda: layer_norm.init(3, int), "dtype is int64; expected float32"),
        (lambda: layer_norm.init(3, np.float16), "dtype is float16"),
        (lambda: layer_norm.forward({"gain": 1}, xs), "params lacks 'shift'"),
        (lambda: layer_norm.forward(params, xs[..., :2]), "xs has shape"),
        (lambda: layer_norm.forward(params, xs * np.nan), "xs contains NaN"),
        (lambda: layer_norm.backward(params, kept, dys[:2]), "dys has shape"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
