import numpy as np
import pytest

from rnncourse import optim
from rnncourse import params as parameters


def some_params(rng, dtype=np.float64):
    return {
        "cell": {"W": rng.normal(size=(2, 7)).astype(dtype)},
        "b": rng.normal(size=3).astype(dtype),
    }


@pytest.mark.parametrize(
    "ours, name, options",
    [
        (optim.SGD(0.1), "SGD", {}),
        (optim.Momentum(0.1, 0.8), "SGD", {"momentum": 0.8}),
        (optim.Adam(0.1), "Adam", {}),
        (
            optim.Adam(0.1, beta1=0.5, beta2=0.7, epsilon=1e-2),
            "Adam",
            {"betas": (0.5, 0.7), "eps": 1e-2},
        ),
    ],
)
def test_updates_equal_torch(ours, name, options):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    params = some_params(rng)
    tensors = {
        k: torch.tensor(v) for k, v in parameters.flatten(params).items()
    }
    theirs = getattr(torch.optim, name)(tensors.values(), lr=0.1, **options)
    for _ in range(5):
        grads = some_params(rng)
        before = parameters.copy(grads)
        assert ours.update(params, grads) is None
        for key, grad in parameters.flatten(grads).items():
            np.testing.assert_array_equal(
                grad, parameters.flatten(before)[key]
            )
            tensors[key].grad = torch.tensor(grad)
        theirs.step()
        for key, param in parameters.flatten(params).items():
            np.testing.assert_allclose(param, tensors[key], rtol=1e-12)


@pytest.mark.parametrize(
    "optimiser", [optim.SGD(0.1), optim.Momentum(0.1), optim.Adam(0.1)]
)
def test_update_is_in_place_and_keeps_float32(optimiser):
    rng = np.random.default_rng(2)
    params = some_params(rng, np.float32)
    arrays = parameters.flatten(params)
    optimiser.update(params, some_params(rng))
    for name, array in parameters.flatten(params).items():
        assert array is arrays[name]
        assert array.dtype == np.float32


@pytest.mark.parametrize(
    "optimiser", [optim.SGD(0.1), optim.Momentum(0.1), optim.Adam(0.1)]
)
def test_grads_that_do_not_fit_move_nothing(optimiser):
    params = {"W": np.ones((2, 7)), "b": np.ones(7)}
    for grads, message in [
        ({"W": np.ones((2, 7))}, r"do not both have \['b'\]"),
        ({"W": np.ones((2, 7)), "b": np.ones(1)}, r"gradient of b .*\(7,\)"),
    ]:
        with pytest.raises(ValueError, match=message):
            optimiser.update(params, grads)
        assert np.all(params["W"] == 1)


def test_clip_by_norm_keeps_the_direction():
    grads = {"a": np.array([3.0, 0.0]), "b": {"c": np.array([[4.0]])}}
    before = parameters.copy(grads)
    for _ in range(2):
        clipped, norm = optim.clip_by_norm(grads, 0.5)
        assert norm == 5
        np.testing.assert_allclose(clipped["a"], [0.3, 0])
        np.testing.assert_allclose(clipped["b"]["c"], [[0.4]])
    np.testing.assert_array_equal(grads["a"], before["a"])
    same, norm = optim.clip_by_norm(grads, 5)
    assert norm == 5
    np.testing.assert_array_equal(same["b"]["c"], grads["b"]["c"])
    zero, norm = optim.clip_by_norm({"a": np.zeros(2)}, 1)
    assert norm == 0 and not zero["a"].any()


def test_clip_by_norm_of_large_float32():
    grads = {"a": np.full(4, 1e30, np.float32)}
    clipped, norm = optim.clip_by_norm(grads, 1.0)
    np.testing.assert_allclose(norm, 2e30, rtol=1e-6)
    np.testing.assert_allclose(clipped["a"], 0.5, rtol=1e-6)
    assert clipped["a"].dtype == np.float32


def test_clip_by_value_bounds_each_number():
    clipped = optim.clip_by_value({"a": {"b": np.array([-3.0, 0.1])}}, 0.5)
    np.testing.assert_array_equal(clipped["a"]["b"], [-0.5, 0.1])


@pytest.mark.parametrize(
    "make",
    [
        lambda: optim.SGD(0),
        lambda: optim.SGD(float("nan")),
        lambda: optim.Momentum(0.1, momentum=1),
        lambda: optim.Adam(0.1, beta2=-0.1),
        lambda: optim.Adam(0.1, epsilon=0),
        lambda: optim.clip_by_norm({}, 0),
        lambda: optim.clip_by_value({}, -1),
    ],
)
def test_settings_out_of_range(make):
    with pytest.raises(ValueError, match="expected"):
        make()
