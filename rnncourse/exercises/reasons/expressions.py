"""What an expression would be with one thing in it changed."""

import ast
import contextlib
from itertools import combinations

PRODUCT = "* multiplies entry by entry, @ is the product of matrices."
TURNED = "Should it be transposed there, or not?"
NUMBER = "Is the number the right one?"
STEP = "Which step, or which row, is meant?"
ENDS = "Where does it begin, where does it end, and which way does it run?"
SIGN = "Is the sign right?"
OPERATION = "Is that the operation you mean?"
BRACKETS = "Where do the brackets stand?"
ORDER = "Is that the order?"
AXIS = "Along which axis?"
COMPARED = "Is the comparison the right one?"
FUNCTION = "Is that the function you mean?"
BARE = "Is a function missing around it, or one too many?"
EXTRA = "Is all of it needed?"
NAME = "Is {} the one you mean there?"
GROUPS = [
    {"log", "log2", "log10"},
    {"sum", "mean"},
    {"max", "min"},
    {"argmax", "argmin"},
    {"cumsum", "cumprod"},
    {"sum", "prod"},
    {"zeros_like", "ones_like"},
    {"zeros", "ones"},
    {"eye", "ones"},
    {"tril", "triu"},
    {"maximum", "minimum"},
    {"stack", "concatenate"},
    {"hstack", "vstack"},
    {"any", "all"},
    {"tanh", "arctanh"},
]
ALONG = {"sum", "mean", "max", "min", "argmax", "argmin", "concatenate"}
ALONG |= {"cumsum", "cumprod", "prod", "stack", "any", "all", "flip"}
ALONG |= {"split", "array_split", "repeat"}
ONE_WAY = {"range", "isinstance", "isclose", "allclose", "array_equal"}
BENT = {"tanh", "exp", "sqrt", "abs", "log", "sigmoid", "round"}
JOINERS = {"r_", "c_", "s_", "mgrid", "ogrid"}  # NumPy's; bare, they hang
PAIRS = [
    (ast.Mult, ast.MatMult, PRODUCT),
    (ast.Add, ast.Sub, SIGN),
    (ast.Mult, ast.Div, OPERATION),
    (ast.Add, ast.Mult, OPERATION),
    (ast.FloorDiv, ast.Div, OPERATION),
    (ast.FloorDiv, ast.Mod, OPERATION),
    (ast.BitXor, ast.Pow, "A power is written ** in Python."),
]


@contextlib.contextmanager
def set_field(parent, field, new):
    """Give a field another value for a while."""
    old = getattr(parent, field)
    setattr(parent, field, new)
    try:
        yield
    finally:
        setattr(parent, field, old)


def put(parent, field, index, new):
    """Put another node in a place for a while."""
    if index is not None:
        old = getattr(parent, field)
        new = [*old[:index], new, *old[index + 1 :]]
    return set_field(parent, field, new)


def expressions(function, parent, field, index, node, wrappers):
    """Yield changes of one expression."""
    if not isinstance(node, ast.expr):
        return
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    seen = parent if isinstance(node, (ast.Constant, ast.Name)) else node
    if isinstance(parent, (ast.keyword, ast.Slice)):
        seen = next(
            (p for p in ast.walk(function) if parent in _children(p)), node
        )
    for new, words in _others(parent, field, node):
        with put(parent, field, index, new):
            yield [seen], words


def _children(node):
    return list(ast.iter_child_nodes(node))


