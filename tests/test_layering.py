"""Imports point down, and NumPy is all that the engine needs."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "rnncourse"

# From the lowest up. A part may import itself and what is lower.
LAYERS = [
    ["arguments", "plain_numbers", "_npz"],
    ["ops", "params", "initialisers", "glue", "optional", "source"],
    ["results", "claims"],
    ["tape", "_cell_arguments", "scan"],
    ["bptt", "linear"],
    ["cells"],
    ["gru_conventions"],
    ["heads", "optim"],
    ["networks", "decoding"],
    ["train"],
    ["pictures", "torch_ref"],
    ["workbench"],
    ["exercises"],
    ["cards"],
]
RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}

# Leaves: what each may import, and nobody but the top may import them.
LEAVES = {
    "data": {"arguments"},
    "gradcheck": {"arguments", "params"},  # knows nothing of cells
    "forecast": {"arguments"},
    "padcheck": {"arguments"},
}
TOP = {"exercises", "workbench", "cards"}
MODULES = sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py"))
ENGINE = [*RANK][: [*RANK].index("train") + 1] + [*LEAVES]


def part_of(path):
    """Return the part of the package a file belongs to."""
    return path.parts[0].removesuffix(".py")


def name_of(path):
    """Return a module's name below the package's, a package's for __init__."""
    words = path.with_suffix("").parts
    return ".".join(words[:-1] if words[-1] == "__init__" else words)


def imported(path, source):
    """Return all that a module's source imports of the package, by name.

    Wherever the import stands, at the top or inside a function.
    """
    package = ["rnncourse", *path.parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            base = base if node.level else []
            stem = ".".join([*base, node.module] if node.module else base)
            names = [f"{stem}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {x[10:] for x in names if x.startswith("rnncourse.")}
    return found


def module_of(name, known):
    """Return the module that has a name, or is it."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def graph(sources):
    """Return {module: the modules it imports}, from {path: source}."""
    known = {name_of(path) for path in sources}
    return {
        name_of(path): {
            module_of(name, known) for name in imported(path, source)
        }
        - {name_of(path)}
        for path, source in sources.items()
    }


def knots(sources):
    """Yield what is tangled inside the packages, in words.

    In each package, at each depth, its files and rooms stand on each other
    without a circle, and none of them asks the package that holds it: that
    imports them.
    """
    modules = graph(sources)
    packages = {name_of(x) for x in sources if x.name == "__init__.py"}
    for package in sorted(packages):
        prefix = f"{package}." if package else ""
        inside = {x for x in modules if x.startswith(prefix)} - {package}
        rooms = {}
        for module in inside:
            room = module[len(prefix) :].partition(".")[0]
            others = rooms.setdefault(room, set())
            if package in modules[module] and room != "__main__":
                yield f"{module} imports {package or 'rnncourse'}, its house"
            for other in modules[module] & inside:
                others |= {other[len(prefix) :].partition(".")[0]} - {room}
        try:
            list(TopologicalSorter(rooms).static_order())
        except CycleError as error:
            yield f"in {package or 'rnncourse'}: {' <- '.join(error.args[1])}"


def faults(path, source):
    """Return what a module imports that it may not."""
    part = part_of(path)
    names = {name.partition(".")[0] for name in imported(path, source)}
    others = names & {part_of(module) for module in MODULES} - {part}
    if part == "__init__":
        return others
    if part in LEAVES:
        return others - LEAVES[part]
    below = {other for other in RANK if RANK[other] < RANK[part]}
    return others - below - (set(LEAVES) if part in TOP else set())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    assert faults(path, (PACKAGE / path).read_text()) == set()


@pytest.mark.parametrize(
    "name, source, fault",
    [
        ("bptt.py", "from rnncourse import cells", "cells"),
        ("cells/lstm.py", "from ..heads import readout", "heads"),
        ("bptt.py", "def f():\n    import rnncourse.train", "train"),
        ("gradcheck.py", "from rnncourse.cells.rnn import RNN", "cells"),
        ("data/xor.py", "from .. import ops", "ops"),
        ("pictures/x.py", "from rnncourse import torch_ref", "torch_ref"),
        ("__init__.py", "from . import bptt", "bptt"),
    ],
)
def test_an_import_that_points_up_is_seen(name, source, fault):
    assert faults(Path(name), source) == {fault}


def test_every_part_has_its_place():
    parts = {part_of(path) for path in MODULES} - {"__init__"}
    assert parts <= set(RANK) | set(LEAVES)


def test_inside_a_package_imports_point_down_too():
    sources = {path: (PACKAGE / path).read_text() for path in MODULES}
    modules = graph(sources)
    assert "bptt" in modules["cells._cell"]
    assert "cells._gated" in modules["cells.lstm"]
    assert list(knots(sources)) == []


HOUSE = {
    "__init__.py": "",
    "low.py": "",
    "room/__init__.py": "from rnncourse.room.b import B",
    "room/a.py": "from rnncourse import low",
    "room/b.py": "from rnncourse.room import a",
    "room/deep/__init__.py": "",
    "room/deep/c.py": "from rnncourse.room.b import B",
}


@pytest.mark.parametrize(
    "name, source, words",
    [
        ("room/a.py", "from rnncourse.room.b import B", "in room:"),
        ("room/a.py", "def f():\n    from . import b", "in room:"),
        ("room/a.py", "from rnncourse.room.deep import c", "in room:"),
        ("room/a.py", "from rnncourse.room import B", "its house"),
        ("room/deep/c.py", "from rnncourse.room import B", "its house"),
        ("low.py", "def f():\n    import rnncourse.room.a", "in rnncourse:"),
    ],
)
def test_a_knot_is_seen(name, source, words):
    house = {Path(path): text for path, text in HOUSE.items()}
    assert list(knots(house)) == []
    found = list(knots({**house, Path(name): source}))
    assert found and any(words in knot for knot in found)


def newly_loaded(statement):
    """Return the packages outside Python itself that a statement loads."""
    code = (
        f"import sys; before = set(sys.modules); {statement}; "
        "names = {name.partition('.')[0] for name in sys.modules} "
        "- {name.partition('.')[0] for name in before}; "
        "print(*names - sys.stdlib_module_names - {'rnncourse'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in done.stdout.split() if name[0] != "_"}


def test_importing_the_package_loads_numpy_alone():
    assert newly_loaded("import rnncourse") <= {"numpy"}


def test_the_engine_needs_numpy_alone():
    modules = [
        ".".join(["rnncourse", *path.with_suffix("").parts])
        for path in MODULES
        if part_of(path) in ENGINE and path.name != "__init__.py"
    ]
    assert "rnncourse.bptt" in modules
    assert newly_loaded("import " + ", ".join(modules)) == {"numpy"}
