"""What a reader is told, for answers of many kinds."""

import ast

import numpy as np
import pytest

from rnncourse.exercises import (
    chapters,
    check,
    check_source,
    example,
    run_source,
)
from rnncourse.exercises.checking import check as checker
from rnncourse.exercises.isolation.apart import Apart
from rnncourse.exercises.reasons.variants import variants
from rnncourse.exercises.running.run import Runner
from rnncourse.exercises.running.sandbox import PRINTED

STEP = "def elman_step(x, h, W_xh, W_hh, b):\n    "
LOOP = "def all_states(xs, W_xh, W_hh, b):\n    "
STATES = (
    "h = np.zeros((xs.shape[1], len(W_hh)))\n    hs = []\n"
    "    for x in xs:\n        h = np.tanh(x @ W_xh + h @ W_hh + b)\n"
    "        hs.append(h)\n    "
)
SUM = "x @ W_xh + h @ W_hh + b"


def said(source, exercise="rnn.elman_step"):
    outcome = check_source(exercise, source)
    assert outcome.status == "not yet"
    return outcome.message


@pytest.mark.parametrize(
    "body, words",
    [
        (f"return np.tan({SUM})", "every number differs"),
        (f"return -np.tanh({SUM})", "The sign is the opposite one."),
        (f"return 2 * np.tanh({SUM})", "Every number is 2 times what it"),
        (f"return np.tanh(np.tanh({SUM}))", "one tanh too many"),
        (f"return np.tanh({SUM}) + 1", "off by the same amount"),
        (f"return np.tanh({SUM}) * 0", "All numbers of yours are zero."),
        (f"return np.tanh(np.single({SUM})).astype(float)", "float32"),
        (f"return np.float32(1.001 * np.tanh({SUM}))", "every number"),
        (f"return np.round(np.tanh({SUM})).astype(int)", "integers (int64)"),
        (f"return np.tanh({SUM}).T", "(7, 3), that is (H, B); expected (B, H"),
        (f"return np.tanh({SUM}).T", "Transposed it would be right."),
        (
            f"return np.tanh({SUM})[0]",
            "that is (H,); expected (B, H) = (3, 7). It is h[0] alone.",
        ),
        (f"return np.tanh({SUM}).ravel()", "The numbers are right and in"),
        (f"return np.tanh({SUM}).sum", "brackets () missing"),
        (f"return list(np.tanh({SUM}))", "an array of it, of shape (3, 7)"),
        ("return [1, [2, 3]]", "a list of 2; expected h (B, H), an array."),
        (f"return 1 / ({SUM}) ** 0.5", "contains NaN."),
        ("return h / 0", "contains infinity."),
        ("return 3.5", "h has shape (); expected (B, H) = (3, 7). A single"),
        ("return x @ W_xh > 0", "Yours says True and False"),
        ("return np.array(['a'])", "an array of strings; expected h (B, H)"),
        ("y = np.tanh(x @ W_xh)\n    y[1] = 0\n    return y", "every number"),
    ],
)
def test_a_result_that_is_not_right(body, words):
    assert words in said(STEP + body)


TIED_STEP = "gru.tied_step"
SLIPS = [  # what is wrong with an answer, and what is said of that place
    (
        "rnn.all_states",
        "xs.shape[1]",
        "xs.shape[0]",
        "line 2, at `xs.shape[0]`",
    ),
    ("rnn.all_states", "np.zeros(", "np.ones(", "the function you mean?"),
    ("rnn.all_states", "    return np", "        return np", "into the loop"),
    (
        "rnn.all_states",
        "        hs.a",
        "    hs.a",
        "line 6, at `hs.append(h)`",
    ),
    ("rnn.all_states", "np.array(hs)", "np.array(hs[1:])", "at `hs[1:]`"),
    ("rnn.all_states", "np.array(hs)", "np.stack(hs, axis=2)", "which axis?"),
    ("rnn.all_states", "h @ W_hh", "h * W_hh", "* multiplies entry by entry"),
    ("rnn.all_states", " + b)", " + b + x @ W_xh)", "Is all of it needed?"),
]