def _number(node):
    """The whole number that a node is, or None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand)
        return None if value is None else -value
    value = getattr(node, "value", None)
    return value if type(value) is int else None


def _others(parent, field, node):
    """Yield what else might stand in the place of an expression."""
    number = _number(node)
    if number is not None:
        if isinstance(parent, ast.keyword) and parent.arg == "axis":
            for axis in {0, 1, 2, -1} - {number}:
                yield ast.Constant(axis), AXIS
            return
        is_place = isinstance(parent, (ast.Slice, ast.Subscript))
        for other in number + 1, number - 1, -number:
            if other != number:
                yield ast.Constant(other), STEP if is_place else NUMBER
        return
    if isinstance(node, ast.BinOp):
        yield from _operations(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand, SIGN
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for op in ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq:
            if not isinstance(node.ops[0], op):
                yield (
                    ast.Compare(node.left, [op()], node.comparators),
                    COMPARED,
                )
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value, TURNED
    elif isinstance(node, ast.Slice):
        for other in _slices(node):
            yield other, ENDS
    elif isinstance(node, ast.Subscript):
        yield from _places(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) < 5:
        for other in swapped(node):
            yield other, ORDER
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Name):
        if isinstance(parent, ast.Subscript) and field == "slice":
            for op in ast.Sub(), ast.Add():  # x[-i] begins with x[0]
                yield ast.BinOp(node, op, ast.Constant(1)), STEP
    if isinstance(node, (ast.Name, ast.Subscript)):
        if isinstance(getattr(parent, "op", None), ast.MatMult):
            yield ast.Attribute(node, "T", ast.Load()), TURNED
        if isinstance(parent, ast.Subscript) and field == "slice":
            for op in ast.Sub(), ast.Add():
                yield ast.BinOp(node, op, ast.Constant(1)), STEP
    if isinstance(parent, (ast.Return, ast.For)) and field in (
        "value",
        "iter",
    ):
        turned = ast.Slice(None, None, ast.Constant(-1))
        if not isinstance(node, ast.Tuple):
            yield ast.Subscript(node, turned, ast.Load()), ENDS
        if isinstance(node, ast.Call):
            yield _call("reversed", node), ENDS


def swapped(node):
    """Yield a list or tuple with two of its elements exchanged."""
    for i, j in combinations(range(len(node.elts)), 2):
        elts = list(node.elts)
        elts[i], elts[j] = elts[j], elts[i]
        yield type(node)(elts, node.ctx)


def _operations(node):
    """Yield other operations of the same two sides, or of three."""
    left, op, right = node.left, node.op, node.right
    for one, two, words in PAIRS:
        for old, new in (one, two), (two, one):
            if new is ast.Mult and 1 in (_number(left), _number(right)):
                continue  # the same as leaving the 1 out
            if isinstance(op, old) and new is not ast.BitXor:
                yield ast.BinOp(left, new(), right), words
    if isinstance(left, ast.BinOp):
        inner = ast.BinOp(left.right, op, right)
        yield ast.BinOp(left.left, left.op, inner), BRACKETS
        if isinstance(left.left, ast.BinOp):
            inner = ast.BinOp(
                ast.BinOp(left.left.right, left.op, left.right), op, right
            )
            yield ast.BinOp(left.left.left, left.left.op, inner), BRACKETS
    if isinstance(right, ast.BinOp):
        inner = ast.BinOp(left, op, right.left)
        yield ast.BinOp(inner, right.op, right.right), BRACKETS
    if not isinstance(op, (ast.Add, ast.Mult)) and _number(left) is None:
        yield ast.BinOp(right, op, left), ORDER
    if isinstance(op, ast.MatMult):
        yield ast.Attribute(node, "T", ast.Load()), TURNED
        for sides in _turned(left, right):
            yield ast.BinOp(sides[0], op, sides[1]), TURNED
    yield left, EXTRA
    yield right, EXTRA
    if isinstance(op, ast.Mult) and isinstance(right, ast.Name):
        one = ast.BinOp(ast.Constant(1), ast.Sub(), right)
        yield ast.BinOp(left, op, one), f"{right.id}, or what it leaves of 1?"
    if isinstance(op, ast.Mult) and isinstance(left, ast.Name):
        one = ast.BinOp(ast.Constant(1), ast.Sub(), left)
        yield ast.BinOp(one, op, right), f"{left.id}, or what it leaves of 1?"


def turned(function, parent, field, index, node, wrappers):
    """Yield x - 1 where 1 - x stands: what a gate leaves is seldom meant."""
    if isinstance(node, ast.BinOp) and _number(node.left) is not None:
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            new = ast.BinOp(node.right, node.op, node.left)
            with put(parent, field, index, new):
                yield [node], ORDER


def _turned(left, right):
    """Yield two sides of a product with .T at the other one."""
    if getattr(right, "attr", "") == "T":
        yield ast.Attribute(left, "T", ast.Load()), right.value
    if getattr(left, "attr", "") == "T":
        yield left.value, ast.Attribute(right, "T", ast.Load())


def _places(node):
    """Yield other parts of the same array."""
    part = node.slice
    if getattr(node.value, "attr", "") not in JOINERS:
        yield node.value, EXTRA
    if isinstance(part, ast.Slice):
        for other in _slices(part):
            yield ast.Subscript(node.value, other, ast.Load()), ENDS
    elif isinstance(part, ast.Tuple) and len(part.elts) == 2:
        turned = ast.Tuple(part.elts[::-1], ast.Load())
        yield ast.Subscript(node.value, turned, ast.Load()), ORDER


def _slices(part):
    """Yield slices with other ends."""
    one, last = ast.Constant(1), ast.Constant(-1)
    for other in (one, None, None), (None, last, None), (None, None, last):
        if ast.dump(ast.Slice(*other)) != ast.dump(part):
            yield ast.Slice(*other)
    for name in "lower", "upper":
        old = getattr(part, name)
        if old is not None and _number(old) is None:
            both = {"lower": part.lower, "upper": part.upper}
            for op in ast.Add(), ast.Sub():
                both[name] = ast.BinOp(old, op, ast.Constant(1))
                yield ast.Slice(**both, step=part.step)
            both[name] = None
            yield ast.Slice(**both, step=part.step)


def called(node):
    """The last part of a called function's name."""
    function = node.func
    return getattr(function, "attr", getattr(function, "id", ""))


def _call(name, *args):
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def _calls(node):
    """Yield other calls of the same arguments."""
    name, args = called(node), node.args
    for group in GROUPS:
        for other in group - {name} if name in group else ():
            if (name, other) == ("sum", "mean"):
                continue  # more often a mean is one too many: see means
            if isinstance(node.func, ast.Attribute):
                func = ast.Attribute(node.func.value, other, ast.Load())
                yield ast.Call(func, args, node.keywords), FUNCTION
    if len(args) == 1 and not node.keywords and name in BENT:
        yield args[0], BARE
        yield ast.Call(node.func, [ast.UnaryOp(ast.USub(), args[0])], []), SIGN
    if name in ALONG and not any(k.arg == "axis" for k in node.keywords):
        for axis in 0, 1, -1:
            words = [*node.keywords, ast.keyword("axis", ast.Constant(axis))]
            yield ast.Call(node.func, args, words), AXIS
    if len(args) in (2, 3) and name not in ONE_WAY:
        yield ast.Call(node.func, [*args[:-2], *args[:-3:-1]], []), ORDER
    if name in ("dot", "matmul") and len(args) == 2:
        for sides in _turned(*args):
            yield ast.Call(node.func, list(sides), []), TURNED
    if name == "range":
        for i, arg in enumerate(args):
            for op in ast.Add(), ast.Sub():
                if _number(arg) is None:
                    new = ast.BinOp(arg, op, ast.Constant(1))
                    both = [*args[:i], new, *args[i + 1 :]]
                    yield ast.Call(node.func, both, []), ENDS
