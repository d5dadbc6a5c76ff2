"""First weights have the properties they are named after."""

import numpy as np
import pytest

from rnncourse import initialisers


@pytest.mark.parametrize("shape", [(7, 7), (7, 3), (3, 7)])
def test_orthogonal_keeps_lengths(shape):
    W = initialisers.orthogonal(np.random.default_rng(0), shape, gain=2)
    assert W.shape == shape
    np.testing.assert_allclose(np.linalg.svd(W)[1], 2)


def test_orthogonal_prefers_no_rotation():
    rng = np.random.default_rng(0)
    first = [initialisers.orthogonal(rng, (2, 2))[0, 0] for _ in range(2000)]
    assert abs(np.mean(first)) < 0.06  # without the sign it is negative


def test_uniform_and_identity():
    rng = np.random.default_rng(0)
    W = initialisers.uniform(rng, (200, 50), 0.3)
    assert 0.299 < W.max() <= 0.3 and -0.3 <= W.min() < -0.299
    np.testing.assert_array_equal(
        initialisers.identity((3, 3), 0.5), np.eye(3) / 2
    )


def test_what_is_refused():
    rng = np.random.default_rng(0)
    makers = {
        "uniform": lambda shape=(3, 2), by=1.0, dtype=float: (
            initialisers.uniform(rng, shape, by, dtype)
        ),
        "orthogonal": lambda shape=(3, 2), by=1.0, dtype=float: (
            initialisers.orthogonal(rng, shape, by, dtype)
        ),
        "identity": lambda shape=(3, 2), by=1.0, dtype=float: (
            initialisers.identity(shape, by, dtype)
        ),
    }
    for make in makers.values():
        for dtype in (int, np.float16, "complex", "no"):
            with pytest.raises(ValueError, match="^dtype is .* or float64$"):
                make(dtype=dtype)
        for shape in ((0, 2), (2.0, 3), "ab", 3, None):
            with pytest.raises(ValueError, match="shape.* is .*; expected"):
                make(shape)
        for by in (np.nan, np.inf, "1", None):
            with pytest.raises(ValueError, match="^(bound|gain) is .*number"):
                make(by=by)
    for name in ("orthogonal", "identity"):
        with pytest.raises(ValueError, match=r"expected a tuple of .rows, c"):
            makers[name]((3, 2, 2))
    with pytest.raises(ValueError, match="bound is -1"):
        makers["uniform"](by=-1)


def test_a_gain_of_numpy_does_not_change_the_dtype():
    W = initialisers.identity((2, 2), np.float64(0.5), np.float32)
    assert W.dtype == np.float32
    W = initialisers.orthogonal(
        np.random.default_rng(0), (2, 2), np.float64(2), np.float32
    )
    assert W.dtype == np.float32


def test_same_draws_in_both_dtypes():
    for make in (
        lambda rng, dtype: initialisers.uniform(rng, (3, 2), 1, dtype),
        lambda rng, dtype: initialisers.orthogonal(rng, (3, 2), 1, dtype),
        lambda rng, dtype: initialisers.identity((3, 2), 1, dtype),
    ):
        a, b = (
            make(np.random.default_rng(5), dtype)
            for dtype in (np.float32, np.float64)
        )
        assert (a.dtype, b.dtype) == (np.float32, np.float64)
        np.testing.assert_array_equal(a, b.astype(np.float32))
