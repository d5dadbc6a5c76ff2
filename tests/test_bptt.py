"""What the loop itself promises: contract, refusals, the tape."""

import tracemalloc

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import LSTM, RNN, RNN_RELU

T, B, D, H = 5, 3, 2, 7


@pytest.fixture
def case():
    rng = np.random.default_rng(0)
    return RNN.init(rng, D, H), rng.standard_normal((T, B, D))


def test_default_state_is_zero(case):
    params, xs = case
    hs, _, _ = bptt.unroll(RNN, params, xs)
    again, _, _ = bptt.unroll(RNN, params, xs, RNN.zero_state(B, H))
    np.testing.assert_array_equal(hs, again)


def test_last_state_is_the_last_of_each_sequence(case):
    params, xs = case
    lengths = [2, 5, 1]
    hs, (h_T,), _ = bptt.unroll(RNN, params, xs, lengths=lengths)
    for b, n in enumerate(lengths):
        np.testing.assert_array_equal(h_T[b], hs[n - 1, b])


def test_what_lies_past_the_end_is_ignored(case):
    params, xs = case
    lengths = [2, 5, 1]
    other = xs.copy()
    for b, n in enumerate(lengths):
        other[n:, b] = 1e6
    dhs = np.ones((T, B, H))
    results = []
    for inputs, d in ((xs, dhs), (other, np.where(other > 1e5, 9, 1))):
        dhs = np.ones((T, B, H)) * d.max(axis=-1, keepdims=True)
        _, _, tape = bptt.unroll(RNN, params, inputs, lengths=lengths)
        results.append(bptt.unroll_backward(RNN, params, tape, dhs))
    (dxs, _, grads), (dxs_other, _, grads_other) = results
    np.testing.assert_array_equal(dxs, dxs_other)
    for name in ("W_hh", "b_x", "b_h", "W_xh"):
        np.testing.assert_allclose(grads[name], grads_other[name])


