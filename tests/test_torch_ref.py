"""The weights go to torch and come back; torch computes the same."""

import numpy as np
import pytest

from rnncourse import cells

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


def test_refuses_what_it_cannot_carry():
    with pytest.raises(ValueError, match="module is Linear"):
        torch_ref.from_torch(torch.nn.Linear(2, 7))
    with pytest.raises(ValueError, match="without projections"):
        torch_ref.from_torch(torch.nn.LSTM(2, 7, proj_size=3))
    with pytest.raises(ValueError, match="cell is None"):
        torch_ref.to_torch(None, {})
    rng = np.random.default_rng(0)
    stack = {f"layer{k}": cells.RNN.init(rng, 2, 7) for k in range(2)}
    with pytest.raises(ValueError, match=r"W_xh of layer 1 .*\(7, 7\)"):
        torch_ref.to_torch(cells.RNN, stack)
