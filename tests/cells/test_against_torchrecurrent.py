"""Peephole LSTM and SCRN equal torchrecurrent's cells, step by step."""

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import PeepholeLSTM, SCRNCell

torch = pytest.importorskip("torch")
torchrecurrent = pytest.importorskip("torchrecurrent")

T, B, D, H = 5, 3, 2, 7
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def tensor(a):
    return torch.tensor(a, requires_grad=True)


def same(ours, theirs):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), **CLOSE)


def test_peephole_lstm():
    rng = np.random.default_rng(0)
    params = PeepholeLSTM.init(rng, D, H)
    xs, dhs = rng.standard_normal((T, B, D)), rng.standard_normal((T, B, H))
    state = tuple(rng.standard_normal((B, H)) for _ in range(2))
    cell = torchrecurrent.PeepholeLSTMCell(D, H, dtype=torch.float64)
    peep = np.concatenate([params[f"p_{k}"] for k in "ifo"])
    with torch.no_grad():
        cell.weight_ih.copy_(torch.tensor(params["W_xh"].T))
        cell.weight_hh.copy_(torch.tensor(params["W_hh"].T))
        cell.weight_ph.copy_(torch.tensor(peep))
        cell.bias_ih.copy_(torch.tensor(params["b_x"]))
        cell.bias_hh.copy_(torch.tensor(params["b_h"]))
    x, h, c = tensor(xs), tensor(state[0]), tensor(state[1])
    now, theirs = (h, c), []
    for t in range(T):
        now = cell(x[t], now)
        theirs.append(now[0])
    theirs = torch.stack(theirs)
    (theirs * torch.tensor(dhs)).sum().backward()

    hs, state_T, tape = bptt.unroll(PeepholeLSTM, params, xs, state)
    dxs, dstate_0, grads = bptt.unroll_backward(
        PeepholeLSTM, params, tape, dhs
    )
    same(hs, theirs)
    same(state_T[1], now[1])
    same(dxs, x.grad)
    same(dstate_0[0], h.grad)
    same(dstate_0[1], c.grad)
    same(grads["W_xh"], cell.weight_ih.grad.mT)
    same(grads["W_hh"], cell.weight_hh.grad.mT)
    same(grads["b_x"], cell.bias_ih.grad)
    peep = np.concatenate([grads[f"p_{k}"] for k in "ifo"])
    same(peep, cell.weight_ph.grad)


def test_scrn():
    """Their cell returns its output layer, and feeds that back.

    With the identity there and a tanh undone outside, it is the paper's
    hidden layer; alpha is a parameter there and a constant here.
    """
    rng = np.random.default_rng(0)
    ours = SCRNCell(alpha=0.7)
    params = ours.init(rng, D, H, H)
    xs = rng.standard_normal((T, B, D))
    dhs = rng.standard_normal((T, B, 2 * H))
    state = rng.uniform(0.1, 0.9, (B, 2 * H))
    cell = torchrecurrent.SCRNCell(D, H, alpha=0.7).double()
    zero = np.zeros((H, H))
    weights = {
        "weight_ih": [params["W_xs"].T, params["W_xh"].T],
        "weight_hh": [params["W_hh"].T, np.eye(H)],
        "weight_ch": [params["W_sh"].T, zero],
    }
    with torch.no_grad():
        for name, parts in weights.items():
            getattr(cell, name).copy_(torch.tensor(np.concatenate(parts)))
        cell.alpha.copy_(torch.tensor(0.7, dtype=torch.float64))
    x, h_s = tensor(xs), tensor(state)
    h, s = h_s[:, :H], h_s[:, H:]
    theirs = []
    for t in range(T):
        h, s = cell(x[t], (h, s))
        h = torch.atanh(h)
        theirs.append(torch.cat([h, s], dim=1))
    theirs = torch.stack(theirs)
    (theirs * torch.tensor(dhs)).sum().backward()

    hs, _, tape = bptt.unroll(ours, params, xs, (state,))
    dxs, (dstate_0,), grads = bptt.unroll_backward(ours, params, tape, dhs)
    same(hs, theirs)
    same(dxs, x.grad)
    same(dstate_0, h_s.grad)
    same(grads["W_xs"], cell.weight_ih.grad[:H].mT)
    same(grads["W_xh"], cell.weight_ih.grad[H:].mT)
    same(grads["W_hh"], cell.weight_hh.grad[:H].mT)
    same(grads["W_sh"], cell.weight_ch.grad[:H].mT)
