"""What holds for every network: gradients, lengths, no side effects."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_cases import (
    LENGTHS,
    NETWORKS,
    B,
    Case,
    D,
    H,
    T,
    assert_each_error_is_caught,
    assert_same,
    leaves,
    pick,
    wrong,
)

from rnncourse.cells import Cell

every = pytest.mark.parametrize("name", NETWORKS)


@every
@pytest.mark.parametrize("lengths", [None, LENGTHS])
def test_gradients(name, lengths):
    case = Case(NETWORKS[name], 0, lengths=lengths)
    assert not wrong(case.loss, case.arrays, case.grads())


@every
@settings(max_examples=5, deadline=None, derandomize=True)
@given(data=st.data())
def test_gradients_at_drawn_sizes(name, data):
    T, B, D, H = (data.draw(st.integers(1, n)) for n in (4, 3, 3, 3))
    lengths = data.draw(
        st.none()
        | st.lists(st.integers(1, T), min_size=B, max_size=B).map(np.array)
    )
    case = Case(
        NETWORKS[name], data.draw(st.integers(0, 99)), T, B, D, H, lengths
    )
    assert not wrong(case.loss, case.arrays, case.grads())


@every
def test_gradients_of_one_step_of_one_sequence(name):
    case = Case(NETWORKS[name], 1, T=1, B=1)
    assert not wrong(case.loss, case.arrays, case.grads())


@every
def test_a_planted_error_in_any_gradient_is_caught(name):
    case = Case(NETWORKS[name], 2, T=3, B=1, D=1, H=2)
    assert_each_error_is_caught(case)


@every
def test_padded_equals_one_by_one(name):
    network = NETWORKS[name]
    case = Case(network, 3, lengths=LENGTHS)
    params, xs, state = case.arrays.values()
    hs, state_T, tape = network.unroll(params, xs, state, LENGTHS)
    case.dhs[~inside(hs, network.output_lengths(LENGTHS))] = 1e6  # ignored
    dxs, dstate_0, grads = network.unroll_backward(
        params, tape, case.dhs, case.dstate_T
    )
    summed = {path: 0 for path, _ in leaves(grads)}
    for b, n in enumerate(LENGTHS):
        alone, end, tape = network.unroll(
            params, xs[:n, b : b + 1], pick(state, b)
        )
        m = len(alone)
        assert m == network.output_lengths(LENGTHS)[b]
        np.testing.assert_allclose(hs[:m, b], alone[:, 0], rtol=1e-12)
        assert not hs[m:, b].any()
        assert_same(pick(state_T, b), end, rtol=1e-12)
        dalone, dstart, grads_b = network.unroll_backward(
            params, tape, case.dhs[:m, b : b + 1], pick(case.dstate_T, b)
        )
        np.testing.assert_allclose(dxs[:n, b], dalone[:, 0], rtol=1e-9)
        assert not dxs[n:, b].any()
        assert_same(pick(dstate_0, b), dstart, rtol=1e-9)
        for path, grad in leaves(grads_b):
            summed[path] = summed[path] + grad
    for path, grad in leaves(grads):
        np.testing.assert_allclose(grad, summed[path], rtol=1e-9, atol=1e-12)


def inside(hs, lengths):
    return np.arange(len(hs))[:, None] < lengths


@every
def test_padding_is_never_read(name):
    case = Case(NETWORKS[name], 4, lengths=LENGTHS)
    hs, state_T, _ = case.unroll(case.arrays)
    xs = np.where(
        inside(case.arrays["xs"], LENGTHS)[..., None], case.arrays["xs"], 1e6
    )
    hs_2, state_T_2, _ = case.unroll(case.arrays | {"xs": xs})
    np.testing.assert_array_equal(hs, hs_2)
    assert_same(state_T, state_T_2, rtol=0)


@every
def test_twice_the_same_and_nothing_mutated(name):
    case = Case(NETWORKS[name], 5, lengths=LENGTHS)
    kept = copy.deepcopy([case.arrays, case.dhs, case.dstate_T])
    _, _, tape = case.unroll(case.arrays)
    results = [
        case.network.unroll_backward(
            case.arrays["params"], tape, case.dhs, case.dstate_T
        )
        for _ in range(2)
    ]
    assert_same(*results, rtol=0)
    assert_same(case.arrays, kept[0], rtol=0)
    np.testing.assert_array_equal(case.dhs, kept[1])
    assert_same(case.dstate_T, kept[2], rtol=0)


@every
def test_layouts_and_dtype(name):
    network = NETWORKS[name]
    params = network.init(np.random.default_rng(0), D, H, dtype=np.float32)
    xs = np.zeros((T, B, D), np.float32)
    hs, state_T, tape = network.unroll(params, xs)
    assert hs.shape[1:] == (B, network.width(H))
    assert network.output_lengths(None) is None
    dxs, dstate_0, grads = network.unroll_backward(params, tape, hs)
    zeros = network.zero_state(B, H, dtype=np.float32)
    for one, other in [(grads, params), (dstate_0, zeros), (state_T, zeros)]:
        shapes = [
            [(path, a.shape, a.dtype) for path, a in leaves(nested)]
            for nested in (one, other)
        ]
        assert shapes[0] == shapes[1]
    assert dxs.shape == xs.shape
    assert {a.dtype for _, a in leaves(((hs, dxs), grads))} == {xs.dtype}


@every
def test_errors(name):
    network = NETWORKS[name]
    case = Case(network, 6)
    params, xs, state = case.arrays.values()
    hs, _, tape = network.unroll(params, xs)
    other = NETWORKS["halved" if name != "halved" else "cell"]
    for call, message in [
        (lambda: network.unroll(params, xs[0]), "xs has shape"),
        (lambda: network.unroll(params, xs[..., :1]), "xs has shape|W_xh"),
        (lambda: network.unroll(params, xs.astype(int)), "xs has dtype"),
        (lambda: network.unroll(params, xs * np.nan), "xs contains NaN"),
        (lambda: network.unroll(params, xs, lengths=[5, 6, 1]), "contains 6"),
        (lambda: network.unroll(params, xs, lengths=[5, 0, 1]), "contains 0"),
        (lambda: network.unroll(params, xs, lengths=[5]), "lengths has"),
        (lambda: network.unroll(params, xs, ()), "state"),
        (lambda: network.unroll({"W": 0}, xs), "params has an unknown"),
        (lambda: network.unroll_backward(params, tape, hs[:, :1]), "dhs"),
        (lambda: network.unroll_backward(params, None, hs), "tape is not"),
        (
            lambda: other.unroll_backward(params, tape, hs),
            "tape is not|lacks|unknown",
        ),
        (lambda: network.init(0, D, H), "rng is 0"),
        (lambda: network.init(np.random.default_rng(0), D, 0), "H is 0"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()


@every
def test_what_the_caller_changes_later_changes_no_gradient(name):
    network = NETWORKS[name]
    case = Case(network, 3, lengths=LENGTHS.copy())
    right = case.grads()
    hs, _, tape = case.unroll(case.arrays)
    case.lengths[:] = 1
    case.arrays["xs"][:] = 9
    dxs, _, grads = network.unroll_backward(
        case.arrays["params"], tape, case.dhs, case.dstate_T
    )
    assert_same(dxs, right["xs"])
    assert_same(grads, right["params"])


@pytest.mark.parametrize(
    "network", [x for x in NETWORKS.values() if not isinstance(x, Cell)]
)
def test_the_dtype_is_named(network):
    """So that it is never taken for a size: a cell may ask for more."""
    rng = np.random.default_rng(0)
    assert leaves(network.init(rng, D, H, dtype=np.float32))
    assert leaves(network.zero_state(B, H, dtype=np.float32))
    with pytest.raises(TypeError):
        network.init(rng, D, H, np.float32)
    with pytest.raises(TypeError):
        network.zero_state(B, H, np.float32)
