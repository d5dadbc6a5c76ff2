"""NaN or infinity in a result: where in the source is the first one made?

Every call and every operation of the reader's function is looked at as it
gets its value. The first one that is no number is the place to name.
"""

import ast

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.reasons.one_change import place
from rnncourse.exercises.reasons.unset import FULL

LOGARITHMS = {"log", "log2", "log10"}
NO_NUMBER = {
    ast.Div: "0 / 0, or infinity / infinity",
    ast.Mult: "0 times infinity",
    ast.Sub: "infinity minus infinity",
    ast.MatMult: "infinity times 0, or infinity minus infinity",
    ast.Pow: "a number below 0 to a power that is not whole",
}
LOOKING = """
_first = [-1, -1]


def _looked_at(_value, _k):
    if _first[0] < 0:
        try:
            flags = np.isnan(_value).any(), np.isinf(_value).any()
        except (TypeError, ValueError):
            return _value
        for i in 0, 1:
            if flags[i] and _first[i] < 0:
                _first[i] = _k
    return _value


_inner = {name}


def {name}(*args):
    global {name}
    {name} = _inner
    try:
        {name}(*args)
    except Exception:
        pass
    return np.array(_first)
"""


def first(exercise, text, answer, case, is_nan):
    """Say where the first NaN, or infinity, is made, or "".

    Parameters
    ----------
    exercise : Exercise
    text : the reader's source
    answer : the reader's, Here or Apart
    case : the arguments that gave it
    is_nan : whether the result has NaN, and not infinity alone
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
    if not found or "nan" in text:  # it may be meant, and be replaced
        return ""
    function, looks = found[-1], _Looks()
    function.decorator_list.clear()
    arguments, function.args = function.args, ast.arguments([], [])
    looks.generic_visit(function)
    function.args = arguments
    source = ast.unparse(ast.fix_missing_locations(tree))
    source += LOOKING.format(name=exercise.name)
    ks = compare.numbers(answer.trial(source, case).value)
    if ks is None or ks.shape != (2,):
        return ""
    nan, infinite = (looks.nodes[k] if k >= 0 else None for k in ks)
    if not is_nan:
        return _said(text, infinite, _why_infinite(infinite), "The first")
    said = _said(text, nan, _why_nan(nan), "The first")
    if said and infinite is not nan and (why := _why_infinite(infinite)):
        said += f" {_said(text, infinite, why, 'An infinity before it')}"
    return said


def _said(text, node, why, what):
    """Name a place and what is no number there, if it is one and why."""
    where = why and place(text, [node])
    return f"{what} is made in {where}: {why}." if where else ""


def _called(node):
    """The name of the function that a node calls, or ""."""
    func = getattr(node, "func", None)
    return getattr(func, "attr", getattr(func, "id", ""))


def _why_nan(node):
    if _called(node) in LOGARITHMS:
        return "the logarithm of a number below 0"
    if _called(node) == "sqrt":
        return "the root of a number below 0"
    if _called(node) == "mean":
        return "a mean of no numbers, or of infinite ones"
    if _called(node) in ("dot", "einsum"):
        return NO_NUMBER[ast.MatMult]
    if _called(node) == "sum":
        return NO_NUMBER[ast.Sub]
    return NO_NUMBER.get(type(getattr(node, "op", None)), "")


def _why_infinite(node):
    if _called(node) == "exp":
        return "the exponential of a large number"
    if _called(node) in LOGARITHMS:
        return "the logarithm of 0"
    if isinstance(getattr(node, "op", None), ast.Div):
        return "a division by 0"
    return ""


class _Looks(ast.NodeTransformer):
    """Has every call and every operation looked at, and numbers them."""

    def __init__(self):
        self.nodes = []

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if _called(node) in FULL:  # nobody has set its numbers yet
            return node
        return self._looked_at(node, node)

    visit_Call = visit_BinOp

    def visit_AugAssign(self, node):
        """After x /= y, look at x, unless that calls something once more."""
        target = ast.unparse(node.target)
        self.generic_visit(node)
        if "(" in target:
            return node
        value = ast.parse(target, mode="eval").body
        return [node, ast.Expr(self._looked_at(node, value))]

    def _looked_at(self, node, value):
        self.nodes.append(node)
        number = ast.Constant(len(self.nodes) - 1)
        look = ast.Name("_looked_at", ast.Load())
        return ast.Call(look, [value, number], [])
