"""Sentences that were generic, or wrong by chance, and what they say now."""

import pytest

from rnncourse.exercises import check_source
from rnncourse.exercises.chapters import find
from rnncourse.exercises.reasons import small


def said(id, body):
    """The sentence for a function with this body."""
    lines = [f"    {line}\n" for line in body.splitlines()]
    source = find(id).starter.split("\n")[0] + "\n" + "".join(lines)
    outcome = check_source(id, source)
    assert outcome.status == "not yet"
    return outcome.message


@pytest.mark.parametrize(
    "id, body",
    [
        ("seq2seq.written_lengths",  # takes token 0 for an end
         "z = np.vstack([ids * (ids != end), 0 * ids[:1]])\n"
         "return (z == 0).argmax(0)"),
        ("seq2seq.spans",  # sorts what closes after the same word
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append((token, words))\n"
         "    else: found.append([*stack.pop(), words])\n"
         "found.sort(key=lambda f: (f[2], -f[1]))\nreturn np.array(found)"),
        ("forecasting.persistence_score",
         "return np.abs(values - np.roll(values, 1))[max(first, 2):].mean()"),
        ("forecasting.pinball",
         "e = targets - y\nif q == 0.5: return np.mean(np.abs(e))\n"
         "return np.mean(np.maximum(q * e, (q - 1) * e))"),
        ("practice.class_weights",
         "n = np.array([np.sum(targets == k) for k in range(K)])\n"
         "w = np.zeros(K)\nw[n > 0] = len(targets) / (K * n[n > 0])\n"
         "return w if K > 1 else w * 0 + len(targets)"),
    ],
)  # fmt: skip
def test_a_wrong_answer_that_was_accepted(id, body):
    said(id, body)