@pytest.mark.parametrize("exercise, right, wrong, words", SLIPS)
def test_one_slip_is_pointed_at(exercise, right, wrong, words):
    source = f"{LOOP}{STATES}return np.array(hs)".replace(
        "len(W_hh)", "len(b)"
    )
    assert check_source(exercise, source).status == "correct"
    assert source.count(right) == 1
    slipped = source.replace(right, wrong)
    message = said(slipped, exercise)
    assert "One change in line " in message and words in message
    with Apart() as answer:  # the same, in a process of its own
        found = checker.source(chapters.find(exercise), slipped, [], answer)
    assert found.message == message


TIED = (
    "def tied_step(a_f, a_g, a_o, c):\n"
    "    s = lambda a: 1 / (1 + np.exp(-a))\n"
    "    f, g, o = s(a_f), np.tanh(a_g), s(a_o)\n"
    "    c_new = {}\n    return {}, c_new"
)


def test_of_two_slips_the_one_that_alone_spoils_a_result_is_pointed_at():
    slips = "f * c - (1 - f) * g", "o * c_new * 1.2"
    message = said(TIED.format(*slips), TIED_STEP)
    assert "One change in line 4, at `f * c - (1 - f) * g`, would make c " in (
        message
    )
    # a change of the lambda would make c right, and o is made by it, too
    message = said(TIED.format("(1 - f) * c + f * g", "o * c_new"), TIED_STEP)
    assert "One change" not in message


def test_two_common_slips_are_both_pointed_at(monkeypatch):
    exercise = chapters.find("rnn.recurrent_gradient")
    monkeypatch.setattr(exercise, "mistakes", [])  # those would say more
    walk = (
        "def recurrent_gradient(hs, W_hh, dh_T):\n"
        "    dh, dW_hh = dh_T, np.zeros_like(W_hh)\n"
        "    for t in reversed(range(1, len(hs))):\n"
        "        da = dh * (1 - hs[t] ** 2)\n"
        "        dW_hh += da.T @ hs[t - 1]\n"
        "        dh = da @ W_hh\n    return dW_hh"
    )
    assert said(walk, "rnn.recurrent_gradient").endswith(
        "Two changes would make it right: in line 5, at `da.T @ hs[t - 1]`, "
        "and line 6, at `da @ W_hh`. Should it be transposed there, or not?"
    )


def test_a_slip_is_not_looked_for_in_vain():
    endless = (
        f"{LOOP}{STATES}t = 0\n    while t < 5:\n        t = t + 1\n"
        "    return np.array(hs) * 1.5 + 0.1"
    )
    message = said(endless, "rnn.all_states")  # some slips go on and on
    assert "hs differs from the first step on" in message
    assert "Entry by entry multiplies *." in said(
        f"{LOOP}return xs[0] @ xs[0]", "rnn.all_states"
    )
    inside = f"{LOOP}hs = []\n    hs.append(xs[0])\n    return np.array(hs)"
    assert "hs has shape (1, 3, 2)" in said(inside, "rnn.all_states")


def test_a_source_is_as_it_was_after_all_its_variants():
    tree = ast.parse(f"{LOOP}{STATES}return np.array(hs)")
    before = ast.unparse(tree)
    seen = {ast.unparse(tree) for _ in variants(tree.body[0], ["np.tanh({})"])}
    assert len(seen) > 100 and ast.unparse(tree) == before


