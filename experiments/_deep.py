"""What the two experiments on deep networks share: start, loss, training."""

import numpy as np

from rnncourse import optim, train
from rnncourse.data import lamp
from rnncourse.networks import Labelled
from rnncourse.params import flatten

B, CLIP = 32, 1.0


def start(network, rng, D, K, H):
    """Fresh parameters of a network and the readout above it."""
    return Labelled(network).init(rng, D, H, K, dtype=np.float32)


def count(network, D, K, H):
    """How many numbers there are to learn."""
    params = start(network, np.random.default_rng(0), D, K, H)
    return sum(array.size for array in flatten(params).values())


def width(network, D, K, budget):
    """The H whose number of parameters is nearest to the budget."""
    return min(
        range(1, 200), key=lambda H: abs(count(network, D, K, H) - budget)
    )


def model(network, targets):
    """Asked at all steps, or after the last: as targets are."""
    return Labelled(network, reads="every" if targets.ndim == 2 else "last")


def loss_and_grads(network, params, batch, rng=None):
    """Cross-entropy of the answers that count, and gradients."""
    xs, targets, mask = batch
    return model(network, targets).loss_and_grads(
        params, (xs, targets, None, mask), rng
    )


def accuracy(network, params, batch):
    """The share of right answers where one is wanted."""
    xs, targets, mask = batch
    ys = model(network, targets).outputs(params, xs)
    right = ys.argmax(-1) == targets
    return round(
        float(right[mask].mean() if mask is not None else right.mean()), 4
    )


def fit(network, params, draw, rng, rate, updates, evaluate=None, every=10**9):
    """Train on batches that `draw(rng, B)` yields."""
    return train.fit(
        lambda p, batch: loss_and_grads(network, p, batch, rng),
        params,
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(rate),
        updates,
        clip=CLIP,
        evaluate=evaluate,
        evaluate_every=every,
        progress=False,
    )


def last_switch(ids):
    """At each step: 1 if the last switch was on, 0 if off."""
    lit, now = [], 0
    for i in ids:
        now = np.select([i == lamp.ON, i == lamp.OFF], [1, 0], now)
        lit.append(now)
    return np.array(lit)


def draw_lamp(rng, B, T=10):
    """Is the lamp lit? At every step."""
    ids, _ = lamp.batch(rng, T, B, asked=False)
    return np.eye(4, dtype=np.float32)[ids], last_switch(ids), None