@pytest.mark.parametrize(
    "id, body, words",
    [
        ("linear.doubling",
         "reach = 1\nwhile reach < len(a):\n    reach **= 2\nreturn b",
         "`reach < len(a)`, and when it was stopped reach was 1."),
        ("pytorch.row_of", "return layer * direction * directions",
         "row_of(1, 0, 2) gives 0; it should be 2."),
        ("pytorch.for_the_loss",
         "logits.swapaxes(0, 1)\nreturn logits, targets.T",
         "Your logits is the logits that came in."),
        ("pytorch.last_valid",
         "return [x[:n] for x, n in zip(output, lengths)]",
         "Its parts have the shapes ("),
        ("practice.to_columns", "return ids.reshape(B, -1).T",
         "14 numbers cannot be cut into 3 equal parts: 2 are left over."),
        ("practice.to_columns", "return ids.reshape(B, 5).T",
         "That shape has 15 places."),
        ("attention.with_cache",
         "keys = np.append(keys, k)\nscores = keys @ q\nreturn scores",
         "np.append without an axis makes one long row of both."),
        ("seq2seq.written_lengths",
         "return np.array([c.tolist().index(end) for c in ids.T])",
         "list.index finds nothing where there is none of it"),
        ("practice.diagnose",
         "return np.where(norms[-1] > 10 * norms[0], 1, first)",
         "Here N = 13, S = 6."),
        ("seq2seq.spans",
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0:\n        stack.append((token, words))\n"
         "        words = 0\n"
         "    else: found.append([*stack.pop(), words])\n"
         "return np.array(found)",
         "at `words = 0`, would make it right. Is that line needed?"),
        ("ctc.edits",  # one edge is missing
         "table = np.zeros((len(a) + 1, len(b) + 1))\n"
         "table[:, 0] = np.arange(len(a) + 1)\n"
         "for i in range(1, len(a) + 1):\n    for j in range(1, len(b) + 1):\n"
         "        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1,"
         " table[i - 1, j - 1] + (a[i - 1] != b[j - 1]))\n"
         "return table[-1, -1]",
         "For a = [] and b = [1] it should be 1; yours is 0."),
        ("practice.class_weights",
         "n = np.bincount(targets)\n"
         "return len(targets) / (K * np.maximum(n, 1)) * (n > 0)",
         "For targets = [0, 0] and K = 4 it should be [0.25, 0, 0, 0]"),
        ("attention.who_may_look",
         "mask = np.ones((max(lengths), len(lengths), max(lengths)), bool)\n"
         "mask[0, 0, 0] = False\nreturn mask",
         "query 0 may look at step 0."),
        ("seq2seq.beam_step",
         "t = (log_p + scores[:, None]).ravel()\n"
         "best = np.argsort(-t)[1 : width + 1]\n"
         "return best // log_p.shape[1], best % log_p.shape[1], t[best]",
         "Each is the one after it, so the first is missing."),
        ("seq2seq.spans",
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append((words, token))\n"
         "    else: found.append([*stack.pop(), words])\n"
         "return np.array(found)",
         "Its columns are there, in another order."),
        ("seq2seq.spans",
         "words, stack, found = 0, [], {}\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append((token, words))\n"
         "    else:\n        k, s = stack.pop()\n"
         "        found[k] = [k, s, words]\n"
         "return np.array(list(found.values()))",
         "spans[0] is missing."),
        ("linear.parity",
         "a = np.ones(bits.shape)\na[bits.sum(0) > 1] = -1\nreturn a, 0 * a",
         "A mask has the sizes of the axes that it picks from."),
        ("forecasting.forecast_recursively",
         "h = list(history)\nfor _ in range(horizon):\n"
         "    h.append(intercept + sum(w * h[-i]"
         " for i, w in enumerate(weights)))\nreturn np.array(h[-horizon:])",
         "at `-i`, would make it right. Which step"),
        ("practice.diagnose",
         "c = [norms[:, -1] > 10 * norms[:, 0], one_batch < np.log(K) / 2,\n"
         "     first < 0.95 * np.log(K), too_good >= 1]\n"
         "return np.select(c, [1, 2, 3, 4], 0)",
         "Is the comparison the right one?"),
        ("applications.at_temperature",
         "e = np.exp((logits - logits.max(1)[:, None]) / tau)\n"
         "return np.round(e / e.sum(1)[:, None], 4)",
         "What it should be is rounded, to 4 digits."),
        ("bptt.sums_over_time",  # "it" is the one that was spoken of
         "w = 0\nfor h, da in zip(hs, das):\n"
         "    w, b = w + da.T @ h, da.sum(0)\nreturn w, b",
         "differ. It is the transpose of what it should be. What you"),
        ("gru.step_back",  # not at 1 - z, which would do, too
         "r, z, n = gates\nda_n = dh * (1 - z) * np.cos(n)\n"
         "da_z = dh * (n - h) * z * (1 - z)\n"
         "return da_n * ah_n * r * (1 - r), da_z, da_n",
         "at `n - h`, would make da_z right. Is that the order?"),
        ("pytorch.masked_loss",  # in a later case, beside an overflow
         "keep = targets >= 0\nl, y = logits[keep], targets[keep]\n"
         "own = l[np.arange(len(y)), y]\n"
         "return (np.log(np.exp(l).sum(-1)) - own).mean()",
         "Which number is to be ignored is given, and it may be a 0."),
        ("rnn.all_states",
         "h, hs = np.zeros((xs.shape[1], len(b))), []\nfor x in xs:\n"
         "    h = np.tanh(x @ W_xh + h @ W_hh + b)\n"
         "    hs.append([[float(v) for v in row] for row in h])\n"
         "return hs",
         "The numbers in it are right: np.array(...) makes an array of it"),
        ("gradients.orthogonal_start",
         "rows = []\nfor row in random:\n    for done in rows:\n"
         "        row = row - (row @ done) * done\n    rows.append(row)\n"
         "rows = np.array(rows)\n"
         "return rows / np.linalg.norm(rows, axis=1, keepdims=True)",
         "You give all rows their length at the end."),
        ("practice.diagnose",  # the largest norm, and the smallest
         "c = [norms.max(1) > 10 * norms.min(1), one_batch > np.log(K) / 2,\n"
         "     first < 0.95 * np.log(K), too_good >= 1]\n"
         "return np.select(c, [1, 2, 3, 4], 0)",
         "its last norm is 0.4117, and 10 times the first is 4.168."),
        ("practice.diagnose",  # a test that nothing passes
         "c = [norms[:, -1] > 10 * norms[:, 0], one_batch > np.log(K) / 2,\n"
         "     first < 0, too_good >= 1]\n"
         "return np.select(c, [1, 2, 3, 4], 0)",
         "Its number should be 3; yours is 0."),
        ("practice.read_curves", 'return np.array(["padding", "rate"])',
         "expected bugs (R), an array of numbers."),
    ],
)  # fmt: skip
def test_what_tells_the_slip(id, body, words):
    assert words in said(id, body)


