"""What is said of a result of another shape, and of what else is certain."""

import ast

import numpy as np
import pytest

from rnncourse.exercises import chapters, check_source
from rnncourse.exercises.comparing.overlap import overlap
from rnncourse.exercises.comparing.signature import Array
from rnncourse.exercises.reasons.early import early
from rnncourse.exercises.reasons.expressions import JOINERS
from rnncourse.exercises.reasons.variants import variants

HS = np.random.default_rng(1).normal(size=(5, 3, 4))
WHOLE = Array("hs", ("T", "B", "H"))


def said(id, body):
    """Check a body of an exercise's function; return the message."""
    exercise = chapters.find(id)
    first = exercise.starter.partition(":")[0]
    lines = "".join(f"\n    {line}" for line in body.splitlines())
    outcome = check_source(id, f"{first}:{lines}\n")
    assert outcome.status == "not yet"
    return outcome.message


@pytest.mark.parametrize(
    "yours, words",
    [
        (HS[1:], "What is there is right: hs[0] is missing."),
        (HS[:3], "What is there is right: hs[3] and hs[4] are missing."),
        (HS[:1], "hs[1] to hs[4] are missing."),
        (HS[:, :2], "What is there is right: hs[:, 2] is missing."),
        (np.concatenate([0 * HS[:1], HS]), "Without hs[0] of yours it would"),
        (HS[::2], "It is [::2] of what is wanted."),
        (np.repeat(HS, 2, axis=0), "[::2] of yours would be right, without"),
        (HS.swapaxes(0, 1), "With the axes (1, 0, 2) of yours it would be"),
        (HS.reshape(-1, 4), "The numbers are right and in order, in another"),
        (HS[-1], "It is hs[4], the last, alone."),
        (HS.sum(1), "It is what is wanted, added up along axis 1."),
        (HS[..., None], "axis 3, of size 1, is one too many."),
        (np.stack([HS, HS + 1], 2), "The part [:, :, 0] of it would be right"),
        (HS[..., :2] + HS[..., 2:], "It is the sum of the 2 parts that"),
        (
            np.stack(np.split(HS, 2, axis=-1)),
            "Its 2 parts are right, each a row of an axis of its own: "
            "np.concatenate with axis=2",
        ),
        (HS[1:] * 1.001, ""),
        (np.zeros((6, 3, 4)), ""),
        (HS.swapaxes(0, 1) + 1, ""),
    ],
)
def test_what_of_another_shape_is_right(yours, words):
    found = overlap(WHOLE, yours, HS)
    assert words in found and bool(words) == bool(found)


def test_a_number_a_diagonal_and_lengths():
    mean = np.array(HS.mean())
    assert overlap(Array("loss", ()), HS, mean).endswith("right averaged.")
    square = HS[0].T @ HS[1]
    found = overlap(Array("dW", ("H", "H")), np.diag(square), square)
    assert found.startswith("It is the diagonal")
    lengths = np.linalg.norm(HS, axis=-1)
    found = overlap(Array("left", ("T", "B")), HS, lengths)
    assert "the length of each, along axis 2, would be right" in found


def test_few_numbers_say_nothing():
    """A part of a mask is like any other part of it."""
    mask = np.tri(4)
    assert overlap(Array("mask", ("H", "H")), mask[1:], mask) == ""


