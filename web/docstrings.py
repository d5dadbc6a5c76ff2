"""The package's docstrings as pages: what Sphinx's autodoc leaves open.

Docstrings have NumPy's sections, with two liberties. What follows the colon
of a name is prose, which runs on over the next lines; napoleon and numpydoc
would cut it into a type and a description. And an example needs no heading.
So the sections are turned into reStructuredText here, by one short rule each:

- Parameters, Returns, Yields, Raises: a field with a list of names;
- ``>>>`` ends the section before it.

A value such as ``LSTM`` is documented by the string below its assignment.
autodoc looks for that string only in the module it is asked about, and a
package's names come from its private modules: `own_words` looks there.
"""

import importlib
import pkgutil
import re

from sphinx.errors import PycodeError
from sphinx.pycode import ModuleAnalyzer

FIELDS = ("Parameters", "Returns", "Yields", "Raises")
LONGEST = 60  # characters of a value that is shown


def sections(lines):
    """Cut a docstring into ``[(heading or None, lines), ...]``."""
    parts = [(None, [])]
    rest = iter(enumerate(lines))
    for i, line in rest:
        below = lines[i + 1] if i + 1 < len(lines) else ""
        if line in FIELDS and re.fullmatch("-+", below):
            parts.append((line, []))
            next(rest)
            continue
        if parts[-1][0] and line.startswith(">>>"):
            parts.append((None, []))
        parts[-1][1].append(line)
    return parts


def entries(heading, lines):
    """Cut a section into ``[(term, lines), ...]``; term "" is prose alone."""
    named = heading == "Raises" or any(
        re.match(r"\S.* : ", line) for line in lines
    )
    if not named:
        return [("", lines)]
    found = []
    for line in lines:
        if line and not line.startswith(" "):
            term, _, text = line.partition(" : ")
            found.append((term, [text] if text else []))
        elif found:
            found[-1][1].append(line.strip())
    return found


def field(heading, lines):
    """Write a section as a field list."""
    out = ["", f":{heading}:"]
    for term, text in entries(heading, lines):
        if term:
            out.append(f"    ``{term}``")
        indent = 8 * " " if term else 4 * " "
        out += [indent + line if line else "" for line in text]
    return [*out, ""]


def to_rst(lines):
    """Turn the lines of a docstring into reStructuredText."""
    out = []
    for heading, body in sections(lines):
        out += field(heading, body) if heading else body
    return out


def own_words(package, name):
    """Return the string below the assignment of a name, wherever it is."""
    modules = [package]
    if path := getattr(importlib.import_module(package), "__path__", None):
        modules += [m.name for m in pkgutil.iter_modules(path, f"{package}.")]
    for module in modules:
        try:
            words = ModuleAnalyzer.for_module(module).find_attr_docs()
        except PycodeError:  # no source
            continue
        if ("", name) in words:
            return words["", name]
    return None


def rewrite(app, what, name, obj, options, lines):
    """Give autodoc the docstring as reStructuredText."""
    package, _, short = name.rpartition(".")
    if what == "module":
        lines[:0] = [f"``from {package} import {short}``", ""]
    if what == "data":
        lines[:] = own_words(package, short) or []
        value = repr(obj)
        if isinstance(obj, (str, int, float, tuple)) and len(value) <= LONGEST:
            lines += ["", f"Value: ``{value}``"]
    lines[:] = to_rst(lines)


def setup(app):
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
