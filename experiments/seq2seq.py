"""Teacher forcing, the order of the input, and attention, measured.

Three questions about encoder-decoders on digits and dates, for the chapter
on sequence to sequence: about four minutes on one quiet core. Nothing is
tuned: all runs of a question have the same learning rate and clipping.

- forcing: digits said backwards, the decoder reading in training the right
  tokens ("truth") or those it writes itself ("own")
- order: digits said again, the source read forward, reversed (Sutskever et
  al. 2014), or forward with attention
- dates: written dates to ISO 8601, with and without attention
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import dates, reversal, tokens
from rnncourse.heads import cross_entropy
from rnncourse.networks import EncoderDecoder, reverse, seq2seq

END, B, CLIP, RATE = 2, 32, 1.0, 5e-3
DIGITS, LETTERS = len(reversal.VOCABULARY), len(dates.VOCABULARY)
QUESTIONS = {
    "forcing": {"H": 64, "longest": 8, "updates": 800, "every": 100},
    "order": {"H": 64, "longest": 10, "updates": 2000, "every": 200},
    "dates": {"H": 32, "updates": 800, "every": 100, "rate": 1e-2},
}
#: How the source is read: the task, and whether with attention.
ORDERS = {
    "forward": ("again", False),
    "reversed": ("again, reversed", False),
    "attention": ("again", True),
}
CELLS = {"GRU": GRU, "LSTM": LSTM}


def _settings(question, seeds, **more):
    about = QUESTIONS[question]
    setting = {"question": question, "updates": about["updates"]}
    setting |= {"rate": about.get("rate", RATE), "seeds": seeds}
    return setting | more


COMPARES, SEEDS = ("reads", "source", "attention"), 3
SETTINGS = [_settings("forcing", 3, reads=reads) for reads in ("truth", "own")]
SETTINGS += [_settings("order", 5, source=source) for source in ORDERS]
SETTINGS += [
    _settings("dates", 3, cell=cell, attention=look)
    for cell in CELLS
    for look in ("without", "with")
]


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


def on_its_own(model, params, batch):
    """As `forced`, but the decoder reads what it has written itself."""
    xs, lengths, targets, ends = batch
    L, n = targets.shape
    own = np.full((L + 1, n), END)
    step, state = seq2seq.start(model, params, xs, lengths)
    for u in range(L):
        log_p, state = step(own[u], state)
        own[u + 1] = log_p.argmax(axis=1)
    inside = np.arange(L + 1)[:, None] <= ends
    wanted = np.vstack([targets, np.full((1, n), END)])
    wanted = np.where(np.arange(L + 1)[:, None] < ends, wanted, END)
    logits, _, tape = model.unroll(params, xs, own, None, lengths, ends + 1)
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


def trained(model, sizes, draw, test, question, setting, seed):
    """Train once; return the parameters and the exact matches."""
    rng, updates = np.random.default_rng(seed), setting["updates"]
    params = model.init(rng, *sizes, dtype=np.float32)
    loss = on_its_own if setting.get("reads") == "own" else forced
    params, history = train.fit(
        lambda params, batch: loss(model, params, batch),
        params,
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: round(exact(model, params, test), 4),
        evaluate_every=question["every"],
        progress=False,
    )
    return params, [share for _, share in history.evaluations]


def run(setting, seed):
    """Train once; the exact matches on the way."""
    name, task = setting["question"], "reverse"
    question, cell = QUESTIONS[name], LSTM
    sizes, n, look = (DIGITS, question["H"], DIGITS), 1000, False
    if name == "order":
        task, look = ORDERS[setting["source"]]
        n = 500

    def draw(rng, n):
        return draw_digits(rng, n, question["longest"], task)

    if name == "dates":
        sizes, n = (LETTERS, question["H"], LETTERS), 300
        cell, look = CELLS[setting["cell"]], setting["attention"] == "with"

        def draw(rng, n, part="train"):
            return draw_dates(rng, n, part)

    seen = {"part": "test"} if name == "dates" else {}
    test = draw(np.random.default_rng(10**6), n, **seen)
    model = EncoderDecoder(cell, cell, attention=look, end=END)
    params, curve = trained(model, sizes, draw, test, question, setting, seed)
    result = {"curve": curve, "test": curve[-1]}
    if name == "forcing":
        result["behind"] = after_an_error(model, params, test)
    return result


def collect(runs):
    """The curves of the three questions."""
    about = {"B": B, "rate": RATE, "clip": CLIP, "settings": QUESTIONS}
    found = {reads: runs(reads=reads) for reads in ("truth", "own")}
    about["forcing"] = {
        reads: {
            "exact": [r["curve"] for r in rs],
            "behind": [r["behind"] for r in rs],
        }
        for reads, rs in found.items()
    }
    about["order"] = {
        source: [r["curve"] for r in runs(source=source)] for source in ORDERS
    }
    about["dates"] = {
        f"{cell} {look}": [r["curve"] for r in runs(cell=cell, attention=look)]
        for cell in CELLS
        for look in ("without", "with")
    }
    return about
