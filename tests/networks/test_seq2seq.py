"""Teacher forcing and writing: `rnncourse.networks.seq2seq`."""

import copy

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
from network_cases import (
    LENGTHS,
    B,
    assert_same,
    leaves,
)

from rnncourse import decoding, gradcheck, optim, train
from rnncourse.cells import RNN
from rnncourse.networks import (
    EncoderDecoder,
    seq2seq,
)


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
