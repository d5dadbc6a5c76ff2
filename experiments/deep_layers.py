"""How many layers still learn? Residual connections, and the start.

Stacks of tanh layers with 16 units each, on a task that one layer learns. The
usual start draws all weights from U(-1/sqrt(H), 1/sqrt(H)), whose gain is
0.58; Glorot & Bengio's (2010) has a gain of about 1 for square matrices, the
orthogonal one of exactly 1. Each stack has, at each height, the learning rate
that suits it best on other sequences. For the chapter on deep networks, about
two minutes on one quiet core; other heights need no more than a number each.
"""

import numpy as np

from experiments._deep import accuracy, draw_lamp, fit, loss_and_grads, start
from rnncourse.cells import RNN
from rnncourse.initialisers import orthogonal
from rnncourse.networks import Stacked

H, UPDATES, SEEDS, LAYERS = 16, 300, 5, (24,)
COMPARES = "stack"
STACKS = ("plain", "residual", "glorot", "orthogonal")
SETTINGS = [
    {"stack": stack, "layers": layers, "updates": UPDATES}
    for stack in STACKS
    for layers in LAYERS
]
CHOSEN_BY = 3
RATES = (1.5e-3, 5e-3, 1.5e-2)


def glorot(rng, shape, dtype):
    """Uniform with variance 2 / (inputs + outputs)."""
    bound = np.sqrt(6 / sum(shape))
    return rng.uniform(-bound, bound, shape).astype(dtype)


def begin(stack, network, rng):
    """Fresh parameters; `stack` names what stands in the matrices."""
    params = start(network, rng, 4, 2, H)
    draw = {"glorot": glorot, "orthogonal": orthogonal}.get(stack)
    for layer in params["network"].values() if draw else ():
        for name in ("W_xh", "W_hh"):
            shape = layer[name].shape
            layer[name] = draw(rng, shape, dtype=np.float32)
        layer["b_x"][:] = layer["b_h"][:] = 0
    return params


def run(setting, seed):
    """Train once; the accuracy on new sequences."""
    stack, layers = setting["stack"], setting["layers"]
    network = Stacked(*[RNN] * layers, residual=stack == "residual")
    rng = np.random.default_rng(seed)
    params = begin(stack, network, rng)
    try:
        params, _ = fit(
            network, params, draw_lamp, rng, setting["rate"],
            setting["updates"],
        )  # fmt: skip
    except FloatingPointError:
        return {"valid": None, "test": 0.5}
    unseen, test = (
        draw_lamp(np.random.default_rng(s), 2000) for s in (10**6 + 1, 10**6)
    )
    valid = round(float(loss_and_grads(network, params, unseen)[0]), 5)
    return {"valid": valid, "test": accuracy(network, params, test)}


def collect(runs):
    """Accuracies by stack and number of layers, and the rates chosen."""
    out = {"H": H, "updates": UPDATES, "seeds": SEEDS, "rate": {}}
    for stack in STACKS:
        where = {n: {"stack": stack, "layers": n} for n in LAYERS}
        out[stack] = {
            str(n): [r["test"] for r in runs(**where[n])] for n in LAYERS
        }
        out["rate"][stack] = {str(n): runs.rate(**where[n]) for n in LAYERS}
    return out
