"""Stacked and bidirectional networks equal torch.nn, packed and padded."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_cases import LENGTHS, B, Case, D, H, T, leaves

from rnncourse.cells import Cell
from rnncourse.networks import Bidirectional, Stacked

torch = pytest.importorskip("torch")
torch_ref = pytest.importorskip("rnncourse.torch_ref")

cells = pytest.mark.parametrize("cell", torch_ref._MODULES, ids=repr)
SHAPES = {
    "stacked": lambda cell: Stacked(cell, cell, cell),
    "bidirectional": Bidirectional,
    "stacked bidirectional": lambda cell: Stacked(
        Bidirectional(cell), Bidirectional(cell)
    ),
}
shapes = pytest.mark.parametrize("shape", SHAPES)


def directions(network, nested):
    """Return the cells' parts of a nested dict in the order torch has."""
    if isinstance(network, Cell):
        return [nested]
    if isinstance(network, Bidirectional):
        return [nested["forward"], nested["backward"]]
    return [
        part
        for name, layer in zip(nested, network.layers, strict=True)
        for part in directions(layer, nested[name])
    ]


def ours(case):
    """Everything our network computes, by torch's names."""
    network = case.network
    hs, state_T, _ = case.unroll(case.arrays)
    grads = case.grads()
    results = {"hs": hs, "dxs": grads["xs"]}
    for k, part in enumerate(zip(*directions(network, state_T), strict=True)):
        results[f"state_T {k}"] = np.stack(part)
    for k, part in enumerate(
        zip(*directions(network, grads["state"]), strict=True)
    ):
        results[f"dstate_0 {k}"] = np.stack(part)
    for path, grad in leaves(grads["params"]):
        results["/".join(path)] = grad
    return results


def theirs(cell, case):
    """The same from torch, with packed sequences if there are lengths."""
    params, xs, state = case.arrays.values()
    module = torch_ref.to_torch(cell, params)

    def tensors(nested, leaf):
        parts = zip(*directions(case.network, nested), strict=True)
        return [torch.tensor(np.stack(p), requires_grad=leaf) for p in parts]

    start, dend = tensors(state, True), tensors(case.dstate_T, False)
    inputs = torch.tensor(xs, requires_grad=True)
    given_ = inputs
    if case.lengths is not None:
        given_ = torch.nn.utils.rnn.pack_padded_sequence(
            inputs, torch.tensor(case.lengths), enforce_sorted=False
        )
    hs, end = module(given_, tuple(start) if len(start) > 1 else start[0])
    if case.lengths is not None:
        hs, _ = torch.nn.utils.rnn.pad_packed_sequence(
            hs, total_length=len(xs)
        )
    end = end if isinstance(end, tuple) else (end,)
    loss = (hs * torch.tensor(case.dhs)).sum()
    for s, ds in zip(end, dend, strict=True):
        loss = loss + (s * ds).sum()
    loss.backward()
    results = {"hs": hs, "dxs": inputs.grad}
    for k, (s, s_0) in enumerate(zip(end, start, strict=True)):
        results[f"state_T {k}"], results[f"dstate_0 {k}"] = s, s_0.grad
    for weight in module.parameters():
        weight.data = weight.grad  # so that from_torch reads the gradients
    for path, grad in leaves(torch_ref.from_torch(module)):
        results["/".join(path)] = grad
    return {
        k: np.asarray(torch.as_tensor(v).detach()) for k, v in results.items()
    }


def compare(cell, case):
    one, other = ours(case), theirs(cell, case)
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_allclose(
            one[name], other[name], rtol=1e-10, atol=1e-12, err_msg=name
        )


@cells
@shapes
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["full", "packed"])
def test_equals_torch(cell, shape, lengths):
    compare(cell, Case(SHAPES[shape](cell), 0, T, B, D, H, lengths))


@cells
@shapes
@settings(max_examples=8, deadline=None, derandomize=True)
@given(data=st.data())
def test_equals_torch_at_drawn_sizes(cell, shape, data):
    T, B, D, H = (data.draw(st.integers(1, n)) for n in (9, 4, 5, 9))
    lengths = data.draw(
        st.none()
        | st.lists(st.integers(1, T), min_size=B, max_size=B).map(np.array)
    )
    seed = data.draw(st.integers(0, 99))
    compare(cell, Case(SHAPES[shape](cell), seed, T, B, D, H, lengths))