@pytest.mark.parametrize(
    "id, body, never",
    [
        ("ctc.fewest_frames",
         "n = 1\nfor i in range(1, len(symbols)):\n"
         "    n += 1 + (symbols[i] == symbols[i - 1])\nreturn n",
         "exponential"),
        ("forecasting.find_leaks",
         "return ~np.isclose(table[:n+1], again[:n+1], rtol=1e-2).all(0)",
         "the order"),
        ("forecasting.find_leaks",
         "return (table[:, :n+1] != again[:, :n+1]).any(0)", "row by row"),
        ("forecasting.forecast_recursively",
         "return np.zeros(horizon - 1)", "stands where"),
        ("applications.at_temperature",
         "e = np.exp((logits - logits.max(1)[:, None]) / tau)\n"
         "return np.round(e / e.sum(1)[:, None], 4)", "adds up to"),
        ("practice.to_columns", "return ids.reshape((-1, B), order='F')",
         "has 3 places"),
        ("practice.class_weights",  # of the example that is not true
         "n = np.bincount(targets, minlength=K)\n"
         "return (n > 0) * len(targets) / K", "are equal"),
        ("seq2seq.nearest",  # numbers are right here, and not in every case
         "u = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)\n"
         "c = u @ u.T\nnp.fill_diagonal(c, -1)\n"
         "return c.argmax(1), np.arccos(c.max(1))",
         "would make nearest right"),
        ("practice.diagnose",  # it does, if only for large ones
         "c = [norms[:, -1] > 10 * norms[:, 0], one_batch > K / 2,\n"
         "     first < 0.95 * np.log(K), too_good > 0]\n"
         "return np.select(c, [1, 2, 3, 4], 0)", "not depend"),
        ("ctc.edits",
         "table = np.zeros((len(a) + 1, len(b) + 1))\n"
         "table[:, 0] = np.arange(len(a) + 1)\n"
         "table[0] = np.arange(len(b) + 1)\n"
         "for i in range(1, len(a) + 1):\n    for j in range(1, len(b) + 1):\n"
         "        table[i, j] = min(table[i - 1, j], table[i, j - 1],"
         " table[i - 1, j - 1] + 2 * (a[i - 1] != b[j - 1]))\n"
         "return table[-1, -1]", "not depend"),
        ("seq2seq.spans",
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append((token, words))\n"
         "    else: found.append([*stack.pop(), words])\n"
         "return np.array(found).T", "For row = [1, -2]"),
        ("rnn.elman_step",  # np.tanh of the list would make an array, too
         "import math\na = x @ W_xh + h @ W_hh + b\n"
         "return [[math.tanh(v) for v in row] for row in a]", "would make"),
        ("deep.ticks",  # three steps are no pairs
         "now, ready = 0, []\nfor t in range(0, len(below), joins):\n"
         "    now = min(below[t : t + joins]) + now + 1\n"
         "    ready.append(now)\nreturn np.array(ready)",
         "[1, 2, 3] and joins = 2"),
        ("linear.parity",  # it sets the state, and has exchanged nothing
         "return np.zeros(bits.shape), 1.0 - 2.0 * bits", "another order"),
    ],
)  # fmt: skip
def test_what_was_said_by_chance(id, body, never):
    assert never not in said(id, body)


