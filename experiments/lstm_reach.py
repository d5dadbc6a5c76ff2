"""How far back do an LSTM and a GRU learn, and what does the start do for it?

Trains them on the adding problem, with the size and the updates that the
plain network has in ``adding_rnn.py``, and with a plain network on copy
memory. Of the LSTM there are three starts: a forget bias of 1, of 0, and
chrono initialisation (Tallec & Ollivier 2018). Each of them has, at each
length, the learning rate that suits it best on other sequences. For the
chapter on the LSTM, about twenty minutes on one quiet core.

To fit into them it is smaller than it might be: copy memory has 32 units, and
not every start is tried at every length.
"""

import numpy as np

from rnncourse import optim, train
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.data import adding, copying, tokens
from rnncourse.heads import cross_entropy, squared_error
from rnncourse.networks import Labelled

SEEDS, UPDATES, EVERY = 5, 2000, 250
H, B, CLIP = 32, 32, 1.0
COPY = {"items": 3, "K": 8}
CELLS = {
    "rnn": RNN,
    "gru": GRU,
    "lstm": LSTM,
    "lstm, bias 0": LSTM,
    "lstm, chrono": LSTM,
}
COMPARES = "model"
SETTINGS = [
    {"task": "adding", "model": model, "long": T, "updates": UPDATES}
    for model, lengths in {
        "lstm": (40, 80, 160),
        "gru": (40, 80, 160),
        "lstm, bias 0": (80,),
        "lstm, chrono": (80,),
    }.items()
    for T in lengths
] + [
    {"task": "copy", "model": model, "long": 20, "updates": UPDATES}
    for model in CELLS
]
CHOSEN_BY = 2
RATES = (1e-3, 4e-3, 1.6e-2)


def draw(rng, task, long, n=B):
    """One batch of so many steps, or with so long a wait."""
    if task == "adding":
        return tuple(a.astype(np.float32) for a in adding.batch(rng, long, n))
    ids, targets = copying.batch(rng, long, n, **COPY)
    return tokens.one_hot(ids, COPY["K"] + 2, np.float32), targets


def labelled(task, model):
    """The cell of a model, with a task's readout and loss."""
    if task == "adding":
        return Labelled(CELLS[model], squared_error, "last")
    return Labelled(CELLS[model], cross_entropy)


def fresh(task, model, long, rng):
    """Fresh 32-bit weights; the model's name tells how the gates start."""
    D, K = (2, 1) if task == "adding" else (COPY["K"] + 2, COPY["K"] + 1)
    params = labelled(task, model).init(rng, D, H, K, dtype=np.float32)
    bias = params["network"]["b_x"]  # i, f, g, o: H each
    if model == "lstm, bias 0":
        bias[H : 2 * H] = 0
    if model == "lstm, chrono":
        longest = long if task == "adding" else long + 2 * COPY["items"]
        bias[H : 2 * H] = np.log(rng.uniform(1, longest - 1, H))
        bias[:H] = -bias[H : 2 * H]
    return params


def run(setting, seed):
    """Train once; adding: test errors on the way; copying: the share right."""
    task, model, long = (setting[k] for k in ("task", "model", "long"))
    net, updates = labelled(task, model), setting["updates"]
    rng = np.random.default_rng(seed)
    valid, test = (
        draw(np.random.default_rng(s), task, long, 1000)
        for s in (10**6 + 1, 10**6)
    )

    def error(params, unseen):
        return round(float(net.loss_and_grads(params, unseen)[0]), 5)

    params, history = train.fit(
        net.loss_and_grads,
        fresh(task, model, long, rng),
        (draw(rng, task, long) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: error(params, test),
        evaluate_every=EVERY,
        progress=False,
    )
    result = {"valid": error(params, valid)}
    if task == "adding":
        curve = [float(e) for _, e in history.evaluations]
        return result | {"curve": curve, "test": curve[-1]}
    answers = net.outputs(params, test[0]).argmax(axis=-1)
    recalled = copying.recall_accuracy(answers, test[1])
    return result | {"test": round(recalled, 4)}


def collect(runs):
    """Error curves of adding, symbols recalled, rates: by model and length."""
    about = {"H": H, "B": B, "clip": CLIP, "updates": UPDATES, "every": EVERY}
    about |= {"copy": COPY, "seeds": SEEDS, "rate": {}}
    about |= {"adding": {}, "recall": {}}
    kept = {"adding": ("adding", "curve"), "copy": ("recall", "test")}
    for setting in SETTINGS:
        where = {k: setting[k] for k in ("task", "model", "long")}
        task, model, long = where.values()
        place, name = kept[task]
        row = about[place].setdefault(model, {})
        row[str(long)] = [r[name] for r in runs(**where)]
        rates = about["rate"].setdefault(place, {}).setdefault(model, {})
        rates[str(long)] = runs.rate(**where)
    return about
