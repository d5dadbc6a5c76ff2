"""The rivals: what they say, and the best straight line there is."""

import numpy as np
import pytest

from rnncourse import forecast
from rnncourse.forecast import Autoregression


def walk(N, *D):
    return np.cumsum(np.random.default_rng(0).normal(size=(N, *D)), axis=0)


@pytest.mark.parametrize("D", [(), (1,), (3,)])
def test_persistence_repeats_the_last(D):
    history = walk(9, *D)
    before = history.copy()
    for _ in range(2):
        said = forecast.persistence(history, 4)
        np.testing.assert_array_equal(said, [history[-1]] * 4)
    np.testing.assert_array_equal(history, before)
    np.testing.assert_array_equal(forecast.persistence(history[:1]),
                                  history[:1])  # fmt: skip


@pytest.mark.parametrize("horizon", [1, 3, 5, 11])
def test_a_season_repeats_the_last_season(horizon):
    history = walk(9)
    said = forecast.seasonal_persistence(history, horizon, season=5)
    wanted = [history[4 + h % 5] for h in range(horizon)]
    np.testing.assert_array_equal(said, wanted)
    whole = forecast.seasonal_persistence(history, 9, season=9)
    np.testing.assert_array_equal(whole, history)


def test_no_other_weights_have_a_smaller_error():
    values, p = walk(200), 3
    model = Autoregression.fit(values, p)
    rows = np.array([values[n - p : n][::-1] for n in range(p, 200)])

    def error(intercept, weights):
        return np.square(intercept + rows @ weights - values[p:]).sum()

    weights = model.weights[:, 0, 0]
    least = error(model.intercept, weights)
    rng = np.random.default_rng(1)
    for _ in range(20):
        off = 1e-3 * rng.normal(size=p)
        assert error(model.intercept, weights + off) > least
    assert error(model.intercept + 1e-3, weights) > least


def test_a_law_is_found_and_followed():
    true = Autoregression(
        np.array([0.1, -0.2]),
        np.array([[[0.5, 0.3], [-0.4, 0.6]], [[0.1, 0.0], [0.2, -0.3]]]),
    )
    rng = np.random.default_rng(0)
    values = [rng.normal(size=2), rng.normal(size=2)]
    for _ in range(30):
        lags = true.weights[0].T @ values[-1] + true.weights[1].T @ values[-2]
        values.append(true.intercept + lags)
    values = np.array(values)
    found = Autoregression.fit(values, order=2)
    np.testing.assert_allclose(found.weights, true.weights, atol=1e-8)
    np.testing.assert_allclose(
        found.forecast(values[:12], 20), values[12:], atol=1e-7
    )


def test_many_steps_are_one_step_many_times():
    values = walk(40)
    model = Autoregression.fit(values, 3)
    many, history = model.forecast(values, 4), values.copy()
    for h in range(4):
        history = np.append(history, model.forecast(history))
        np.testing.assert_allclose(many[h], history[-1], rtol=1e-12)


def test_nonsense_arguments_are_named():
    v, gap = np.arange(9.0), np.array([1.0, np.nan])
    model = Autoregression.fit(walk(20), 3)
    far, season = forecast.persistence, forecast.seasonal_persistence
    for call, said in [
        (lambda: far(v, 0), "horizon is 0; expected an integer of at least"),
        (lambda: far(gap), "history contains NaN, first at"),
        (lambda: far(np.zeros(0)), "history has shape"),
        (lambda: far(np.array(["a"])), "history has dtype"),
        (lambda: season(v, 1, 10), "season is 10; expected at most the 9"),
        (lambda: season(v, 1, 0), "season is 0"),
        (lambda: season(v, 0, 2), "horizon is 0"),
        (lambda: Autoregression.fit(v, 0), "order is 0"),
        (lambda: Autoregression.fit(v, 5), "at least 11 for order 5"),
        (lambda: Autoregression.fit(gap, 1), "values contains NaN"),
        (lambda: Autoregression.fit(v * 0, 1), "values is constant"),
        (
            lambda: Autoregression.fit(np.stack([v, v * 0], axis=1), 1),
            "column 1 of values is constant",
        ),
        (lambda: model.forecast(v[:2]), r"shape \(2,\); expected at least 3"),
        (lambda: model.forecast(walk(9, 2)), "expected at least 3 steps of 1"),
        (lambda: model.forecast(v, 0), "horizon is 0"),
    ]:
        with pytest.raises(ValueError, match=said):
            call()
