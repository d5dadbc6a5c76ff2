"""Two shapes in a line that do not fit: at which operation they meet."""

import ast

import numpy as np

SAFE = (
    ast.Name,
    ast.Constant,
    ast.BinOp,
    ast.UnaryOp,
    ast.Subscript,
    ast.Slice,
    ast.Tuple,
    ast.operator,
    ast.unaryop,
    ast.expr_context,
    ast.keyword,
)
CALLS = {"exp", "tanh", "log", "log2", "sqrt", "abs"}  # which change nothing
CALLS |= {"sum", "mean", "max", "min", "prod", "transpose", "reshape"}
LONG = 40  # characters of the reader's code that are repeated
ENTRIES = 100_000  # of an array that is computed once more


def clash(text, known):
    """Name the operation of a line whose two sides do not fit, or "".

    Parameters
    ----------
    text : the line
    known : dict of the names it may use
    """
    try:
        tree = ast.parse(text + " pass" if text.endswith(":") else text)
    except SyntaxError:
        return ""
    for node in reversed(list(ast.walk(tree))):  # the inner ones first
        if isinstance(node, ast.BinOp):
            sides, code = (node.left, node.right), ast.unparse(node)
        elif isinstance(node, ast.AugAssign):
            sides, code = (node.target, node.value), ast.unparse(node)
        else:
            continue
        left, right = (_array(side, known) for side in sides)
        if left is None or right is None or _fit(node.op, left, right):
            continue
        start = f"In `{code}`" if len(code) <= LONG else "There"
        return (
            f"{start} the left side has shape {left.shape}, the right side "
            f"{right.shape}.{_cure(node.op, left, right, code)}"
        )
    return ""


def _array(node, known):
    """The value of an expression that changes nothing, as an array."""
    for part in ast.walk(node):
        is_call = isinstance(part, ast.Call)
        if is_call and getattr(part.func, "attr", "") not in CALLS:
            return None
        if isinstance(part, ast.Attribute) and part.attr not in {"T", *CALLS}:
            return None
        if not isinstance(part, (*SAFE, ast.Call, ast.Attribute)):
            return None
        value = known.get(part.id) if isinstance(part, ast.Name) else 0
        if value is np:
            continue
        if not isinstance(value, (int, float, np.number, np.ndarray)):
            return None
        if np.size(value) > ENTRIES:
            return None
    if any(isinstance(part, ast.Pow) for part in ast.walk(node)):
        node = _without_powers(node)
    code = compile(ast.unparse(node), "<side>", "eval")
    try:
        return np.asarray(eval(code, {"__builtins__": {}}, dict(known)))
    except Exception:  # it is what stops the line, or stands after it
        return None


def _without_powers(node):
    """A power has the shape of its base, and may take long to compute."""

    class Bases(ast.NodeTransformer):
        def visit_BinOp(self, node):
            self.generic_visit(node)
            return node.left if isinstance(node.op, ast.Pow) else node

    return Bases().visit(ast.parse(ast.unparse(node), mode="eval")).body


def _fit(op, left, right):
    try:
        if isinstance(op, ast.MatMult):
            np.empty(left.shape) @ np.empty(right.shape)
        else:
            np.broadcast_shapes(left.shape, right.shape)
    except ValueError:
        return False
    return True


def _cure(op, left, right, code):
    if isinstance(op, ast.MatMult) and left.shape == right.shape:
        return " Entry by entry multiplies *."
    gone = [
        left.shape[:i] + left.shape[i + 1 :] == right.shape
        for i in range(left.ndim)
    ]
    if any(gone) and "axis" in code and "keepdims" not in code:
        return " An axis is gone on the right; with keepdims=True it stays."
    if left.ndim == 2 and left.shape == right.shape[::-1]:
        return " One of them, transposed, has the shape of the other."
    is_product = left.ndim and right.ndim == 2
    if isinstance(op, ast.Mult) and is_product:
        if left.shape[-1] == right.shape[0]:
            return (
                " * multiplies entry by entry; the product of matrices is @."
            )
    return ""
