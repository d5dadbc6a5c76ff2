import numpy as np
import pytest

from rnncourse import gradcheck
from rnncourse.heads import positions

H = 6


def test_waves_are_sines_and_cosines_of_falling_frequency():
    places = np.array([[0, 3], [7, 100]])
    waves = positions.sinusoidal(places, 7)
    for index in np.ndindex(places.shape):
        for i in range(7):
            angle = places[index] / 10_000 ** (2 * (i // 2) / 7)
            wave = np.cos(angle) if i % 2 else np.sin(angle)
            np.testing.assert_allclose(waves[index][i], wave, atol=1e-12)


def test_a_step_turns_every_pair_by_the_same_angle_anywhere():
    products = [
        positions.sinusoidal([p], H) @ positions.sinusoidal([p + 3], H).T
        for p in (0, 5, 90)
    ]
    np.testing.assert_allclose(products, [products[0]] * 3)


def test_a_table_and_its_gradient():
    rng = np.random.default_rng(0)
    params = positions.init(rng, 5, H)
    places = np.array([[0, 3], [3, 4]])
    dvectors = rng.normal(size=(2, 2, H))
    grads = positions.backward(params, places, dvectors)

    def right(grads):
        def loss(moved):
            return np.sum(positions.forward(moved, places) * dvectors)

        return gradcheck.check(loss, params, grads)

    assert right(grads)
    assert not right({"table": 1.01 * grads["table"]})
    assert not grads["table"][[1, 2]].any()


def test_float32_stays():
    params = positions.init(np.random.default_rng(0), 5, H, np.float32)
    vectors = positions.forward(params, [1])
    waves = positions.sinusoidal([1], H, np.float32)
    assert vectors.dtype == waves.dtype == np.float32


def test_errors():
    params = positions.init(np.random.default_rng(0), 5, H)
    for call, message in [
        (lambda: positions.forward(params, [5]), "places contains 5"),
        (lambda: positions.forward(params, [-1]), "places contains -1"),
        (lambda: positions.sinusoidal([-1], H), "places contains -1"),
        (lambda: positions.sinusoidal([0.5], H), "places has dtype float"),
        (lambda: positions.sinusoidal([1], H, int), "dtype is int64; expec"),
        (lambda: positions.sinusoidal([1], H, "f2"), "dtype is float16"),
        (lambda: positions.forward({}, [0]), "params lacks 'table'"),
        (
            lambda: positions.backward(params, [0], np.ones((2, H))),
            "dvectors has shape",
        ),
    ]:
        with pytest.raises(ValueError, match=message):
            call()


def test_a_table_starts_within_one_over_the_root_of_its_width():
    table = positions.init(np.random.default_rng(0), 50, 16)["table"]
    assert 0.2 < np.abs(table).max() <= 0.25
