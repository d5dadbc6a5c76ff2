"""Two slips at once: both are told where they explain all numbers."""

import numpy as np
import pytest

from rnncourse.exercises import check, check_source
from rnncourse.exercises.chapters import find
from rnncourse.exercises.checking import check as checker
from rnncourse.exercises.isolation.apart import Apart
from rnncourse.exercises.reasons.two_slips import (
    Slips,
    around,
    in_one_call,
    two_slips,
)
from rnncourse.exercises.running.answer import Here

WALK = "left = []\nfor h in hs[::-1]:\n    {}\n    {}\nreturn np.array(left)"
NOTE = "left.append(np.linalg.norm(dh))"
SCRN = (
    "s = (1 - alpha) * x @ W_xs + alpha * s",
    "h = np.tanh(s @ W_sh + x @ W_xh + h @ W_hh)",
)


def source(id, body):
    """A function of an exercise with this body."""
    lines = [f"    {line}\n" for line in body.splitlines()]
    return find(id).starter.split("\n")[0] + "\n" + "".join(lines)


@pytest.mark.parametrize(
    "id, body, one, other",
    [
        # one mistake of the catalogue around another
        ("deep.deep_step", "return np.tanh(x @ W_h + hs @ W_x)",
         "Your matrices are exchanged", "All of your layers read x"),
        ("gradients.gradient_left",
         WALK.format("dh = (dh * (1 - h**2)) @ W_hh", NOTE),
         "On the way back it is transposed", "You walk first"),
        ("gradients.gradient_left",
         WALK.format(NOTE, "dh = W_hh @ (dh * (1 - h))").replace("[::-1]", ""),
         "You walk from the first state", "The square is missing"),
        ("gradients.clip_by_norm",
         "g = dW_xh, dW_hh, db\n"
         "s = limit / sum(np.linalg.norm(a) for a in g)\n"
         "return [a * s for a in g]",
         "You give every gradient the length", "You add the three norms"),
        ("bidirectional.both_ways",
         "T, B, _ = xs.shape\nH = len(U_f)\nzs = np.zeros((T, B, 2 * H))\n"
         "f = b = np.zeros((B, H))\nfor t in range(T):\n"
         "    f = zs[t, :, :H] = np.tanh(xs[t] @ W_f + f @ U_f)\n"
         "for t in range(T - 1, 0, -1):\n"
         "    b = zs[t, :, H:] = np.tanh(xs[t] @ W_f + b @ U_f)\n"
         "return zs", "stops before step 0", "the first network's weights"),
        ("bidirectional.to_both", "return dzs, dzs[::-1]",
         "You do not halve", "You turn the whole array around."),
        ("linear.half_life", "return np.ceil(np.exp(-nu))",
         "You round up", "Your number is 1 / e^ν"),
        # two that call one helper
        ("deep.ticks",
         "now, ready = 0, []\nfor t in range(0, len(below), joins):\n"
         "    now = max(now, below[t]) + joins\n    ready.append(now)\n"
         "return np.array(ready)",
         "Your states take as many ticks", "You wait for the first step"),
        ("linear.scan_back",
         "da, db, g = np.zeros_like(a), np.zeros_like(a), 0\n"
         "for t in range(len(a))[::-1]:\n    db[t] = g = dhs[t] + a[t] * g\n"
         "    da[t] = g * hs[t]\nreturn da, db",
         "For da you multiply by hs[t]", "you multiply by a[t]."),
        # a place of the source and a mistake
        ("linear.doubling",
         "h = b.copy()\nreach = 2\nwhile reach < len(a):\n"
         "    h[reach:] = a[reach:] * h[:-reach] + h[reach:]\n"
         "    reach *= 2\nreturn h",
         "You join the b in every round",
         "One is gone with a change in line 3, at `reach = 2`. Is the number"),
        ("memories.scrn_step", "\n".join([*SCRN[::-1], "return h, s"]),
         "The formula has s_t: first s, then h.",
         "The other: Your fast units go through tanh."),
        ("gru.n4_step",  # z is made as it should be, and used the other way
         "both = np.hstack([x, h])\nr = 1 / (1 + np.exp(-both @ W_r))\n"
         "z = 1 / (1 + np.exp(-both @ W_z))\n"
         "new = np.tanh(both @ W * r)\nreturn (1 - z) * new + z * h",
         "Your z keeps the past", "You reset after the product."),
        # other arguments and a mistake
        ("memories.clockwork_step",
         "new = np.tanh(np.subtract(h @ W_hh, ax))\n"
         "return np.where(t % periods == 0, new, 0)",
         "One would be gone if ax had the other sign",
         "The other: Your resting units fall to zero."),
    ],
)  # fmt: skip
def test_both_are_told(id, body, one, other):
    text = source(id, body)
    message = check_source(id, text).message
    assert "Two slips at once make this. One" in message
    assert one in message and other in message
    with Apart() as answer:  # the same, in a process of its own
        assert checker.source(find(id), text, [], answer).message == message


