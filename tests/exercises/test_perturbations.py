"""A solution that is a little wrong does not pass.

Each solution is changed in its arithmetic, one place at a time and then two,
by every rule below: a sign, a transpose, one step off, a term dropped, a
number off by 1 %. A changed solution that still does the same on arguments of
any size is no wrong answer; all others must fail.
"""

import ast
import copy

import numpy as np
import pytest
from exercise_cases import EVERY, FITTED, definition, named, wild

from rnncourse import bptt
from rnncourse.cells import LSTM, RNN
from rnncourse.exercises import check_source
from rnncourse.exercises.checking import check
from rnncourse.exercises.comparing import compare
from rnncourse.exercises.reasons import probe
from rnncourse.exercises.running.run import Runner, copied


@pytest.fixture(autouse=True)
def no_probes(monkeypatch):
    """Ask whether a wrong answer fails, and not what its author reads."""
    monkeypatch.setattr(probe, "probe", lambda *_: "")
    monkeypatch.setattr(check, "one_change", lambda *_: "")


AT_LEAST = 20
MOST = 40  # changed solutions tried for each exercise


def name(text):
    """Return an expression's tree."""
    return ast.parse(text, mode="eval").body


def binary(node):
    """Other operators, one side alone, one side transposed."""
    signs = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div}
    if other := signs.get(type(node.op)):
        yield ast.BinOp(node.left, other(), node.right)
    if not isinstance(node.op, ast.Pow):
        yield node.left
        yield node.right
    if isinstance(node.op, ast.MatMult):
        yield ast.BinOp(transposed(node.left), node.op, node.right)
        yield ast.BinOp(node.left, node.op, transposed(node.right))
    if isinstance(node.op, ast.Pow):
        yield ast.BinOp(node.left, node.op, name("3"))


def transposed(node):
    """Take a transpose away, or add one."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def changed(node):
    """Yield what a node could be in a slightly wrong solution."""
    if isinstance(node, ast.BinOp):
        yield from binary(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (node.value + 1, node.value - 1, -node.value):
            yield ast.Constant(value)
        if isinstance(node.value, float):
            yield ast.Constant(node.value / 4)
            yield ast.Constant(node.value * 1.01)
    elif isinstance(node, ast.Compare):
        order = [ast.Lt, ast.LtE, ast.Gt, ast.GtE]
        for other in order:
            if not isinstance(node.ops[0], other):
                yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.Call):
        if ast.unparse(node.func) in ("np.tanh", "reversed"):
            yield node.args[0]
        if ast.unparse(node.func) == "range":
            for text in ("range({} - 1)", "range(1, {})"):
                yield name(text.format(ast.unparse(node.args[-1])))
    elif isinstance(node, ast.Subscript):
        yield (
            ast.Subscript(
                node.value, name(f"({ast.unparse(node.slice)}) - 1"), node.ctx
            )
            if not isinstance(node.slice, (ast.Tuple, ast.Slice))
            else node
        )
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        for i in range(1, len(node.elts)):
            parts = list(node.elts)
            parts[0], parts[i] = parts[i], parts[0]
            yield ast.Tuple(parts, node.ctx)
    elif isinstance(node, ast.AugAssign):
        other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield ast.AugAssign(node.target, other, node.value)
        yield ast.Assign([node.target], node.value)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        if node.id not in ("np", "range", "len", "reversed", "enumerate"):
            for text in ("-{}", "(1.01 * {})", "({} + 0.01)"):
                yield name(text.format(node.id))


class Replace(ast.NodeTransformer):
    """Puts the k-th possible change into a tree."""

    def __init__(self, k):
        self.k = k

    def generic_visit(self, node):
        for new in changed(node):
            self.k -= 1
            if self.k == -1:
                return ast.copy_location(copy.deepcopy(new), node)
        return super().generic_visit(node)


def variants(source):
    """Return all sources that differ from one in a single place."""
    found, k = [], 0
    while True:
        replace = Replace(k)
        function = ast.parse(source).body[0]
        body = [replace.visit(line) for line in function.body]
        if replace.k >= 0:
            return sorted(set(found) - {ast.unparse(ast.parse(source))})
        function.body = body
        found.append(ast.unparse(ast.fix_missing_locations(function)))
        k += 1


def drawn(exercise):
    """Return changed solutions: of one place, and of two if those are few."""
    rng = np.random.default_rng(0)
    once = variants(exercise.solution)
    rng.shuffle(once)
    found = dict.fromkeys(once[:MOST])
    for _ in range(10 * MOST):
        if len(found) == MOST:
            break
        found[str(rng.choice(variants(str(rng.choice(once)))))] = None
    found.pop(ast.unparse(ast.parse(exercise.solution)), None)
    return list(found)


def remembers(weights):
    """Tell whether three numbers make a latch; asks the package's RNN."""
    rng = np.random.default_rng(1)
    bits = (rng.random((200, 300, 1)) < rng.random(300)[:, None] ** 3) * 1.0
    bits[:, 0], bits[:1, 1], bits[1:, 1] = 0, 1, 0
    w_xh, w_hh, b = weights
    params = {
        "W_xh": np.array([[w_xh]], float),
        "W_hh": np.array([[w_hh]], float),
        "b_x": np.array([b], float),
        "b_h": np.zeros(1),
    }
    hs, _, _ = bptt.unroll(RNN, params, bits)
    ever = np.maximum.accumulate(bits) > 0
    return bool(np.where(ever, hs > 0.5, hs < -0.5).all())


