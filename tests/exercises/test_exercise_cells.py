"""Blocks and notebooks say the same, and the cells work in a kernel."""

import copy
import json
from pathlib import Path

import nbformat
import pytest
from exercise_cases import EVERY
from nbclient import NotebookClient

from rnncourse.exercises import chapters
from rnncourse.exercises.pages import notebook as pages

BOOK = Path(__file__).resolve().parents[2] / "book"
RNN = chapters.of_chapter("rnn")


def prose(text):
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def place(exercise):
    return prose(f"<!-- exercise: {exercise.id} -->")


def ids(cells):
    """Return the ids of cells of exercises, and "-" for others."""
    return [cell["metadata"].get("exercise", "-") for cell in cells]


@pytest.mark.parametrize("chapter", chapters.names())
def test_the_notebook_says_what_the_blocks_say(chapter, capsys):
    assert pages.write(BOOK, [chapter], only_check=True) == 0
    assert capsys.readouterr().out.endswith("as it should be\n")
    path = BOOK / f"{chapter}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for exercise in chapters.of_chapter(chapter):
        mine = [
            c for c in cells if c["metadata"].get("exercise") == exercise.id
        ]
        statement, code, aids = ("".join(cell["source"]) for cell in mine)
        assert exercise.statement in statement
        assert exercise.title in statement
        assert code.startswith(exercise.starter)
        assert code.endswith(f'check("{exercise.id}", {exercise.name})')
        assert exercise.solution in aids
        assert all(hint in aids for hint in exercise.hints)
        assert aids.count("<details") == aids.count("</details>")
        assert aids.count("<details") == len(exercise.hints) + 1


@pytest.mark.parametrize("exercise", EVERY)
def test_a_name_and_its_shape_stand_in_one_line(exercise):
    lines = exercise.starter.split("\n")
    for line in (line for line in lines if line.startswith("    # ")):
        assert len(line) <= 79
        assert line.count("(") == line.count(")")
        assert not line.startswith("    # (") and not line.endswith("->")


def test_a_place_becomes_three_cells_and_writing_again_changes_nothing():
    places = [prose("a"), *map(place, RNN), prose("b")]
    cells = pages.written({"cells": places}, RNN)
    found = ["-", *[x.id for x in RNN for _ in range(3)], "-"]
    assert ids(cells) == found
    assert pages.written({"cells": cells}, RNN) == cells
    nbformat.validate(
        nbformat.from_dict(
            {
                "cells": cells[1:-1],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        )
    )


def test_what_was_edited_in_the_notebook_is_written_over():
    cells = pages.written({"cells": [place(RNN[0])]}, RNN[:1])
    edited = copy.deepcopy(cells)
    edited[1]["source"] = ["x = 1"]
    del edited[2]
    assert pages.written({"cells": edited}, RNN[:1]) == cells


@pytest.mark.parametrize("new", [0, 1, -1])
def test_a_new_exercise_comes_after_its_neighbour(new):
    known = [x for x in RNN if x is not RNN[new]]
    cells = pages.written({"cells": [*map(place, known), prose("end")]}, known)
    cells = pages.written({"cells": cells}, RNN)
    assert ids(cells) == [*[x.id for x in RNN for _ in range(3)], "-"]


@pytest.mark.parametrize(
    "cells, fault",
    [
        ([prose("a")], "no exercise has a place"),
        ([place(RNN[0]), prose("a"), place(RNN[0])], "has two places"),
        ([prose("<!-- exercise: rnn.nothing -->")], "no exercise 'rnn.nothin"),
    ],
)
def test_a_place_that_cannot_be_is_said(cells, fault):
    with pytest.raises(ValueError, match=fault):
        pages.written({"cells": cells}, RNN)


def test_write_changes_a_notebook_once_and_only_its_exercises(
    tmp_path, capsys
):
    path = tmp_path / "rnn.ipynb"
    notebook = {"cells": [prose("ä"), place(RNN[0])], "metadata": {"x": 1}}
    path.write_text(json.dumps(notebook), encoding="utf-8")

    assert pages.write(tmp_path, ["rnn"], only_check=True) == 1
    assert "run python -m rnncourse.exercises write rnn" in (
        capsys.readouterr().out
    )
    assert json.loads(path.read_text(encoding="utf-8")) == notebook

    assert pages.write(tmp_path, ["rnn"]) == 0
    assert f"{len(RNN)} exercises written" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert json.loads(text)["metadata"] == {"x": 1} and "ä" in text
    assert pages.write(tmp_path, ["rnn"]) == 0
    assert path.read_text(encoding="utf-8") == text

    assert pages.write(tmp_path / "none", ["rnn"]) == 1
    path.write_text("no notebook", encoding="utf-8")
    assert pages.write(tmp_path, ["rnn"]) == 1


def test_the_cells_run_in_a_kernel():
    start = "import numpy as np\nfrom rnncourse.exercises import check, hint"
    sources = [start]
    for exercise in EVERY:
        sources.append(pages.code(exercise))
        call = f'check("{exercise.id}", {exercise.name})'
        sources.append(f"{exercise.solution}\n\n\n{call}")
    first = RNN[0]
    broken = first.starter.replace("...", "y = 1\n    return y / 0")
    sources.append(f'{broken}\n\n\ncheck("{first.id}", {first.name})')
    sources.append(f'hint("{first.id}")')
    sources.append(f'hint("{first.id}")')
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources]
    )
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()

    said = [cell.outputs[0].data for cell in notebook.cells[1:]]
    for i in range(len(EVERY)):
        assert said[2 * i]["text/plain"].startswith("· Not attempted.")
        assert "<strong>· Not attempted.</strong>" in said[2 * i]["text/html"]
        assert said[2 * i + 1]["text/plain"].startswith("✓ Correct.")
    stopped, one, two = said[-3:]
    line = broken.splitlines().index("    return y / 0") + 1
    assert f"Line {line} stops with ZeroDiv" in stopped["text/plain"]
    assert one["text/markdown"].startswith("**Hint 1 of 3**")
    assert two["text/markdown"].endswith(first.hints[1])
