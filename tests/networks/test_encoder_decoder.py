import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_cases import (
    LENGTHS,
    B,
    D,
    H,
    T,
    assert_each_error_is_caught,
    assert_same,
    draw,
    leaves,
    wrong,
)

from rnncourse import decoding, gradcheck, optim, train
from rnncourse.cells import LSTM, RNN
from rnncourse.networks import (
    Bidirectional,
    EncoderDecoder,
    Stacked,
    pyramidal,
    seq2seq,
)

K, L = 4, 3
TARGETS = np.array([[1, 3, 2], [2, 0, 2], [3, 0, 0]])
TARGET_LENGTHS = np.array([3, 1, 2])
MODELS = {
    "plain": EncoderDecoder(RNN, RNN),
    "attention": EncoderDecoder(RNN, RNN, attention=True),
    "LSTM": EncoderDecoder(LSTM, LSTM, attention=True),
    "attention alone": EncoderDecoder(
        Bidirectional(RNN), RNN, attention=True, hand_over=False
    ),
    "deep": EncoderDecoder(
        Stacked(RNN, RNN, dropout=0.5), Stacked(RNN, RNN, residual=True)
    ),
    "pyramid": EncoderDecoder(
        pyramidal(Bidirectional(RNN), RNN),
        Stacked(RNN, RNN),
        attention=True,
        hand_over=False,
    ),
}
every = pytest.mark.parametrize("name", MODELS)


class Case:
    """A model, its inputs, and a loss that reads all its logits."""

    def __init__(self, model, seed, T=T, B=B, D=D, H=H, U=4, padded=False):
        rng = np.random.default_rng(seed)
        self.model = model
        self.lengths = rng.integers(1, T + 1, B) if padded else None
        self.token_lengths = rng.integers(1, U + 1, B) if padded else None
        self.arrays = {
            "params": model.init(rng, D, H, K),
            "xs": rng.normal(size=(T, B, D)),
            "state": draw(rng, model.encoder.zero_state(B, H)),
        }
        self.tokens = rng.integers(0, K, (U, B))
        self.dlogits = rng.normal(size=(U, B, K))

    def unroll(self, arrays):
        return self.model.unroll(
            **arrays,
            tokens=self.tokens,
            lengths=self.lengths,
            token_lengths=self.token_lengths,
            rng=np.random.default_rng(9),
        )

    def loss(self, arrays):
        return np.sum(self.unroll(arrays)[0] * self.dlogits)

    def grads(self):
        _, _, tape = self.unroll(self.arrays)
        dxs, dstate_0, grads = self.model.unroll_backward(
            self.arrays["params"], tape, self.dlogits
        )
        return {"params": grads, "xs": dxs, "state": dstate_0}


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
def test_gradients_of_the_loss(name):
    case = Case(MODELS[name], 2)
    xs, params = case.arrays["xs"], case.arrays["params"]
    kept = copy.deepcopy(params)

    def run(arrays):
        return seq2seq.loss_and_grads(
            MODELS[name],
            arrays,
            xs,
            TARGETS,
            LENGTHS,
            TARGET_LENGTHS,
            np.random.default_rng(9),
        )

    (loss, grads), (again, _) = run(params), run(params)
    assert loss == again
    assert_same(params, kept, rtol=0)
    report = gradcheck.check_direction(
        lambda p: run(p)[0], params, grads, np.random.default_rng(0)
    )
    assert report, report


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


def score(model, params, xs, tokens, ended):
    """Return log p of these tokens by teacher forcing."""
    steps = [model.end, *tokens]
    wanted = [*tokens, model.end] if ended else tokens
    logits, _, _ = model.unroll(params, xs, np.array(steps)[:, None])
    log_p = logits - np.log(np.exp(logits).sum(axis=2, keepdims=True))
    return sum(log_p[u, 0, k] for u, k in enumerate(wanted))


@every
def test_writing_step_by_step_agrees_with_teacher_forcing(name):
    model, case = MODELS[name], Case(MODELS[name], 4)
    params, xs = case.arrays["params"], case.arrays["xs"]
    for b, n in enumerate(LENGTHS):
        x = xs[:n, b : b + 1]
        step, state = seq2seq.start(model, params, x)
        found = decoding.beam(step, state, 0, 0, width=5, max_length=4)
        assert len(found) == 5
        for tokens, log_p, finished in found:
            np.testing.assert_allclose(
                log_p, score(model, params, x, tokens, finished), rtol=1e-10
            )


