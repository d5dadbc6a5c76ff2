"""Every way to write a GRU down computes what its owner computes.

torch, Keras and ONNX run themselves. jax, and with it equinox, flax and
haiku, is not among the tests' dependencies; of these, and of papers and
books, the equation is written down here once more, in the names of its owner,
and held to the converter.
"""

import inspect
import os

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse import gru_conventions as conventions
from rnncourse.cells import GRU, GRUCho, GRUChung
from rnncourse.gru_conventions import CONVENTIONS, convert

T, B, D, H = 5, 3, 2, 7
rng = np.random.default_rng(0)
XS = rng.standard_normal((T, B, D))
H_0 = rng.standard_normal((B, H))

every_convention = pytest.mark.parametrize("their", CONVENTIONS, ids=repr)
CLOSE = {"rtol": 0, "atol": 1e-12}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def draw(cell, seed=1):
    return cell.init(np.random.default_rng(seed), D, H)


def ours(cell, params):
    return bptt.unroll(cell, params, XS, (H_0,))[0]


def flat(weights):
    """The arrays of possibly nested weights."""
    for value in weights.values():
        yield from flat(value) if isinstance(value, dict) else [value]


# How their owners read the weights: (w, x, h) -> h, one step.


def equinox(w, x, h):
    i_r, i_z, i_n = np.split(x @ w["weight_ih"].T + w["bias"], 3, 1)
    h_r, h_z, h_n = np.split(h @ w["weight_hh"].T, 3, 1)
    r, z = sigmoid(i_r + h_r), sigmoid(i_z + h_z)
    n = np.tanh(i_n + r * (h_n + w["bias_n"]))
    return n + z * (h - n)


def flax(w, x, h):
    def dense(name, a):
        return a @ w[name]["kernel"] + w[name].get("bias", 0)

    r = sigmoid(dense("ir", x) + dense("hr", h))
    z = sigmoid(dense("iz", x) + dense("hz", h))
    n = np.tanh(dense("in", x) + r * dense("hn", h))
    return (1 - z) * n + z * h


def haiku(w, x, h):
    x_zr, x_a = np.split(x @ w["w_i"] + w["b"], [2 * H], 1)
    z, r = np.split(sigmoid(x_zr + h @ w["w_h"][:, : 2 * H]), 2, 1)
    a = np.tanh(x_a + (r * h) @ w["w_h"][:, 2 * H :])
    return (1 - z) * h + z * a


def d2l(w, x, h):
    R = sigmoid(x @ w["W_xr"] + h @ w["W_hr"] + w["b_r"])
    Z = sigmoid(x @ w["W_xz"] + h @ w["W_hz"] + w["b_z"])
    H_tilde = np.tanh(x @ w["W_xh"] + (R * h) @ w["W_hh"] + w["b_h"])
    return Z * h + (1 - Z) * H_tilde


def paper(z_keeps):
    def step(w, x, h):
        r = sigmoid(x @ w["W_r"].T + h @ w["U_r"].T + w["b_r"])
        z = sigmoid(x @ w["W_z"].T + h @ w["U_z"].T + w["b_z"])
        new = np.tanh(x @ w["W"].T + (r * h) @ w["U"].T + w["b"])
        return z * h + (1 - z) * new if z_keeps else (1 - z) * h + z * new

    return step


def makemore(w, x, h):
    def linear(name, *inputs):
        a = np.concatenate(inputs, 1) @ w[f"xh_to_{name}.weight"].T
        return a + w[f"xh_to_{name}.bias"]

    r, z = sigmoid(linear("r", x, h)), sigmoid(linear("z", x, h))
    return (1 - z) * h + z * np.tanh(linear("hbar", x, r * h))


def note(w, x, h):
    r, z = (
        sigmoid(np.hstack([x, h]) @ w[f"W^{g}"].T + w[f"b^{g}"]) for g in "rz"
    )
    h_prime = np.tanh(np.hstack([x, r * h]) @ w["W"].T + w["b"])
    return (1 - z) * h + z * h_prime


STEPS = {
    conventions.EQUINOX: equinox,
    conventions.FLAX: flax,
    conventions.HAIKU: haiku,
    conventions.D2L: d2l,
    conventions.CHO: paper(z_keeps=True),
    conventions.CHUNG: paper(z_keeps=False),
    conventions.MAKEMORE: makemore,
    conventions.N4: note,
}


def run_torch(their, weights):
    torch = pytest.importorskip("torch")
    module = torch.nn.GRU(D, H, dtype=torch.float64)
    with torch.no_grad():
        for name, a in weights.items():
            getattr(module, f"{name}_l0").copy_(torch.tensor(a.copy()))
        return module(torch.tensor(XS), torch.tensor(H_0[None]))[0].numpy()


