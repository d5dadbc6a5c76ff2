"""How far back does an LSTM learn, and what does its start do for it?

The adding problem and copy memory, longer and longer, for the LSTM with three
starts of its gates, for the GRU, and for the plain network. Each has, at each
length, the learning rate that suits it best on other sequences. For the
chapter on the LSTM, about a quarter of an hour on one quiet core.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding, copying
from rnncourse.heads import cross_entropy, squared_error
from rnncourse.networks import Labelled

SEEDS, EVERY, H, B, CLIP = 5, 100, 32, 20, 1.0
MODELS = {
    "rnn": RNN,
    "gru": GRU,
    "lstm": LSTM,  # starts with a forget bias of 1
    "lstm, bias 0": LSTM,
    "lstm, chrono": LSTM,
}
#: Task: its lengths (steps to read, or to wait), and updates.
LENGTHS = {"adding": [40, 80, 160], "copy": [20]}
UPDATES = {"adding": 1000, "copy": 1200}
#: Who is tried on the longest way.
FAR = {160: ["rnn", "gru", "lstm", "lstm, chrono"]}
ITEMS, K = 3, 8  #: Copy memory: so many symbols, of so many.
COMPARES = "model"
SETTINGS = [
    {"task": task, "T": T, "model": model, "updates": UPDATES[task]}
    for task, lengths in LENGTHS.items()
    for T in lengths
    for model in FAR.get(T, MODELS)
]
RATES, CHOSEN_BY = (3e-3, 1e-2, 3e-2), 3
VALID, TEST = 10**6 + 1, 10**6  #: Seeds of unseen sequences.


def start(model, cell, longest, rng):
    """Give fresh gates their biases, in place.

    Chrono (Tallec & Ollivier, 2018): b_f = log U(1, longest), b_i = -b_f.
    """
    if model == "lstm, bias 0":
        cell["b_x"][H : 2 * H] = 0
    if model == "lstm, chrono":
        opened = np.log(rng.uniform(1, longest, H))
        cell["b_x"][:H], cell["b_x"][H : 2 * H] = -opened, opened


def draw(task, rng, T, n=B):
    """One batch, with a mask where something is asked, or None."""
    if task == "adding":
        xs, targets = adding.batch(rng, T, n)
        return xs.astype(np.float32), targets.astype(np.float32), None, None
    ids, targets = copying.batch(rng, T, n, ITEMS, K)
    xs = np.eye(K + 2, dtype=np.float32)[ids]
    return xs, targets, None, targets != copying.BLANK


def judge(model, params, batch):
    """The loss, and for copy memory the share of symbols said wrong."""
    xs, targets, _, mask = batch
    ys = model.outputs(params, xs)
    loss, _ = model.head.loss_and_grad(ys, targets, mask)
    if mask is None:
        return float(loss), float(loss)
    right = copying.recall_accuracy(ys.argmax(axis=-1), targets)
    return float(loss), 1 - right


def run(setting, seed):
    """Train once; the test error every EVERY updates.

    Adding: the squared error. Copy: the share of symbols said wrong, chosen
    by the loss.
    """
    task, T, name = (setting[k] for k in ("task", "T", "model"))
    updates, rng = setting["updates"], np.random.default_rng(seed)
    if task == "adding":
        (D, out), longest = (2, 1), T
        model = Labelled(MODELS[name], squared_error, "last")
    else:
        (D, out), longest = (K + 2, K + 1), T + ITEMS
        model = Labelled(MODELS[name], cross_entropy)
    params = model.init(rng, D, H, out, dtype=np.float32)
    start(name, params["network"], longest - 1, rng)
    valid, test = (
        draw(task, np.random.default_rng(s), T, 300) for s in (VALID, TEST)
    )
    params, history = train.fit(
        model.loss_and_grads,
        params,
        (draw(task, rng, T) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: judge(model, params, test)[1],
        evaluate_every=EVERY,
        progress=False,
    )
    curve = [round(mark, 5) for _, mark in history.evaluations]
    valid = round(judge(model, params, valid)[0], 5)
    return {"valid": valid, "curve": curve, "test": curve[-1]}


def collect(runs):
    """By task, model and length: the rate, and a test curve for each seed."""
    about = {"H": H, "B": B, "clip": CLIP, "every": EVERY, "seeds": SEEDS}
    about |= {"items": ITEMS, "K": K, "updates": UPDATES}
    about |= {"rate": {}, "curves": {}}
    for task in LENGTHS:
        about["rate"][task] = {model: {} for model in MODELS}
        about["curves"][task] = {model: {} for model in MODELS}
    for setting in SETTINGS:
        task, model, T = (setting[k] for k in ("task", "model", "T"))
        where = {"task": task, "model": model, "T": T}
        about["rate"][task][model][str(T)] = runs.rate(**where)
        curves = [r["curve"] for r in runs(**where)]
        about["curves"][task][model][str(T)] = curves
    return about
