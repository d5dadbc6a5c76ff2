"""One function is the whole exercise: its source as starter and solution."""

import ast
import inspect
import textwrap

GIVEN = "# given"


def solution(function):
    """Return a function's source without decorators and docstring."""
    lines, _ = _lines(function)
    return "\n".join(_without_mark(line) for line in lines)


def starter(function, comment=""):
    """Return the signature, the comment, the given lines, and gaps.

    A line of the solution that ends with ``# given`` stands in the starter
    too; each run of other lines is a gap, ``...``.
    """
    lines, start = _lines(function)
    kept, gap = [*lines[:start], *textwrap.wrap(
        comment, 79, initial_indent="    # ", subsequent_indent="    # "
    )], False  # fmt: skip
    for line in lines[start:]:
        if line.rstrip().endswith(GIVEN):
            kept.append(_without_mark(line))
            gap = False
        elif line.strip() and not gap:
            kept.append(line[: len(line) - len(line.lstrip())] + "...")
            gap = True
    return "\n".join(kept)


def standalone(function, name):
    """Return a source that defines a function under another name.

    A function that uses more of its module than NumPy is imported from it.
    """
    source = solution(function)
    words = {
        node.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name)
    }
    if words & (function.__globals__.keys() - {"np"}):
        return (
            f"from {function.__module__} import "
            f"{function.__name__} as {name}\n"
        )
    return f"def {name}({source.partition('(')[2]}\n"


def definition(source, name):
    """Return the last function of that name as its tree, or None."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # as a part of a cell may be
        return None
    found = [
        node
        for node in body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    return found[-1] if found else None


def functions(source):
    """Return the names of the functions a source defines."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    return [node.name for node in body if isinstance(node, ast.FunctionDef)]


def untouched(source, name, starter):
    """Tell whether a source does nothing more than the starter.

    White space, comments, docstrings, ``pass`` and ``...`` count for
    nothing. A source that Python cannot read has been touched.
    """
    try:
        empty = not ast.parse(source).body
    except (SyntaxError, ValueError):  # ValueError: a null byte
        return False
    node = definition(source, name)
    if node is None:
        return empty
    return _acts(node) == _acts(definition(starter, name))


def _lines(function):
    """The lines from ``def`` on, no docstring, and where the body starts."""
    source = textwrap.dedent(inspect.getsource(function))
    node = ast.parse(source).body[0]
    lines = source.rstrip().splitlines()
    first = node.body[0]
    top = node.lineno - 1
    body = lines[first.lineno - 1 :]
    head = lines[top : first.lineno - 1]
    if ast.get_docstring(node) is not None:
        body = lines[first.end_lineno :]
        while body and not body[0].strip():
            body = body[1:]
    return head + body, len(head)


def _without_mark(line):
    line = line.rstrip()
    return line.removesuffix(GIVEN).rstrip()


class _Strip(ast.NodeTransformer):
    """Removes what does nothing."""

    def visit_Expr(self, node):
        return None if isinstance(node.value, ast.Constant) else node

    def visit_Pass(self, node):
        return None


def _acts(node):
    return ast.dump(_Strip().visit(ast.parse(ast.unparse(node))))
