"""Imports point down, and NumPy is all that the engine needs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "rnncourse"

# From the lowest up. A part may import itself and what is lower.
LAYERS = [
    ["arguments"],
    ["ops", "params", "initialisers", "glue", "source"],
    ["results", "claims"],
    ["tape", "_cell_arguments", "scan"],
    ["bptt", "linear"],
    ["cells"],
    ["gru_conventions"],
    ["heads", "optim"],
    ["networks", "decoding"],
    ["train"],
    ["pictures", "torch_ref"],
    ["exercises"],
]
RANK = {part: rank for rank, row in enumerate(LAYERS) for part in row}

# Leaves: what each may import, and nobody but the top may import them.
LEAVES = {
    "data": {"arguments"},
    "gradcheck": {"arguments", "params"},  # knows nothing of cells
    "forecast": {"arguments"},
    "padcheck": {"arguments"},
}
TOP = {"exercises"}
MODULES = sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py"))
ENGINE = [*RANK][: [*RANK].index("train") + 1] + [*LEAVES]


def part_of(path):
    """Return the part of the package a file belongs to."""
    return path.parts[0].removesuffix(".py")


def imported(path, source):
    """Return the parts of the package that a module's source imports."""
    package = ["rnncourse", *path.parts[:-1]]
    known = {part_of(module) for module in MODULES}
    parts = set()
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
        for name in names:
            words = name.split(".")
            if words[0] == "rnncourse" and len(words) > 1:
                parts.add(words[1])
    return parts & known


def faults(path, source):
    """Return what a module imports that it may not."""
    part = part_of(path)
    others = imported(path, source) - {part}
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
