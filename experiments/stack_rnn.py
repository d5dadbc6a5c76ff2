"""Stack RNN: can a network that trained on short strings count long ones?

The experiment of Joulin & Mikolov (2015), small: letters of a counting
language, string after string; only the letters that can be told in advance
count. Trained with every count below 20, tested on 1 ... 60.

As the authors ran it, a stack may be pushed to or popped from, and has no
third action; and "rounding" (only the most probable action is taken) is not
for the test alone. Rounded answers on counts below 20, validation, decide
which weights are kept, when the learning rate is halved, and which rate is
chosen. The control "stack, no-op" has the third action, and all else alike.
"list" is their List RNN: 5 lists with a head that goes left or right, or
inserts, and no fourth action.

Unlike theirs: Adam for plain gradient descent, streams side by side, a loss
on the letters that can be told alone, counts in random order at the test;
and no restarts, but ten seeds of the stack, all of which are counted.
"""

from dataclasses import replace

import numpy as np

from experiments.runner.checkpoint import Checkpoint
from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN, ListRNNCell, StackRNNCell
from rnncourse.data import counting, tokens
from rnncourse.heads import cross_entropy, readout

UPDATES, LONGEST, TESTED, RESET, EVERY = 1500, 19, 60, 20, 50
T, B, CLIP, ORDERS = 50, 16, 1.0, 4
DEPTH, TEST_DEPTH = 32, 256
LANGUAGES = ("anbn", "anbmcn+m", "anbncn", "anbncndn", "anb2n")
#: Name → cell, and its sizes: H units, and N stacks or lists.
MODELS = {
    "stack": (StackRNNCell(DEPTH, recurrent=False, no_op=False), (40, 10)),
    "stack, no-op": (StackRNNCell(DEPTH, recurrent=False), (40, 10)),
    "list": (ListRNNCell(DEPTH, recurrent=False, no_op=False), (40, 5)),
    "lstm": (LSTM, (40,)),
    "rnn": (RNN, (40,)),
}
COMPARES = "model"
SETTINGS = [
    {"language": language, "model": model, "updates": UPDATES,
     "tested": TESTED, "seeds": 10 if model == "stack" else 5}
    for language in LANGUAGES
    for model in MODELS
]  # fmt: skip
QUICK = {"tested": 5}
SEEDS, CHOSEN_BY, RATES = 5, 2, (1e-2, 3e-2, 9e-2)


def may_round(model):
    """Whether a model has actions, which can be soft or rounded."""
    return hasattr(MODELS[model][0], "argmax")


def at_test(model, argmax):
    """The same cell with deeper stacks, its actions soft or rounded."""
    cell, _ = MODELS[model]
    if not may_round(model):
        return cell
    return replace(cell, depth=TEST_DEPTH, argmax=argmax)


def scores(cell, params, ids, state=None):
    """A score for each letter that may come next."""
    V = params["readout"]["b_y"].size
    xs = tokens.one_hot(ids, V, np.float32)
    hs, state, tape = bptt.unroll(cell, params["cell"], xs, state)
    return readout.forward(params["readout"], hs), state, (hs, tape)


def loss_and_grads(cell, params, batch, state):
    """Cross-entropy of the letters that can be told in advance."""
    ids, targets, mask = batch
    logits, state, (hs, tape) = scores(cell, params, ids, state)
    if not mask.any():
        mask = np.ones_like(mask)
    loss, dlogits = cross_entropy.loss_and_grad(logits, targets, mask)
    dhs, d_head = readout.backward(params["readout"], hs, dlogits)
    _, _, d_cell = bptt.unroll_backward(cell, params["cell"], tape, dhs)
    return loss, {"cell": d_cell, "readout": d_head}, state


def windows(rng, language, updates):
    """Yield windows of streams; counts grow from 3 to LONGEST by half-time.

    The state is carried from window to window; None asks for a blank one.
    """
    for update in range(0, updates, RESET):
        longest = min(LONGEST, 3 + int(34 * update / updates))
        stream = counting.stream(rng, language, T * RESET, B, longest)
        for k in range(RESET):
            here = slice(k * T, (k + 1) * T)
            yield k == 0, tuple(part[here] for part in stream)


def one_after_the_other(language, seed, longest):
    """Every count 1 ... longest once, in ORDERS random orders: (T, ORDERS).

    Nothing is emptied in between. For a^n b^m c^(n+m), n + m is the count,
    divided at random. Returns ids, targets, mask, and the counts' numbers.
    """
    rng, columns = np.random.default_rng(seed), []
    for _ in range(ORDERS):
        ids, mask, which = [], [False], []
        for count in rng.permutation(np.arange(1, longest + 1)):
            n, m = int(count), 1
            if language in counting.TWO_COUNTS:
                n = int(rng.integers(1, max(2, count)))
                m = max(1, int(count) - n)
            letters, determined = counting.string(language, n, m)
            places = counting.vocabulary(language)
            ids += [places.index(letter) for letter in letters]
            mask[-1] |= bool(determined[0])
            mask += determined[1:].tolist()
            which += [count] * len(letters)
        columns.append((ids, [*ids[1:], 1], mask[1:], which))
    return tuple(np.array(part).T for part in zip(*columns, strict=True))