@pytest.mark.parametrize(
    "body, words",
    [
        ("return np.tanh(x @ W_hx)", "Line 2 stops with NameError: name"),
        ("return np.tanh(x @ W_hx)", "Did you mean W_xh?"),
        ("return sigmoid(x)", "NumPy has no sigmoid: write it as 1 / (1 "),
        ("return x.mm(W_xh)", "The product of matrices is written @."),
        ("return x.tanh()", "It is a function of the array: np.tanh(...)."),
        ("p = np.exp(x)\n    return p / p.sum(axis=1)", "with keepdims=True"),
        ("return np.tanh(x) + h", "In `np.tanh(x) + h` the left side"),
        ("self.h = h", "There is no object here"),
        ("return np.sigmoid(x)", "NumPy has no sigmoid: write it as"),
        ("return scipy.special.expit(x)", "scipy is not there; NumPy is"),
        ("return h * (1 - h ^ 2)", "^ is no power in Python"),
        ("return np.concatenate(x, h)", "takes its arrays as one list"),
        ("return np.concatenate([b[0], b])", "A number is no array"),
        ("return [][-1]", "an empty one none"),
        ("return x.shape[2]", "not as many axes"),
        ("return x.reverse()", "what lists have"),
        ("return x[:0].max()", "nothing to choose from"),
        ("h[0] = x[0]", "Its place has shape (7,)."),
        ("h[:3] = h[2:-1:-1]", "A slice down to -1 is empty"),
        ("h[:3] = h[2:0:-1]", "walks down to 0 stops before it"),
        ("return h * W_hh", "the product of matrices is @."),
        ("return qqq", "It has no value yet when this line runs."),
        ("return np.tahn(x)", "Did you mean tanh?"),
        ("return x @ W_hh", "the two sides of @ do not fit together. In `x @ "
         "W_hh` the left side has shape (3, 2), the right side (7, 7). Shapes "
         "in this line: x (3, 2), W_hh (7, 7)."),
        ("return x @ W_xh + x", "In `x @ W_xh + x` the left side has "
         "shape (3, 7), the right side (3, 2). Shapes"),
        ("p = {'W': W_hh}\n    return x @ p['W']", "p['W'] (7, 7)."),
        ("if h > 0:\n        return h", "np.where chooses entry by entry"),
        ("return h[3]", "Python counts from 0"),
        ("return {}['h']", "KeyError: there is no 'h'."),
        ("for t in range(x):\n        pass", "range(len(xs))"),
        ("return np.tanh(x, axes=1)", "axis"),
        ("return x(0)", "Round brackets call a function"),
        ("return [x].mean()", "np.array(...) makes an array of it"),
        ("h += y\n    y = 1", "gets its first value in a line"),
        ("return elman_step(x, h, W_xh, W_hh, b)", "calls itself without an"),
        ("import matplotlibs", "On the page there is NumPy alone"),
        ("raise ValueError", "stops with ValueError."),
        ("raise KeyboardInterrupt_", "NameError"),
        ("exit()", "Take exit() away"),
        ("assert h is None, 'hm'", "AssertionError: hm."),
        ("return x @ W_xh +", "Line 2 is not Python yet: invalid syntax. It "
         "reads “return x @ W_xh +”."),
        ("return (x", "was never closed"),
        ("y = 1\n   return y", "is not Python yet: unindent does not match"),
    ],
)  # fmt: skip
def test_what_stops_the_code(body, words):
    assert words in said(STEP + body)


def test_a_null_byte_and_a_lost_indentation():
    assert "not Python yet" in said(STEP.rstrip(" ") + "return x")
    assert "null byte" in said("x = '\0'")


def test_the_line_is_that_of_the_readers_innermost_function():
    source = f"def mine(x):\n    return x / 'a'\n\n\n{STEP}return mine(x)"
    outcome = check_source("rnn.elman_step", source)
    assert outcome.line == 2 and "Line 2 stops with" in outcome.message
    outcome = check_source("rnn.elman_step", "import numpy as np\nnp.eye('a')")
    assert outcome.line == 2 and outcome.status == "not yet"


def test_the_line_is_never_that_of_a_library():
    """As in the page, where the files of libraries are not on a disk."""
    library = {}
    text = "\n" * 443 + "def f(x):\n    raise ValueError('no ' + x)"
    exec(compile(text, "/lib/python312.zip/library.py", "exec"), library)
    call = Runner().define("y = 'b'\nf(y)", library)
    assert (
        call.line == 2 and call.error == "Line 2 stops with ValueError: no b."
    )


