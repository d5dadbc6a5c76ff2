"""The five lines between a network and its loss, offered once."""

import numpy as np
import pytest

from rnncourse import bptt, gradcheck
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.heads import cross_entropy, readout, squared_error
from rnncourse.networks import Bidirectional, Labelled, Stacked, pyramidal

T, B, D, H, K = 5, 3, 2, 7, 4
LENGTHS = np.array([5, 2, 1])
NETWORKS = {
    "LSTM": LSTM,
    "stack": Stacked(RNN, GRU),
    "both ways": Bidirectional(RNN),
    "pyramid": pyramidal(RNN, RNN),
}


def drawn(model, padded):
    """Return params and a batch (xs, targets, lengths)."""
    rng = np.random.default_rng(0)
    params = model.init(rng, D, H, K)
    xs = rng.normal(size=(T, B, D))
    lengths = LENGTHS if padded else None
    shape = model.outputs(params, xs).shape
    if model.head is squared_error:
        return params, (xs, rng.normal(size=shape), lengths)
    return params, (xs, rng.integers(0, K, shape[:-1]), lengths)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("head", [cross_entropy, squared_error])
@pytest.mark.parametrize("reads", ["every", "last"])
@pytest.mark.parametrize("padded", [False, True])
def test_gradients(name, head, reads, padded):
    model = Labelled(NETWORKS[name], head, reads)
    params, batch = drawn(model, padded)
    loss, grads = model.loss_and_grads(params, batch)
    report = gradcheck.check(
        lambda p: model.loss_and_grads(p, batch)[0], params, grads
    )
    assert report, report
    assert loss > 0
    wrong = grads | {
        "readout": {n: 1.01 * g for n, g in grads["readout"].items()}
    }
    assert not gradcheck.check(
        lambda p: model.loss_and_grads(p, batch)[0], params, wrong
    )


def test_the_last_output_is_each_sequences_own_last_state():
    model = Labelled(GRU, reads="last")
    params, (xs, *_) = drawn(model, True)
    _, (h_T,), _ = bptt.unroll(GRU, params["network"], xs, lengths=LENGTHS)
    np.testing.assert_array_equal(
        model.outputs(params, xs, LENGTHS),
        readout.forward(params["readout"], h_T),
    )


def test_padding_and_what_does_not_count_change_nothing():
    model = Labelled(LSTM)
    params, (xs, targets, lengths) = drawn(model, True)
    loss, grads = model.loss_and_grads(params, (xs, targets, lengths))
    for b, n in enumerate(LENGTHS):
        xs[n:, b], targets[n:, b] = 99, K - 1
    again, same = model.loss_and_grads(params, (xs, targets, lengths))
    assert again == loss
    np.testing.assert_array_equal(
        same["network"]["W_hh"], grads["network"]["W_hh"]
    )
    counts = np.zeros((T, B), bool)
    counts[0] = True
    first, _ = model.loss_and_grads(params, (xs, targets, lengths, counts))
    ys = model.outputs(params, xs, lengths)
    right, _ = cross_entropy.loss_and_grad(ys[0], targets[0])
    assert np.isclose(first, right)


def test_dropout_draws_from_the_rng_alone():
    model = Labelled(Stacked(RNN, RNN, dropout=0.5))
    params, batch = drawn(model, False)
    losses = [
        model.loss_and_grads(params, batch, rng and np.random.default_rng(1))
        for rng in (None, True, True)
    ]
    assert losses[0][0] != losses[1][0] == losses[2][0]


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Labelled("RNN"), "^network is 'RNN', neither a cell"),
        (lambda: Labelled(RNN, 3), "^head is 3; expected a module"),
        (lambda: Labelled(RNN, reads="first"), "^reads is 'first'; expected"),
    ],
)
def test_refuses_to_be_made(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_refuses_what_does_not_fit():
    model = Labelled(RNN)
    params, (xs, targets, _) = drawn(model, False)
    for given, batch, message in [
        (params, (xs,), "^batch has 1 parts; expected xs, targets"),
        (params, (xs[0], targets), "^xs has shape"),
        (params, (xs, targets[:1]), "^targets has shape"),
        (params, (xs, targets, [9, 1, 1]), "^lengths contains 9"),
        ({"network": {}}, (xs, targets), "^params lacks 'readout'"),
    ]:
        with pytest.raises(ValueError, match=message):
            model.loss_and_grads(given, batch)
