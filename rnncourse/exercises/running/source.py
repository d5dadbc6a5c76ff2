"""One function is the whole exercise: its source as starter and solution."""

import ast
import inspect
import re
import textwrap

GIVEN = "# given"
SHAPE = re.compile(r"(?<=->) | ?\([^()]*\)")


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
    kept, gap = [*lines[:start], *_comment(comment)], False
    for line in lines[start:]:
        if line.rstrip().endswith(GIVEN):
            kept.append(_without_mark(line))
            gap = False
        elif line.strip() and not gap:
            kept.append(line[: len(line) - len(line.lstrip())] + "...")
            gap = True
    return "\n".join(kept)


def _comment(text):
    """Return the lines of a comment; a name and its shape stay together."""
    whole = SHAPE.sub(lambda found: found[0].replace(" ", "\0"), text)
    lines = textwrap.wrap(
        whole,
        79,
        initial_indent="    # ",
        subsequent_indent="    # ",
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ") for line in lines]


def standalone(function, name):
    """Return a source that defines a function under another name.

    With what it uses of its module, under a name of its own, so that nothing
    needs to be imported.
    """
    parts = {}
    _collect(function, parts)
    source = parts.pop(function.__name__)
    used = "\n\n\n".join(parts.values())
    if name in parts:  # the exercise's own solution, put to a wrong use
        used, source = (
            re.sub(rf"\b{name}\b", f"{name}_", text) for text in (used, source)
        )
    source = f"def {name}({source.partition('(')[2]}\n"
    return f"{used}\n\n\n{source}" if used else source


def _collect(function, parts):
    """Put the sources of a function and of what it uses into `parts`."""
    parts[function.__name__] = source = solution(function)
    nodes = list(ast.walk(ast.parse(source)))
    names = [x for x in nodes if isinstance(x, ast.Name)]
    stored = {x.id for x in names if isinstance(x.ctx, ast.Store)}
    stored |= {x.arg for x in nodes if isinstance(x, ast.arg)}
    for name in sorted({x.id for x in names} - stored - {"np", *parts}):
        value = function.__globals__.get(name)
        value = getattr(value, "function", value)  # of an Exercise
        if inspect.isfunction(value):
            _collect(value, parts)
            parts[function.__name__] = parts.pop(function.__name__)
        elif value is not None:
            parts[name] = f"{name} = {value!r}"


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
