"""The networks that every test of this folder goes through."""

import numpy as np

from rnncourse import gradcheck, networks
from rnncourse.cells import GRU, LSTM, RNN, Jordan

T, B, D, H = 5, 3, 2, 7
LENGTHS = np.array([5, 1, 4])
NETWORKS = {
    "cell": RNN,
    "cell of more sizes": Jordan,
    "LSTM and GRU": networks.Stacked(networks.Bidirectional(LSTM), GRU),
    "bidirectional concat": networks.Bidirectional(RNN),
    "bidirectional sum": networks.Bidirectional(RNN, "sum"),
    "bidirectional mean": networks.Bidirectional(RNN, "mean"),
    "stacked": networks.Stacked(RNN, RNN),
    "stacked residual": networks.Stacked(RNN, RNN, RNN, residual=True),
    "stacked dropout": networks.Stacked(RNN, RNN, dropout=0.5),
    "stacked bidirectional": networks.Stacked(
        networks.Bidirectional(RNN), RNN
    ),
    "bidirectional stacked": networks.Bidirectional(
        networks.Stacked(RNN, RNN)
    ),
    "residual dropout bidirectional": networks.Stacked(
        networks.Bidirectional(RNN, "mean"),
        networks.Bidirectional(RNN, "mean"),
        residual=True,
        dropout=0.3,
    ),
    "halved": networks.Halved(RNN),
    "pyramidal": networks.pyramidal(RNN, RNN, RNN),
    "pyramidal bidirectional": networks.pyramidal(
        networks.Bidirectional(RNN), networks.Bidirectional(RNN)
    ),
}


def draw(rng, like):
    """Return normal numbers in the shapes of a nested state or dict."""
    if isinstance(like, dict):
        return {name: draw(rng, part) for name, part in like.items()}
    if isinstance(like, tuple):
        return tuple(draw(rng, part) for part in like)
    return rng.normal(size=like.shape).astype(like.dtype)


def pick(nested, b):
    """Return sequence b alone of a nested state (B, ...)."""
    if isinstance(nested, dict):
        return {name: pick(part, b) for name, part in nested.items()}
    if isinstance(nested, tuple):
        return tuple(pick(part, b) for part in nested)
    return nested[b : b + 1]


def leaves(nested, path=()):
    """Yield (path, array) for every array of nested dicts and tuples."""
    if isinstance(nested, (dict, tuple)):
        items = (
            nested.items() if isinstance(nested, dict) else enumerate(nested)
        )
        for name, part in items:
            yield from leaves(part, (*path, name))
    else:
        yield path, nested


def replaced(nested, path, change):
    """Return a copy in which one array is changed."""
    if not path:
        return change(nested)
    name, *rest = path
    if isinstance(nested, dict):
        return nested | {name: replaced(nested[name], rest, change)}
    parts = list(nested)
    parts[name] = replaced(parts[name], rest, change)
    return tuple(parts)


def assert_same(one, other, **tolerance):
    """Two nested structures have the same layout and numbers."""
    one, other = dict(leaves(one)), dict(leaves(other))
    assert one.keys() == other.keys()
    for path in one:
        np.testing.assert_allclose(
            one[path], other[path], err_msg=str(path), **tolerance
        )


def wrong(loss, arrays, grads):
    """Return the names of the gradients that central differences refute.

    Rounding of the loss leaves some 1e-12 in every difference. A gradient
    that all but vanished on its way is wrong only if it misses by more.
    """
    report = gradcheck.check(loss, arrays, grads, step=1e-3)
    largest = {
        "/".join(map(str, path)): np.abs(grad).max()
        for path, grad in leaves(grads)
    }
    return {
        name
        for name, error in report.errors.items()
        if error > report.tolerance and error * largest[name] > 1e-11
    }


def assert_each_error_is_caught(case):
    """Plant 1 % in one gradient after the other; differences refute each."""
    arrays = dict(leaves(case.arrays))
    for path, grad in leaves(case.grads()):

        def loss(moved, path=path):
            array = moved["it"]
            return case.loss(replaced(case.arrays, path, lambda _: array))

        it = {"it": arrays[path]}
        assert np.abs(grad).max() > 1e-6, path
        assert not wrong(loss, it, {"it": grad}), path
        assert wrong(loss, it, {"it": 1.01 * grad}), path


class Case:
    """A network with inputs, and a loss that reads all its outputs."""

    def __init__(self, network, seed, T=T, B=B, D=D, H=H, lengths=None):
        rng = np.random.default_rng(seed)
        self.network, self.lengths = network, lengths
        self.arrays = {
            "params": network.init(rng, D, H),
            "xs": rng.normal(size=(T, B, D)),
            "state": draw(rng, network.zero_state(B, H)),
        }
        hs, state_T, _ = self.unroll(self.arrays)
        self.dhs, self.dstate_T = draw(rng, hs), draw(rng, state_T)

    def unroll(self, arrays):
        """Unroll with dropout, its mask always the same."""
        rng = np.random.default_rng(9)
        return self.network.unroll(**arrays, lengths=self.lengths, rng=rng)

    def loss(self, arrays):
        """A random weighted sum of hs and state_T."""
        hs, state_T, _ = self.unroll(arrays)
        ends = zip(leaves(state_T), leaves(self.dstate_T), strict=True)
        return np.sum(hs * self.dhs) + sum(
            np.sum(s * ds) for (_, s), (_, ds) in ends
        )

    def grads(self):
        """What `unroll_backward` claims."""
        _, _, tape = self.unroll(self.arrays)
        dxs, dstate_0, grads = self.network.unroll_backward(
            self.arrays["params"], tape, self.dhs, self.dstate_T
        )
        return {"params": grads, "xs": dxs, "state": dstate_0}
