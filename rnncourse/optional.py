"""A chapter about a library that may be missing: its cells step aside."""

import ast
import importlib

_MISSING = "Left out: {name} is not installed here; Binder and Colab have it."


def need(name):
    """Import a library for a notebook; without it, leave out what needs it.

    If the library cannot be imported, every later cell of the notebook that
    uses it, or uses a name that such a cell would have made, prints one line
    in the place of running. All other cells run.

    Parameters
    ----------
    name : str, such as "torch"

    Returns
    -------
    the module, or None if there is none
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        from IPython import get_ipython

        shell = get_ipython()
        if shell is not None:
            shell.input_transformers_post.append(Without(name))
        print(_MISSING.format(name=name))
        return None


class Without:
    """Rewrite a cell that cannot run; made by `need`.

    Parameters
    ----------
    name : str, the library
    """

    def __init__(self, name):
        self.name, self.lost = name, {name}

    def __call__(self, lines):
        """Return a cell's lines, or the one that says it is left out."""
        try:
            tree = ast.parse("".join(lines))
        except SyntaxError:  # its own error is the better one
            return lines
        if not self.lost & set(_used(tree)):
            return lines
        self.lost |= set(_bound(tree))
        return [f"print({_MISSING.format(name=self.name)!r})\n"]


def _used(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
            yield from (alias.name for alias in node.names)


def _bound(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (
                (alias.asname or alias.name).partition(".")[0]
                for alias in node.names
            )
