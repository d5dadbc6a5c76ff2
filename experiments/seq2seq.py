"""Teacher forcing, the order of the input, and attention, measured.

    python experiments/seq2seq.py

Three questions about encoder-decoders on digits and dates, several seeds
each; writes ``book/results/seq2seq.json``, which the chapter on sequence to
sequence reads. Runs are capped by updates, never by time: on one quiet core
all of it takes about four minutes. Nothing is tuned: all runs of a question
have the same learning rate and clipping, and no seed is left out.

- forcing: digits said backwards, the decoder reading in training the right
  tokens ("truth") or those it writes itself ("own")
- order: digits said again, the source read forward, reversed (Sutskever et
  al. 2014), or forward with attention
- dates: written dates to ISO 8601, with and without attention
"""

import json
from pathlib import Path

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import dates, reversal, tokens
from rnncourse.heads import cross_entropy
from rnncourse.networks import EncoderDecoder, reverse, seq2seq

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
END, B, CLIP, RATE = 2, 32, 1.0, 5e-3
DIGITS, LETTERS = len(reversal.VOCABULARY), len(dates.VOCABULARY)
SETTINGS = {
    "forcing": {"H": 64, "longest": 8, "updates": 800, "every": 100},
    "order": {"H": 64, "longest": 10, "updates": 2000, "every": 200},
    "dates": {"H": 32, "updates": 800, "every": 100, "rate": 1e-2},
}


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


def run(model, sizes, draw, test, settings, seed, loss=forced):
    """Train once; return the trained parameters and the exact matches."""
    rng = np.random.default_rng(seed)
    params = model.init(rng, *sizes, dtype=np.float32)
    updates = settings["updates"]
    params, history = train.fit(
        lambda params, batch: loss(model, params, batch),
        params,
        (draw(rng, B) for _ in range(updates)),
        optim.Adam(settings.get("rate", RATE)),
        updates,
        clip=CLIP,
        evaluate=lambda params: round(exact(model, params, test), 4),
        evaluate_every=settings["every"],
        progress=False,
    )
    return params, [share for _, share in history.evaluations]


def forcing(settings, seeds=3):
    """Truth against own words."""
    model, H = EncoderDecoder(LSTM, LSTM, end=END), settings["H"]
    found = {}

    def draw(rng, n):
        return draw_digits(rng, n, settings["longest"])

    test = draw(np.random.default_rng(10**6), 1000)
    for name, loss in ("truth", forced), ("own", on_its_own):
        runs = [
            run(model, (DIGITS, H, DIGITS), draw, test, settings, seed, loss)
            for seed in range(seeds)
        ]
        behind = [after_an_error(model, params, test) for params, _ in runs]
        found[name] = {"exact": [c for _, c in runs], "behind": behind}
        print("forcing", name, found[name], flush=True)
    return found


def order(settings, seeds=5):
    """The same digits again: forward, reversed, with attention."""
    plain = EncoderDecoder(LSTM, LSTM, end=END)
    looking = EncoderDecoder(LSTM, LSTM, attention=True, end=END)
    sizes, found = (DIGITS, settings["H"], DIGITS), {}
    for name, task, model in (
        ("forward", "again", plain),
        ("reversed", "again, reversed", plain),
        ("attention", "again", looking),
    ):

        def draw(rng, n, task=task):
            return draw_digits(rng, n, settings["longest"], task)

        test = draw(np.random.default_rng(10**6), 500)
        found[name] = [
            run(model, sizes, draw, test, settings, seed)[1]
            for seed in range(seeds)
        ]
        print("order", name, found[name], flush=True)
    return found


def dates_read(settings, seeds=3):
    """Dates with and without attention, for both gated cells."""
    test = draw_dates(np.random.default_rng(10**6), 300, "test")
    sizes, found = (LETTERS, settings["H"], LETTERS), {}
    for cell in GRU, LSTM:
        for looks in (False, True):
            model = EncoderDecoder(cell, cell, attention=looks, end=END)
            name = f"{cell!r} {'with' if looks else 'without'}"
            found[name] = [
                run(
                    model,
                    sizes,
                    lambda rng, n: draw_dates(rng, n, "train"),
                    test,
                    settings,
                    seed,
                )[1]
                for seed in range(seeds)
            ]
            print("dates", name, found[name], flush=True)
    return found


def main():
    """Ask the three questions and write the answers down."""
    about = {"B": B, "rate": RATE, "clip": CLIP, "settings": SETTINGS}
    results = {
        "forcing": forcing(SETTINGS["forcing"]),
        "order": order(SETTINGS["order"]),
        "dates": dates_read(SETTINGS["dates"]),
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(about | results)
    (RESULTS / "seq2seq.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
