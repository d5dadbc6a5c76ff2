import numpy as np
import pytest
from network_cases import LENGTHS, B, D, H, T

from rnncourse import bptt
from rnncourse.cells import RNN
from rnncourse.networks import Bidirectional, reverse


def test_reverse_stays_within_each_length():
    xs = np.arange(1, T * B + 1).reshape(T, B)
    turned = reverse(xs, LENGTHS)
    for b, n in enumerate(LENGTHS):
        np.testing.assert_array_equal(turned[:n, b], xs[:n, b][::-1])
        np.testing.assert_array_equal(turned[n:, b], xs[n:, b])
    np.testing.assert_array_equal(reverse(turned, LENGTHS), xs)
    np.testing.assert_array_equal(reverse(xs, np.full(B, T)), reverse(xs))


def test_reverse_refuses_lengths_that_do_not_fit():
    xs = np.arange(300)[:, None] * np.array([1, 2])
    few = np.array([1, 255], np.uint8)
    np.testing.assert_array_equal(
        reverse(xs, few), reverse(xs, few.astype(int))
    )
    assert reverse(xs.tolist(), few)[0].tolist() == [0, 508]
    for wrong in ([1], [0, 1], [1, 301], [1.0, 2.0], np.ma.ones(2, int)):
        with pytest.raises(ValueError, match="^lengths "):
            reverse(xs, wrong)


def test_first_output_meets_the_last_of_the_reversed_pass():
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(T, 1, D))
    network = Bidirectional(RNN)
    params = network.init(rng, D, H)
    hs, state_T, _ = network.unroll(params, xs)
    reversed_pass, _, _ = bptt.unroll(RNN, params["backward"], xs[::-1])
    np.testing.assert_allclose(hs[0, :, H:], reversed_pass[-1])
    np.testing.assert_allclose(hs[-1, :, H:], reversed_pass[0])
    np.testing.assert_array_equal(state_T["backward"][0], hs[0, :, H:])
    np.testing.assert_array_equal(state_T["forward"][0], hs[-1, :, :H])


def test_sum_and_mean_are_those_of_the_two_halves():
    rng = np.random.default_rng(1)
    xs = rng.normal(size=(T, B, D))
    params = Bidirectional(RNN).init(rng, D, H)
    both, total, mean = (
        Bidirectional(RNN, combine).unroll(params, xs)[0]
        for combine in ("concat", "sum", "mean")
    )
    np.testing.assert_allclose(total, both[..., :H] + both[..., H:])
    np.testing.assert_allclose(mean, total / 2)


def test_the_directions_share_no_weights():
    params = Bidirectional(RNN).init(np.random.default_rng(2), D, H)
    assert np.all(params["forward"]["W_xh"] != params["backward"]["W_xh"])


def test_errors():
    with pytest.raises(ValueError, match="combine is 'max'; expected concat"):
        Bidirectional(RNN, "max")
    with pytest.raises(ValueError, match="neither a cell nor a network"):
        Bidirectional("RNN")
    network = Bidirectional(RNN)
    params = network.init(np.random.default_rng(0), D, H)
    params["backward"]["W_hh"] = params["backward"]["W_hh"] * np.inf
    with np.errstate(invalid="ignore"):
        with pytest.raises(ValueError, match="^backward: W_hh contains"):
            network.unroll(params, np.zeros((T, B, D)))
