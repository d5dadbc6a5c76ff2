"""What a source would be with one thing in it changed.

Each variant is one slip that people make, taken back: an index that is one
too large, a transpose that is missing, two lines in the other order. Nothing
is run here; `one_change` finds out whether a variant is right.
"""

import ast

from rnncourse.exercises.reasons.expressions import (
    OPERATION,
    ORDER,
    expressions,
    put,
    set_field,
    swapped,
    turned,
)
from rnncourse.exercises.reasons.renamed import means, names, wrapped

LINES = "Which of these two lines comes first?"
LOOP = "Does it belong into the loop, or before or after it?"
KEPT = "= replaces what was there, += adds to it."
NEEDED = "Is that line needed?"
SIMPLE = ast.Assign, ast.AugAssign, ast.Expr, ast.Delete


def variants(function, wrappers=()):
    """Change a function's tree in one place after another.

    Parameters
    ----------
    function : ast.FunctionDef; it is as it was once all are through
    wrappers : texts such as "np.tanh({})", which may be missing somewhere

    Yields
    ------
    nodes, the changed part as it was, and a sentence on it
    """
    spots = list(_spots(function))
    changes = _loops, _statements, expressions, wrapped, names, means, turned
    for change in changes:
        for parent, field, index, node in spots:
            yield from change(function, parent, field, index, node, wrappers)


def _spots(tree):
    """Yield each node with the place in which it stands."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if field in ("ctx", "args") and parent is tree:
                continue
            if isinstance(value, ast.AST):
                yield parent, field, None, value
            for i, node in enumerate(value if isinstance(value, list) else ()):
                if isinstance(node, ast.AST):
                    yield parent, field, i, node


def _statements(function, parent, field, index, node, wrappers):
    """Yield changes of whole lines."""
    if not isinstance(node, ast.stmt) or index is None or parent is None:
        return
    block = getattr(parent, field)
    if isinstance(node, ast.AugAssign):
        others = [ast.Assign([node.target], node.value, lineno=1)]
        for op in ast.Add, ast.Sub, ast.Mult:
            if not isinstance(node.op, op):
                others.append(ast.AugAssign(node.target, op(), node.value))
        for new in others:
            with put(parent, field, index, new):
                yield [node], KEPT if new is others[0] else OPERATION
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        (target,) = node.targets
        if isinstance(target, ast.Tuple) and len(target.elts) < 5:
            for new in swapped(target):
                with set_field(node, "targets", [new]):
                    yield [target], ORDER
        nothing = getattr(node.value, "value", None) == 0  # += 0 adds none
        if isinstance(target, (ast.Name, ast.Subscript)) and not nothing:
            new = ast.AugAssign(target, ast.Add(), node.value)
            with put(parent, field, index, new):
                yield [node], KEPT
    if isinstance(node, SIMPLE) and index + 1 < len(block):
        if isinstance(block[index + 1], SIMPLE):
            new = list(block)
            new[index], new[index + 1] = new[index + 1], new[index]
            with set_field(parent, field, new):
                yield new[index : index + 2][::-1], LINES
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
        if len(block) > 1:
            with set_field(
                parent, field, [*block[:index], *block[index + 1 :]]
            ):
                yield [node], NEEDED
    for old, new in (ast.Break, ast.Continue), (ast.Continue, ast.Break):
        if isinstance(node, old):
            with put(parent, field, index, new()):
                yield [node], "break ends the loop, continue its round."


def _loops(function, parent, field, index, node, wrappers):
    """Yield loops that hold one line more, or one less."""
    if not isinstance(node, (ast.For, ast.While)) or index is None:
        return
    block, body = getattr(parent, field), node.body
    before, after = block[:index], block[index + 1 :]
    if len(body) > 1:
        for inside, rest, line in (
            (body[:-1], [*before, node, body[-1], *after], body[-1]),
            (body[1:], [*before, body[0], node, *after], body[0]),
        ):
            with (
                set_field(node, "body", inside),
                set_field(parent, field, rest),
            ):
                yield [line], LOOP
    if after and isinstance(after[0], SIMPLE):
        rest = [*before, node, *after[1:]]
        with (
            set_field(node, "body", [*body, after[0]]),
            set_field(parent, field, rest),
        ):
            yield [after[0]], LOOP
    if before and isinstance(before[-1], SIMPLE):
        rest = [*before[:-1], node, *after]
        inside = [before[-1], *body]
        with set_field(node, "body", inside), set_field(parent, field, rest):
            yield [before[-1]], LOOP
