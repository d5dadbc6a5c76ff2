"""The check finds what is wrong, and only that."""

from typing import NamedTuple

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


@pytest.mark.parametrize("seed", range(3))
def test_the_direction_has_length_one(seed):
    """The loss is asked one step and two steps away, on either side."""
    asked = []

    def remembered(a):
        asked.append([leaf.copy() for _, leaf in gradcheck._leaves(a)])
        return loss(a)

    step = 2.0**-10
    assert gradcheck.check_direction(
        remembered, ARRAYS, right(), np.random.default_rng(seed), step=step
    )
    here = [leaf for _, leaf in gradcheck._leaves(ARRAYS)]
    away = [
        np.concatenate(
            [(a - b).ravel() for a, b in zip(at, here, strict=True)]
        )
        for at in asked
    ]
    norms = [np.linalg.norm(d) for d in away]
    np.testing.assert_allclose(
        norms, [step, step, 2 * step, 2 * step], rtol=1e-10
    )
    np.testing.assert_allclose(away[1], -away[0], rtol=0, atol=1e-15)
    np.testing.assert_allclose(away[2], 2 * away[0], rtol=0, atol=1e-15)
    np.testing.assert_allclose(away[3], -away[2], rtol=0, atol=1e-15)


def test_check_moves_one_coordinate_by_one_and_two_steps():
    asked = []

    def remembered(a):
        asked.append(a["w"].copy())
        return a["w"] @ a["w"]

    w, step = np.array([1.0, -2.0]), 2.0**-10
    assert gradcheck.check(remembered, {"w": w}, {"w": 2 * w}, step=step)
    moves = np.array([1, -1, 2, -2]) * step
    np.testing.assert_array_equal(
        np.array(asked) - w,
        [[e, 0] for e in moves] + [[0, e] for e in moves],
    )


def test_namedtuples_numbers_and_byte_orders():
    class State(NamedTuple):
        h: np.ndarray
        c: float

    def energy(state):
        assert isinstance(state, State)
        return float((state.h**2).sum() * state.c)

    at = State(np.array([1.0, 2.0], ">f8"), 3.0)
    grads = State(np.array([6, 12], np.int8), 5)
    for report in (
        gradcheck.check(energy, at, grads),
        gradcheck.check_direction(energy, at, grads, rng),
    ):
        assert report
    assert not gradcheck.check(energy, at, grads._replace(c=5.1))


def test_relative_error_of_small_integers():
    one, two = np.array([1], np.uint8), np.array([2], np.uint8)
    assert gradcheck.relative_error(one, two) == 0.5
    low, high = np.array([-128], np.int8), np.array([127], np.int8)
    assert gradcheck.relative_error(low, high) == 255 / 128
    assert gradcheck.relative_error(True, False) == 1


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


@pytest.mark.parametrize(
    "arrays, grads, message",
    [
        (
            {"w": np.zeros(0), "b": np.ones(1)},
            {"w": np.zeros(0), "b": np.ones(1)},
            r"^w has shape \(0,\); expected a number to move",
        ),
        ({"w": None}, {"w": 1.0}, "^w has dtype object; expected float64"),
        ({"w": "a"}, {"w": 1.0}, "^w has dtype <U1; expected float64"),
        ({"w": 1}, {"w": 1.0}, "^w has dtype int64; expected float64"),
        ({"w": {"b": 1.0}}, {"w": {"b": "a"}}, "^grads w/b has dtype <U1"),
        ({"w": 1.0}, {"w": 1j}, "^grads w has dtype complex128"),
        ({"w": np.ma.ones(2)}, {"w": np.ones(2)}, "^w is a masked array"),
        ({"w": np.ones(2)}, {"w": np.ma.ones(2)}, "^grads w is a masked"),
        ({1: 1.0, "1": 1.0}, {1: 1.0}, "^arrays has two arrays of the name 1"),
        ({"1": 1.0}, {1: 1.0, "1": 2.0}, "^grads has two arrays of the na"),
        (
            {"a/b": 1.0, "a": {"b": 1.0}},
            {"a/b": 1.0, "a": {"b": 1.0}},
            "^arrays has two arrays of the name a/b",
        ),
    ],
)
def test_refuses_what_it_could_not_move(arrays, grads, message):
    for call in (
        lambda: gradcheck.check(lambda a: 0.0, arrays, grads),
        lambda: gradcheck.check_direction(lambda a: 0.0, arrays, grads, rng),
    ):
        with pytest.raises(ValueError, match=message):
            call()


@pytest.mark.parametrize("step", [0, -1e-4, np.nan, np.inf, "1", None])
def test_refuses_a_step_that_leads_nowhere(step):
    w = {"w": np.ones(1)}
    for call in (
        lambda: gradcheck.check(loss, w, w, step=step),
        lambda: gradcheck.check_direction(loss, w, w, rng, step=step),
        lambda: gradcheck.central_difference(np.exp, step),
    ):
        with pytest.raises(ValueError, match="^step is .*; expected"):
            call()
    with pytest.raises(ValueError, match="^floor is .*; expected"):
        gradcheck.relative_error(1.0, 2.0, step)
    with pytest.raises(ValueError, match="^tolerance is .*; expected"):
        gradcheck.check(loss, w, w, tolerance=step)
    with pytest.raises(ValueError, match="^rng is 0; expected a generator"):
        gradcheck.check_direction(loss, w, w, 0)