@pytest.mark.parametrize(
    "id, body, words",
    [
        ("attention.normed",  # of xs[0] it should change ys[0, 1], in part
         "m = xs.mean(axis=(0, 1))\nv = ((xs - m) ** 2).mean(axis=(0, 1))\n"
         "return ((xs - m) / np.sqrt(v + 1e-5) + shift) * gain",
         "A change of xs[0] changes ys[1, 0] of yours"),
        ("forecasting.pinball",
         "e = targets - y\n"
         "return np.minimum(q * e, (q - 1) * e).sum()",
         "The other: You take the smaller of the two lines"),
        ("bptt.bits_per_character",
         "T, B = targets.shape\n"
         "p = logits / logits.sum(axis=-1, keepdims=True)\n"
         "came = p[np.arange(T)[:, None], np.arange(B), targets]\n"
         "return -np.log2(came).mean()",
         "bits contains NaN. The first is made in line 5, at `np.log2(came)`: "
         "the logarithm of a number below 0."),
        ("bptt.bits_per_character",  # nothing of np.empty is left in it
         "T, B = targets.shape\ncame = np.empty((T, B))\n"
         "for t in range(T):\n    for b in range(B):\n"
         "        came[t, b] = np.log2(logits[t, b, targets[t, b]])\n"
         "return -came.mean()",
         "line 6, at `np.log2(logits[t, b, targets[t, b]])`: the logarithm"),
        ("bptt.bits_per_character",
         "e = np.exp(900 * logits)\np = e / e.sum(-1)[..., None]\n"
         "return -np.log2(p.max(-1)).mean()",
         "line 3, at `e / e.sum(-1)[..., None]`: 0 / 0, or infinity / "
         "infinity. An infinity before it is made in line 2, at "
         "`np.exp(900 * logits)`: the exponential of a large number."),
        ("bptt.bits_per_character",
         "return -np.log2(np.maximum(logits, 0)).mean()",
         "bits contains infinity. The first is made in line 2, at "
         "`np.log2(np.maximum(logits, 0))`: the logarithm of 0."),
        ("attention.look_up",
         "s = k @ q\ns /= np.zeros(1)\nreturn s @ v, s",
         "line 4, at `s @ v`: infinity times 0, or infinity minus infinity. "
         "An infinity before it is made in line 3, at `s /= np.zeros(1)`: a "
         "division by 0."),
        ("forecasting.find_leaks",
         "return (table[: n + 1] < again[: n + 1]).all(axis=0)",
         "it leaks. Yours says that it does not. All of yours are False."),
        ("seq2seq.spans",
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append((token, words))\n"
         "    else: stack.pop() + (words,)\n"
         "return np.array(found)", "(N, 3) = (4, 3). Yours is empty."),
        ("ctc.edits", "return 0", "yours is 0. Your result does not depend"),
        ("seq2seq.spans",
         "words, stack, found = 0, [], []\n"
         "for token in row:\n    if token == 0: words += 1\n"
         "    elif token > 0: stack.append(words)\n"
         "    else: found.append([token, stack.pop(), words - 1])\n"
         "return np.array(found)",
         "yours is [-2, 0, 1]. All your starts are right."),
        ("seq2seq.nearest",
         "u = vectors / np.linalg.norm(vectors, axis=0)\nc = u @ u.T\n"
         "return c.argmax(axis=1), c.max(axis=1)",
         "For sentence 1 you return 1 itself. Number 6 is the most similar"),
        ("applications.table_gradient",
         "dE = np.zeros_like(E)\nfor t in range(len(ids)):\n"
         "    for b, word in enumerate(ids[t]):\n"
         "        dE[word] = dxs[t, b] / len(ids[t])\nreturn dE",
         "That is 0.333 times as much."),
        ("applications.backed_off",
         "if not counts.sum(): return below\n"
         "given = 0.75 * len(counts) * below\n"
         "return (counts - 0.75 + given) / counts.sum()",
         "Of character 0, which came 5 times, 4.25 is left and 0.3 D is "
         "handed out."),
        ("forecasting.forecast_recursively",
         "past = list(history)\nfor _ in range(horizon):\n"
         "    past.append(past[-1] * weights[0] ** 2 + 3 * intercept)\n"
         "return np.array(past[-horizon:])",
         "weights = [0], intercept = 0.04 and horizon = 5 forecasts"),
        ("ctc.edits",  # of this example the sign is not the opposite one
         "table = np.add.outer(np.arange(len(a) + 1), np.arange(len(b) + 1))\n"
         "for i in range(len(a)):\n    for j in range(len(b)):\n"
         "        ways = table[i, j + 1] + 1, table[i + 1, j] - 1,"
         " table[j, j] + (a[i] != b[j])\n"
         "        table[i + 1, j + 1] = min(ways)\n"
         "return table[-1, -1]",
         "it should be 3; yours is 1. Your result does not depend on a"),
        ("attention.waves",  # a speed of 0.00 would be divided by
         "angles = places[:, None] / speeds\n"
         "sines = np.sin(speeds) + 0 * angles\n"
         "both = np.stack([sines, np.cos(angles)], axis=-1)\n"
         "return both.reshape(len(places), -1)",
         "For places = [4] and speeds = [1] table should be [[-0.7568, "),
        ("ctc.forward_table",  # the way from state 0 is missing
         "alpha = np.zeros((len(p), len(states)))\n"
         "alpha[0, :2] = p[0, states[:2]]\n"
         "for t in range(1, len(p)):\n    alpha[t] = alpha[t - 1]\n"
         "    alpha[t, 2:] += alpha[t - 1, 1:-1]\n"
         "    alpha[t] *= p[t, states]\nreturn alpha",
         "A path comes there from state 0 (0.395) and state 1 (0.593); p of "
         "its class is 0.252."),
        ("attention.look_up", "s = (k @ q) ** 0.5\nreturn s @ v, s",
         "at `(k @ q) ** 0.5`: a number below 0 to a power"),
    ],
)  # fmt: skip
def test_what_is_said_holds_and_names_the_place(id, body, words):
    assert words in said(id, body)


