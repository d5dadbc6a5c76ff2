"""Is one thing all that is wrong? Take it back, and see.

Each variant of a wrong answer is called as the answer was. If one of them is
right in every case, it is certain which place of the source to look at. Of
two slips, it finds the one that alone spoils a result, or one gate's part;
or both, where they are of the commonest kinds and the source is short, or
where one of them is a mistake that the exercise knows.
"""

import ast
import functools
import re

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.comparing.places import PLACES
from rnncourse.exercises.reasons.expressions import (
    AXIS,
    BARE,
    BRACKETS,
    COMPARED,
    FUNCTION,
    NUMBER,
    ORDER,
    PRODUCT,
    SIGN,
    STEP,
    TURNED,
)
from rnncourse.exercises.reasons.on_the_way import rightly
from rnncourse.exercises.reasons.two_slips import both, two_slips
from rnncourse.exercises.reasons.variants import KEPT, LINES, variants

TRIES = 300, 500  # calls of variants, until all single slips, all are tried
LONG = 60  # characters of the reader's code that are repeated
COMMON = {TURNED, BARE, AXIS, PRODUCT, FUNCTION, BRACKETS, KEPT, ORDER, STEP}
# what is taken back so that a known mistake is left: nothing is left out by
# it, or put in the place of something else, which may make any mistake
BESIDE = COMMON - {FUNCTION} | {COMPARED, LINES, NUMBER, SIGN}
ENDLESS = 4  # variants that may go on and on
WRAPPERS = {
    "np.tanh(": "np.tanh({})",
    "np.exp(-": "1 / (1 + np.exp(-{}))",
    "np.sqrt(": "np.sqrt({})",
    "np.abs(": "np.abs({})",
}


