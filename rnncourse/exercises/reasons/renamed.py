"""What a source would be with another name, or with a function around it."""

import ast

from rnncourse.exercises.reasons.expressions import (
    BARE,
    FUNCTION,
    NAME,
    called,
    put,
)


def means(function, parent, field, index, node, wrappers):
    """Yield means where sums stand."""
    if isinstance(node, ast.Call) and called(node) == "sum":
        if isinstance(node.func, ast.Attribute):
            func = ast.Attribute(node.func.value, "mean", ast.Load())
            new = ast.Call(func, node.args, node.keywords)
            with put(parent, field, index, new):
                yield [node], FUNCTION


def wrapped(function, parent, field, index, node, wrappers):
    """Yield expressions with a function around them."""
    if not isinstance(node, ast.expr) or isinstance(node, ast.Constant):
        return
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    is_part = isinstance(parent, ast.BinOp) and isinstance(node, ast.Name)
    if not is_part and not isinstance(parent, (ast.Assign, ast.Return)):
        return
    if isinstance(node, (ast.Tuple, ast.List)):
        return
    for text in wrappers:
        new = ast.parse(text.format(f"({ast.unparse(node)})"), mode="eval")
        with put(parent, field, index, new.body):
            yield [parent if is_part else node], BARE


def names(function, parent, field, index, node, wrappers):
    """Yield one name for another."""
    is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    if not is_read or node.id == "np" or isinstance(parent, ast.Call) and (
        field == "func"
    ):  # fmt: skip
        return
    known = [arg.arg for arg in function.args.args]
    known += [
        other.id
        for other in ast.walk(function)
        if isinstance(other, ast.Name) and isinstance(other.ctx, ast.Store)
    ]
    for name in dict.fromkeys(known):
        if name != node.id and name not in _lists(function):
            with put(parent, field, index, ast.Name(name, ast.Load())):
                yield [parent], NAME.format(node.id)


def _lists(function):
    """The names that something is appended to: none may hold itself."""
    return {
        node.value.id
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr in ("append", "extend", "insert")
        and isinstance(node.value, ast.Name)
    }
