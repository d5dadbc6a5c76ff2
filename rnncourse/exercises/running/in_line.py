"""The arrays that a line of the reader's code names, and their shapes."""

import ast
import linecache
import re

import numpy as np


def flattened(frame, text):
    """Say of a row in a line that np.append has made it."""
    whole = "".join(linecache.getlines(frame.f_code.co_filename))
    found = re.findall(r"(\w+) = np\.append\(([^()]*)\)", whole)
    known = {**frame.f_globals, **frame.f_locals}
    for name, inside in found:
        used = re.search(rf"\b{name}\b", text)
        if used and "axis" not in inside and np.ndim(known.get(name)) == 1:
            return "np.append without an axis makes one long row of both."
    return ""


def shapes(frame, text, bare):
    """Say the shapes of the arrays a line names; its numbers, if bare."""
    known = {**frame.f_globals, **frame.f_locals}
    parts = []
    for expression in _expressions(text):
        value = _value(expression, known)
        if isinstance(value, np.ndarray):
            parts.append(f"{expression} {value.shape}")
        elif bare and isinstance(value, (int, float, np.number)):
            parts.append(f"{expression} is a number")
        elif isinstance(value, tuple):
            parts.append(f"{expression} is a tuple of {len(value)}")
    return ", ".join(parts)


def _expressions(text):
    """The names, and the names with one constant key, in a line."""
    try:  # the head of a loop is no whole program
        tree = ast.parse(text + " pass" if text.endswith(":") else text)
    except SyntaxError:
        return re.findall(r"\b[A-Za-z_]\w*\b", text)
    found, inner = [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(
            node.slice, ast.Constant
        ):
            found.append(ast.unparse(node))
            inner.add(id(node.value))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if id(node) not in inner:
                found.append(node.id)
    order = {name: text.find(name) for name in found}
    return sorted(order, key=order.get)


def _value(expression, known):
    """The value of a name, or of a name with a constant key."""
    name, _, key = expression.partition("[")
    value = known.get(name)
    if not key:
        return value
    try:
        return value[ast.literal_eval(key[:-1])]
    except Exception:  # it may be what stopped the code
        return None
