import numpy as np
import pytest
from network_cases import B, D, H

from rnncourse import bptt
from rnncourse.cells import RNN
from rnncourse.networks import Halved, join_pairs, pyramidal
from rnncourse.networks.pyramidal import part_pairs


@pytest.mark.parametrize("T", [1, 4, 5])
@pytest.mark.parametrize("padded", [False, True])
def test_pairs_step_by_step(T, padded):
    rng = np.random.default_rng(T)
    xs = rng.normal(size=(T, B, D))
    lengths = rng.integers(1, T + 1, B) if padded else np.full(B, T)
    pairs = join_pairs(xs, lengths if padded else None)
    assert pairs.shape == ((T + 1) // 2, B, 2 * D)
    for b, n in enumerate(lengths):
        for t in range(len(pairs)):
            for half in (0, 1):
                got = pairs[t, b, half * D : (half + 1) * D]
                source = 2 * t + half
                expected = xs[source, b] if source < n else np.zeros(D)
                np.testing.assert_array_equal(got, expected)
    dpairs = rng.normal(size=pairs.shape)
    dxs = part_pairs(dpairs, T, lengths if padded else None)
    np.testing.assert_allclose(np.sum(dxs * xs), np.sum(dpairs * pairs))


def test_each_layer_halves_time():
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(13, B, D))
    network = pyramidal(RNN, RNN, RNN)
    params = network.init(rng, D, H)
    assert params["layer1"]["W_xh"].shape == (2 * H, H)
    hs, _, _ = network.unroll(params, xs)
    below = xs
    for k, name in enumerate(params):
        below = join_pairs(below) if k else below
        below, _, _ = bptt.unroll(RNN, params[name], below)
        assert len(below) == [13, 7, 4][k]
    np.testing.assert_array_equal(hs, below)
    np.testing.assert_array_equal(
        network.output_lengths(np.array([13, 8, 5, 4, 1])), [4, 2, 2, 1, 1]
    )


def test_a_single_halved_layer_of_a_single_layer():
    assert Halved(RNN).output_lengths([5, 4]).tolist() == [3, 2]


def test_lengths_of_few_bits_are_halved_as_those_of_many():
    network = pyramidal(RNN, RNN, RNN)
    few = np.array([255, 254, 1], np.uint8)  # 255 + 1 is 0 in uint8
    assert network.output_lengths(few).tolist() == [64, 64, 1]
    for wrong in ([1.5], "a", [[3]], [-1]):
        with pytest.raises(ValueError, match="^lengths (has|contains)"):
            network.output_lengths(wrong)
    with pytest.raises(ValueError, match="layers is empty"):
        pyramidal()


def test_an_empty_sequence_has_no_pairs_to_count():
    with pytest.raises(ValueError, match="lengths"):
        pyramidal(RNN, RNN).output_lengths(np.array([0, 3]))
