"""Both places of the reset equal Keras and ONNX, outputs and gradients."""

import inspect
import os

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import GRU, GRUCho, GRUChung

T, B, D, H = 5, 3, 2, 7
rng = np.random.default_rng(0)
XS = rng.standard_normal((T, B, D))
H_0 = rng.standard_normal((B, H))
DHS = rng.standard_normal((T, B, H))


def to_keras(a, axis=-1):
    """Keras has the gates in the order z, r, n."""
    r, z, n = np.split(a, 3, axis)
    return np.concatenate([z, r, n], axis)


def from_keras(a):
    return to_keras(a)  # swapping two is its own inverse


def value(weight):
    return getattr(weight, "value", weight)


@pytest.mark.parametrize("cell", [GRU, GRUCho], ids=repr)
def test_keras(cell, monkeypatch):
    torch = pytest.importorskip("torch")
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    assert keras.backend.backend() == "torch"
    # keras.ops.matmul rounds float64 to float32: only the products are
    # torch's here, the equations around them are Keras's.
    monkeypatch.setattr(
        inspect.getmodule(keras.layers.GRU).ops,
        "matmul",
        lambda a, b: torch.matmul(a, value(b)),
    )
    params = cell.init(np.random.default_rng(1), D, H)
    layer = keras.layers.GRU(
        H,
        reset_after=cell is GRU,
        return_sequences=True,
        dtype="float64",
    )
    layer.build((B, T, D))
    bias = to_keras(params["b_h"])
    if cell is GRU:
        bias = np.stack([to_keras(params["b_x"]), bias])
    layer.set_weights(
        [to_keras(params["W_xh"]), to_keras(params["W_hh"]), bias]
    )
    x = torch.tensor(XS.swapaxes(0, 1), requires_grad=True)
    theirs = layer(x, initial_state=torch.tensor(H_0)).swapaxes(0, 1)
    (theirs * torch.tensor(DHS)).sum().backward()
    hs, _, tape = bptt.unroll(cell, params, XS, (H_0,))
    dxs, _, grads = bptt.unroll_backward(cell, params, tape, DHS)
    close = {"rtol": 1e-10, "atol": 1e-12}
    np.testing.assert_allclose(hs, theirs.detach().numpy(), **close)
    np.testing.assert_allclose(dxs, x.grad.numpy().swapaxes(0, 1), **close)
    kernel, recurrent, bias = (w.value.grad.numpy() for w in layer.weights)
    np.testing.assert_allclose(grads["W_xh"], from_keras(kernel), **close)
    np.testing.assert_allclose(grads["W_hh"], from_keras(recurrent), **close)
    b_h = bias[1] if cell is GRU else bias
    np.testing.assert_allclose(grads["b_h"], from_keras(b_h), **close)
    if cell is GRU:
        np.testing.assert_allclose(grads["b_x"], from_keras(bias[0]), **close)


@pytest.mark.parametrize("cell", [GRU, GRUCho], ids=repr)
def test_onnx(cell):
    onnx = pytest.importorskip("onnx")
    from onnx.reference import ReferenceEvaluator

    params = cell.init(np.random.default_rng(1), D, H)
    b_x = params.get("b_x", np.zeros(3 * H))
    weights = {
        "W": to_keras(params["W_xh"]).T[None],
        "R": to_keras(params["W_hh"]).T[None],
        "B": np.concatenate([to_keras(b_x), to_keras(params["b_h"])])[None],
    }
    node = onnx.helper.make_node(
        "GRU",
        ["X", "W", "R", "B", "", "H_0"],
        ["Y"],
        hidden_size=H,
        linear_before_reset=int(cell is GRU),
    )
    given = {"X": XS, **weights, "H_0": H_0[None]}
    infos = [
        onnx.helper.make_tensor_value_info(n, onnx.TensorProto.DOUBLE, None)
        for n in (*given, "Y")
    ]
    graph = onnx.helper.make_graph([node], "gru", infos[:-1], infos[-1:])
    model = onnx.helper.make_model(graph)
    (theirs,) = ReferenceEvaluator(model).run(None, given)
    hs, _, _ = bptt.unroll(cell, params, XS, (H_0,))
    np.testing.assert_allclose(hs, theirs[:, 0], rtol=1e-10, atol=1e-12)


def test_the_two_signs_are_one_network():
    """1 - sigmoid(a) = sigmoid(-a): turn the signs of z's weights."""
    params = GRUCho.init(np.random.default_rng(1), D, H)
    turned = {name: a.copy() for name, a in params.items()}
    for a in turned.values():
        a[..., H : 2 * H] *= -1
    hs, _, _ = bptt.unroll(GRUCho, params, XS, (H_0,))
    other, _, tape = bptt.unroll(GRUChung, turned, XS, (H_0,))
    np.testing.assert_allclose(hs, other, rtol=1e-12)
    assert tape.gates["z"].shape == (T, B, H)


def test_reset_open_makes_the_forms_one():
    """With r = 1 it does not matter where the reset is."""
    params = GRUCho.init(np.random.default_rng(1), D, H)
    params["W_xh"][:, :H] = params["W_hh"][:, :H] = 0
    params["b_h"][:H] = 50
    after = {**params, "b_x": np.zeros(3 * H)}
    hs, _, _ = bptt.unroll(GRUCho, params, XS, (H_0,))
    other, _, _ = bptt.unroll(GRU, after, XS, (H_0,))
    np.testing.assert_allclose(hs, other, rtol=1e-12)
