"""Code that a chapter has for its prose alone, which readers do not need.

A cell hands numbers to sentences with `glue`. In a reader's notebook they
stand there already, so the calls go, and with them the cells that do nothing
but work out what is handed on: folded, they would open on code without a use.
"""

import ast
import symtable

IMPORT = "from rnncourse.glue import glue"
INSTEAD = "import rnncourse.plain_numbers  # 0.5, not np.float64(0.5)"


def hands_on(statement):
    """Tell whether a statement only hands numbers to the prose."""
    if isinstance(statement, (ast.For, ast.If)) and not statement.orelse:
        return all(map(hands_on, statement.body))
    if not isinstance(statement, ast.Expr):
        return False
    call = statement.value
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "glue"


def without_glue(source):
    """Return code without the calls that hand numbers to the prose.

    What else comes with importing `glue` is imported by its own name.
    """
    if "glue" not in source:
        return source
    source = source.replace(IMPORT, INSTEAD)
    lines = source.split("\n")
    found = _handing(ast.parse(source))
    for x, body in sorted(found, key=lambda pair: -pair[0].lineno):
        empty = x.col_offset and x is body[0] and all(map(hands_on, body))
        stay = [" " * x.col_offset + "pass"] if empty else []
        lines[x.lineno - 1 : x.end_lineno] = stay
    return "\n".join(lines).strip("\n")


def _handing(node):
    """Return (statement, the body it is in) of all that only hand on."""
    found = []
    for child in ast.iter_child_nodes(node):
        body = getattr(node, "body", [])
        if hands_on(child):
            found.append((child, body))
        else:
            found += _handing(child)
    return found


def only_for_numbers(cells):
    """Return the places of the cells that work for the prose alone.

    Such a cell is out of sight on the site, and what is left of it binds
    names that no later cell reads. A check stays, and so does what draws
    from `rng`: the numbers below depend on it.
    """
    sources = {
        number: without_glue(cell.source)
        for number, cell in enumerate(cells)
        if cell.cell_type == "code"
        and "colab" not in cell.metadata.get("tags", [])  # has %pip
    }
    found = set()
    # a function may be called below what it reads
    read = set().union(*map(_read_in_functions, sources.values()))
    for number, source in reversed(sources.items()):
        tags = cells[number].metadata.get("tags", [])
        left = ast.parse(source)
        names = {x.id for x in ast.walk(left) if isinstance(x, ast.Name)}
        stays = "remove-cell" not in tags
        stays = stays or INSTEAD in source or "rng" in names
        if stays or any(_does_more(x, read) for x in left.body):
            read |= names
        else:
            found.add(number)
    return found


def _read_in_functions(source):
    """Return the global names that the functions of a cell read."""
    found, tables = set(), [symtable.symtable(source, "cell", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        at_once = table.get_name() in ("listcomp", "setcomp", "dictcomp")
        if table.get_type() == "function" and not at_once:
            names = [x for x in table.get_symbols() if x.is_global()]
            found.update(x.get_name() for x in names)
    return found


def _does_more(statement, read):
    """Tell whether a statement does more than bind names that go unread."""
    if isinstance(statement, ast.FunctionDef):
        return statement.name in read
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        bound = [(x.asname or x.name).split(".")[0] for x in statement.names]
        return not read.isdisjoint(bound)
    if not isinstance(statement, ast.Assign):
        return True
    targets = [x for t in statement.targets for x in ast.walk(t)]
    # a[0] = 1 and a.b = 1 change what has a name already
    bare = (ast.Name, ast.Tuple, ast.Store, ast.Starred)
    return any(
        not isinstance(x, bare) or getattr(x, "id", None) in read
        for x in targets
    )
