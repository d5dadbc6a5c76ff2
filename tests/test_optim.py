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


OPTIMISERS = {
    "SGD": lambda rate=0.1: optim.SGD(rate),
    "Momentum": lambda rate=0.1: optim.Momentum(rate),
    "Adam": lambda rate=0.1: optim.Adam(rate),
}
each = pytest.mark.parametrize("make", OPTIMISERS.values(), ids=OPTIMISERS)


def read_only(a):
    a.flags.writeable = False
    return a


@each
@pytest.mark.parametrize(
    "param, grad, message",
    [
        (read_only(np.ones(3)), np.ones(3), "^b is read-only"),
        (np.ones(3, int), np.ones(3), "^b has dtype int64; expected float"),
        (np.ones(3, "f2"), np.ones(3), "^b has dtype float16"),
        (np.ma.ones(3), np.ones(3), "^b is a masked array"),
        ([1.0, 1.0, 1.0], np.ones(3), "^b is a list; expected an array"),
        (np.float64(1), np.ones(()), "^b is a float64; expected an array"),
        (np.ones(3), np.ones(1), r"^gradient of b has shape \(1,\); .*3"),
        (np.ones(3), 1.0, r"^gradient of b has shape \(\); expected"),
        (np.ones(3), [1, 2, np.nan], r"^gradient of b contains NaN, .*\[2\]"),
        (np.ones(3), np.ones(3, complex), "^gradient of b has dtype compl"),
        (np.ones(3), ["1"] * 3, "^gradient of b has dtype <U1"),
        (np.ones(3), np.ma.ones(3), "^gradient of b is a masked array"),
        (np.ones(3, "f4"), np.full(3, 1e300), "^gradient of b .* float32"),
    ],
)
def test_nothing_moves_if_anything_is_refused(make, param, grad, message):
    ours, theirs = make(), make()
    params = {"a": np.ones(2), "b": param, "c": {"d": np.ones(1)}}
    grads = {"a": np.ones(2), "b": grad, "c": {"d": np.ones(1)}}
    for _ in range(2):
        with pytest.raises(ValueError, match=message):
            ours.update(params, grads)
        assert np.all(params["a"] == 1) and params["c"]["d"] == 1
    # nor has the optimiser counted or kept anything
    one, other = {"w": np.ones(2)}, {"w": np.ones(2)}
    ours.update(one, {"w": np.array([3.0, -1.0])})
    theirs.update(other, {"w": np.array([3.0, -1.0])})
    np.testing.assert_array_equal(one["w"], other["w"])


@each
def test_what_is_no_dict_is_named(make):
    w = {"w": np.ones(2)}
    for params, grads, message in [
        ([1.0], w, "^params is a list"), (w, None, "^grads is a NoneType"),
        (w, {"w": {}}, r"^grads\['w'\] is an empty dict"),
    ]:  # fmt: skip
        with pytest.raises(ValueError, match=message):
            make().update(params, grads)


@each
def test_lists_integers_and_byte_orders_move_alike(make):
    moved = []
    for param, grad in [
        (np.array([1.0, 2.0]), np.array([3.0, -1.0])),
        (np.array([1.0, 2.0]), [3, -1]),
        (np.array([1.0, 2.0]), np.array([3, -1], np.int8)),
        (np.array([1.0, 2.0], ">f8"), np.array([3.0, -1.0], ">f4")),
    ]:
        optimiser, params = make(), {"w": param}
        for _ in range(3):
            optimiser.update(params, {"w": grad})
        moved.append(params["w"])
        np.testing.assert_array_equal(moved[-1], moved[0])
    assert moved[0][0] < 1 and moved[0][1] > 2


@pytest.mark.parametrize("make", [optim.Momentum, optim.Adam])
def test_memories_are_of_one_set_of_parameters(make):
    ours, theirs = make(0.1), make(0.1)
    one, other = {"w": np.ones((2, 7))}, {"w": np.ones((2, 7))}
    ours.update(one, one)
    theirs.update(other, other)
    for params, message in [
        ({"w": np.ones((3, 7))}, r"w: shape \(3, 7\), .* before \(2, 7\)"),
        ({"w": one["w"], "b": np.ones(1)}, r"b: shape \(1,\), .* absent"),
        ({"b": np.ones(1)}, "expected a new (Momentum|Adam) for other"),
    ]:
        before = parameters.copy(params)
        with pytest.raises(ValueError, match=message):
            ours.update(params, params)
        for name, a in params.items():
            np.testing.assert_array_equal(a, before[name])
    for optimiser, params in [(ours, one), (theirs, other)]:
        optimiser.update(params, {"w": np.full((2, 7), 0.3)})
    np.testing.assert_array_equal(one["w"], other["w"])


