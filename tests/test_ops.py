"""Element-wise functions at ordinary and at extreme values."""

import numpy as np

from rnncourse import ops

a = np.random.default_rng(0).standard_normal((5, 3, 7)) * 10


def test_sigmoid():
    np.testing.assert_allclose(
        ops.sigmoid(a), 1 / (1 + np.exp(-a)), atol=1e-15
    )
    ends = ops.sigmoid(np.array([-np.inf, -1e308, 1e308, np.inf]))
    np.testing.assert_array_equal(ends, [0, 0, 1, 1])
    assert ops.sigmoid(np.float32(0.3)).dtype == np.float32
    np.testing.assert_allclose(ops.sigmoid(a) + ops.sigmoid(-a), 1)


def test_softmax_and_log_softmax():
    for axis in (0, 1, -1):
        p = ops.softmax(a, axis)
        np.testing.assert_allclose(p.sum(axis=axis), 1)
        direct = np.exp(a) / np.exp(a).sum(axis=axis, keepdims=True)
        np.testing.assert_allclose(p, direct)
        np.testing.assert_allclose(np.exp(ops.log_softmax(a, axis)), p)
    np.testing.assert_allclose(ops.softmax(a + 1e6), ops.softmax(a), 1e-8)
    far = ops.log_softmax(np.array([0.0, -1e4]))
    np.testing.assert_array_equal(far, [0, -1e4])


def test_logsumexp():
    direct = np.log(np.exp(a).sum(axis=1))
    np.testing.assert_allclose(ops.logsumexp(a, axis=1), direct)
    assert ops.logsumexp(a, axis=(0, 2)).shape == (3,)
    assert ops.logsumexp(a, axis=(0, 2), keepdims=True).shape == (1, 3, 1)
    nothing = np.array([[-np.inf, -np.inf], [-np.inf, 2.0]])
    np.testing.assert_array_equal(ops.logsumexp(nothing), [-np.inf, 2.0])
    assert ops.logsumexp(np.array([1e308, 1.0])) == 1e308


def test_large_scores_near_each_other_lose_nothing():
    for dtype, large in [(np.float32, 1e8), (np.float64, 1e300)]:
        scores = np.full((2, 4), large, dtype)
        for f, right in [(ops.log_softmax, -np.log(4)), (ops.softmax, 0.25)]:
            np.testing.assert_allclose(f(scores), right, rtol=1e-6)
    scores = np.array([1e4, 1e4 + 1], np.float32)
    np.testing.assert_allclose(
        ops.log_softmax(scores),
        ops.log_softmax(np.array([0.0, 1.0])),
        rtol=1e-6,
    )


def test_integers_and_lists_count_as_floats():
    for kind in (np.uint8, np.int8, np.int64, bool):
        few = np.array([0, 1, 0], kind)
        many = few if kind is bool else np.array([100, 3, 27], kind)
        for f in (ops.sigmoid, ops.softmax, ops.log_softmax, ops.logsumexp):
            for numbers in (few, many):
                np.testing.assert_allclose(
                    f(numbers), f(numbers.astype(float)), rtol=1e-15
                )
                np.testing.assert_array_equal(f(numbers.tolist()), f(numbers))
    far = ops.log_softmax(np.array([0, 200], np.uint8))  # 0 - 200 is 56 there
    np.testing.assert_array_equal(far, [-200, 0])


def test_inputs_stay():
    copy = a.copy()
    for f in (ops.sigmoid, ops.softmax, ops.log_softmax, ops.logsumexp):
        f(a)
        np.testing.assert_array_equal(a, copy)
