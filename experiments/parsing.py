"""Sentences to bracketed trees, with and without attention.

Parsing as translation (Vinyals et al. 2015) on the toy grammar of
``rnncourse.data.trees``: two cells of about as many parameters, with and
without attention; and one small trained parser for the chapter on sequence
to sequence to load. About nine minutes on one quiet core.
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import brackets, tokens, trees
from rnncourse.networks import EncoderDecoder, seq2seq
from rnncourse.params import flatten

D, K = len(trees.SOURCE_VOCABULARY), len(trees.TARGET_VOCABULARY)
END, B, CLIP, RATE = tokens.SPECIAL.index(tokens.STOP), 32, 1.0, 5e-3
SEEDS, UPDATES, EVERY = 3, 2400, 300
CELLS = {"LSTM": (LSTM, 48), "GRU": (GRU, 56)}
LOOKS = {"without": False, "with": True}
LONGER = {"H": 64, "updates": 6000, "slower": 1500}  # without attention
SMALL = {"H": 32, "updates": 3000, "slower": 600}  # the stored parser
COMPARES = "attention"
SETTINGS = [
    {"cell": cell, "attention": looks, "updates": UPDATES, "rate": RATE}
    for cell in CELLS
    for looks in LOOKS
] + [
    {"patient": name, "rate": RATE, "seeds": 1} | settings
    for name, settings in (("longer", LONGER), ("small", SMALL))
]


def draw(rng, n, part="train"):
    """Sentences, their lengths, brackets without the stop, their lengths."""
    ids, lengths, targets, ends = trees.batch(rng, n, part)
    return tokens.one_hot(ids, D, np.float32), lengths, targets[:-1], ends - 1


def scores(model, params, batch):
    """The share of trees that are right, and the bracket F1."""
    xs, lengths, targets, ends = batch
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(ends), END)
    said = decoding.greedy(step, state, first, END, len(targets) + 5)
    right = [targets[:n, b].tolist() for b, n in enumerate(ends)]
    exact = np.mean([a == b for a, b in zip(said, right, strict=True)])
    f1 = brackets.bracket_f1(
        [[trees.TARGET_VOCABULARY[i] for i in row] for row in said],
        [[trees.TARGET_VOCABULARY[i] for i in row] for row in right],
    )
    return {"exact": round(float(exact), 4), "f1": round(f1, 4)}


def learn(model, params, rng, optimiser, updates, every, test):
    """Train; return the parameters and the scores on the way."""
    params, history = train.fit(
        lambda params, batch: seq2seq.loss_and_grads(
            model, params, batch[0], batch[2], batch[1], batch[3]
        ),
        params,
        (draw(rng, B) for _ in range(updates)),
        optimiser,
        updates,
        clip=CLIP,
        evaluate=lambda params: scores(model, params, test),
        evaluate_every=every,
        progress=False,
    )
    return params, [score for _, score in history.evaluations]


def compared(cell, looks, updates, rate, seed, test):
    """Train one of the four; its scores on the way, and its size."""
    cell, H = CELLS[cell]
    model = EncoderDecoder(cell, cell, attention=LOOKS[looks], end=END)
    rng, adam = np.random.default_rng(seed), optim.Adam(rate)
    params = model.init(rng, D, H, K, dtype=np.float32)
    params, curve = learn(model, params, rng, adam, updates, EVERY, test)
    size = int(sum(array.size for array in flatten(params).values()))
    return {"curve": curve, "test": curve[-1]["f1"], "size": size}


def patient(looks, settings, seed, test):
    """One parser, its learning rate lowered at the end."""
    model = EncoderDecoder(LSTM, LSTM, attention=looks, end=END)
    rng, adam = np.random.default_rng(seed), optim.Adam(settings["rate"])
    params = model.init(rng, D, settings["H"], K, dtype=np.float32)
    updates = settings["updates"]
    slower = min(settings["slower"], updates)
    params, _ = learn(model, params, rng, adam, updates, updates, test)
    adam.learning_rate = settings["rate"] / 5
    params, _ = learn(model, params, rng, adam, slower, slower, test)
    return model, params


def numbers(params):
    """Weights with three digits, for the chapter to load."""
    kept = {k: np.round(v.astype(float), 3) for k, v in params.items()}
    return {name: array.tolist() for name, array in kept.items()}


def run(setting, seed):
    """Train once; the small parser hands its weights over, too."""
    test = draw(np.random.default_rng(10**6), 300, "test")
    if "cell" in setting:
        asked = ("cell", "attention", "updates", "rate")
        return compared(*(setting[k] for k in asked), seed, test)
    small = setting["patient"] == "small"
    model, params = patient(small, setting, seed, test)
    score = scores(model, params, test)
    result = {"score": score, "test": score["f1"]}
    return result | ({"params": numbers(flatten(params))} if small else {})


def collect(runs):
    """Scores by cell and attention, and the two that had more patience."""
    about = {"B": B, "rate": RATE, "clip": CLIP, "updates": UPDATES}
    about |= {"every": EVERY, "seeds": SEEDS, "small": SMALL}
    (longer,), (small,) = runs(patient="longer"), runs(patient="small")
    about["longer"] = LONGER | {"score": longer["score"]}
    about["H"] = {cell: H for cell, (_, H) in CELLS.items()}
    about |= {"scores": {}, "parameters": {}}
    for cell in CELLS:
        for looks in LOOKS:
            found = runs(cell=cell, attention=looks)
            about["scores"][f"{cell} {looks}"] = [r["curve"] for r in found]
            about["parameters"][f"{cell} {looks}"] = found[0]["size"]
    parser = {"params": small["params"], "score": small["score"]}
    return about | {"parser": parser}
