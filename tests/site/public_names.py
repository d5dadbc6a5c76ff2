"""What of the package is public, and what its docstrings say.

Public is what a package lists in `__all__`, and else what a module binds to
a name without an underscore. A package that lists its names speaks for the
modules inside it, but for those it lists.
"""

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
# made for the chapters' exercises, which have a manual of their own
NOT_FOR_READERS = {"rnncourse.exercises"}


def extension():
    """The Sphinx extension that turns docstrings into pages."""
    pytest.importorskip("sphinx")
    spec = importlib.util.spec_from_file_location(
        "docstrings", WEB / "docstrings.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(name):
    """Import a module; None where it needs torch and there is none."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        return None


def modules(name="rnncourse"):
    """Names of all public modules of a package, itself included."""
    module = load(name)
    if name in NOT_FOR_READERS or module is None:
        return []
    names = [name]
    for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
        part = f"{name}.{inner.name}"
        listed = getattr(module, "__all__", None)
        if listed is None:
            wanted = not inner.name.startswith("_")
        else:  # a function may hide the module of its name
            wanted = inner.name in listed and (
                getattr(module, inner.name) is sys.modules.get(part)
            )
        names += modules(part) if wanted else []
    return names


def bound(module):
    """Names that a module's source binds by def, class or assignment."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        for target in getattr(node, "targets", []):
            for part in ast.walk(target):
                if isinstance(part, ast.Name):
                    yield part.id


def public(name):
    """Names of a module's public objects, its modules left out."""
    module = load(name)
    names = getattr(module, "__all__", None)
    if names is None:
        names = [x for x in bound(module) if not x.startswith("_")]
    return [x for x in names if not inspect.ismodule(getattr(module, x))]


def everything():
    """Pairs (module, name) of all that is public, methods included."""
    for module in modules():
        for name in public(module):
            yield module, name
            thing = getattr(load(module), name)
            if inspect.isclass(thing):
                for method, function in vars(thing).items():
                    if method[0] != "_" and inspect.isfunction(function):
                        yield module, f"{name}.{method}"
