"""RNN, LSTM and GRU equal torch.nn to 1e-10: outputs and every gradient."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import bptt

torch = pytest.importorskip("torch")
torch_ref = pytest.importorskip("rnncourse.torch_ref")

every_cell = pytest.mark.parametrize("cell", torch_ref._MODULES, ids=repr)


def run_ours(cell, params, xs, state, lengths, dhs, dstate):
    hs, state_T, tape = bptt.unroll(cell, params, xs, state, lengths)
    dxs, dstate_0, grads = bptt.unroll_backward(
        cell, params, tape, dhs, dstate
    )
    return {
        "hs": hs,
        "dxs": dxs,
        **{f"state_T/{k}": s for k, s in enumerate(state_T)},
        **{f"dstate_0/{k}": s for k, s in enumerate(dstate_0)},
        **grads,
    }


def run_torch(cell, params, xs, state, lengths, dhs, dstate):
    module = torch_ref.to_torch(cell, params)
    xs = torch.tensor(xs, requires_grad=True)
    state = [torch.tensor(s[None], requires_grad=True) for s in state]
    given = tuple(state) if len(state) > 1 else state[0]
    if lengths is None:
        hs, state_T = module(xs, given)
    else:
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            xs, torch.tensor(lengths), enforce_sorted=False
        )
        packed, state_T = module(packed, given)
        hs, _ = torch.nn.utils.rnn.pad_packed_sequence(
            packed, total_length=len(xs)
        )
    state_T = state_T if isinstance(state_T, tuple) else (state_T,)
    loss = (hs * torch.tensor(dhs)).sum()
    for s, d in zip(state_T, dstate, strict=True):
        loss = loss + (s[0] * torch.tensor(d)).sum()
    loss.backward()
    grads = {
        ours: getattr(module, f"{theirs}_l0").grad
        for ours, theirs in torch_ref._NAMES.items()
    }
    tensors = {
        "hs": hs,
        "dxs": xs.grad,
        **{f"state_T/{k}": s[0] for k, s in enumerate(state_T)},
        **{f"dstate_0/{k}": s.grad[0] for k, s in enumerate(state)},
        **grads,
    }
    arrays = {name: a.detach().numpy() for name, a in tensors.items()}
    return {n: a.T if n in torch_ref._NAMES else a for n, a in arrays.items()}


def compare(cell, sizes, lengths=None, seed=0, dtype=np.float64, tol=1e-10):
    T, B, D, H = sizes
    rng = np.random.default_rng(seed)
    params = cell.init(rng, D, H, dtype=dtype)
    zeros = cell.zero_state(B, H)

    def draw(*shape):
        return rng.standard_normal(shape).astype(dtype)

    arguments = (
        params,
        draw(T, B, D),
        tuple(draw(*s.shape) for s in zeros),
        lengths,
        draw(T, B, H),
        tuple(draw(*s.shape) for s in zeros),
    )
    ours, theirs = (run(cell, *arguments) for run in (run_ours, run_torch))
    assert ours.keys() == theirs.keys()
    for name in ours:
        scale = np.abs(theirs[name]).max()
        np.testing.assert_allclose(
            ours[name], theirs[name], rtol=0, atol=tol * scale, err_msg=name
        )


@every_cell
def test_the_usual_size(cell):
    compare(cell, (5, 3, 2, 7))


@every_cell
def test_lengths_are_packed_sequences(cell):
    compare(cell, (5, 3, 2, 7), lengths=[2, 5, 1])


@every_cell
def test_float32(cell):
    compare(cell, (5, 3, 2, 7), dtype=np.float32, tol=1e-5)


@every_cell
def test_a_hundred_steps(cell):
    compare(cell, (100, 4, 3, 20))


@every_cell
@settings(deadline=None, max_examples=15, derandomize=True)
@given(st.data())
def test_any_size(cell, data):
    T, B, D, H = data.draw(
        st.tuples(*[st.integers(1, n) for n in (8, 5, 5, 8)])
    )
    lengths = data.draw(
        st.none() | st.lists(st.integers(1, T), min_size=B, max_size=B)
    )
    compare(cell, (T, B, D, H), lengths)
