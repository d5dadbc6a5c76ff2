import numpy as np
import pytest
from network_cases import LENGTHS, B, D, H, T

from rnncourse import bptt
from rnncourse.cells import RNN
from rnncourse.networks import Bidirectional, Halved, Stacked


def test_a_layer_reads_the_states_below():
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(T, B, D))
    params = Stacked(RNN, RNN).init(rng, D, H)
    below, _, _ = bptt.unroll(RNN, params["layer0"], xs)
    above, _, _ = bptt.unroll(RNN, params["layer1"], below)
    plain, _, _ = Stacked(RNN, RNN).unroll(params, xs)
    residual, _, _ = Stacked(RNN, RNN, residual=True).unroll(params, xs)
    np.testing.assert_array_equal(plain, above)
    np.testing.assert_array_equal(residual, below + above)


def test_dropout_drops_its_share_and_keeps_the_mean():
    rng = np.random.default_rng(1)
    network = Stacked(RNN, RNN, dropout=0.25)
    params = network.init(rng, D, H)
    xs = rng.normal(size=(200, B, D))
    _, _, tape = network.unroll(params, xs, rng=rng)
    scale = tape.kept["layer1"]
    np.testing.assert_allclose(np.unique(scale), [0, 4 / 3])
    # 200 * 3 * 7 draws: four standard deviations of the share are .027
    assert abs((scale == 0).mean() - 0.25) < 0.027
    assert "layer0" not in tape.kept
    dry, _, tape = network.unroll(params, xs)
    assert not tape.kept
    np.testing.assert_array_equal(dry, network.unroll(params, xs)[0])


def test_causal():
    assert Stacked(RNN, RNN).causal
    assert not Stacked(RNN, Bidirectional(RNN)).causal
    assert not Stacked(RNN, Halved(RNN)).causal


def test_errors():
    rng = np.random.default_rng(2)
    params = Stacked(RNN, RNN).init(rng, D, H)
    wide = params | {"layer1": RNN.init(rng, H + 1, H)}
    xs = np.zeros((T, B, D))
    uneven = Stacked(RNN, Bidirectional(RNN), residual=True)
    halved = Stacked(RNN, Halved(RNN), residual=True)
    for call, message in [
        (lambda: Stacked(), "layers is empty"),
        (lambda: Stacked([RNN, RNN]), "neither a cell nor a network"),
        (lambda: Stacked(RNN, dropout=1), "dropout is 1"),
        (lambda: Stacked(RNN, dropout="0.5"), "dropout is '0.5'"),
        (lambda: Stacked(RNN, dropout=None), "dropout is None"),
        (
            lambda: Stacked(RNN, RNN, dropout=0.5).unroll(params, xs, rng=0),
            "rng is 0",
        ),
        (lambda: Stacked(RNN, RNN).unroll(wide, xs), "^layer1: xs .* 8"),
        (lambda: uneven.init(rng, D, H), "layer1 turns size 7 into 14"),
        (
            lambda: halved.unroll(halved.init(rng, D, H), xs, None, LENGTHS),
            r"^layer1: hs has shape \(3, 3, 7\); expected \(5, 3, 7\)",
        ),
        (
            lambda: Stacked(RNN, RNN).unroll(params, xs, {"layer0": None}),
            "state lacks 'layer1'",
        ),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