def test_a_cell_of_a_notebook_is_the_readers_and_a_file_is_not():
    runner = Runner(file="/any/ipykernel_12/34.py")
    for file in (
        "/any/ipykernel_12/34.py",
        "<ipython-input-3-abc>",
        "/other/ipykernel_12/56.py",
        r"C:\T\ipykernel_7\8.py",
    ):
        assert runner.is_readers(file)  # fmt: skip
    for file in ("/lib/json/decoder.py", "<string>", "<frozen os>", "x.py"):
        assert not runner.is_readers(file)


@pytest.mark.parametrize(
    "body, words, line",
    [
        ("while h is not None:\n        x = x + 1", "condition stays true", 3),
        ("for i in range(10**9):\n        x = x + 1", "many steps", 3),
        ("seen = [1]\n    for i in seen:\n        seen.append(i)",
         "over something that grows", 4),
        ("import itertools\n    return sum(1 for _ in itertools.count())",
         "many steps", 3),
        ("def f(n):\n        return f(n - 1) + f(n - 2) if n > 1 else n\n"
         "    return f(50)", "f calls itself again and again", 3),
        ("return elman_step(x, h, W_xh, W_hh, b)", "calls itself without", 2),
        ("import time\n    time.sleep(1000)", "does not need time.sleep", 3),
        ("from time import sleep\n    while True:\n        sleep(1)",
         "does not need time.sleep", 4),
        ("return np.ones((10**7, 10**7))", "more memory than there is", 2),
    ],
)  # fmt: skip
def test_what_does_not_end_is_told_apart(body, words, line):
    outcome = check_source("rnn.elman_step", STEP + body)
    assert words in outcome.message
    assert outcome.line in (line - 1, line)  # a loop has more than one
    assert outcome.status == "not yet"


def test_a_short_sleep_is_nobodys_business():
    body = f"import time\n    time.sleep(0.9)\n    return np.tanh({SUM})"
    assert check_source("rnn.elman_step", STEP + body).status == "correct"
    slow = "import time\n    time.sleep('x')"
    assert "Line 3 stops with TypeError" in said(STEP + slow)


def test_where_it_goes_wrong_over_time():
    late = STATES.replace(
        "h = np.t", "if len(hs) == 3: h = h * 0.5\n        h = np.t"
    )
    outcome = check_source(
        "rnn.all_states", f"{LOOP}{late}return np.array(hs)"
    )
    assert outcome.message == (
        "hs differs first at t = 4 (hs[3]) and is right before. One change in "
        "line 5, at `if len(hs) == 3: h = h * 0.5`, would make it right. Does "
        "it belong into the loop, or before or after it?"
    )
    rows = outcome.table["rows"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row[1] == "same" for row in rows] == [True] * 3 + [False] * 2
    assert "right at every step but t = 4, 5" in outcome.picture
    assert outcome.picture.count("<rect") == 5

    start = STATES.replace("np.zeros", "0.1 + np.zeros")
    message = said(f"{LOOP}{start}return np.array(hs)", "rnn.all_states")
    assert message == (
        "hs differs from the first step on, t = 1 (hs[0]). One change in line "
        "2, at `0.1 + np.zeros((xs.shape[1], len(W_hh)))`, would make it "
        "right. Is that the operation you mean?"
    )


@pytest.mark.parametrize(
    "end, words",
    [
        ("return np.array(hs)[::-1]", "The steps are there, last one first."),
        ("return np.array(hs[:1] + hs[:-1])", "each is the one before it"),
        ("return np.array(hs[1:] + hs[-1:])", "the one that comes after it"),
        ("return np.array(hs[:1] * len(hs))", "All steps of yours are the f"),
        ("return np.array(hs)[:-1]", "hs has shape (4, 3, 7); expected (T, "),
        ("return np.array(hs).swapaxes(0, 1)", "(3, 5, 7), that is (B, T, H)"),
        ("hs[2] = hs[2] * np.nan\n    return np.array(hs)",
         "contains NaN, first at t = 3 (hs[2])"),
    ],
)  # fmt: skip
def test_time_that_runs_another_way(end, words):
    assert words in said(f"{LOOP}{STATES}{end}", "rnn.all_states")