def run_keras(their, weights):
    torch = pytest.importorskip("torch")
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    layer = keras.layers.GRU(
        H,
        reset_after=their.cell is GRU,
        return_sequences=True,
        dtype="float64",
    )
    layer.build((B, T, D))
    layer.set_weights([*weights.values()])
    ops = inspect.getmodule(keras.layers.GRU).ops
    with pytest.MonkeyPatch.context() as patch, torch.no_grad():
        # keras.ops.matmul rounds float64 to float32; all else is Keras's
        patch.setattr(ops, "matmul", lambda a, b: a @ getattr(b, "value", b))
        x, h = torch.tensor(XS.swapaxes(0, 1)), torch.tensor(H_0)
        return layer(x, initial_state=h).swapaxes(0, 1).numpy()


def run_onnx(their, weights):
    onnx = pytest.importorskip("onnx")
    from onnx.reference import ReferenceEvaluator

    node = onnx.helper.make_node(
        "GRU",
        ["X", "W", "R", "B", "", "H_0"],
        ["Y"],
        hidden_size=H,
        linear_before_reset=int(their.cell is GRU),
    )
    given = {"X": XS, **weights, "H_0": H_0[None]}
    infos = [
        onnx.helper.make_tensor_value_info(n, onnx.TensorProto.DOUBLE, None)
        for n in (*given, "Y")
    ]
    graph = onnx.helper.make_graph([node], "gru", infos[:-1], infos[-1:])
    model = onnx.helper.make_model(graph)
    return ReferenceEvaluator(model).run(None, given)[0][:, 0]


RUNS = {
    conventions.TORCH: run_torch,
    conventions.KERAS: run_keras,
    conventions.KERAS_BEFORE: run_keras,
    conventions.ONNX: run_onnx,
    conventions.ONNX_BEFORE: run_onnx,
}


def theirs(their, weights):
    """What the owner of a convention computes from weights: (T, B, H)."""
    if their in RUNS:
        return RUNS[their](their, weights)
    h, hs = H_0, []
    for x in XS:
        h = STEPS[their](weights, x, h)
        hs.append(h)
    return np.array(hs)


def test_none_is_left_out():
    assert len(CONVENTIONS) == len({repr(c) for c in CONVENTIONS}) == 13
    assert set(CONVENTIONS) == set(RUNS) | set(STEPS)


@every_convention
def test_written_for_them(their):
    params = draw(their.cell)
    before = {name: a.copy() for name, a in params.items()}
    weights = their.write(params)
    expected = ours(their.cell, params)
    np.testing.assert_allclose(theirs(their, weights), expected, **CLOSE)
    for a in flat(weights):  # copies: what is done to them is their affair
        a[...] = 0
    for name, a in before.items():
        np.testing.assert_array_equal(params[name], a)


@every_convention
def test_there_and_back(their):
    weights = their.write(draw(their.cell))
    params = their.read(weights)
    assert params.keys() == their.cell.shapes(D, H).keys()
    again = their.write(params)
    assert again.keys() == weights.keys()
    np.testing.assert_allclose(
        theirs(their, again), theirs(their, weights), **CLOSE
    )
    np.testing.assert_allclose(
        ours(their.cell, params), ours(their.cell, draw(their.cell)), **CLOSE
    )


@every_convention
def test_the_order_is_as_the_table_says(their):
    """The first third of stored columns belongs to the first gate."""
    params = draw(their.cell)
    for k, gate in enumerate("rzn"):
        marked = {n: np.zeros_like(a) for n, a in params.items()}
        marked["W_hh"][:, k * H : (k + 1) * H] = 1
        for a in flat(their.write(marked)):
            if 3 * H in a.shape:  # one array for all gates
                axis = a.shape.index(3 * H)
                thirds = np.split(a, 3, axis)
                hit = [bool(t.any()) for t in thirds]
                assert not any(hit) or hit.index(True) == their.order.index(
                    gate
                )


@pytest.mark.parametrize("source", CONVENTIONS, ids=repr)
def test_all_pairs(source):
    weights = source.write(draw(source.cell))
    expected = theirs(source, weights)
    for target in CONVENTIONS:
        if source.cell is target.cell:
            there = convert(weights, source, target)
            np.testing.assert_allclose(
                theirs(target, there), expected, **CLOSE
            )
        else:
            with pytest.raises(ValueError, match="no conversion"):
                convert(weights, source, target)


def test_parameters_of_the_other_reset_are_refused():
    with pytest.raises(ValueError, match="resets before"):
        conventions.HAIKU.write(draw(GRU))
    with pytest.raises(ValueError, match="resets after"):
        conventions.TORCH.write(draw(GRUCho))


def test_a_sign_that_is_not_turned_is_seen():
    params = draw(GRUCho)
    wrong = bptt.unroll(GRUChung, params, XS, (H_0,))[0]
    right = ours(GRUCho, params)
    assert np.abs(wrong - right).max() > 0.1
    np.testing.assert_allclose(
        theirs(conventions.HAIKU, conventions.HAIKU.write(params)), right
    )
