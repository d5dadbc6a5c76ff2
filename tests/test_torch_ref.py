"""The weights go to torch and come back; torch computes the same."""

import re
import warnings

import numpy as np
import pytest

from rnncourse import bptt, cells

torch = pytest.importorskip("torch")
torch_ref = pytest.importorskip("rnncourse.torch_ref")

CELLS = list(torch_ref._MODULES)


@pytest.mark.parametrize("cell", CELLS, ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_round_trip_of_one_cell(cell, dtype):
    params = cell.init(np.random.default_rng(0), 2, 7, dtype=dtype)
    back = torch_ref.from_torch(torch_ref.to_torch(cell, params))
    assert back.keys() == params.keys()
    for name, a in params.items():
        np.testing.assert_array_equal(back[name], a)
        assert back[name].dtype == dtype
        assert not np.shares_memory(back[name], a)


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_state_dict_round_trip(kind, layers, bidirectional):
    if not hasattr(cells, kind):
        pytest.skip(f"no {kind} yet")
    module = getattr(torch.nn, kind)(
        2, 7, num_layers=layers, bidirectional=bidirectional
    )
    params = torch_ref.from_torch(module)
    copy = torch_ref.to_torch(getattr(cells, kind), params)
    ours, theirs = copy.state_dict(), module.state_dict()
    assert list(ours) == list(theirs)
    for name in theirs:
        assert torch.equal(ours[name], theirs[name]), name
    depth = 0 if layers == 1 else 1
    part = params["layer2"] if depth else params
    if bidirectional:
        part = part["backward"]
    width = {1: 2, 3: 14 if bidirectional else 7}[layers]
    assert part["W_xh"].shape[0] == width


def test_module_without_biases():
    params = torch_ref.from_torch(torch.nn.RNN(2, 7, bias=False))
    assert params["b_x"].shape == params["b_h"].shape == (7,)
    assert not params["b_x"].any() and not params["b_h"].any()


@pytest.mark.parametrize("how", ["tanh", "relu"])
def test_relu_is_not_mistaken_for_tanh(how, recwarn):
    module = torch.nn.RNN(2, 7, nonlinearity=how, dtype=torch.float64)
    other, cell = {
        "tanh": (cells.RNN_RELU, cells.RNN),
        "relu": (cells.RNN, cells.RNN_RELU),
    }[how]
    assert torch_ref.cell_of(module) is cell
    message = re.escape(f"module has the weights of {cell}; expected {other}")
    with pytest.raises(ValueError, match=f"^{message}$"):
        torch_ref.from_torch(module, other)
    xs = np.random.default_rng(0).normal(size=(5, 3, 2))
    wanted = module(torch.tensor(xs))[0].detach()
    params = torch_ref.from_torch(module, cell)
    hs, _, _ = bptt.unroll(cell, params, xs)
    np.testing.assert_allclose(hs, wanted, rtol=1e-12, atol=1e-15)
    hs, _, _ = bptt.unroll(other, params, xs)
    assert np.abs(hs - wanted.numpy()).max() > 1e-2  # the silent mistake
    assert not recwarn.list


def test_a_relu_module_without_a_cell_is_warned_of(recwarn):
    module = torch.nn.RNN(2, 7, nonlinearity="relu")
    with pytest.warns(UserWarning, match="for RNN_RELU, not RNN; from_torch"):
        params = torch_ref.from_torch(module)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        named = torch_ref.from_torch(module, cells.RNN_RELU)
        # who made it by `to_torch` has named the cell already
        again = torch_ref.from_torch(torch_ref.to_torch(cells.RNN_RELU, named))
    for name, a in params.items():
        np.testing.assert_array_equal(named[name], a)
        np.testing.assert_array_equal(again[name], a)


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_the_cell_of_a_module(kind):
    module = getattr(torch.nn, kind)(2, 7, num_layers=2, bidirectional=True)
    assert torch_ref.cell_of(module) is getattr(cells, kind)


def test_batch_first_is_no_weight():
    module = torch.nn.LSTM(2, 7, batch_first=True, dtype=torch.float64)
    xs = np.random.default_rng(0).normal(size=(5, 3, 2))
    hs, _, _ = bptt.unroll(cells.LSTM, torch_ref.from_torch(module), xs)
    theirs, _ = module(torch.tensor(xs.swapaxes(0, 1)))
    np.testing.assert_allclose(
        hs.swapaxes(0, 1), theirs.detach(), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize("name", ["bfloat16", "float16"])
def test_other_dtypes_are_refused_in_words(name):
    module = torch.nn.GRU(2, 7, dtype=getattr(torch, name))
    with pytest.raises(
        ValueError, match=f"weight_ih_l0 has dtype torch.{name}"
    ):
        torch_ref.from_torch(module)
    with pytest.raises(ValueError, match="weight_ih_l0 is on the device meta"):
        torch_ref.from_torch(torch.nn.GRU(2, 7, device="meta"))


@pytest.mark.parametrize(
    "tensor, words",
    [
        (torch.ones(5, 3, 2, requires_grad=True), "requires grad"),
        (torch.ones(5, 3, 2, dtype=torch.bfloat16), "BFloat16"),
        (torch.ones(5, 3, 2, device="meta"), "meta"),
    ],
)
def test_tensors_that_are_no_arrays_are_refused_in_words(tensor, words):
    params = cells.RNN.init(np.random.default_rng(0), 2, 7)
    with pytest.raises(ValueError, match=f"^xs is no array .*{words}"):
        bptt.unroll(cells.RNN, params, tensor)
    xs = torch.ones(5, 3, 2, dtype=torch.float64)
    np.testing.assert_array_equal(
        bptt.unroll(cells.RNN, params, xs)[0],
        bptt.unroll(cells.RNN, params, xs.numpy())[0],
    )


def test_params_that_are_no_cells():
    rng = np.random.default_rng(0)
    one = cells.RNN.init(rng, 2, 7)
    for params, message in [
        (None, "params is a NoneType"),
        ({"layer0": one, "layer2": one}, "params has an unknown name 'layer2"),
        ({"layer0": one, "layer1": None}, "params is a NoneType"),
        ({"forward": one}, "params of a layer lacks 'backward'"),
        ({"layer0": {"backward": one}}, "params of a layer lacks 'forward'"),
        (cells.LSTM.init(rng, 2, 7), r"W_xh has shape \(2, 28\)"),
        (one | {"W_xh": one["W_xh"] * np.nan}, "W_xh contains NaN"),
    ]:
        with pytest.raises(ValueError, match=message):
            torch_ref.to_torch(cells.RNN, params)
    lists = {name: a.tolist() for name, a in one.items()}
    module = torch_ref.to_torch(cells.RNN, lists)
    np.testing.assert_array_equal(
        torch_ref.from_torch(module)["W_hh"], one["W_hh"]
    )


def test_refuses_what_it_cannot_carry():
    with pytest.raises(ValueError, match="module is Linear"):
        torch_ref.from_torch(torch.nn.Linear(2, 7))
    with pytest.raises(ValueError, match="without projections"):
        torch_ref.from_torch(torch.nn.LSTM(2, 7, proj_size=3))
    with pytest.raises(ValueError, match="cell is None"):
        torch_ref.to_torch(None, {})
    with pytest.raises(ValueError, match=r"cell is \[\]; torch.nn has"):
        torch_ref.to_torch([], {})
    with pytest.raises(ValueError, match="module is None; expected torch.nn"):
        torch_ref.cell_of(None)
    rng = np.random.default_rng(0)
    stack = {f"layer{k}": cells.RNN.init(rng, 2, 7) for k in range(2)}
    with pytest.raises(ValueError, match=r"W_xh of layer 1 .*\(7, 7\)"):
        torch_ref.to_torch(cells.RNN, stack)