@every
def test_a_batch_is_written_as_one_by_one(name):
    model, case = MODELS[name], Case(MODELS[name], 5)
    params, xs = case.arrays["params"], case.arrays["xs"]
    step, state = seq2seq.start(model, params, xs, LENGTHS)
    batch = decoding.greedy(step, state, np.zeros(B, int), 0, 6)
    for b, n in enumerate(LENGTHS):
        step, state = seq2seq.start(model, params, xs[:n, b : b + 1])
        (alone,) = decoding.greedy(step, state, np.zeros(1, int), 0, 6)
        assert batch[b] == alone


def test_attention_looks_at_frames_within_the_length():
    case = Case(MODELS["attention"], 6, padded=True)
    _, weights, _ = case.unroll(case.arrays)
    assert weights.shape == (4, B, T)
    np.testing.assert_allclose(weights.sum(axis=2), 1)
    outside = np.arange(T)[:, None] >= case.lengths
    assert not weights[:, outside.T].any()


def test_it_learns_to_repeat():
    """Two symbols in, the same two out: the whole chain at work."""
    rng = np.random.default_rng(0)
    model = EncoderDecoder(RNN, RNN, attention=True)

    def batches():
        while True:
            targets = rng.integers(1, K, (2, 16))
            yield np.eye(K)[targets], targets

    params, history = train.fit(
        lambda params, batch: seq2seq.loss_and_grads(model, params, *batch),
        model.init(rng, K, 16, K),
        batches(),
        optim.Adam(1e-2),
        updates=300,
        progress=False,
    )
    assert history.loss[-10:].mean() < 0.1 * history.loss[0]
    xs, targets = next(batches())
    step, state = seq2seq.start(model, params, xs)
    written = decoding.greedy(step, state, np.zeros(16, int), 0, 5)
    right = [w == list(t) for w, t in zip(written, targets.T, strict=True)]
    assert np.mean(right) > 0.9


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
    ]:
        with pytest.raises(ValueError, match=message):
            call()


def test_errors_of_a_call():
    case = Case(MODELS["attention"], 7)
    params, xs = case.arrays["params"], case.arrays["xs"]
    without = {k: v for k, v in params.items() if k != "attention"}
    for arguments, message in [
        (dict(xs=xs[..., :1]), "^encoder: xs has shape"),
        (dict(params=without), "params lacks 'attention'"),
        (dict(params=params | {"readout": {}}), "^readout lacks 'W_hy'"),
        (dict(targets=TARGETS[:1, :2]), r"^targets has .* expected \(L, 3\)"),
        (dict(targets=TARGETS), "targets contains 0, the model's end"),
        (dict(targets=TARGETS + K), r"^targets contains 5 at \[0, 0\]"),
        (dict(targets=TARGETS.clip(1) * 1.0), "^targets has dtype float64"),
        (dict(target_lengths=[4, 1, 1]), "target_lengths contains 4"),
        (dict(lengths=[5, 6, 1]), "lengths contains 6"),
    ]:
        call = dict(params=params, xs=xs, targets=TARGETS.clip(1)) | arguments
        with pytest.raises(ValueError, match=message):
            seq2seq.loss_and_grads(MODELS["attention"], **call)


@pytest.mark.parametrize("padding, kind", [(-1, int), (99, np.uint8)])
def test_what_pads_the_targets_may_be_any_int(padding, kind):
    case = Case(MODELS["attention"], 7)
    params, xs = case.arrays["params"], case.arrays["xs"]
    ends = np.array([3, 1, 0], np.uint8)
    inside = np.arange(3)[:, None] < ends
    targets = np.random.default_rng(0).integers(1, K, (3, 3))
    call = dict(params=params, xs=xs, target_lengths=ends)
    loss, grads = seq2seq.loss_and_grads(
        MODELS["attention"], targets=targets, **call
    )
    padded = np.where(inside, targets, padding).astype(kind)
    again, same = seq2seq.loss_and_grads(
        MODELS["attention"], targets=padded, **call
    )
    assert again == loss
    for (path, one), (_, other) in zip(
        leaves(grads), leaves(same), strict=True
    ):
        np.testing.assert_array_equal(one, other, err_msg=str(path))


def test_gradients_of_another_shape_are_named():
    case = Case(MODELS["attention"], 7)
    params = case.arrays["params"]
    logits, _, tape = case.unroll(case.arrays)
    with pytest.raises(ValueError, match=r"^dlogits has shape \(1, "):
        case.model.unroll_backward(params, tape, logits[:1])
