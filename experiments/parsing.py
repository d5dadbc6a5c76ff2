"""Sentences to bracketed trees, with and without attention.

Parsing as translation (Vinyals et al. 2015) on the toy grammar of
``rnncourse.data.trees``: two cells of about as many parameters, with and
without attention, each with the learning rate that suits it best; and what
they count wrong where they fail, on sentences as long as in training and on
longer ones. Beside them larger LSTMs without attention that train for
longer, and one small parser for the chapter on sequence to sequence to load.
About sixteen minutes on one quiet core.
"""

import numpy as np

from rnncourse import decoding, optim, train
from rnncourse.cells import GRU, LSTM
from rnncourse.data import brackets, tokens, trees
from rnncourse.networks import EncoderDecoder, seq2seq
from rnncourse.params import flatten

D, K = len(trees.SOURCE_VOCABULARY), len(trees.TARGET_VOCABULARY)
END, B, CLIP, FRESH = tokens.SPECIAL.index(tokens.STOP), 32, 1.0, 10**6
SEEDS, UPDATES, EVERY = 5, 1200, 150
CELLS = {"LSTM": (LSTM, 48), "GRU": (GRU, 56)}
LOOKS = {"without": False, "with": True}
LONGER = {"H": 64, "updates": 3000, "slower": 500}  # without attention
SMALL = {"H": 32, "updates": 3000, "slower": 600}  # the stored parser
COMPARES = "attention"
SETTINGS = [
    {"cell": cell, "attention": looks, "updates": UPDATES}
    for cell in CELLS
    for looks in LOOKS
] + [
    {"patient": name, "rate": 5e-3, "seeds": seeds} | settings
    for name, settings, seeds in (("longer", LONGER, 3), ("small", SMALL, 1))
]
RATES, CHOSEN_BY = (5e-3, 1e-2, 2e-2), 5


def draw(rng, n, part="train"):
    """Sentences, their lengths, brackets without the stop, their lengths."""
    ids, lengths, targets, ends = trees.batch(rng, n, part)
    return tokens.one_hot(ids, D, np.float32), lengths, targets[:-1], ends - 1


def draw_long(rng, n):
    """As `draw`, of 17 to 24 words, from the test part."""
    grown = []
    while len(grown) < n:
        (tree,) = trees.trees(rng, 1, "test", longest=24)
        grown += [tree] if len(brackets.words_of(tree)) > 16 else []
    ids, lengths = tokens.encode(
        map(brackets.words_of, grown), trees.SOURCE_VOCABULARY
    )
    targets, ends = tokens.encode(
        map(brackets.linearise, grown), trees.TARGET_VOCABULARY
    )
    return tokens.one_hot(ids, D, np.float32), lengths, targets, ends


def written(model, params, batch):
    """What it writes, and what is right: lists of lists of tokens."""
    xs, lengths, targets, ends = batch
    step, state = seq2seq.start(model, params, xs, lengths)
    first = np.full(len(ends), END)
    said = decoding.greedy(step, state, first, END, len(targets) + 5)
    right = [targets[:n, b] for b, n in enumerate(ends)]
    return tuple(
        [[trees.TARGET_VOCABULARY[i] for i in row] for row in rows]
        for rows in (said, right)
    )


def scores(model, params, batch):
    """The share of trees that are right, and the bracket F1."""
    said, right = written(model, params, batch)
    exact = np.mean([a == b for a, b in zip(said, right, strict=True)])
    f1 = brackets.bracket_f1(said, right)
    return {"exact": round(float(exact), 4), "f1": round(f1, 4)}


def counted(model, params, batch):
    """How many it gets wrong, and what it has then miscounted.

    "words": not as many XX as the sentence has; "brackets": not as many
    closed as opened; "neither": both counts are right, the tree is not.
    """
    found = dict.fromkeys(("wrong", "words", "brackets", "neither"), 0)
    for said, right in zip(*written(model, params, batch), strict=True):
        words = said.count(brackets.WORD) != right.count(brackets.WORD)
        opened = sum(token.startswith("(") for token in said)
        closed = sum(token.startswith(")") for token in said)
        found["wrong"] += said != right
        found["words"] += words
        found["brackets"] += opened != closed
        found["neither"] += said != right and not words and opened == closed
    return found | {"of": len(batch[1])}


def forced(model, params, batch):
    """Loss and gradients of a decoder that reads the truth."""
    xs, lengths, targets, ends = batch
    return seq2seq.loss_and_grads(model, params, xs, targets, lengths, ends)


def learn(model, params, rng, optimiser, updates, every, test):
    """Train; return the parameters and the scores on the way."""
    params, history = train.fit(
        lambda params, batch: forced(model, params, batch),
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
    """Train one of the four; its scores on the way, and its parameters."""
    cell, H = CELLS[cell]
    model = EncoderDecoder(cell, cell, attention=LOOKS[looks], end=END)
    rng, adam = np.random.default_rng(seed), optim.Adam(rate)
    params = model.init(rng, D, H, K, dtype=np.float32)
    params, curve = learn(model, params, rng, adam, updates, EVERY, test)
    size = int(sum(array.size for array in flatten(params).values()))
    return model, params, {"curve": curve, "size": size}


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
    """Train once; the small parser hands its weights over, too.

    "valid" is the loss on sentences drawn apart from those of the test.
    """
    test = draw(np.random.default_rng(FRESH), 300, "test")
    small = setting.get("patient") == "small"
    if "cell" in setting:
        asked = ("cell", "attention", "updates", "rate")
        model, params, result = compared(
            *(setting[k] for k in asked), seed, test
        )
    else:
        model, params = patient(small, setting, seed, test)
        result = {"params": numbers(flatten(params))} if small else {}
    score = scores(model, params, test)
    long = draw_long(np.random.default_rng(FRESH + 2), 200)
    valid, _ = forced(
        model, params, draw(np.random.default_rng(FRESH + 1), 300)
    )
    return result | {
        "valid": round(float(valid), 5),
        "test": score["f1"],
        "score": score,
        "counted": counted(model, params, test),
        "counted, long": counted(model, params, long),
    }


def collect(runs):
    """Scores by cell and attention, and those that had more patience."""
    about = {"B": B, "clip": CLIP, "updates": UPDATES, "every": EVERY}
    about |= {"seeds": SEEDS, "small": SMALL}
    about["H"] = {cell: H for cell, (_, H) in CELLS.items()}
    parts = ("scores", "parameters", "rates", "counted", "counted, long")
    about |= {part: {} for part in parts}

    def count(name, found):
        for part in ("counted", "counted, long"):
            about[part][name] = [r[part] for r in found]

    for cell in CELLS:
        for looks in LOOKS:
            name, where = f"{cell} {looks}", {"cell": cell, "attention": looks}
            found = runs(**where)
            about["scores"][name] = [r["curve"] for r in found]
            about["parameters"][name] = found[0]["size"]
            about["rates"][name] = runs.rate(**where)
            count(name, found)
    longer, (small,) = runs(patient="longer"), runs(patient="small")
    about["longer"] = LONGER | {"scores": [r["score"] for r in longer]}
    count("longer", longer)
    count("small", [small])
    parser = {"params": small["params"], "score": small["score"]}
    return about | {"parser": parser}