def test_what_one_change_makes_right_is_one_slip():
    right = "dh = (dh * (1 - h**2)) @ W_hh.T"
    body = WALK.format(NOTE, right.replace("1 - h", "1 + h"))
    id = "gradients.gradient_left"
    message = check_source(id, source(id, body)).message
    assert "Two slips" not in message and "Is the sign right?" in message


def test_no_place_is_named_that_makes_a_mistake_by_leaving_something_out():
    """With n / n for limit / n nothing is shortened, and that is no slip."""
    id = "gradients.clip_by_norm"
    for body in (
        "g = dW_xh, dW_hh, db\n"
        "n = sum(np.abs(a).max() for a in g)\n"
        "return [a * (limit / n) for a in g]",
        "n = np.sum(dW_xh**2) + np.sum(dW_hh**2) + np.sum(db**2)\n"
        "s = limit / n if n > limit else 1\n"
        "return dW_xh * s, dW_hh * s, db",
    ):
        message = check_source(id, source(id, body)).message
        assert "Nothing is shortened" not in message


@pytest.mark.parametrize(
    "id, body",
    [
        ("forecasting.pinball",  # 0 * e would wipe it out
         "e = targets - y\nreturn np.mean(np.maximum(q * e, 1 * e))"),
        ("memories.slow_weights",  # without the first it would be right
         "return (1 - alpha) * alpha ** np.arange(T, -1, -1)"),
        ("pytorch.set_forget_bias",
         "H = len(b_ih) // 4\nb_ih, b_hh = b_ih.copy(), b_hh.copy()\n"
         "b_ih[:H] = b_hh[:H] = value / 2\nreturn b_ih, b_hh"),
        ("attention.look_up",
         "w = np.exp(k @ q / np.sqrt(len(q)))\nreturn w @ v, w"),
        ("linear.doubling",
         "a, hs, reach = a.copy(), b.copy(), 1\nwhile reach < len(b):\n"
         "    hs[reach:] = a[reach:] * hs[:-reach] + hs[reach:]\n"
         "    a[reach:] = a[reach:] * a[:-reach]\n    reach = 3 * reach\n"
         "return hs"),
        ("deep.drop", "return hs * (draws >= share) / (0 - share)"),
    ],
)  # fmt: skip
def test_what_only_looks_like_two_slips(id, body):
    message = check_source(id, source(id, body)).message
    assert "Two slips" not in message and "more than one slip" not in message


def test_no_line_is_named_that_makes_what_it_should(monkeypatch):
    """With -z_in the last line would be right, and z would be wrong."""
    exercise = find("gru.n4_step")
    known = [
        m for m in exercise.mistakes if "keeps the past" not in m.sentence
    ]
    monkeypatch.setattr(exercise, "mistakes", known)
    body = (
        "both = np.hstack([x, h])\nr = 1 / (1 + np.exp(-both @ W_r))\n"
        "z = 1 / (1 + np.exp(-both @ W_z))\n"
        "new = np.tanh(both @ W * r)\nreturn (1 - z) * new + z * h"
    )
    message = check_source("gru.n4_step", source("gru.n4_step", body)).message
    assert "in line 4" not in message


def test_whole_numbers_that_are_few_are_left_to_chance():
    exercise = find("memories.who_hears_whom")
    cases = [[np.array([2, 1])]]
    right = [exercise(*case) for case in cases]
    answer = Here(lambda periods: 1 - np.eye(2))
    slips = Slips(exercise, cases, [answer.call(cases[0])], right)
    assert not slips.usable and two_slips(slips, answer) == ""


def helper(x, y, twice=False, less=0):
    return x * (2 if twice else 1) - less + y


def doubled(x, y):
    return helper(x, y, twice=True)


def lessened(x, y):
    return helper(-x, y, less=y)


def lessened_more(x, y):
    return helper(x, y, less=2 * y)


def in_two_lines(x, y):
    x = -x
    return helper(x, y)


def test_two_calls_of_one_helper_become_one():
    assert in_one_call(doubled, lessened)(3, 5) == -6
    assert in_one_call(lessened, doubled)(3, 5) == -6
    assert in_one_call(lessened, lessened_more) is None  # which one is it?
    assert in_one_call(doubled, in_two_lines) is None
    assert in_one_call(doubled, abs) is None
    around_sum = eval("lambda x, y: helper(x, y)", globals())
    assert in_one_call(doubled, around_sum) is None


def test_a_mistake_around_another_leaves_the_first_as_it_was():
    exercise = find("deep.deep_step")
    case = exercise.cases()[0]
    exchanged, bare = (
        next(m.function for m in exercise.mistakes if m.function.__name__ == n)
        for n in ("matrices_exchanged", "without_tanh")
    )
    before = exchanged(*case)
    x, hs, W_x, W_h = case
    both = around(exchanged, "deep_step", bare)(*case)
    assert np.allclose(both, bare(x, hs, W_h, W_x))
    assert not np.allclose(both, before)
    assert np.array_equal(exchanged(*case), before)
    assert check("deep.deep_step", exchanged).status == "not yet"
