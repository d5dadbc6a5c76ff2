"""The cells as most texts write them: one product for each gate and step.

Forward and backward of RNN, GRU and LSTM with the package's parameters, to
be compared with it: the same numbers, none of its rearrangements.
"""

import numpy as np

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def split(params, k):
    """Give each gate its own weights, as a text does."""
    return {
        name: [np.ascontiguousarray(p) for p in np.split(a, k, axis=-1)]
        for name, a in params.items()
    }


def forward_backward(name, params, xs, dhs):
    """Return (hs, dxs, grads) of one cell from a state of zeros."""
    k = GATES[name]
    p = split(params, k)
    T, B, _ = xs.shape
    zeros = np.zeros((B, len(params["W_hh"])), xs.dtype)
    state, hs, tape = (zeros, zeros), np.empty_like(dhs), []
    for t in range(T):
        ax = [xs[t] @ p["W_xh"][j] + p["b_x"][j] for j in range(k)]
        ah = [state[0] @ p["W_hh"][j] + p["b_h"][j] for j in range(k)]
        before = state
        state, kept = STEPS[name](ax, ah, state)
        tape.append((before, state, ah, kept))
        hs[t] = state[0]
    dxs = np.empty_like(xs)
    grads = {n: [np.zeros_like(a) for a in p[n]] for n in p}
    dstate = (zeros, zeros)
    for t in reversed(range(T)):
        (h, *_), _, _, _ = tape[t]
        dh = dstate[0] + dhs[t]
        dax, dah, dstate = BACKWARDS[name](tape[t], dh, dstate[1])
        dh, dx = dstate[0], np.zeros_like(xs[t])
        for j in range(k):
            grads["W_xh"][j] += xs[t].T @ dax[j]
            grads["W_hh"][j] += h.T @ dah[j]
            grads["b_x"][j] += dax[j].sum(axis=0)
            grads["b_h"][j] += dah[j].sum(axis=0)
            dx = dx + dax[j] @ p["W_xh"][j].T
            dh = dh + dah[j] @ p["W_hh"][j].T
        dxs[t], dstate = dx, (dh, dstate[1])
    grads = {n: np.concatenate(parts, axis=-1) for n, parts in grads.items()}
    return hs, dxs, grads


def rnn(ax, ah, state):
    h = np.tanh(ax[0] + ah[0])
    return (h, state[1]), ()


def rnn_backward(record, dh, dc):
    _, (h, _), _, _ = record
    da = [dh * (1 - h**2)]
    return da, da, (np.zeros_like(dh), dc)


def gru(ax, ah, state):
    h, unused = state
    r = sigmoid(ax[0] + ah[0])
    z = sigmoid(ax[1] + ah[1])
    n = np.tanh(ax[2] + r * ah[2])
    return ((1 - z) * n + z * h, unused), (r, z, n)


def gru_backward(record, dh, unused):
    (h, _), _, ah, (r, z, n) = record
    da_n = dh * (1 - z) * (1 - n**2)
    da_z = dh * (h - n) * z * (1 - z)
    da_r = da_n * ah[2] * r * (1 - r)
    return [da_r, da_z, da_n], [da_r, da_z, da_n * r], (dh * z, unused)


def lstm(ax, ah, state):
    _, c = state
    i = sigmoid(ax[0] + ah[0])
    f = sigmoid(ax[1] + ah[1])
    g = np.tanh(ax[2] + ah[2])
    o = sigmoid(ax[3] + ah[3])
    c = f * c + i * g
    return (o * np.tanh(c), c), (i, f, g, o)


def lstm_backward(record, dh, dc):
    (_, c_before), (_, c), _, (i, f, g, o) = record
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    da = [
        dc * g * i * (1 - i),
        dc * c_before * f * (1 - f),
        dc * i * (1 - g**2),
        dh * np.tanh(c) * o * (1 - o),
    ]
    return da, da, (np.zeros_like(dh), dc * f)


STEPS = {"RNN": rnn, "GRU": gru, "LSTM": lstm}
BACKWARDS = {"RNN": rnn_backward, "GRU": gru_backward, "LSTM": lstm_backward}
