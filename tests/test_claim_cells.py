"""A cell that tests a claim asserts about what its sentence says."""

import ast
import builtins
import json
import re
from pathlib import Path

import pytest

from rnncourse.claims import CLAIMS

BOOK = Path(__file__).resolve().parents[1] / "book"
CALL = re.compile(r"^claim\(\s*(\d+),", re.MULTILINE)


def trials():
    """Yield (chapter, claim, source of the cell)."""
    for path in sorted(BOOK.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            found = CALL.search(source)
            if cell["cell_type"] == "code" and found:
                yield path.stem, int(found[1]), source


def names(*nodes):
    """The variables of some expressions."""
    parts = [part for node in nodes for part in ast.walk(node)]
    return {part.id for part in parts if isinstance(part, ast.Name)}


def traced(tree, found):
    """The variables, and those of the cell that they are made from."""
    made = [n for n in ast.walk(tree) if isinstance(n, ast.Assign)]
    while True:
        more = [m.value for m in made if names(*m.targets) & found]
        grown = found | names(*more)
        if grown == found:
            return found - set(dir(builtins)) - {"np"}
        found = grown


def shared(source):
    """Variables both of the sentence's numbers and of the assertions."""
    tree = ast.parse(source)
    kinds = (ast.Assert, ast.FormattedValue)
    asserted, told = (
        traced(tree, names(*(n for n in ast.walk(tree) if type(n) is kind)))
        for kind in kinds
    )
    return asserted & told


CELLS = list(trials())


def test_a_chapter_tries_a_claim_in_one_cell():
    """The claim's number is the cell's address in the page."""
    tried = [(chapter, number) for chapter, number, _ in CELLS]
    assert len(tried) == len(set(tried))


@pytest.mark.parametrize(
    ("chapter", "number", "source"),
    CELLS,
    ids=[f"{chapter}-{number}" for chapter, number, _ in CELLS],
)
def test_it_asserts_about_a_number_of_its_sentence(chapter, number, source):
    assert shared(source), f"{chapter}, claim {number}"


def test_each_claim_has_such_a_cell():
    assert {number for _, number, _ in CELLS} == set(CLAIMS)


def test_an_assertion_about_something_else_is_caught():
    cell = 'x, y = 1, max(2, 3)\nassert {} > 0\nclaim(1, f"{{y}} of 9")'
    assert shared(cell.format("y")) == {"y"}
    cell = cell.replace("x, y = 1, max(2, 3)", "x = max(1, 2)\ny = max(2, 3)")
    assert not shared(cell.format("x"))
