"""Scores, intervals and the rolling test: by hand, and by their meaning."""

import numpy as np
import pytest

from rnncourse import forecast


def rng(seed=0):
    return np.random.default_rng(seed)


def test_scores_by_hand():
    y, target = np.array([[1.0, 2.0]]), np.array([[3.0, 2.0]])
    train = np.array([1.0, 4.0, 2.0, 5.0])  # steps 3, 2, 3; seasons 1, 1
    for _ in range(2):
        assert forecast.mae(y, target) == 1
        np.testing.assert_allclose(forecast.rmse(y, target), np.sqrt(2))
        np.testing.assert_allclose(forecast.mase(y, target, train), 3 / 8)
        assert forecast.mase(y, target, train, season=2) == 1


def test_mase_has_no_unit():
    y, target, train = rng().normal(size=(3, 20))
    one = forecast.mase(y, target, train)
    other = forecast.mase(7 * y + 2, 7 * target + 2, 7 * train + 2)
    np.testing.assert_allclose(one, other, rtol=1e-12)


def test_the_pinball_slope_is_its_gradient():
    ys, targets = rng().normal(size=(5, 3, 2)), rng(1).normal(size=(5, 3))
    q = np.array([0.1, 0.7])
    copies = ys.copy(), targets.copy()
    _, dys = forecast.pinball(ys, targets, q)
    v, epsilon = rng(2).normal(size=ys.shape), 1e-7
    up, _ = forecast.pinball(ys + epsilon * v, targets, q)
    down, _ = forecast.pinball(ys - epsilon * v, targets, q)
    slope = (up - down) / (2 * epsilon)
    np.testing.assert_allclose(np.sum(dys * v), slope, rtol=1e-6)
    np.testing.assert_array_equal(ys, copies[0])
    np.testing.assert_array_equal(targets, copies[1])


@pytest.mark.parametrize("q", [0.1, 0.5, 0.9])
def test_the_cheapest_answer_is_the_quantile(q):
    targets = rng().exponential(size=2001)
    tries = np.quantile(targets, np.linspace(0.02, 0.98, 49))
    costs = [
        forecast.pinball(np.full((2001, 1), y), targets, np.array([q]))[0]
        for y in tries
    ]
    cheapest = tries[np.argmin(costs)]
    np.testing.assert_allclose(np.mean(targets < cheapest), q, atol=0.011)


def test_the_median_costs_half_the_absolute_error():
    y, target = rng().normal(size=(2, 30))
    loss, _ = forecast.pinball(y[:, None], target, np.array([0.5]))
    np.testing.assert_allclose(loss, forecast.mae(y, target) / 2)


def test_a_hit_has_no_slope_and_float32_stays():
    y = np.ones((2, 1), np.float32)
    loss, dys = forecast.pinball(y, np.ones(2), np.array([0.3]))
    assert loss == 0 and dys.dtype == np.float32 and not dys.any()


def test_coverage_counts_both_ends():
    low, high = np.zeros(5), np.ones(5)
    target = np.array([-0.1, 0.0, 0.5, 1.0, 1.1])
    assert forecast.coverage(low, high, target) == 0.6
    target = rng().normal(size=10000)
    ends = np.full(10000, 1.2816)  # the normal's 0.1 and 0.9 quantiles
    covered = forecast.coverage(-ends, ends, target)
    np.testing.assert_allclose(covered, 0.8, atol=0.02)


@pytest.mark.parametrize("horizon, every", [(1, 1), (3, 1), (2, 4)])
@pytest.mark.parametrize("D", [(), (2,)])
def test_each_origin_is_given_its_past_alone(horizon, every, D):
    values = rng().normal(size=(15, *D))
    before, pasts = values.copy(), []

    def spy(past, wanted):
        pasts.append(past.copy())
        past[:] = 0  # its own copy
        return np.full((wanted, *D), 7.0)

    test = forecast.rolling_origin(values, spy, 5, horizon, every)
    origins = list(range(5, 15 - horizon + 1, every))
    assert test.origins.tolist() == origins
    assert test.forecasts.shape == (len(origins), horizon, *D)
    for origin, past, target in zip(origins, pasts, test.targets, strict=True):
        np.testing.assert_array_equal(past, before[:origin])
        after = before[origin : origin + horizon]
        np.testing.assert_array_equal(target, after)
    np.testing.assert_array_equal(values, before)


def test_rolling_persistence_is_the_series_one_step_late():
    values = rng().normal(size=30)
    test = forecast.rolling_origin(values, forecast.persistence, 10)
    np.testing.assert_array_equal(test.forecasts[:, 0], values[9:-1])


def test_nonsense_arguments_are_named():
    v = np.arange(9.0)
    y, q = np.zeros((3, 1)), np.array([0.5])
    roll, persistence = forecast.rolling_origin, forecast.persistence
    for call, said in [
        (lambda: forecast.mae(v, v[:3]), "targets has shape"),
        (lambda: forecast.rmse(v, v * np.nan), "targets contains NaN"),
        (lambda: forecast.mase(v, v, v * 0), "train repeats itself after 1"),
        (lambda: forecast.mase(v, v, v, 9), "season is 9; expected less th"),
        (lambda: forecast.mase(v, v, v, 0), "season is 0"),
        (lambda: forecast.pinball(y, v[:3], q + 0.5), "quantiles is .1.0."),
        (lambda: forecast.pinball(y, v, q), "ys has shape"),
        (
            lambda: forecast.pinball(y, np.full(3, np.inf), q),
            "targets contains",
        ),
        (lambda: forecast.coverage(v + 1, v, v), r"low is above high at .0"),
        (lambda: forecast.coverage(v, v[:3], v), "high has shape"),
        (lambda: roll(v, persistence, 0), "first is 0"),
        (lambda: roll(v, persistence, 3, 0), "horizon is 0"),
        (lambda: roll(v, persistence, 3, 1, 0), "every is 0"),
        (lambda: roll(v, persistence, 8, 2), r"first \+ horizon, 10"),
        (lambda: roll(v * np.nan, persistence, 3), "values contains NaN"),
        (lambda: roll(v, lambda p, h: p, 3), r"returned shape \(3,\); exp"),
    ]:
        with pytest.raises(ValueError, match=said):
            call()