def test_sgd_remembers_nothing():
    sgd = optim.SGD(0.5)
    for name, shape in [("w", (2,)), ("w", (3, 1)), ("b", ())]:
        params = {name: np.ones(shape)}
        sgd.update(params, {name: np.ones(shape)})
        np.testing.assert_array_equal(params[name], np.full(shape, 0.5))


@each
def test_the_learning_rate_is_named(make):
    for wrong in (0, -1, np.inf, np.nan, "0.1", None, [0.1], True, 1j):
        with pytest.raises(
            ValueError,
            match="^learning_rate is .* above 0"
            if wrong != np.inf
            else "finite",
        ):
            make(wrong)
        optimiser, params = make(), {"w": np.ones(2)}
        optimiser.learning_rate = wrong
        with pytest.raises(ValueError, match="^learning_rate is"):
            optimiser.update(params, params)
        assert np.all(params["w"] == 1)
    optimiser, params = make(), {"w": np.ones(1)}
    optimiser.learning_rate = np.float32(0.25)  # as one changes it on the way
    optimiser.update(params, {"w": np.ones(1)})
    np.testing.assert_allclose(params["w"], 0.75, rtol=1e-6)


def test_norms_out_of_the_range_of_squares():
    for size in (1e-200, 1e200):
        grads = {"a": np.array([3 * size]), "b": {"c": [-4 * size]}}
        np.testing.assert_allclose(optim.norm(grads), 5 * size, rtol=1e-15)
        clipped, norm = optim.clip_by_norm(grads, size)
        np.testing.assert_allclose(norm, 5 * size, rtol=1e-15)
        np.testing.assert_allclose(clipped["a"] / size, 0.6, rtol=1e-15)
    assert optim.norm({}) == optim.norm({"a": np.zeros(0)}) == 0


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_a_norm_that_is_not_finite_clips_nothing(odd):
    for grads in ({"a": [1.0], "b": [odd, 2.0]}, {"a": [odd], "b": [1e200]}):
        clipped, norm = optim.clip_by_norm(grads, 0.5)
        np.testing.assert_equal(norm, abs(odd))
        for name, grad in grads.items():
            np.testing.assert_array_equal(clipped[name], grad)


def test_limits_of_any_kind_keep_the_dtype():
    grads = {"a": np.array([-5.0, 1.0], np.float32)}
    for limit in (np.uint8(3), np.float64(3), np.float32(3), 3):
        clipped = optim.clip_by_value(grads, limit)["a"]
        np.testing.assert_array_equal(clipped, [-3, 1])
        assert clipped.dtype == np.float32
        clipped, norm = optim.clip_by_norm(grads, limit)
        np.testing.assert_allclose(
            clipped["a"], grads["a"] * 3 / norm, rtol=1e-6
        )
        assert clipped["a"].dtype == np.float32


def test_clipping_lists_and_integers():
    grads = {"a": [3, 0], "b": np.array([4], np.int8)}
    clipped, norm = optim.clip_by_norm(grads, 0.5)
    assert norm == 5
    np.testing.assert_allclose(clipped["a"], [0.3, 0])
    np.testing.assert_allclose(clipped["b"], [0.4])
    same, _ = optim.clip_by_norm(grads, np.inf)
    np.testing.assert_array_equal(same["a"], [3, 0])
    np.testing.assert_array_equal(optim.clip_by_value(grads, 0.5)["b"], [0.5])


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
        lambda: optim.Momentum(0.1, momentum="0.9"),
        lambda: optim.Adam(0.1, beta1=None),
        lambda: optim.Adam(0.1, epsilon=[1e-8]),
        lambda: optim.clip_by_norm({}, 0),
        lambda: optim.clip_by_norm({}, "1"),
        lambda: optim.clip_by_norm({}, np.nan),
        lambda: optim.clip_by_value({}, -1),
        lambda: optim.clip_by_value({}, None),
        lambda: optim.norm([1.0]),
        lambda: optim.clip_by_norm({"w": ["a"]}, 1),
        lambda: optim.clip_by_value({"w": np.ma.ones(2)}, 1),
    ],
)
def test_settings_out_of_range(make):
    with pytest.raises(ValueError, match="expected"):
        make()
