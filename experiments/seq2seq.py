"""Teacher forcing, the beam, the order of the input, and attention, measured.

Questions about encoder-decoders on digits and dates, for the chapter on
sequence to sequence: about fourteen minutes on one quiet core. What competes
has the learning rate that suits it best.

- forcing: digits said backwards, the decoder reading in training the right
  tokens ("truth"), those it writes itself ("own"), or ever more of the
  latter ("fading", the scheduled sampling of Bengio et al. 2015)
- beam: the same digits after the chapter's 300 updates, beams of several
  widths, their hypotheses compared by log p / length ** alpha
- order: digits said again, the source read forward, reversed (Sutskever et
  al. 2014), or forward with attention
- dates: written dates to ISO 8601, with and without attention
- longer: without attention once more, with nearly four times the updates
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import dates, reversal, tokens
from rnncourse.heads import cross_entropy
from rnncourse.networks import EncoderDecoder, reverse, seq2seq
from rnncourse.params import flatten

F, END, B, CLIP, FRESH, SEEDS = np.float32, 2, 32, 1.0, 10**6, 5
DIGITS, LETTERS = len(reversal.VOCABULARY), len(dates.VOCABULARY)
RATES, CHOSEN_BY = (5e-3, 1e-2, 2e-2), 5
QUESTIONS = {
    "forcing": {"H": 64, "longest": 8, "updates": 800, "every": 100},
    "beam": {"H": 64, "longest": 8, "updates": 300, "every": 300},
    "order": {"H": 64, "longest": 10, "updates": 800, "every": 100},
    "dates": {"H": 32, "updates": 800, "every": 100},
    "longer": {"H": 32, "updates": 3000, "every": 200},
}
READS, WIDTHS, ALPHAS = ("truth", "fading", "own"), (1, 2, 4, 8, 16), (0, 1)
#: How the source is read: the task, and whether with attention.
ORDERS = {
    "forward": ("again", False),
    "reversed": ("again, reversed", False),
    "attention": ("again", True),
}
CELLS = {"GRU": GRU, "LSTM": LSTM}


def _setting(question, **more):
    updates = QUESTIONS[question]["updates"]
    return {"question": question, "updates": updates} | more


COMPARES = ("reads", "source", "attention")
SETTINGS = [_setting("forcing", reads=reads) for reads in READS]
SETTINGS += [_setting("beam", rate=RATES[0])]
SETTINGS += [_setting("order", source=source) for source in ORDERS]
SETTINGS += [
    _setting("dates", cell=cell, attention=look)
    for cell in CELLS
    for look in ("without", "with")
]
SETTINGS += [
    _setting("longer", cell=cell, attention="without") for cell in CELLS
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


def mixed(model, params, batch, share, rng):
    """As `forced`, but this share of its words the decoder has written."""
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


def by_beam(model, params, batch):
    """By width and alpha: right answers, and those that are too short."""
    xs, lengths, targets, ends = batch
    found = {}
    for width in WIDTHS:
        marks = {alpha: [] for alpha in ALPHAS}
        for b, n in enumerate(ends):
            at = slice(b, b + 1)
            step, state = seq2seq.start(model, params, xs[:, at], lengths[at])
            kept = decoding.beam(step, state, END, END, width, 13)
            for alpha in ALPHAS:
                best = max(
                    kept, key=lambda h: h.log_p / (len(h.tokens) + 1) ** alpha
                ).tokens
                marks[alpha] += [
                    (best == targets[:n, b].tolist(), len(best) < n)
                ]
        found[str(width)] = {
            str(alpha): np.mean(pairs, axis=0).round(4).tolist()
            for alpha, pairs in marks.items()
        }
    return found


def trained(model, params, draw, test, setting, seed, rng):
    """Train once; return the parameters and the exact matches."""
    question, updates = QUESTIONS[setting["question"]], setting["updates"]
    reads, coin = setting.get("reads"), np.random.default_rng([seed, 3])

    def loss(params, numbered):
        k, batch = numbered
        share = {"own": 1, "fading": k / updates}.get(reads, 0)
        if share:
            return mixed(model, params, batch, share, coin)
        return forced(model, params, batch)

    params, history = train.fit(
        loss,
        params,
        ((k, draw(rng, B)) for k in range(updates)),
        optim.Adam(setting["rate"]),
        updates,
        clip=CLIP,
        evaluate=lambda params: round(exact(model, params, test), 4),
        evaluate_every=question["every"],
        progress=False,
    )
    return params, [share for _, share in history.evaluations]


def run(setting, seed):
    """Train once; the exact matches on the way.

    "valid" is the loss while the truth is read, on sequences drawn apart from
    the test; where it is asked what is read, the share that is written wrong.
    """
    name, task = setting["question"], "reverse"
    question, cell = QUESTIONS[name], LSTM
    symbols, n, look = DIGITS, 1000, False
    if name == "order":
        task, look = ORDERS[setting["source"]]
        n = 500

    def draw(rng, n, part="train"):
        if symbols == LETTERS:
            return draw_dates(rng, n, part)
        return draw_digits(rng, n, question["longest"], task)

    if "cell" in setting:
        symbols, n = LETTERS, 300
        cell, look = CELLS[setting["cell"]], setting["attention"] == "with"
    model = EncoderDecoder(cell, cell, attention=look, end=END)
    test = draw(np.random.default_rng(FRESH), n, "test")
    other = draw(np.random.default_rng(FRESH + 1), n)
    rng = np.random.default_rng(seed)
    params = model.init(rng, symbols, question["H"], symbols, dtype=F)
    size = int(sum(array.size for array in flatten(params).values()))
    params, curve = trained(model, params, draw, test, setting, seed, rng)
    if "reads" in setting:
        valid = 1 - exact(model, params, other)
    else:
        valid = float(forced(model, params, other)[0])
    result = {"valid": round(valid, 5), "test": curve[-1], "curve": curve}
    if name == "forcing":
        result["behind"] = after_an_error(model, params, test)
    if name == "beam":
        few = test[0], test[1][:200], test[2], test[3][:200]
        result["beam"] = by_beam(model, params, few)
    return result | {"size": size}


def collect(runs):
    """The curves of the questions, and the rate each was trained with."""
    about = {"B": B, "clip": CLIP, "seeds": SEEDS, "settings": QUESTIONS}
    about |= {"rates": {}, "sizes": {}, "forcing": {}, "order": {}}

    def ask(name, **where):
        found = runs(**where)
        about["rates"][name] = runs.rate(**where)
        about["sizes"][name] = found[0]["size"]
        return found

    for reads in READS:
        found = ask(reads, reads=reads)
        about["forcing"][reads] = {
            "exact": [r["curve"] for r in found],
            "behind": [r["behind"] for r in found],
        }
    first, *_ = runs(reads="truth", rate=RATES[0])
    about["again"] = first["curve"]  # as the chapter trains it, seed 0
    about["beam"] = [r["beam"] for r in runs(question="beam")]
    for source in ORDERS:
        found = ask(source, source=source)
        about["order"][source] = [r["curve"] for r in found]
    for question in ("dates", "longer"):
        about[question] = {}
        for cell in CELLS:
            looks = ("without", "with")[: 2 if question == "dates" else 1]
            for look in looks:
                where = {"question": question, "cell": cell, "attention": look}
                found = ask(f"{question}, {cell} {look}", **where)
                curves = [r["curve"] for r in found]
                about[question][f"{cell} {look}"] = curves
    return about