def one_change(exercise, text, answer, cases, calls, right, slips):
    """Return a sentence on the one place that makes an answer wrong, or "".

    Parameters
    ----------
    exercise : Exercise
    text : the reader's source
    answer : the reader's, Here or Apart
    cases : list of arguments
    calls : list of Call, what the answer made of them
    right : list of the right results
    slips : Slips, the mistakes that may be one of two
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ""
    found = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == exercise.name
    ]
    if not found:
        return ""
    function, tried, endless, some = found[-1], set(), 0, ""
    count, beside, singly = 0, {}, True
    shared = {  # what several lines may use: a change in it is for all
        id(node)
        for part in ast.walk(function)
        if isinstance(part, (ast.Lambda, ast.FunctionDef))
        if part is not function
        for node in ast.walk(part)
    }
    names = None if exercise.observes else _names(exercise)
    before = _flags(exercise, cases, calls.__getitem__, right)
    function.decorator_list.clear()
    wrappers = [
        wrapper
        for sign, wrapper in WRAPPERS.items()
        if sign in exercise.solution
    ]

    def left():
        if len(beside) != 1:  # no mistake, or nobody knows which
            return ""
        names = rightly(exercise, text, answer, cases[0], calls[0].value)
        return _left(text, ast.parse(text), names, *beside.popitem())

    for *nodes, words in _slips(function, wrappers):
        try:
            other = ast.unparse(tree)
        except (ValueError, AttributeError, RecursionError):  # no text
            continue
        if other in tried:
            continue
        pair = len(nodes) > 1
        if pair and singly:
            singly = False
            if said := two_slips(slips, answer, left()):
                return said
        if count >= TRIES[pair] or endless >= ENDLESS or pair and some:
            break
        tried.add(other)

        @functools.cache
        def called(i, other=other):
            call = answer.trial(other, cases[i])
            nonlocal count, endless
            count += 1
            endless += call.kind == "TooLong"
            return call

        after = _flags(exercise, cases, called, right, before)
        if after.all():
            return _sentence(text, nodes, words)
        if slips.usable and not pair and _is_kept(words, other, text):
            for mistake in slips.told(called):
                beside.setdefault(mistake, []).append((nodes[0], words))
        better = (after > before).any() and (after >= before).all()
        better = better and not any(call.error for call in calls)
        if better and not some and not shared & set(map(id, nodes[0])):
            name = names[int((after > before).argmax())]
            some = "" if pair else _sentence(text, nodes, words, name)
    if singly:
        some = two_slips(slips, answer, left()) or some
    return some


def _is_kept(words, other, text):
    """Tell whether a change leaves nothing out, and so may be one of two."""
    if _zeros(other) > _zeros(text):  # 0 * x wipes x out
        return False
    if words == BARE:  # a function around something, or one less
        return len(other) > len(ast.unparse(ast.parse(text)))
    return words in BESIDE or words.endswith("leaves of 1?")


def _zeros(text):
    """Count the products in a source that have a 0 on one side."""
    return sum(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and 0 in [getattr(x, "value", 1) for x in (node.left, node.right)]
        for node in ast.walk(ast.parse(text))
    )


def _left(text, tree, names, mistake, changes):
    """Say which known mistake a change leaves, where no `names` are made.

    Those hold what they should, so that the line that makes one is right.
    """
    fine = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        if all(ast.unparse(target) in names for target in node.targets)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    for nodes, words in changes:
        lines = {node.lineno for node in nodes if hasattr(node, "lineno")}
        where = place(text, nodes)
        if where and not lines & fine:
            start = f"is gone with a change in {where}."
            return both(f"{start} {words}", mistake)
    return ""


def _slips(function, wrappers):
    """Yield each variant, then those with two changes of the common kinds."""
    for nodes, words in variants(function, wrappers):
        yield nodes, words
    for nodes, words in variants(function, wrappers):
        for more, also in variants(function, wrappers) if (
            words in COMMON
        ) else ():  # fmt: skip
            if also in COMMON:
                yield nodes, more, " ".join(dict.fromkeys([words, also]))


def _names(exercise):
    """Name the results, and the parts of those that have gates in them."""
    return [
        f"{array.name}{part}"
        for array in exercise.results
        for part in (
            [f"'s {place} part" for place in PLACES[: _parts(array)]]
            if _parts(array) > 1
            else [""]
        )
    ]


def _parts(array):
    """How many parts of an array stand side by side."""
    found = re.fullmatch(r"([2-4]) ?H", array.axes[-1] if array.axes else "")
    return int(found[1]) if found else 1


def _flags(exercise, cases, call, right, before=False):
    """Tell of each result, or part, whether it is right in every case.

    None is, where no more can be right than `before`: that saves calls.
    """
    flags = np.ones(1 if exercise.observes else len(_names(exercise)), bool)
    for i, case in enumerate(cases):
        made = call(i)
        if made.error or not all(map(compare.same, case, made.after)):
            return np.zeros_like(flags)
        flags &= _fits(exercise, case, made.value, right[i])
        if not (flags > before).any():
            return np.zeros_like(flags)
    return flags


def _fits(exercise, case, value, right):
    """Tell of each result, or part, whether it is right in one case."""
    if exercise.observes:
        try:
            return compare.same(*exercise.observed(case, value, right))
        except Exception:  # it is no result that could be observed
            return False
    if len(exercise.results) == 1:
        value, right = (value,), (right,)
    if isinstance(value, np.ndarray) and value.ndim:
        value = tuple(value)
    if not isinstance(value, (tuple, list)) or len(value) != len(right):
        return False
    flags = []
    for array, mine, true in zip(exercise.results, value, right, strict=True):
        mine, true = compare.numbers(mine), np.asarray(true)
        if mine is None or mine.shape != true.shape:
            flags += [False] * _parts(array)
            continue
        pairs = zip(
            np.split(mine, _parts(array), axis=-1) if mine.ndim else [mine],
            np.split(true, _parts(array), axis=-1) if true.ndim else [true],
            strict=True,
        )
        flags += [compare.same(*pair) for pair in pairs]
    return np.array(flags)


def _sentence(text, places, words, name="it"):
    """Point at one or two places of a source, each a list of nodes."""
    said = [place(text, nodes) for nodes in places]
    if not all(said):
        return ""
    if len(said) == 2:
        where = f"in {said[0]}, and {said[1]}"
        return f"Two changes would make it right: {where}. {words}"
    comma = "," if "`" in said[0] else ""
    return f"One change in {said[0]}{comma} would make {name} right. {words}"


def place(text, nodes):
    """Say where some nodes are: a line, and the code if it is short."""
    lines = sorted({node.lineno for node in nodes if hasattr(node, "lineno")})
    if not lines:
        return ""
    code = _alone(text, nodes[0])
    if len(lines) == 1 and "\n" not in code and 0 < len(code) <= LONG:
        return f"line {lines[0]}, at `{code}`"
    if len(lines) > 1:
        return f"lines {lines[0]} and {lines[-1]}"
    return f"line {lines[0]}"


def _alone(text, node):
    """Return a node's code, or that around it if its line has it twice."""
    code = ast.get_source_segment(text, node) or ""
    line = text.splitlines()[node.lineno - 1]
    if line.count(code) < 2:
        return code
    around = [
        ast.get_source_segment(text, other) or ""
        for other in ast.walk(ast.parse(text))
        if isinstance(other, (ast.expr, ast.stmt))
        and other.lineno <= node.lineno <= other.end_lineno
        and (other.lineno, other.col_offset) <= (node.lineno, node.col_offset)
        and (other.end_lineno, other.end_col_offset)
        >= (node.end_lineno, node.end_col_offset)
    ]
    only = [other for other in around if line.count(other) == 1]
    return min(only, key=len, default=code)
