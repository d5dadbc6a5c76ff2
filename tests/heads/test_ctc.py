import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import gradcheck, ops
from rnncourse.heads import ctc, ctc_decoding

T, B, K, L = 5, 3, 4, 2
TARGETS = np.array([[1, 3, 2], [1, 2, 9]])  # 9 is padding
LENGTHS = np.array([5, 3, 2])
TARGET_LENGTHS = np.array([2, 2, 1])


def logits_of(seed, shape=(T, B, K)):
    return np.random.default_rng(seed).normal(size=shape)


def brute_force(log_p, blank=0):
    """Return {labels: probability} of one sequence (T, K), path by path."""
    T, K = log_p.shape
    spelt = {}
    for path in itertools.product(range(K), repeat=T):
        labels = tuple(k for k, _ in itertools.groupby(path) if k != blank)
        p = np.exp(log_p[np.arange(T), list(path)].sum())
        spelt[labels] = spelt.get(labels, 0) + p
    return spelt


def torch_loss(logits, targets, lengths, target_lengths, blank=0):
    """Return torch's loss, a mean of nats a sequence, and its gradient."""
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(logits, requires_grad=True)
    losses = torch.nn.CTCLoss(blank=blank, reduction="none")(
        tensor.log_softmax(dim=2),
        torch.tensor(targets.T),
        torch.tensor(lengths),
        torch.tensor(target_lengths),
    )
    losses.mean().backward()
    return losses.mean().item(), tensor.grad.numpy()