def test_the_tape_is_read_only(case):
    params, xs = case
    hs, _, tape = bptt.unroll(RNN, params, xs)
    with pytest.raises(ValueError, match="read-only"):
        hs[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        tape.states["h"][0] = 0


def test_inputs_of_another_float_follow_the_parameters(case):
    params, xs = case
    hs, _, _ = bptt.unroll(RNN, params, xs.astype(np.float32))
    assert hs.dtype == np.float64


REFUSED = [
    ({"xs": np.zeros((5, 3))}, r"^xs has shape \(5, 3\); .*\(T, B, 2\)$"),
    ({"xs": np.zeros((5, 3, 4))}, r"^xs has shape \(5, 3, 4\); .*\(T, B, 2\)"),
    ({"xs": np.zeros((0, 3, 2))}, r"^xs has shape \(0, 3, 2\); .*none .* 0$"),
    ({"xs": np.zeros((5, 0, 2))}, r"^xs has shape \(5, 0, 2\)"),
    ({"xs": np.zeros((5, 3, 2), int)}, "^xs has dtype int64; expected float"),
    ({"xs": np.zeros((5, 3, 2), complex)}, "^xs has dtype complex128"),
    ({"xs": np.full((5, 3, 2), np.nan)}, r"^xs contains NaN.*\[0, 0, 0\]"),
    ({"xs": np.full((5, 3, 2), np.inf)}, "^xs contains inf"),
    ({"xs": [[1.0], [1.0, 2.0]]}, "^xs is ragged"),
    ({"xs": "hello"}, "^xs has dtype <U5; expected float32 or float64"),
    ({"xs": None}, "^xs has dtype object"),
    ({"state": np.zeros((3, 7))}, r"^state is not a tuple \(h,\) for RNN"),
    ({"state": (np.zeros((3, 7)),) * 2}, r"^state is not a tuple \(h,\)"),
    (
        {"state": (np.zeros((2, 7)),)},
        r"^state\[0\] has shape \(2, 7\); "
        r"expected \(3, 7\)",
    ),
    ({"state": (np.zeros((3, 7), int),)}, r"^state\[0\] has dtype int64"),
    ({"state": (np.full((3, 7), np.nan),)}, r"^state\[0\] contains NaN"),
    ({"lengths": [5, 0, 1]}, r"^lengths contains 0 at \[1\]; .* 1 to 5"),
    ({"lengths": [5, 6, 1]}, r"^lengths contains 6 at \[1\]; .* 1 to 5"),
    ({"lengths": [5, 1]}, r"^lengths has shape \(2,\); expected \(3,\)"),
    ({"lengths": [5.0, 1.0, 1.0]}, "^lengths has dtype float64; expected int"),
    ({"params": [1]}, "^params is a list; expected a dict of W_xh"),
]


@pytest.mark.parametrize("wrong, message", REFUSED)
def test_unroll_refuses(case, wrong, message):
    params, xs = case
    right = {"params": params, "xs": xs}
    with pytest.raises(ValueError, match=message):
        bptt.unroll(RNN, **{**right, **wrong})


def test_parameters_must_fit_each_other(case):
    params, xs = case
    wrongs = {
        r"^W_hh has shape \(7, 5\); expected \(7, 7\)": {
            "W_hh": np.ones((7, 5))
        },
        r"^W_xh has shape \(14,\); expected \(rows, columns\)": {
            "W_xh": np.ones(14)
        },
        r"^b_x has shape \(1, 7\); expected \(7,\)": {"b_x": np.ones((1, 7))},
        r"^b_h has dtype float32; expected float64 like W_xh": {
            "b_h": np.ones(7, np.float32)
        },
    }
    for message, wrong in wrongs.items():
        with pytest.raises(ValueError, match=message):
            bptt.unroll(RNN, {**params, **wrong}, xs)


def test_unroll_backward_refuses(case):
    params, xs = case
    hs, _, tape = bptt.unroll(RNN, params, xs)
    wrongs = [
        (
            (RNN_RELU, params, tape, hs),
            r"^tape is not from unroll\(RNNCell\(nonlinearity='relu'\)",
        ),
        ((RNN, params, None, hs), r"^tape is not from unroll\(RNN"),
        (
            (RNN, params, tape, hs[:4]),
            r"^dhs has shape \(4, 3, 7\); "
            r"expected \(5, 3, 7\)",
        ),
        ((RNN, params, tape, hs * np.nan), "^dhs contains NaN"),
        ((RNN, params, tape, np.ones((5, 3, 7), int)), "^dhs has dtype int"),
        ((RNN, params, tape, hs, hs[-1]), r"^dstate_T is not a tuple \(h,\)"),
        ((RNN, params, tape, hs, (hs,)), r"^dstate_T\[0\] has shape"),
        ((RNN, RNN.init(np.random.default_rng(0), 2, 8), tape, hs), "^params"),
    ]
    for arguments, message in wrongs:
        with pytest.raises(ValueError, match=message):
            bptt.unroll_backward(*arguments)


def test_checkpoints_survive_what_the_caller_does(case):
    params, xs = case
    first = (np.ones((B, H)),)
    hs, _, tape = bptt.checkpointed(RNN, params, xs, first)
    dxs, _, _ = bptt.unroll_backward(RNN, params, tape, np.ones_like(hs))
    first[0][:] = 9
    again, _, _ = bptt.unroll_backward(RNN, params, tape, np.ones_like(hs))
    np.testing.assert_array_equal(dxs, again)


def test_results_share_no_memory_with_what_was_given(case):
    params, xs = case
    state = RNN.zero_state(B, H)
    hs, state_T, tape = bptt.unroll(RNN, params, xs, state)
    dhs, dstate = np.ones((T, B, H)), (np.ones((B, H)),)
    dxs, dstate_0, grads = bptt.unroll_backward(RNN, params, tape, dhs, dstate)
    given = [*params.values(), xs, *state, dhs, *dstate]
    for result in (hs, *state_T, dxs, *dstate_0, *grads.values()):
        for a in given:
            assert not np.shares_memory(result, a)


def test_truncated_uses_parameters_changed_in_between(case):
    params, xs = case
    params = {name: a.copy() for name, a in params.items()}
    outputs = []
    for _, hs, _, _ in bptt.truncated(RNN, params, xs, 2):
        outputs.append(hs)
        for a in params.values():
            a[...] = 0
    assert outputs[0].any()
    assert not outputs[1].any() and not outputs[2].any()


@pytest.mark.parametrize("every", [0, -1, 2.0])
def test_windows_refuse(case, every):
    params, xs = case
    with pytest.raises(ValueError, match="^every is .*at least 1"):
        list(bptt.truncated(RNN, params, xs, every))
    with pytest.raises(ValueError, match="^every is .*at least 1"):
        bptt.checkpointed(RNN, params, xs, every=every)


def test_checkpoints_take_less_memory():
    """A tape of T steps becomes about 2·sqrt(T) steps."""
    long = 400
    params = LSTM.init(np.random.default_rng(0), D, 32)
    xs = np.zeros((long, 8, D))
    peaks = {}
    for run in (bptt.unroll, bptt.checkpointed):
        tracemalloc.start()
        hs, _, tape = run(LSTM, params, xs)
        bptt.unroll_backward(LSTM, params, tape, hs)
        peaks[run] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    outputs = 2 * hs.nbytes + xs.nbytes  # hs twice while it is put together
    kept = peaks[bptt.checkpointed] - outputs
    assert kept < 0.25 * (peaks[bptt.unroll] - outputs)
