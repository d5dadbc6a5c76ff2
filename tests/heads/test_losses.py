"""Cross-entropy and squared error, side by side."""

import numpy as np
import pytest

from rnncourse.heads import cross_entropy, squared_error

T, B, K = 5, 3, 7


def case(head, rng, leading):
    """Return a prediction and a target for `head`."""
    if head is cross_entropy:
        logits = rng.normal(size=(*leading, K))
        return logits, np.array(rng.integers(0, K, leading))
    return rng.normal(size=(*leading, K)), rng.normal(size=(*leading, K))


def torch_loss(head, prediction, target, mask):
    """The same number and gradient from torch."""
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(prediction, requires_grad=True)
    kept, target = tensor[mask], torch.tensor(target[mask])
    if head is cross_entropy:
        loss = torch.nn.functional.cross_entropy(kept, target)
    else:
        loss = torch.nn.functional.mse_loss(kept, target)
    loss.backward()
    return loss.item(), tensor.grad.numpy()


heads = pytest.mark.parametrize("head", [cross_entropy, squared_error])


@heads
@pytest.mark.parametrize("leading", [(T, B), (1, 1), (B,)])
def test_equals_torch(head, leading):
    rng = np.random.default_rng(0)
    prediction, target = case(head, rng, leading)
    mask = rng.random(leading) < 0.6
    mask.flat[0] = True
    copies = [a.copy() for a in (prediction, target, mask)]
    for _ in range(2):
        for given, used in [(mask, mask), (None, np.ones(leading, bool))]:
            loss, grad = head.loss_and_grad(prediction, target, given)
            theirs, their_grad = torch_loss(head, prediction, target, used)
            assert isinstance(loss, float)
            np.testing.assert_allclose(loss, theirs, rtol=1e-12)
            np.testing.assert_allclose(
                grad, their_grad, rtol=1e-10, atol=1e-15
            )
    for a, copied in zip((prediction, target, mask), copies, strict=True):
        np.testing.assert_array_equal(a, copied)


@heads
def test_gradient_is_the_slope_of_the_loss(head):
    rng = np.random.default_rng(1)
    prediction, target = case(head, rng, (T, B))
    mask = np.arange(T)[:, None] < [5, 1, 3]
    _, grad = head.loss_and_grad(prediction, target, mask)
    assert not grad[~mask].any()
    v = rng.normal(size=prediction.shape)
    epsilon = 1e-5
    up, _ = head.loss_and_grad(prediction + epsilon * v, target, mask)
    down, _ = head.loss_and_grad(prediction - epsilon * v, target, mask)
    slope = (up - down) / (2 * epsilon)
    np.testing.assert_allclose(np.sum(grad * v), slope, rtol=1e-8)
    assert abs(np.sum(1.01 * grad * v) / slope - 1) > 5e-3


def test_extreme_logits_give_finite_nats():
    loss, dlogits = cross_entropy.loss_and_grad(
        np.array([[1e4, -1e4]]), np.array([1])
    )
    assert loss == 2e4
    np.testing.assert_array_equal(dlogits, [[1, -1]])


def test_a_masked_target_may_be_any_int():
    logits = np.zeros((2, B, K))
    mask = np.array([[True] * B, [False] * B])
    targets = np.array([[0] * B, [-1] * B])
    loss, _ = cross_entropy.loss_and_grad(logits, targets, mask)
    np.testing.assert_allclose(loss, np.log(K))


@pytest.mark.parametrize("kind", [np.uint8, np.int8, ">i2", np.uint64])
def test_targets_of_few_bits(kind):
    rng = np.random.default_rng(3)
    logits, targets = rng.normal(size=(B, 300)), np.array([0, 127, 9])
    mask = np.array([True, True, False])
    loss, dlogits = cross_entropy.loss_and_grad(logits, targets, mask)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(
        loss, -np.log([p[0, 0], p[1, 127]]).mean(), rtol=1e-12
    )
    again = cross_entropy.loss_and_grad(logits, targets.astype(kind), mask)
    assert again[0] == loss
    np.testing.assert_array_equal(again[1], dlogits)


def test_what_float32_cannot_hold_is_refused():
    ys = np.ones(2, np.float32)
    with pytest.raises(ValueError, match="targets contains 1e.300.*float32"):
        squared_error.loss_and_grad(ys, np.array([0.0, 1e300]))


@heads
def test_float32_stays(head):
    prediction, target = case(head, np.random.default_rng(0), (T, B))
    if head is squared_error:
        target = target.astype(np.float32)
    _, grad = head.loss_and_grad(prediction.astype(np.float32), target)
    assert grad.dtype == np.float32


def test_errors():
    logits, ids = np.zeros((T, B, K)), np.zeros((T, B), int)
    ce, se = cross_entropy.loss_and_grad, squared_error.loss_and_grad
    nothing = np.zeros((T, B), bool)
    nan = np.full((T, B, K), np.nan)
    for call, message in [
        (lambda: ce(logits, ids + K), "targets contains 7 .* from 0 to 6"),
        (lambda: ce(logits, ids - 1), "targets contains -1"),
        (lambda: ce(logits, ids.T), r"targets has shape \(3, 5\)"),
        (lambda: ce(logits, ids + 0.0), "targets has dtype float64"),
        (lambda: ce(logits.astype(int), ids), "logits has dtype int"),
        (lambda: ce(nan, ids), "logits contains NaN"),
        (
            lambda: ce(logits, np.ma.masked_equal(ids, 1)),
            "targets is a masked array",
        ),
        (
            lambda: ce(logits, ids, np.ma.masked_equal(ids == 0, False)),
            "mask is a masked array",
        ),
        (lambda: ce(np.float64(1), ids), r"logits has shape \(\)"),
        (lambda: ce(logits, ids, nothing), "mask counts nothing"),
        (lambda: ce(logits, ids, nothing.T), r"mask .*\(5, 3\) and bool"),
        (lambda: ce(logits, ids, ids), "mask .* dtype int"),
        (lambda: se(logits, logits[0]), r"targets has shape \(3, 7\)"),
        (lambda: se(logits, nan), "targets contains NaN"),
        (lambda: se(logits, logits, nothing), "mask counts nothing"),
        (lambda: se(logits, logits, nothing.T), "mask has shape"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
