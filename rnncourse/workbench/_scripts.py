"""The scripts of the sessions, to be filled in: what a page exports.

Each trains with `train.fit` and, from the same seed, gives the numbers of its
session. "# --- " begins a part; a notebook makes cells of the parts.
"""

TEXT = '''
"""{name}: a {cell}, as the workbench trained it.

Needs rnncourse, and beside it the text as {file}.
"""

from itertools import repeat

import numpy as np

from rnncourse import ops, optim, train
from rnncourse.cells import {code}
from rnncourse.data import streams, text
from rnncourse.heads import readout
from rnncourse.networks import {parts}
from rnncourse.workbench import characters, read_text

# --- The last tenth is held out.
with open("{file}", "rb") as file:
    given = read_text(file.read())
cut = len(given) - max(len(given) // 10, 16)
vocabulary = characters(given[:cut])
V = len(vocabulary)
ids = text.encode(given[:cut], vocabulary)
held = text.encode(given[cut:], vocabulary)
one_hot = np.eye(V, dtype=np.float32)

# --- The network, and windows drawn from the text.
model = Labelled({network})
rng = np.random.default_rng({seed})
params = model.init(rng, V, {H}, V, dtype=np.float32)


def batch():
    xs, targets = streams.batch(rng, ids, T={T}, B={B})
    return one_hot[xs], targets


# --- Bits per character of the held-out part: eight columns, side by side.
def bits(params):
    rows = streams.columns(held[:4096], 8)
    hs, _, _ = model.network.unroll(params["network"], one_hot[rows[:-1]])
    log_p = ops.log_softmax(readout.forward(params["readout"], hs))
    came = np.take_along_axis(log_p, rows[1:, :, None], axis=-1)
    return float(-came.mean(dtype=np.float64) / np.log(2))


# --- Training.
params, history = train.fit(
    model.loss_and_grads,
    params,
    (batch() for _ in repeat(None)),
    optim.Adam({rate!r}),
    updates={updates},
    clip={clip},
    evaluate=bits,
    evaluate_every={look},
)
for updates, value in history.evaluations:
    print(f"{{updates:6d}} updates  {{value:.6f}} bits per character")
'''

TOYS = '''
"""{title}, distance {distance}, as the workbench trained it.

Needs rnncourse.
"""

from itertools import repeat

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import {cells}{stacked}
from rnncourse.workbench import TASKS

# --- The problem; every network is given the same sequences.
task, distance = TASKS["{task}"], {distance}
D, K = task.sizes
test = task.batch(np.random.default_rng([{seed}, 2]), distance, {tested})


def batches():
    rng = np.random.default_rng([{seed}, 1])
    return (task.batch(rng, distance, {B}) for _ in repeat(None))


# --- Training.
def scores(network, H, rate):
    model = task.model(network)
    rng = np.random.default_rng({seed})
    _, history = train.fit(
        model.loss_and_grads,
        model.init(rng, D, H, K, dtype=np.float32),
        batches(),
        optim.Adam(rate),
        updates={updates},
        clip={clip},
        evaluate=lambda params: task.score(model, params, test),
        evaluate_every={look},
    )
    return history.evaluations


# --- The networks, and when each has solved it.
for name, network, H, rate in [
{networks}
]:
    for updates, score in scores(network, H, rate):
        solved = "  solved" if task.solved(score) else ""
        print(f"{{name}}: {{updates:6d}} updates  {{score:.6f}}{{solved}}")
'''

NUMBERS = '''
"""{name}: a {cell}, as the workbench trained it.

Needs rnncourse, and beside it the numbers as {file}.
"""

from itertools import repeat

import numpy as np

from rnncourse import forecast, optim, train
from rnncourse import params as parameters
from rnncourse.cells import {code}
from rnncourse.networks import {parts}
from rnncourse.workbench import interval

# --- The series is cut in time: learn from, choose by, test on.
values = np.loadtxt("{file}")
tested = len(values) // 5
valid, test = len(values) - 2 * tested, len(values) - tested
mean, std = values[:valid].mean(), values[:valid].std()
scaled = (values - mean) / std
T, horizon = {T}, {horizon}


def windows(origins):
    read = scaled[origins + np.arange(-T, 0)[:, None]]
    xs = np.stack([read, read - read[-1]], axis=-1)
    came = scaled[origins[:, None] + np.arange(horizon)] - read[-1][:, None]
    return xs.astype(np.float32), came.astype(np.float32)


# --- The network answers with three quantiles of the change, a step.
model = Labelled({network}, interval, reads="last")
rng = np.random.default_rng({seed})
params = model.init(rng, 2, {H}, 3 * horizon, dtype=np.float32)


def batch():
    return windows(rng.integers(T, valid - horizon + 1, size={B}))


# --- The mean absolute error of the middle one.
def error(params, first, end):
    last = end - horizon + 1
    origins = np.arange(first, last, max(1, (last - first) // {origins}))
    ys = model.outputs(params, windows(origins)[0])
    ys = np.sort(ys.reshape(len(origins), horizon, 3), axis=-1)[..., 1]
    said = values[origins - 1][:, None] + std * ys
    came = values[origins[:, None] + np.arange(horizon)]
    return forecast.mae(said, came)


# --- Training; the weights that err least where one chooses are kept.
best = error(params, valid, test), params


def look(params):
    global best
    value = error(params, valid, test)
    if value < best[0]:
        best = value, parameters.copy(params)
    return value


params, history = train.fit(
    model.loss_and_grads,
    params,
    (batch() for _ in repeat(None)),
    optim.Adam({rate!r}),
    updates={updates},
    clip={clip},
    evaluate=look,
    evaluate_every={look},
)
for updates, value in history.evaluations:
    print(f"{{updates:6d}} updates  {{value:.9g}}")
print(f"in the test     {{error(best[1], test, len(values)):.9g}}")
'''