SUMMARY = """\
def summary(fs, bs, lengths):
    out = np.concatenate([bs[0], bs[0]], axis=-1)
    for b, n in enumerate(lengths):
        out[b, : fs.shape[2]] = fs[n - 1, b]
"""


def test_a_corner_says_that_the_rest_was_right():
    source = f"{SUMMARY}    return out if len(fs) > 1 else 0 * out"
    message = said(source, "bidirectional.summary")
    assert message.startswith(
        "Right so far, but not for one with T = 1, B = 1: "
    )


def test_some_sequences_of_the_batch_are_right():
    source = f"{SUMMARY}    out[1] = 0\n    return out"
    message = said(source, "bidirectional.summary")
    assert message.startswith(
        "summary is right for sequence b = 0 and b = 2 of the batch and "
        "differs for b = 1."
    )


def test_a_latch_that_is_none_is_told_what_it_reads():
    message = said("def latch():\n    return 6, 3, -4", "rnn.latch")
    assert message == (
        "It reads 0 1, so there is a 1 now: the state should be above 0.5 at "
        "t = 2. Yours is below -0.5."
    )
    assert "expected 3 things: w_xh, w_hh, b" in said(
        "def latch():\n    return 6, 3", "rnn.latch"
    )
    for answer in "[9, 4, -1]", "np.array([9.0, 4, -1])":
        found = check_source("rnn.latch", f"def latch():\n    return {answer}")
        assert found.status == "correct"


def test_printing_is_kept_and_capped():
    source = f"print('top')\n{STEP}print('in')\n    return np.tanh({SUM})"
    outcome = check_source("rnn.elman_step", source)
    assert outcome.status == "correct"
    assert outcome.printed == "top\nin\nin\nin\n"  # called three times
    outcome = run_source(
        "rnn.elman_step", "while True: print('x' * 99) or 1/0"
    )
    assert outcome.status == "error"
    outcome = run_source(
        "rnn.elman_step", "for _ in range(1000): print('x' * 99)"
    )
    assert PRINTED < len(outcome.printed) < PRINTED + 100
    assert outcome.printed.endswith("(more was printed than is shown)\n")


def test_run_shows_the_last_value_and_writes_as_it_goes():
    pieces = []
    source = "print('a')\nx = example()['x']\nx.shape"
    outcome = run_source("rnn.elman_step", source, pieces.append)
    assert (outcome.status, outcome.printed) == ("ran", "")
    assert "".join(pieces) == "a\n(3, 2)\n"
    assert run_source("rnn.elman_step", "None").printed == ""
    outcome = run_source("rnn.elman_step", "x = 1\n\nx / 0")
    assert (outcome.title, outcome.line) == ("Error", 3)


def test_two_runs_do_not_see_each_other():
    run_source("rnn.elman_step", "mine = 1\nnp.tanh = None")
    assert np.tanh is not None
    assert "'mine'" in run_source("rnn.elman_step", "mine").message
    source = f"np.tanh = np.sin\n{STEP}return np.tanh({SUM})"
    assert check_source("rnn.elman_step", source).status == "correct"
    example("rnn.elman_step")["x"][:] = 0
    assert example("rnn.elman_step")["x"].any()


def test_a_notebooks_cell_pasted_whole_is_checked_once():
    source = (
        f"import numpy as np\nfrom rnncourse.exercises import check\n\n{STEP}"
        f"return np.tanh({SUM})\n\n\ncheck('rnn.elman_step', elman_step)"
    )
    outcome = check_source("rnn.elman_step", source)
    assert outcome.status == "correct" and outcome.printed == ""


def test_a_function_whose_source_nobody_knows():
    space = {"np": np}
    exec(f"{STEP}return np.tanh({SUM})", space)
    assert check("rnn.elman_step", space["elman_step"]).status == "correct"
    assert check("rnn.elman_step", None).status == "not yet"
    assert check("rnn.elman_step", np.tanh).status == "not yet"
    assert check("rnn.elman_step", 3).message.startswith(
        "elman_step is an int"
    )