def test_equals_torch():
    logits = logits_of(0)
    args = (TARGETS, LENGTHS, TARGET_LENGTHS)
    copies = [a.copy() for a in (logits, *args)]
    for _ in range(2):
        loss, dlogits = ctc.loss_and_grad(logits, *args)
        theirs, their_grad = torch_loss(logits, *args)
        np.testing.assert_allclose(loss, theirs, rtol=1e-10)
        np.testing.assert_allclose(dlogits, their_grad, rtol=0, atol=1e-10)
    for a, copied in zip((logits, *args), copies, strict=True):
        np.testing.assert_array_equal(a, copied)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_equals_torch_at_drawn_sizes(data):
    T, B, K = (data.draw(st.integers(1, n)) for n in (12, 4, 5))
    K += 1
    blank = data.draw(st.integers(0, K - 1))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    lengths = rng.integers(1, T + 1, B)
    L = max(1, T // 2)
    target_lengths = np.minimum(rng.integers(0, L + 1, B), (lengths + 1) // 2)
    labels = np.delete(np.arange(K), blank)
    targets = rng.choice(labels, (L, B))
    logits = 3 * rng.normal(size=(T, B, K))
    args = (targets, lengths, target_lengths, blank)
    loss, dlogits = ctc.loss_and_grad(logits, *args)
    theirs, their_grad = torch_loss(logits, *args)
    np.testing.assert_allclose(loss, theirs, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(dlogits, their_grad, rtol=0, atol=1e-10)


@pytest.mark.parametrize("b", range(B))
def test_equals_the_sum_over_all_paths(b):
    logits = logits_of(1)[: LENGTHS[b], b]
    labels = tuple(TARGETS[: TARGET_LENGTHS[b], b])
    p = brute_force(ops.log_softmax(logits))[labels]
    loss, _ = ctc.loss_and_grad(logits[:, None], np.array(labels)[:, None])
    np.testing.assert_allclose(loss, -np.log(p), rtol=1e-12)


def test_every_frame_of_the_tables_tells_the_same_probability():
    log_p = ops.log_softmax(logits_of(2))
    alpha, beta = ctc.alpha_beta(log_p, TARGETS, LENGTHS, TARGET_LENGTHS)
    assert alpha.shape == beta.shape == (T, B, 2 * L + 1)
    total = ops.logsumexp(alpha + beta)  # (T, B)
    for b, n in enumerate(LENGTHS):
        np.testing.assert_allclose(total[:n, b], total[0, b], rtol=1e-12)
        assert np.all(alpha[n:, b] == -np.inf)
        assert np.all(beta[n:, b] == -np.inf)


def test_padded_equals_one_by_one():
    logits = logits_of(3)
    loss, dlogits = ctc.loss_and_grad(logits, TARGETS, LENGTHS, TARGET_LENGTHS)
    losses = []
    for b, (n, m) in enumerate(zip(LENGTHS, TARGET_LENGTHS, strict=True)):
        alone, dalone = ctc.loss_and_grad(
            logits[:n, b : b + 1], TARGETS[:m, b : b + 1]
        )
        losses.append(alone)
        np.testing.assert_allclose(
            dlogits[:n, b] * B, dalone[:, 0], rtol=1e-12
        )
        assert not dlogits[n:, b].any()
    np.testing.assert_allclose(loss, np.mean(losses), rtol=1e-12)


@pytest.mark.parametrize("lengths", [LENGTHS, np.array([5, 5, 5])])
def test_gradient(lengths):
    logits = logits_of(4)
    args = (TARGETS, lengths, TARGET_LENGTHS)
    _, grad = ctc.loss_and_grad(logits, *args)

    def loss(arrays):
        return ctc.loss_and_grad(arrays["logits"], *args)[0]

    for scale, right in [(1, True), (1.01, False)]:
        report = gradcheck.check(
            loss, {"logits": logits}, {"logits": scale * grad}
        )
        assert bool(report) is right, report


def test_one_frame_and_the_empty_target():
    logits = logits_of(5, (1, 1, K))
    log_p = ops.log_softmax(logits)[0, 0]
    loss, _ = ctc.loss_and_grad(logits, np.array([[2]]))
    np.testing.assert_allclose(loss, -log_p[2])
    loss, _ = ctc.loss_and_grad(
        logits, np.array([[2]]), target_lengths=np.array([0])
    )
    np.testing.assert_allclose(loss, -log_p[0])


def test_float32_and_long_inputs_stay_finite():
    logits = 20 * logits_of(6, (400, 2, K)).astype(np.float32)
    targets = np.tile([[1], [2], [2]], (30, 2))
    loss, dlogits = ctc.loss_and_grad(logits, targets)
    assert dlogits.dtype == np.float32
    assert np.isfinite(loss) and np.isfinite(dlogits).all()
    np.testing.assert_allclose(dlogits.sum(axis=2), 0, atol=1e-5)


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int16, ">i4"])
def test_small_integers_count_as_far_as_large_ones(kind):
    L, K = 100, 130  # 2 L is more than int8 holds, 2 L + 60 than uint8
    rng = np.random.default_rng(11)
    logits = rng.normal(size=(250, 2, K))
    targets = rng.integers(1, 128, (L, 2))
    lengths, target_lengths = np.array([120, 127]), np.array([L, 90])
    args = targets, lengths, target_lengths
    loss, dlogits = ctc.loss_and_grad(logits, *args)
    theirs, _ = torch_loss(logits, *args)
    np.testing.assert_allclose(loss, theirs, rtol=1e-10)
    small, dsmall = ctc.loss_and_grad(logits, *(a.astype(kind) for a in args))
    assert small == loss
    np.testing.assert_array_equal(dsmall, dlogits)


def test_a_blank_of_few_bits_leaves_labels_of_many():
    logits = np.random.default_rng(12).normal(size=(4, 1, 300))
    targets = np.array([[258], [7]])
    wide, _ = ctc.loss_and_grad(logits, targets, blank=5)
    narrow, _ = ctc.loss_and_grad(logits, targets, blank=np.uint8(5))
    assert narrow == wide
    theirs, _ = torch_loss(logits, targets, [4], [2], blank=5)
    np.testing.assert_allclose(wide, theirs, rtol=1e-10)
    # and the other way round: the labels are uint8, the blank is not
    narrow, _ = ctc.loss_and_grad(
        logits, targets.astype(np.uint16) % 256, blank=299
    )
    wide, _ = ctc.loss_and_grad(logits, targets % 256, blank=299)
    assert narrow == wide
    states = ctc.with_blanks(np.array([[258]]), np.uint8(5))
    assert states.tolist() == [[5, 258, 5]]


def test_errors():
    logits = logits_of(7)
    for arguments, message in [
        (dict(targets=TARGETS), "targets contains 9 .* from 0 to 3"),
        (dict(targets=TARGETS * 0), "targets contains 0, .* the blank"),
        (dict(targets=TARGETS.T), r"targets has shape \(3, 2\)"),
        (dict(targets=TARGETS % 4 + 0.5), "targets has dtype float64"),
        (dict(lengths=[5, 3, 0]), r"lengths contains 0 at \[2\]"),
        (dict(lengths=[5, 3, 6]), "lengths contains 6"),
        (dict(target_lengths=[2, 2, 3]), "target_lengths contains 3"),
        (
            dict(lengths=[2, 3, 2], target_lengths=TARGET_LENGTHS),
            r"lengths\[0\] is 2; expected at least 3 frames for 2 labels",
        ),
        (dict(blank=4), "blank contains 4"),
        (dict(targets=np.ma.masked_equal(TARGETS, 9)), "targets is a masked"),
        (dict(logits=logits[0]), r"logits has shape \(3, 4\)"),
        (dict(logits=np.full((T, B, K), np.inf)), "logits contains inf"),
    ]:
        given_ = dict(logits=logits, targets=TARGETS % 4) | arguments
        with pytest.raises(ValueError, match=message):
            ctc.loss_and_grad(**given_)


def test_collapse():
    assert ctc_decoding.collapse([1, 1, 0, 1, 2, 2]) == [1, 1, 2]
    assert ctc_decoding.collapse([3, 0, 3], blank=3) == [0]
    assert ctc_decoding.collapse([]) == []
    path = np.array([200, 200, 3], np.uint8)
    assert ctc_decoding.collapse(path, blank=np.int8(3)) == [200]
    for wrong in ([0.5], [[1, 2]], "ab", [None, 1]):
        with pytest.raises(ValueError, match="path has"):
            ctc_decoding.collapse(wrong)
    with pytest.raises(ValueError, match="blank has dtype"):
        ctc_decoding.collapse([1], blank="0")


def test_with_blanks_refuses():
    for targets, blank, message in [
        (np.array([1, 2]), 0, r"targets has shape \(2,\)"),
        (TARGETS - 2, 0, "targets contains -1"),
        (TARGETS + 0.5, 0, "targets has dtype float64"),
        (TARGETS, -1, "blank contains -1"),
    ]:
        with pytest.raises(ValueError, match=message):
            ctc.with_blanks(targets, blank)


def test_decoding_float32_and_small_lengths():
    logits = logits_of(13, (200, 1, K))
    small = np.array([200], np.uint8)
    assert ctc_decoding.greedy(logits, small) == ctc_decoding.greedy(logits)
    (((_, score), *_),) = ctc_decoding.prefix_beam(
        logits.astype(np.float32), 4, small
    )
    exact = ctc_decoding.prefix_beam(
        logits.astype(np.float32).astype(np.float64), 4
    )
    assert score == exact[0][0][1]


@pytest.mark.parametrize("blank", [0, 2])
def test_prefix_beam_equals_brute_force(blank):
    logits = 2 * logits_of(8)
    found = ctc_decoding.prefix_beam(logits, 10**4, LENGTHS, blank)
    again = ctc_decoding.prefix_beam(logits, 10**4, LENGTHS, blank)
    assert found == again
    for b, n in enumerate(LENGTHS):
        spelt = brute_force(ops.log_softmax(logits[:n, b]), blank)
        assert {tuple(labels) for labels, _ in found[b]} == set(spelt)
        for labels, log_p in found[b]:
            np.testing.assert_allclose(
                np.exp(log_p), spelt[tuple(labels)], rtol=1e-12
            )
        scores = [log_p for _, log_p in found[b]]
        assert scores == sorted(scores, reverse=True)


def test_a_narrow_beam_never_overstates_a_labelling():
    logits = logits_of(9)
    (best, *_), *_ = ctc_decoding.prefix_beam(logits, 3)
    spelt = brute_force(ops.log_softmax(logits[:, 0]))
    assert np.exp(best[1]) <= spelt[tuple(best[0])] * (1 + 1e-12)
    assert [len(r) for r in ctc_decoding.prefix_beam(logits, 3)] == [3] * B


def test_greedy_spells_the_best_path_and_the_beam_finds_better():
    log_p = np.log([[[0.6, 0.4]], [[0.6, 0.4]]])  # blank blank: 0.36
    assert ctc_decoding.greedy(log_p) == [[]]
    labels, score = ctc_decoding.prefix_beam(log_p, 2)[0][0]
    assert labels == [1]
    np.testing.assert_allclose(np.exp(score), 0.64)


def test_greedy_reads_each_length():
    path = np.array([[1, 1], [1, 2], [0, 0], [1, 3], [2, 3]])  # (T, B)
    logits = 10 * np.eye(K)[path]
    assert ctc_decoding.greedy(logits) == [[1, 1, 2], [1, 2, 3]]
    assert ctc_decoding.greedy(logits, [2, 3]) == [[1], [1, 2]]


def test_decoding_errors():
    logits = logits_of(10)
    for call, message in [
        (lambda: ctc_decoding.greedy(logits[0]), "logits has shape"),
        (lambda: ctc_decoding.greedy(logits, [0, 1, 1]), "lengths contains"),
        (lambda: ctc_decoding.greedy(logits, blank=-1), "blank contains"),
        (lambda: ctc_decoding.prefix_beam(logits, 0), "width is 0"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
