"""Teacher forcing, the order of the input, and attention, measured.

Three questions about encoder-decoders on digits and dates, for the chapter
on sequence to sequence: about a quarter of an hour on one quiet core. What
competes has a learning rate of its own, chosen on sequences that are neither
trained on nor tested.

- forcing: digits said backwards; of the tokens that the decoder reads in
  training, a share is what it has written itself and the rest is the truth:
  teacher forcing is a share of 0, scheduled sampling (Bengio et al. 2015)
  all that lies between, here without a schedule
- order: digits said again, the source read forward, reversed (Sutskever et
  al. 2014), or forward with attention
- dates: written dates to ISO 8601, with and without attention; without it
  also for four times as many updates
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import dates, reversal, tokens
from rnncourse.heads import cross_entropy
from rnncourse.networks import EncoderDecoder, reverse, seq2seq

END, B, CLIP, SEEDS = 2, 32, 1.0, 5
DIGITS, LETTERS = len(reversal.VOCABULARY), len(dates.VOCABULARY)
QUESTIONS = {
    "forcing": {"H": 64, "longest": 8, "updates": 800, "every": 100},
    "order": {"H": 64, "longest": 10, "updates": 1200, "every": 200},
    "dates": {"H": 32, "updates": 800, "every": 100},
}
LONGER = 3200  #: Updates for dates without attention.
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
#: How the source is read: the task, and whether with attention.
ORDERS = {
    "forward": ("again", False),
    "reversed": ("again, reversed", False),
    "attention": ("again", True),
}
CELLS = {"GRU": GRU, "LSTM": LSTM}


def _settings(question, **more):
    about = {"question": question, "updates": QUESTIONS[question]["updates"]}
    return about | more


COMPARES = ("own", "source", "attention", "cell")
UNEQUAL = "dates without attention once more, with four times the updates"
SETTINGS = [_settings("forcing", own=share) for share in SHARES]
SETTINGS += [_settings("order", source=source) for source in ORDERS]
SETTINGS += [
    _settings("dates", cell=cell, attention=look, patience="usual")
    for cell in CELLS
    for look in ("without", "with")
]
SETTINGS += [
    _settings("dates", cell="LSTM", attention="without", patience="longer")
    | {"updates": LONGER}
]
CHOSEN_BY = 2
RATES = (2.5e-3, 7.5e-3, 2.2e-2)


def draw_digits(rng, n, longest, task="reverse"):
    """Sources, their lengths, targets without the stop, their lengths."""
    ids, lengths, targets, _ = reversal.batch(rng, n, 3, longest)
    if task != "reverse":
        targets = ids
    if task == "again, reversed":
        ids = reverse(ids, lengths)
    xs = tokens.one_hot(ids, DIGITS, np.float32)
    return xs, lengths, targets[: len(ids)], lengths


def draw_dates(rng, n, part):
    """As `draw_digits`, of letters."""
    ids, lengths, targets, ends = dates.batch(rng, n, part)
    xs = tokens.one_hot(ids, LETTERS, np.float32)
    return xs, lengths, targets[:-1], ends - 1


def forced(model, params, batch):
    """Loss and gradients of a decoder that reads the truth."""
    xs, lengths, targets, ends = batch
    return seq2seq.loss_and_grads(model, params, xs, targets, lengths, ends)


def partly_own(model, params, batch, share, rng):
    """As `forced`, but of what it reads a share it has written itself."""
    xs, lengths, targets, ends = batch
    L, n = targets.shape
    read = np.full((L + 1, n), END)
    step, state = seq2seq.start(model, params, xs, lengths)
    for u in range(L):
        log_p, state = step(read[u], state)
        own = rng.random(n) < share
        read[u + 1] = np.where(own, log_p.argmax(axis=1), targets[u])
    inside = np.arange(L + 1)[:, None] <= ends
    wanted = np.vstack([targets, np.full((1, n), END)])
    wanted = np.where(np.arange(L + 1)[:, None] < ends, wanted, END)
    logits, _, tape = model.unroll(params, xs, read, None, lengths, ends + 1)
    loss, dlogits = cross_entropy.loss_and_grad(logits, wanted, inside)
    return loss, model.unroll_backward(params, tape, dlogits)[2]


def written(model, params, batch):
    """What the model writes, and what is right: lists of lists."""
    xs, lengths, targets, ends = batch
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(ends), END)
    said = decoding.greedy(step, state, first, END, len(targets) + 5)
    right = [targets[:n, b].tolist() for b, n in enumerate(ends)]
    return said, right


def exact(model, params, batch):
    """The share of sequences that are right as a whole."""
    said, right = written(model, params, batch)
    return float(np.mean([a == b for a, b in zip(said, right, strict=True)]))


def after_an_error(model, params, batch):
    """The share of right tokens behind the first wrong one, by place."""
    good = total = 0
    for said, right in zip(*written(model, params, batch), strict=True):
        agree = [a == b for a, b in zip(said, right, strict=False)]
        if False in agree:
            behind = agree[agree.index(False) + 1 :]
            good, total = good + sum(behind), total + len(behind)
    return good / total if total else None


def trained(model, sizes, draw, test, setting, seed):
    """Train once; return the parameters and the exact matches."""
    rng, updates = np.random.default_rng(seed), setting["updates"]
    coin, share = np.random.default_rng([seed, 1]), setting.get("own", 0)
    params = model.init(rng, *sizes, dtype=np.float32)

    def loss(params, batch):
        if share:
            return partly_own(model, params, batch, share, coin)
        return forced(model, params, batch)

    params, history = train.fit(
        loss,
        params,
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: round(exact(model, params, test), 4),
        evaluate_every=QUESTIONS[setting["question"]]["every"],
        progress=False,
    )
    return params, [share for _, share in history.evaluations]


def run(setting, seed):
    """Train once; the exact matches on the way."""
    name, task = setting["question"], "reverse"
    question, cell = QUESTIONS[name], LSTM
    sizes, n, look = (DIGITS, question["H"], DIGITS), 500, False
    if name == "order":
        task, look = ORDERS[setting["source"]]

    def draw(rng, n, part=None):
        return draw_digits(rng, n, question["longest"], task)

    if name == "dates":
        sizes, n = (LETTERS, question["H"], LETTERS), 300
        cell, look = CELLS[setting["cell"]], setting["attention"] == "with"

        def draw(rng, n, part="train"):
            return draw_dates(rng, n, part)

    test = draw(np.random.default_rng(10**6), n, part="test")
    unseen = draw(np.random.default_rng(10**6 + 1), n)
    model = EncoderDecoder(cell, cell, attention=look, end=END)
    params, curve = trained(model, sizes, draw, test, setting, seed)
    result = {"valid": round(float(forced(model, params, unseen)[0]), 5)}
    if name == "forcing":  # what is compared is how it does on its own
        result["valid"] = round(1 - exact(model, params, unseen), 4)
        result["behind"] = after_an_error(model, params, test)
    return result | {"curve": curve, "test": curve[-1]}


def collect(runs):
    """The curves of the three questions, and the rates."""
    about = {"B": B, "clip": CLIP, "settings": QUESTIONS, "seeds": SEEDS}
    about |= {"longer": LONGER, "rate": {}}
    about |= {"forcing": {}, "order": {}, "dates": {}}
    for setting in SETTINGS:
        where = {k: v for k, v in setting.items() if k != "updates"}
        name = where.get("source") or str(where.get("own"))
        if where["question"] == "dates":
            name = f"{where['cell']} {where['attention']}"
            name += ", longer" * (where["patience"] == "longer")
        found, question = runs(**where), where["question"]
        curves = [r["curve"] for r in found]
        if question == "forcing":
            behind = [r["behind"] for r in found]
            curves = {"exact": curves, "behind": behind}
        about[question][name] = curves
        about["rate"].setdefault(question, {})[name] = runs.rate(**where)
    return about