def examine(cell, params, language, seed, longest):
    """For each count, the share of the orders that were right; the loss."""
    ids, targets, mask, which = one_after_the_other(language, seed, longest)
    logits, _, (_, tape) = scores(cell, params, ids)
    wrong = (logits.argmax(axis=-1) != targets) & mask
    bad = [
        [wrong[which[:, b] == n, b].any() for n in range(1, longest + 1)]
        for b in range(ORDERS)
    ]
    loss, _ = cross_entropy.loss_and_grad(logits, targets, mask)
    return 1 - np.mean(bad, axis=0), float(loss), tape


def trained(model, language, updates, rate, seed):
    """Train once; return the checkpoint and the rates at its checks.

    In the last third, a check that is no improvement halves the rate, and
    training goes on from the best weights.
    """
    rng, (cell, sizes) = np.random.default_rng(seed), MODELS[model]
    V, carried = len(counting.vocabulary(language)), {"state": None}

    def step(params, batch):
        blank, letters = batch
        state = None if blank else carried["state"]
        loss, grads, carried["state"] = loss_and_grads(
            cell, params, letters, state
        )
        return loss, grads

    def judge(params):  # who counts as well is judged by the loss
        right, loss, _ = examine(
            at_test(model, True), params, language, 1, LONGEST
        )
        return 1 - right.mean() + 1e-3 * min(loss, 10)

    params = {
        "cell": cell.init(rng, V, *sizes, dtype=np.float32),
        "readout": readout.init(rng, sizes[0], V, dtype=np.float32),
    }
    best, letters = Checkpoint(judge), windows(rng, language, updates)
    adam, rates, every = optim.Adam(rate), [], min(EVERY, updates)
    for done in range(every, updates + 1, every):
        params, _ = train.fit(
            step, params, letters, adam, every, clip=CLIP, progress=False
        )
        rates.append(rate)
        if best(params) > best.mark and 3 * done > 2 * updates:
            rate, params = rate / 2, best.params
            adam = optim.Adam(rate)
    return best, rates


def run(setting, seed):
    """Train once; count with soft actions and, of stacks, rounded ones."""
    model, language = setting["model"], setting["language"]
    updates, rate = setting["updates"], setting["rate"]
    best, rates = trained(model, language, updates, rate, seed)
    ways = {"": False} | ({"_rounded": True} if may_round(model) else {})
    right = {}
    for way, rounded in ways.items():
        shares, _, tape = examine(
            at_test(model, rounded),
            best.params,
            language,
            0,
            setting["tested"],
        )
        right[way] = shares.round(3).tolist()
        if way == "" and may_round(model):
            likeliest = np.max(list(tape.gates.values()), axis=0)
            wavering = round(float((likeliest < 0.9).mean()), 4)
    result = {"valid": round(best.mark, 6), "test": np.mean(shares).round(3)}
    result |= {"right": right, "marks": best.marks, "kept": best.kept}
    result |= {"rates": rates}
    if may_round(model):
        result |= {"undecided": wavering}
    if model == "stack":
        result["params"] = {
            f"{part}/{n}": a.astype(float).round(4).tolist()
            for part, arrays in best.params.items()
            for n, a in arrays.items()
        }
    return result


def collect(runs):
    """By language and way of testing, the share of each count that is right.

    One row a seed, of which a model may have more than another; its first
    LONGEST columns are the range of the training. "seeds" says how many a
    model has, "rate" which rate was chosen. With the weights of one network
    for each of two languages: the seed that validation likes best.
    """
    about = {"updates": UPDATES, "longest": LONGEST, "tested": TESTED}
    about |= {"depth": DEPTH, "test_depth": TEST_DEPTH}
    about |= {"T": T, "B": B, "clip": CLIP, "orders": ORDERS}
    by = {name: {} for name in ("right", "undecided", "valid", "rate")}
    seeds, trained = {}, {}
    for setting in SETTINGS:
        language, model = setting["language"], setting["model"]
        records = runs.records(language=language, model=model)
        found = [record["result"] for record in records]
        for part in by.values():
            part.setdefault(language, {})
        for way in found[0]["right"]:
            rows = [result["right"][way] for result in found]
            by["right"][language][model + way] = rows
        marks = [result["valid"] for result in found]
        by["valid"][language][model] = marks
        by["rate"][language][model] = records[0]["setting"]["rate"]
        seeds[model] = len(found)
        if may_round(model):
            wavering = [result["undecided"] for result in found]
            by["undecided"][language][model] = wavering
        if model == "stack" and language in ("anbn", "anbncn"):
            seed = int(np.argmin(marks))
            trained[language] = {"seed": seed} | found[seed]["params"]
    return about | by | {"seeds": seeds, "trained": trained}
