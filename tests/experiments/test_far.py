"""The network that forecasts far: its gradients, and what it reads."""

import numpy as np
import pytest

from experiments import forecast_far
from experiments._far import Network
from rnncourse import bptt, gradcheck
from rnncourse.cells import GRU, LRU
from rnncourse.heads import readout


def as_float64(params):
    return {
        part: {name: array.astype(float) for name, array in arrays.items()}
        for part, arrays in params.items()
    }


@pytest.mark.parametrize("decodes", [False, True])
@pytest.mark.parametrize("cell", [GRU, LRU])
def test_gradients(cell, decodes):
    rng = np.random.default_rng(0)
    K, steps = (1, 3) if decodes else (4, 7)
    net = Network(cell, 5, rng, K, decodes)
    params = as_float64(net.params)
    xs = rng.normal(size=(7, 2, 1))
    targets = rng.normal(size=(steps, 2, K))
    counts = rng.random(targets.shape) < 0.7
    batch = xs, targets, counts
    _, grads = net.loss_and_grads(params, batch)
    assert grads.keys() == params.keys()
    for part, arrays in params.items():
        for name, array in arrays.items():
            way = rng.normal(size=array.shape)

            def loss(moved, part=part, name=name):
                there = params | {part: params[part] | {name: moved}}
                return net.loss_and_grads(there, batch)[0]

            rise = loss(array + 1e-6 * way) - loss(array - 1e-6 * way)
            along = np.sum(grads[part][name] * way)
            assert gradcheck.relative_error(rise / 2e-6, along) < 1e-6


def test_iterated_reads_its_own_forecasts():
    rng = np.random.default_rng(1)
    net = Network(GRU, 5, rng, 1, False)
    xs = rng.normal(size=(6, 3, 1)).astype(np.float32)
    said = net.say(net.params, xs, 4)
    for k in range(4):
        read = np.concatenate([xs, said[:, :k].T[..., None]])
        hs, _, _ = bptt.unroll(
            GRU, net.params["network"], read.astype(np.float32)
        )
        ys = readout.forward(net.params["readout"], hs[-1])
        np.testing.assert_allclose(ys[:, 0], said[:, k], atol=1e-6)


def test_direct_says_all_at_once_and_a_decoder_as_many_as_asked():
    rng = np.random.default_rng(2)
    xs = rng.normal(size=(6, 3, 1)).astype(np.float32)
    assert Network(GRU, 5, rng, 4, False).say(
        Network(GRU, 5, rng, 4, False).params, xs, 4
    ).shape == (3, 4)
    net = Network(GRU, 5, rng, 1, True)
    longer, shorter = net.say(net.params, xs, 5), net.say(net.params, xs, 2)
    assert longer.shape == (3, 5)
    np.testing.assert_array_equal(longer[:, :2], shorter)


@pytest.mark.parametrize("shown", ["levels", "changes"])
def test_right_forecasts_have_no_error(shown):
    values = np.random.default_rng(3).normal(size=60)
    task = forecast_far.Task(values, np.ones(60, bool), 4, shown)
    T = forecast_far.T
    ahead = np.stack([task.ahead(k)[-1] for k in range(1, 5)], axis=1)
    assert np.abs(task.errors(ahead, summed=False)).max() < 1e-12
    steps = task.seen[T:].T
    assert np.abs(task.errors(steps, summed=True)).max() < 1e-12
    assert np.abs(task.errors(steps[:, ::-1], summed=True)).max() > 0.1
