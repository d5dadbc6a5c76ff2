"""Stack RNN: can a network that trained on short strings count long ones?

    python experiments/stack_rnn.py

The experiment of Joulin & Mikolov (2015), small: letters of a counting
language, string after string; only the letters that can be told in advance
count. Trained with every count below 20, tested on 1 ... 60, with the
stacks' actions soft, as in training, and rounded to the most probable one.
Three seeds, one setting for all networks and languages. Writes
``book/results/stack_rnn.json`` with the parameters of two trained networks.
Capped by updates, never by time: about two minutes a language on one quiet
core. A language named on the command line is trained alone, and the others'
results stay in the file.
"""

import json
import sys
from pathlib import Path

import numpy as np

from rnncourse import bptt, optim, train
from rnncourse.cells import LSTM, RNN, StackRNNCell
from rnncourse.data import counting, tokens
from rnncourse.heads import cross_entropy, readout

RESULTS = Path(__file__).resolve().parent.parent / "book" / "results"
SEEDS, UPDATES, LONGEST, RESET = 3, 2000, 19, 20
T, B, RATE, CLIP = 50, 16, 1e-2, 1.0
TESTED, DEPTH, TEST_DEPTH, ORDERS = 60, 32, 256, 4
LANGUAGES = ("anbn", "anbncn", "anbmcn+m", "anb2n", "anbncndn")
KEPT = ("anbn", "anbncn")  #: Whose trained networks the chapter looks into.
#: Name → cell, and its sizes: H units and N stacks.
MODELS = {
    "rnn": (RNN, (40,)),
    "lstm": (LSTM, (40,)),
    "stack": (StackRNNCell(DEPTH, recurrent=False), (40, 10)),
}


def at_test(depth=TEST_DEPTH, argmax=True):
    """The same cell with deeper stacks, its actions soft or rounded."""
    return StackRNNCell(depth, recurrent=False, argmax=argmax)


def network(name, V, rng):
    """Fresh weights: letters are one-hot, and so are the answers."""
    cell, sizes = MODELS[name]
    params = cell.init(rng, V, *sizes, dtype=np.float32)
    head = readout.init(rng, sizes[0], V, dtype=np.float32)
    return {"cell": params, "readout": head}


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


def windows(rng, language, updates=UPDATES):
    """Yield windows of streams; counts grow from 3 to LONGEST on the way.

    The state is carried from window to window; None asks for a blank one.
    """
    for update in range(0, updates, RESET):
        longest = min(LONGEST, 3 + int(17 * 1.5 * update / updates))
        stream = counting.stream(rng, language, T * RESET, B, longest)
        for k in range(RESET):
            here = slice(k * T, (k + 1) * T)
            yield k == 0, tuple(part[here] for part in stream)


def run(name, language, seed, updates=UPDATES):
    """Train once; return the parameters and the loss of each update."""
    rng, carried = np.random.default_rng(seed), {"state": None}
    cell = MODELS[name][0]

    def step(params, batch):
        blank, letters = batch
        state = None if blank else carried["state"]
        loss, grads, carried["state"] = loss_and_grads(
            cell, params, letters, state
        )
        return loss, grads

    params = network(name, len(counting.vocabulary(language)), rng)
    params, history = train.fit(
        step, params, windows(rng, language, updates), optim.Adam(RATE),
        updates, clip=CLIP, progress=False,
    )  # fmt: skip
    return params, history.loss


def one_after_the_other(language, seed=0, longest=TESTED):
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


def counts_right(cell, params, language, seed=0, longest=TESTED):
    """For each count, the share of the orders in which all was right."""
    ids, targets, mask, which = one_after_the_other(language, seed, longest)
    logits, _, _ = scores(cell, params, ids)
    wrong = (logits.argmax(axis=-1) != targets) & mask
    bad = [
        [wrong[which[:, b] == n, b].any() for n in range(1, longest + 1)]
        for b in range(ORDERS)
    ]
    return 1 - np.mean(bad, axis=0)


def tests(name, params, language):
    """The share of counts that are right, for each way of testing."""
    if name != "stack":
        ways = {"": MODELS[name][0]}
    else:
        ways = {"": at_test(argmax=False), "_rounded": at_test()}
    return {
        name + way: counts_right(cell, params, language).round(3).tolist()
        for way, cell in ways.items()
    }


def undecided(params, language):
    """The share of steps and stacks whose best action is below 0.9."""
    ids, _, _, _ = one_after_the_other(language)
    _, _, (_, tape) = scores(at_test(argmax=False), params, ids)
    best = np.max(list(tape.gates.values()), axis=0)
    return round(float((best < 0.9).mean()), 4)


def main(languages):
    """Train everything and write it down after each run."""
    path = RESULTS / "stack_rnn.json"
    about = {"seeds": SEEDS, "updates": UPDATES, "longest": LONGEST}
    about |= {"tested": TESTED, "depth": DEPTH, "test_depth": TEST_DEPTH}
    about |= {"T": T, "B": B, "rate": RATE, "clip": CLIP, "orders": ORDERS}
    results = about | {"right": {}, "loss": {}, "trained": {}}
    results |= {"undecided": {}}
    if languages and path.exists():
        results = json.loads(path.read_text())
    for language in languages or LANGUAGES:
        for key in ("loss", "undecided"):
            results[key].pop(language, None)
        right = results["right"][language] = {}
        for name in MODELS:
            for seed in range(SEEDS):
                params, losses = run(name, language, seed)
                for way, shares in tests(name, params, language).items():
                    right.setdefault(way, []).append(shares)
                loss = round(float(losses[-200:].mean()), 5)
                key = results["loss"].setdefault(language, {})
                key.setdefault(name, []).append(loss)
                means = {w: round(np.mean(s[-1]), 3) for w, s in right.items()}
                print(language, name, seed, loss, means, flush=True)
                if name == "stack":
                    share = undecided(params, language)
                    results["undecided"].setdefault(language, []).append(share)
                if name == "stack" and language in KEPT:
                    keep(results, language, seed, params)
                RESULTS.mkdir(exist_ok=True)
                path.write_text(json.dumps(results) + "\n")


def keep(results, language, seed, params):
    """Store the parameters if this seed counts better than those before."""
    means = [np.mean(s) for s in results["right"][language]["stack_rounded"]]
    if int(np.argmax(means)) == seed:
        results["trained"][language] = {"seed": seed} | {
            f"{part}/{n}": a.astype(float).round(4).tolist()
            for part, arrays in params.items()
            for n, a in arrays.items()
        }


if __name__ == "__main__":
    main(sys.argv[1:])