def counts(weights):
    """Tell whether an LSTM of these weights counts marks by halves."""
    W_xh, b = weights
    if np.shape(W_xh) != (2, 4) or np.shape(b) != (4,):
        return False
    params = LSTM.init(np.random.default_rng(0), 2, 1)
    params |= {"W_xh": np.array(W_xh, float), "W_hh": np.zeros((1, 4))}
    params |= {"b_x": np.array(b, float), "b_h": np.zeros(4)}
    marks = [1] * 8 + [0] * 8 + [1, 0, 1, 1, 0, 0, 1]
    reset = [0] * 15 + [1, 0, 1, 0, 0, 0, 1, 1]
    xs = np.array([marks, reset], float).T[:, None]
    _, _, tape = bptt.unroll(LSTM, params, xs)
    right = np.array([*range(1, 9), *[8] * 7, 0, 1, 0, 1, 2, 2, 0, 1])
    return bool((abs(tape.states["c"][1:, 0, 0] - right / 2) < 0.1).all())


# for answers that need not be equal
ORACLES = {"rnn.latch": remembers, "lstm.counter": counts}


def does_the_same(exercise, source):
    """Tell whether a function does what the solution does, on any input."""
    function, runner = definition(source, exercise), Runner(file="<mutant>")
    if exercise.id in ORACLES:
        call = runner.call(function)
        return not call.error and ORACLES[exercise.id](call.value)
    rng = np.random.default_rng(2)
    wilds = 0 if exercise.id in FITTED else 30
    cases = [wild(exercise, rng) for _ in range(wilds)]
    for seed in range(1, 6):
        cases += exercise.cases(seed)
    for case in cases:
        call = runner.call(function, *copied(case))
        if call.error or not compare.same(call.value, exercise(*case)):
            return False
    return True


@pytest.mark.parametrize("exercise", EVERY, ids=named)
def test_what_is_a_little_wrong_fails(exercise):
    wrong = 0
    for source in drawn(exercise):
        status = check_source(exercise.id, source).status
        if does_the_same(exercise, source):
            assert status == "correct", source
        else:
            assert status == "not yet", source
            wrong += 1
    assert wrong >= AT_LEAST


def test_a_change_is_made_in_every_place():
    found = variants("def f(a, b):\n    return np.tanh(a @ b.T) - a[1]")
    for part in (
        "a.T @ b.T",
        "a @ b)",
        "+ a[1]",
        "return a[1]",
        "return a @ b.T - a[1]",
        "- a[1 - 1]",
        "- a[2]",
        "(-a)",
        "1.01 * b",
    ):
        assert any(part in source for source in found), (part, found)


def test_a_latch_is_a_latch_for_long_times_too():
    assert remembers((6.0, 3.0, -1.0))
    assert not remembers((6.0, 1.0, -0.6))
    rng = np.random.default_rng(3)
    verdicts = set()
    for weights in rng.uniform([0, 0, -3], [12, 6, 0], (200, 3)).tolist():
        source = f"def latch():\n    return {tuple(weights)}"
        is_right = check_source("rnn.latch", source).status == "correct"
        assert is_right == remembers(weights), weights
        verdicts.add(is_right)
    assert verdicts == {True, False}
