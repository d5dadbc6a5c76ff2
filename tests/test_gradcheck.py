"""The check finds what is wrong, and only that."""

import numpy as np
import pytest

from rnncourse import gradcheck

rng = np.random.default_rng(0)
ARRAYS = {
    "layer": {"W": rng.standard_normal((2, 3)), "b": rng.standard_normal(3)},
    "state": (rng.standard_normal(4), rng.standard_normal(())),
}


def loss(a):
    W, b, (s, t) = a["layer"]["W"], a["layer"]["b"], a["state"]
    return np.tanh(W @ b).sum() + (s**3).sum() * np.exp(t)


def right():
    W, b, (s, t) = *ARRAYS["layer"].values(), ARRAYS["state"]
    da = 1 - np.tanh(W @ b) ** 2
    return {
        "layer": {"W": np.outer(da, b), "b": da @ W},
        "state": (3 * s**2 * np.exp(t), np.array((s**3).sum() * np.exp(t))),
    }


def test_right_gradients_pass():
    report = gradcheck.check(loss, ARRAYS, right())
    assert report and report.error < 1e-10
    assert list(report.errors) == ["layer/W", "layer/b", "state/0", "state/1"]
    for seed in range(5):
        report = gradcheck.check_direction(
            loss, ARRAYS, right(), np.random.default_rng(seed)
        )
        assert report and report.error < 1e-9


@pytest.mark.parametrize("name", ["layer/W", "layer/b", "state/0", "state/1"])
def test_one_percent_in_one_array_fails_and_is_named(name):
    grads = right()
    dict(gradcheck._leaves(grads))[name][...] *= 1.01
    report = gradcheck.check(loss, ARRAYS, grads)
    assert not report and report.worst == name
    assert 9e-3 < report.error < 1.1e-2
    assert f"WRONG: worst at {name}" in str(report)
    assert not gradcheck.check_direction(
        loss, ARRAYS, grads, np.random.default_rng(0)
    )


def test_one_percent_in_one_coordinate_is_found():
    grads = right()
    grads["layer"]["W"][1, 2] *= 1.01
    report = gradcheck.check(loss, ARRAYS, grads)
    assert not report
    assert (report.worst, report.index) == ("layer/W", (1, 2))
    assert report.claimed == grads["layer"]["W"][1, 2]
    assert abs(report.measured * 1.01 - report.claimed) < 1e-9


def test_nothing_is_moved():
    copy = gradcheck._copy(ARRAYS)
    gradcheck.check(loss, ARRAYS, right())
    gradcheck.check_direction(loss, ARRAYS, right(), rng)
    for (name, a), (_, b) in zip(
        gradcheck._leaves(ARRAYS), gradcheck._leaves(copy), strict=True
    ):
        np.testing.assert_array_equal(a, b, err_msg=name)


def test_relative_error():
    assert gradcheck.relative_error(np.zeros(3), np.zeros(3)) == 0
    assert gradcheck.relative_error(1.0, 1.1) == pytest.approx(1 / 11)
    assert gradcheck.relative_error(-1.0, 1.0) == 2
    with pytest.raises(ValueError, match=r"b has shape \(2,\); .*\(3,\)"):
        gradcheck.relative_error(np.zeros(3), np.zeros(2))
    with pytest.raises(ValueError, match=r"b has shape \(1, 3\)"):
        gradcheck.relative_error(np.zeros(3), np.zeros((1, 3)))


def test_nan_never_passes():
    assert gradcheck.relative_error(np.nan, 1.0) == np.inf
    grads = right()
    grads["layer"]["b"][0] = np.nan
    report = gradcheck.check(loss, ARRAYS, grads)
    assert not report and report.worst == "layer/b"
    assert not gradcheck.check_direction(loss, ARRAYS, grads, rng)


def test_refuses():
    grads = right()
    with pytest.raises(ValueError, match="differ in layer/b$"):
        gradcheck.check(loss, ARRAYS, {**grads, "layer": {"W": 0}})
    grads["layer"]["b"] = np.zeros(2)
    with pytest.raises(ValueError, match=r"layer/b has shape \(2,\).*\(3,\)"):
        gradcheck.check(loss, ARRAYS, grads)
    with pytest.raises(ValueError, match="w has dtype float32.*float64"):
        gradcheck.check(loss, {"w": np.ones(2, "f4")}, {"w": np.ones(2)})
    with pytest.raises(ValueError, match="arrays is empty"):
        gradcheck.check(loss, {}, {})