@pytest.mark.parametrize(
    "id, body, words",
    [
        (
            "lstm.carousel",
            "left = np.empty_like(fs)\n"
            "for t in range(len(fs) - 1):\n"
            "    left[t] = np.prod(fs[t:], axis=0)\n"
            "return left",
            "left[4] of yours is never set: np.empty",
        ),
        (
            "rnn.all_states",
            "h, hs = np.empty((xs.shape[1], len(b))), []\n"
            "for x in xs:\n"
            "    h = np.tanh(x @ W_xh + h @ W_hh + b) + 1\n"
            "    hs.append(h)\n"
            "return np.array(hs)",
            "Before it is set, what np.empty has made goes into",
        ),
        (
            "bptt.kept_pairs",
            "s = np.arange(T)\n"
            "t = s[:, None]\n"
            "return (s <= t) & (s >= t - t / every)",
            "For T = 2 and every = 1 kept should be",
        ),
        (
            "bptt.kept_pairs",
            "return np.tri(every)",
            "(3, 3), that is (every, every); expected",
        ),
        (
            "bptt.sums_over_time",
            "dW_hh = np.zeros((3, 3))\n"
            "for t in range(len(das)):\n"
            "    dW_hh = hs[t].T @ das[t]\n"
            "return dW_hh, das.sum(axis=(0, 1))",
            "Of all steps of hs, only hs[4] matters to your dW_hh.",
        ),
        (
            "bidirectional.both_ways",
            "f = b = np.zeros((xs.shape[1], len(U_f)))\n"
            "zs = []\n"
            "for t in range(len(xs)):\n"
            "    f = np.tanh(xs[t] @ W_f + f @ U_f)\n"
            "    for s in reversed(range(t + 1)):\n"
            "        b = np.tanh(xs[s] @ W_b + b @ U_b)\n"
            "    zs.append(np.hstack([f, b]))\n"
            "return np.array(zs)",
            "No step of your zs depends on later steps of xs, and it should.",
        ),
        (
            "gradients.gradient_left",
            "return np.array([len(dh) for h in hs])",
            "All numbers of yours are 7, that is H.",
        ),
        (
            "gradients.scaled_to",
            "e = np.linalg.eig(random)\n"
            "return random * radius / np.max(np.abs(e))",
            "e is a tuple of 2",
        ),
        (
            "gru.n4_step",
            "both = np.hstack([x, h])\n"
            "r = 1 / (1 + np.exp(-both @ W_r))\n"
            "z = 1 / (1 + np.exp(-both @ W_z))\n"
            "inner = np.tanh(np.hstack([x, h]) @ W * r * r)\n"
            "return (1 - z) * inner + z * h",
            "Your both, r and z are right; look at what comes after.",
        ),
        (
            "lstm.way_back",
            "dc = dc + dh * o * (1 - np.tanh(c) ** 2)\n"
            "parts = dc * g * i * (1 - i), dc * i, dc * f, dh * o\n"
            "return np.sum(parts, axis=0), dc * f",
            "da has shape (3, 7)",
        ),
        (
            "deep.deep_step",
            "new, below = [], x\n"
            "for l in range(len(hs)):\n"
            "    below = np.tanh(below @ W_x[l] + hs[l] @ W_h[l])\n"
            "    new += below\n"
            "return np.array(new)",
            "new.append(...) puts it at its end.",
        ),
        (
            "bidirectional.mean_inside",
            "mask = np.arange(len(losses)) < lengths[:, None]\n"
            "return (losses * mask).sum() / mask.sum()",
            "One of them, transposed, has the shape of the other.",
        ),
        (
            "memories.rounded",
            "hard = np.zeros_like(p)\nhard[p.argmax()] = 1\nreturn hard",
            "Without axis, argmax and argmin count through all entries",
        ),
        (
            "gru.from_haiku",
            "ours = []\n"
            "for theirs in (w_i, w_h, b):\n"
            "    z, r, n = np.split(theirs, 3)\n"
            "    ours.append(np.concatenate([r, -z, n], axis=-1))\n"
            "return tuple(ours)",
            "np.split cuts along axis 0, the rows, unless told axis=-1.",
        ),
        (
            "bptt.truncated_gradient",
            "dW_hh = np.zeros_like(W_hh)\n"
            "for t in reversed(range(len(dhs))):\n"
            "    da = dhs[t] * (1 - hs[t + 1] ** 2)\n"
            "    dW_hh += hs[t].T @ da\n"
            "    if t == 0:\n"
            "        break\n"
            "    return dW_hh",
            "In line 8, return stands inside the loop of line 3",
        ),
        (
            "deep.deep_step",
            "new = np.zeros_like(hs)\n"
            "new[0] = np.tanh(x @ W_x[0] + hs[0] @ W_h[0])\n"
            "for l in range(1, len(hs)):\n"
            "    new[l] = np.tanh(new[l - 1] @ W_x[l - 1] + hs[l] @ W_h[l])\n"
            "return new",
            "One change in line 5, at `W_x[l - 1]`, would make it right.",
        ),
        (
            "bidirectional.reverse_within",
            "turned = np.array(xs)\n"
            "for b, n in enumerate(lengths):\n"
            "    turned[:n, b] = xs[n::-1, b]\n"
            "return turned",
            "One change in line 4, at `n::-1`, would make it right. Where",
        ),
    ],
)
def test_what_is_certain_is_said(id, body, words):
    assert words in said(id, body)


def test_one_coincidence_is_no_proof():
    """Two results of one case fit a shift in time; those of others do not."""
    body = (
        "ready, before = [], below[0]\n"
        "for t in range(0, len(below), joins):\n"
        "    before = max(below[t + joins - 1], before) + 1\n"
        "    ready.append(before)\n"
        "return np.array(ready)"
    )
    assert "At each step" not in said("deep.ticks", body)


def test_no_variant_is_a_bare_joiner():
    """`np.r_ @ W` asks np.r_ for its entries, and they have no end."""
    text = "def f(x, h, W):\n    return np.r_[x, h] @ W + np.c_[x, h]"
    tree = ast.parse(text)
    for _ in variants(tree.body[0]):
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                if getattr(child, "attr", "") in JOINERS:
                    assert isinstance(node, ast.Subscript)


def test_an_early_return_is_told_from_a_late_one():
    text = "def f(x):\n    for a in x:\n        {}return a\n    return x"
    assert "In line 3, return stands inside" in early(text.format(""), "f")
    assert early(text.format("if a: "), "f") == ""
    other = text.format("if a: continue\n        ")
    assert early(other, "f") == early("def g(:", "g") == ""


def test_what_was_given_is_no_merit():
    """r, z and n are unpacked from an argument."""
    body = (
        "r, z, n = gates\n"
        "da_z = dh * (h - n) * z * (1 - z)\n"
        "da_n = (1 - z) * (1 - n ** 2)\n"
        "return da_n * ah_n * r * (1 - r), da_z, da_n"
    )
    message = said("gru.step_back", body)
    assert "look at what comes after" not in message
    assert "With dh all zero" in message
