"""Numbers that np.empty has left as they were: where do they show?

They differ from run to run, so nothing else that is said of them is worth
much. With NaN in their place they can be told from those that were set.
"""

import ast

import numpy as np

from rnncourse.exercises.comparing import compare

FULL = {"empty": "full", "empty_like": "full_like"}


def unset(exercise, text, answer, case):
    """Say which part of a result np.empty alone has made, or ""."""
    if "np.empty" not in text:
        return ""
    try:
        marked, zero = (
            answer.trial(_with(text, mark), case).value
            for mark in ("np.nan", "0.0")
        )
    except (SyntaxError, ValueError):
        return ""
    many = len(exercise.results) > 1 and isinstance(marked, (tuple, list))
    if many and not isinstance(zero, (tuple, list)):
        return ""
    for array, *parts in zip(
        exercise.results,
        *((marked, zero) if many else ([marked], [zero])),
        strict=False,
    ):
        numbers, others = map(compare.numbers, parts)
        if numbers is None or others is None or np.isnan(others).any():
            continue  # NaN is there whatever np.empty has left
        if not np.isnan(numbers).any():
            continue
        if np.isnan(numbers).all():
            return (
                "Before it is set, what np.empty has made goes into your "
                "result: it makes room and leaves there whatever was in "
                "memory. np.zeros puts zeros there."
            )
        row = np.isnan(numbers).reshape(len(numbers), -1)
        place = [int(row.all(1).argmax())]
        if not row.all(1).any():
            place = np.argwhere(np.isnan(numbers))[0].tolist()
        return (
            f"{array.name}[{', '.join(map(str, place))}] of yours is never "
            "set: np.empty makes room and leaves there whatever was in "
            "memory."
        )
    return ""


def _with(text, mark):
    """Return a source with a number where np.empty would put nothing."""
    return ast.unparse(_Marked(mark).visit(ast.parse(text)))


class _Marked(ast.NodeTransformer):
    """Puts a number where np.empty would put nothing."""

    def __init__(self, mark):
        self.mark = mark

    def visit_Call(self, node):
        self.generic_visit(node)
        name = getattr(node.func, "attr", "")
        if name not in FULL or not node.args:
            return node
        func = ast.Attribute(node.func.value, FULL[name], ast.Load())
        mark = ast.parse(self.mark, mode="eval").body
        kind = ast.keyword("dtype", ast.Name("float", ast.Load()))
        return ast.Call(func, [node.args[0], mark], [kind])
