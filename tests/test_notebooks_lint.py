"""Every chapter keeps the rules, and each broken rule is seen."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from lint_notebooks import faults
from repository import colab_cell

ROOT = Path(__file__).resolve().parent.parent
URL = "https://github.com/OWNER/rnncourse"
CHAPTERS = sorted((ROOT / "book").glob("*.ipynb"))


def code(source, **more):
    """Return a code cell without outputs."""
    empty = {"outputs": [], "execution_count": None, "metadata": {}}
    return {"cell_type": "code", "source": source, **empty, **more}


def prose(source):
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def notebook(*cells):
    """Return a sound notebook that ends with the given cells."""
    first = code(colab_cell(URL), metadata={"tags": ["remove-cell"]})
    cells = [prose("# Title"), first, code("import rnncourse"), *cells]
    return {
        "cells": [{**c, "id": str(i)} for i, c in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def found(content):
    """Return the faults of a notebook as one text."""
    return "\n".join(faults(json.dumps(content), URL))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_chapter_keeps_the_rules(path):
    config = (ROOT / "_config.yml").read_text()
    url = config.partition("  url: ")[2].split()[0]
    assert list(faults(path.read_text(), url)) == []


def test_a_sound_notebook_has_no_fault():
    sound = notebook(code("x = 1"), prose("![A line that falls](a.png)"))
    assert found(sound) == ""


OUTPUT = {"output_type": "stream", "name": "stdout", "text": "1"}


@pytest.mark.parametrize(
    "cell, fault",
    [
        (code("x", outputs=[OUTPUT]), "cell 4: stored outputs"),
        (code("x", execution_count=3), "cell 4: an execution count"),
        (code("x = 1\n" * 21), "cell 4: 21 lines, 20 are allowed"),
        (code(" "), "cell 4: empty"),
        (code("plt.show()"), "cell 4: a figure shown without"),
        (code("import torch"), "cell 4: PyTorch may be missing"),
        (prose("![](a.png)"), "cell 4: a picture without alt text"),
        (prose('<img src="a">'), "cell 4: an <img> without alt text"),
        (prose("```{figure} a.png\n```"), "cell 4: {figure} without :alt:"),
        (code("x = 1\n" * 20), "median cell has 10.5 lines"),
    ],
)
def test_a_broken_rule_is_seen(cell, fault):
    assert fault in found(notebook(cell))


@pytest.mark.parametrize(
    "change, fault",
    [
        ({"nbformat_minor": 4}, "notebook format 4.5"),
        ({"metadata": {}}, "not named python3"),
        (
            {
                "metadata": {
                    "kernelspec": {"name": "python3"},
                    "language_info": {"version": "3.11"},
                    "widgets": {},
                }
            },
            "names a Python version",
        ),
    ],
)
def test_wrong_metadata_is_seen(change, fault):
    assert fault in found(notebook() | change)


def test_another_first_cell_is_seen():
    content = notebook()
    other = copy.deepcopy(content)
    other["cells"][1]["source"] = "%pip install rnncourse"
    assert "not the one of tools/repository.py" in found(other)
    bare = copy.deepcopy(content)
    bare["cells"][1]["metadata"] = {}
    assert "lacks the tag remove-cell" in found(bare)


def test_what_is_no_notebook_is_said():
    assert "no notebook" in "\n".join(faults("# text", URL))


def test_the_command_fails_on_stored_outputs_until_they_are_cleared(tmp_path):
    path = tmp_path / "chapter.ipynb"
    path.write_text(json.dumps(notebook(code("x", outputs=[OUTPUT]))))
    command = [sys.executable, ROOT / "tools" / "lint_notebooks.py"]

    done = subprocess.run([*command, path], capture_output=True, text=True)
    assert done.returncode == 1
    assert "chapter.ipynb: cell 4: stored outputs" in done.stdout

    done = subprocess.run(
        [*command, "--clear", path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert json.loads(path.read_text())["cells"][3]["outputs"] == []