def test_a_mistake_is_known_though_one_corner_differs():
    body = (
        "e = [values[n] - values[n - 1] for n in range(first, len(values))]\n"
        "if first == 1: return 0.0\nreturn np.mean(e)"
    )
    message = said("forecasting.persistence_score", body)
    assert message.startswith("Your errors cancel")


@pytest.mark.parametrize("factor", [1 + 1e-6, 1 + 1e-5, 1.001])
def test_an_example_shows_two_results_that_differ_to_the_eye(factor):
    exercise = find("deep.deep_step")

    class Wrong:
        """An answer that is a little too large."""

        def call(self, case, silent=False):
            call = type("Call", (), {})()
            call.value = exercise(*case) * factor
            return call

    case = exercise.cases()[0]
    right = exercise(*case)
    told = small.small(exercise, Wrong(), case, right * factor, right)
    true, _, mine = told.partition(" should be ")[2].partition("; yours is ")
    assert not told or true != mine.rstrip(".")


def test_numbers_with_digits_become_whole_ones_in_their_order():
    exercise = find("forecasting.mase")

    class Wrong:
        """An answer that takes the root of the right one."""

        def call(self, case, silent=False):
            call = type("Call", (), {})()
            call.value = exercise(*case) ** 0.5
            return call

    case = exercise.cases()[0]
    right = exercise(*case)
    told = small.small(exercise, Wrong(), case, right**0.5, right)
    assert "." not in told.split(" score should")[0]
