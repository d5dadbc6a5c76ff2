"""A chapter's first reading is short, and stands alone."""

import ast
import json
import re
from pathlib import Path

import pytest
import reading_time

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = sorted(BOOK.glob("*.ipynb"))
TEN = " ".join(["word"] * 2200)


def page(*cells):
    """A notebook of (kind, source) pairs."""
    return {
        "cells": [
            {"cell_type": kind, "source": [source], "metadata": metadata}
            for kind, source, metadata in cells
        ]
    }


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def defined_and_used(cells):
    """Names of functions and classes that cells define, and names they use."""
    defined, used = set(), set()
    for source in cells:
        tree = ast.parse(re.sub(r"(?m)^(\s*)%.*", r"\1pass", source))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.Name):
                used.add(node.id)
    return defined, used


def test_words_and_visible_lines_are_counted_and_exercises_are_not():
    notebook = page(
        ("markdown", TEN, {}),
        ("code", "\n\n".join(["x = 1"] * 24), {}),
        ("code", "\n".join(["x = 1"] * 24), {"tags": ["remove-cell"]}),
        ("markdown", "## B\n\n*Second reading*: gain.\n\n" + TEN, {}),
        ("markdown", "## Exercises\n\n" + TEN, {}),
    )
    first, second = reading_time.minutes(notebook)
    assert first == pytest.approx(12)
    assert second == pytest.approx(10, abs=0.1)
    assert reading_time.said(12.2, 10.1) == (
        "First reading: about 12 min; second reading: 10 min more."
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_first_reading_takes_at_most_35_minutes(path):
    assert reading_time.minutes(load(path))[0] <= 35


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_first_reading_needs_no_function_of_a_second(path):
    skipped = {}
    for section in reading_time.sections(load(path)):
        text, _, cells = section
        defined, used = defined_and_used(cells)
        if reading_time.is_second(section):
            skipped |= dict.fromkeys(defined, text.splitlines()[0])
        elif not text.startswith(reading_time.EXERCISES):
            skipped = {x: y for x, y in skipped.items() if x not in defined}
            assert not {x: skipped[x] for x in used & set(skipped)}