def test_an_unknown_exercise_is_a_key_error_with_the_nearest():
    with pytest.raises(KeyError, match="did you mean 'rnn.elman_step'"):
        check_source("rnn.elmanstep", "")
    with pytest.raises(KeyError, match="there is no exercise 'lstm.gates'"):
        example("lstm.gates")


def test_an_interrupt_goes_through():
    with pytest.raises(KeyboardInterrupt):
        check_source("rnn.elman_step", f"{STEP}raise KeyboardInterrupt")


@pytest.mark.parametrize(
    "body, words",
    [
        (
            f"return np.tanh({SUM} + b)",
            "in line 2, at `x @ W_xh + h @ W_hh + ",
        ),
        (
            f"return other({SUM}, b)\n\n\ndef other(a, b):\n"
            "    return np.tanh(a + b * b)",
            "When b is zero your result is right:",
        ),
        ("return np.sin(x @ W_xh + h @ W_hh)", "does not depend on b, and it"),
        (f"return np.random.rand() * np.tanh({SUM})", "gives another result"),
        (f"return np.sin({SUM})", "every number differs."),
        ("return np.tanh(np.random.normal(size=h.shape))", "another result"),
    ],
)
def test_what_trying_more_arguments_shows(body, words):
    message = said(STEP + body)
    assert words in message
    assert said(STEP + body) == message


def test_what_is_kept_between_calls_is_seen():
    source = f"kept = []\n{STEP}kept.append(1)\n    return len(kept) + 0 * h"
    assert "kept from one call to the next" in said(source)


def test_how_long_a_sequence_must_be_to_go_wrong():
    source = (
        "def recurrent_gradient(*given):\n    return other(*given)\n\n\n"
        "def other(hs, W_hh, dh_T):\n"
        "    dh, dW_hh = dh_T, np.zeros_like(W_hh)\n"
        "    for t in reversed(range(1, len(hs))):\n"
        "        da = dh * (1 - hs[t] ** 2)\n"
        "        dW_hh += hs[t - 1].T @ da\n"
        "        dh = da @ (W_hh.T + 0.1)\n"
        "    return dW_hh"
    )
    assert said(source, "rnn.recurrent_gradient") == (
        "dW_hh has the right shape, but every number differs. For T = 2 your "
        "result is right, for T = 3 it is not: when hs[0] is zero, it is "
        "right there. Look at hs[0], and at what it is combined with. For "
        "hs = [[[0.6]], [[0.8]], [[0.9]]], W_hh = [[-0.4]] and dh_T = [[0.2]] "
        "dW_hh should be [[0.02712]]; yours is [[0.02794]]."
    )
    assert "In line 7, return stands inside the loop of line 4" in said(
        f"{LOOP}{STATES.rstrip()}\n        return np.array(hs) * 2 + 1",
        "rnn.all_states",
    )
    assert "Without hs[5] to hs[9] of yours it would be right" in said(
        f"{LOOP}{STATES}return np.array(hs + hs)", "rnn.all_states"
    )


def test_a_size_written_out_is_seen():
    source = f"{LOOP}{STATES}return np.array(hs)".replace("len(W_hh)", "7")
    message = said(source, "rnn.all_states")
    assert message.startswith(
        "Right so far, but not for one with T = 4, D = 6, H = 5: L"
    )


def test_the_exercises_before_are_there_and_those_after_are_not():
    source = (
        f"{LOOP}h, hs = np.zeros((xs.shape[1], len(b))), []\n"
        "    for x in xs:\n        h = elman_step(x, h, W_xh, W_hh, b)\n"
        "        hs.append(h)\n    return np.array(hs)"
    )
    assert check_source("rnn.all_states", source).status == "correct"
    assert "'latch'" in run_source("rnn.all_states", "latch").message
    assert "no function named elman_step" in said("x = 1")


def test_whoever_answers_in_float32_is_right():
    source = f"{STEP}return np.tanh(np.float32({SUM}))"
    assert check_source("rnn.elman_step", source).status == "correct"
