"""Stack or pyramid on a long task: their starts and rates as variables.

Tanh stacks and pyramids with, within one unit's width, equal parameters, and
the sceptic's rivals: the same with orthogonal matrices to start from. Each
has its own learning rate. For the chapter on deep networks, about fifteen
minutes on one quiet core.
"""

import numpy as np

from experiments._deep import (
    accuracy,
    count,
    fit,
    loss_and_grads,
    start,
    width,
)
from rnncourse.cells import RNN
from rnncourse.data import temporal_order
from rnncourse.initialisers import orthogonal
from rnncourse.networks import Stacked, pyramidal

SEEDS, UPDATES, EVERY = 5, 800, 100
PLANS = {  # layers, T, budget of parameters
    "tanh, 3 layers, T = 64": (3, 64, 2000),
    "tanh, 5 layers, T = 128": (5, 128, 2000),
}
SHAPES = ("stacked", "pyramid", "stacked, orthogonal", "pyramid, orthogonal")
COMPARES = "shape"
SETTINGS = [
    {"plan": plan, "shape": shape, "updates": UPDATES}
    for plan in PLANS
    for shape in SHAPES
]
RATES, CHOSEN_BY = (1.5e-3, 5e-3, 1.5e-2), 5


def draw(T, rng, B):
    """Which of two marks came first, in T symbols?"""
    ids, labels = temporal_order.batch(rng, T, B)
    return np.eye(6, dtype=np.float32)[ids], labels, None


def network(setting):
    """The network of a setting, and its units a layer."""
    layers, _, budget = PLANS[setting["plan"]]
    pyramid = setting["shape"].startswith("pyramid")
    net = (pyramidal if pyramid else Stacked)(*[RNN] * layers)
    return net, width(net, 6, 4, budget)


def begin(net, H, rng, turned):
    """Fresh parameters; `turned`: orthogonal matrices, biases of zero."""
    params = start(net, rng, 6, 4, H)
    for layer in params["network"].values() if turned else ():
        for name in ("W_xh", "W_hh"):
            shape = layer[name].shape
            layer[name] = orthogonal(rng, shape, dtype=np.float32)
        layer["b_x"][:] = layer["b_h"][:] = 0
    return params


def run(setting, seed):
    """Train once; the accuracy on new sequences every EVERY updates."""
    net, H = network(setting)
    T, rng = PLANS[setting["plan"]][1], np.random.default_rng(seed)
    unseen, test = (
        draw(T, np.random.default_rng(10**6 + n), 1000) for n in (1, 0)
    )
    try:
        params, history = fit(
            net,
            begin(net, H, rng, setting["shape"].endswith("orthogonal")),
            lambda rng, B: draw(T, rng, B),
            rng,
            setting["rate"],
            setting["updates"],
            lambda params: accuracy(net, params, test),
            EVERY,
        )
    except FloatingPointError:
        return {"valid": None, "test": 0.25, "curve": []}
    valid = float(loss_and_grads(net, params, unseen)[0])
    result = {"valid": round(valid, 5), "test": accuracy(net, params, test)}
    result["curve"] = [mark for _, mark in history.evaluations]
    return result | {"H": H, "parameters": count(net, 6, 4, H)}


def collect(runs):
    """By plan and shape: rate, size, accuracies on the way."""
    plans = {}
    for plan, (layers, T, _) in PLANS.items():
        plans[plan] = {"T": T, "layers": layers, "updates": UPDATES}
        for shape in SHAPES:
            where = {"plan": plan, "shape": shape}
            first, *_ = found = runs(**where)
            plans[plan][shape] = {
                "H": first["H"],
                "parameters": first["parameters"],
                "rate": runs.rate(**where),
                "accuracy": [r["curve"] for r in found],
            }
    return {"every": EVERY, "plans": plans}
