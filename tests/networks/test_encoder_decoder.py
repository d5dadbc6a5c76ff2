"""The encoder–decoder: gradients, padding, refusals."""

import numpy as np
import pytest
from encoder_decoder_cases import (
    MODELS,
    TARGET_LENGTHS,
    TARGETS,
    Case,
    K,
    every,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from network_cases import (
    LENGTHS,
    B,
    D,
    H,
    T,
    assert_each_error_is_caught,
    leaves,
    wrong,
)

from rnncourse.cells import RNN
from rnncourse.networks import (
    Bidirectional,
    EncoderDecoder,
    seq2seq,
)


@every
@pytest.mark.parametrize("padded", [False, True])
def test_gradients(name, padded):
    case = Case(MODELS[name], 0, padded=padded)
    assert not wrong(case.loss, case.arrays, case.grads())


@every
@settings(max_examples=4, deadline=None, derandomize=True)
@given(
    sizes=st.tuples(*[st.integers(1, 3)] * 5),
    padded=st.booleans(),
    seed=st.integers(0, 99),
)
def test_gradients_at_drawn_sizes(name, sizes, padded, seed):
    case = Case(MODELS[name], seed, *sizes, padded=padded)
    assert not wrong(case.loss, case.arrays, case.grads())


@every
def test_a_planted_error_in_any_gradient_is_caught(name):
    case = Case(MODELS[name], 1, T=3, B=1, D=1, H=2, U=2)
    assert_each_error_is_caught(case)


@every
def test_padded_equals_one_by_one(name):
    model, case = MODELS[name], Case(MODELS[name], 3)
    params, xs = case.arrays["params"], case.arrays["xs"]
    loss, grads = seq2seq.loss_and_grads(
        model, params, xs, TARGETS, LENGTHS, TARGET_LENGTHS
    )
    total, summed = 0, {path: 0 for path, _ in leaves(grads)}
    for b, (n, m) in enumerate(zip(LENGTHS, TARGET_LENGTHS, strict=True)):
        alone, grads_b = seq2seq.loss_and_grads(
            model, params, xs[:n, b : b + 1], TARGETS[:m, b : b + 1]
        )
        weight = (m + 1) / (TARGET_LENGTHS + 1).sum()
        total += weight * alone
        for path, grad in leaves(grads_b):
            summed[path] = summed[path] + weight * grad
    np.testing.assert_allclose(loss, total, rtol=1e-12)
    for path, grad in leaves(grads):
        np.testing.assert_allclose(
            grad, summed[path], rtol=1e-9, atol=1e-12, err_msg=str(path)
        )


def test_attention_looks_at_frames_within_the_length():
    case = Case(MODELS["attention"], 6, padded=True)
    _, weights, _ = case.unroll(case.arrays)
    assert weights.shape == (4, B, T)
    np.testing.assert_allclose(weights.sum(axis=2), 1)
    outside = np.arange(T)[:, None] >= case.lengths
    assert not weights[:, outside.T].any()


def test_errors_of_a_model():
    bidirectional = Bidirectional(RNN)
    for call, message in [
        (lambda: EncoderDecoder(RNN, bidirectional), "reads ahead"),
        (lambda: EncoderDecoder(bidirectional, RNN), "does not fit"),
        (lambda: EncoderDecoder(RNN, RNN, hand_over=False), "attention=True"),
        (
            lambda: EncoderDecoder(RNN, RNN, end=4).init(
                np.random.default_rng(0), D, H, K
            ),
            "end contains 4",
        ),
        (
            lambda: EncoderDecoder(RNN, RNN, end=-1).init(
                np.random.default_rng(0), D, H, K
            ),
            "end contains -1",
        ),
    ]:
        with pytest.raises(ValueError, match=message):
            call()


def test_tokens_below_the_first_are_refused():
    case = Case(MODELS["attention"], 7)
    model, params = MODELS["attention"], case.arrays["params"]
    memory = np.zeros((T, B, model.encoder.width(H)))
    with pytest.raises(ValueError, match="tokens contains -1"):
        model.decode(params, np.full((2, B), -1), memory, None, None)


def test_gradients_of_another_shape_are_named():
    case = Case(MODELS["attention"], 7)
    params = case.arrays["params"]
    logits, _, tape = case.unroll(case.arrays)
    with pytest.raises(ValueError, match=r"^dlogits has shape \(1, "):
        case.model.unroll_backward(params, tape, logits[:1])
