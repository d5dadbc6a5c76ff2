"""rnncourse/optional.py: cells that need what is missing step aside."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from rnncourse.optional import Without, need

CELLS = [
    ("import numpy as np\n", True),
    ("import absent\nfrom absent import nn\n", False),
    ("cell = nn.LSTM(2, 3)\n", False),
    ("out = np.zeros(3)\n", True),
    ("def run(x):\n    return cell(x)\n", False),
    ("run(out)\n", False),
    ("from rnncourse import absent_ref\n", True),
    ("for a in (1, 2):\n    b = a\n", True),
    ("not python at all\n", True),
]


def test_what_needs_it_is_left_out_and_nothing_else():
    without = Without("absent")
    for source, runs in CELLS:
        lines = source.splitlines(keepends=True)
        found = without(lines)
        assert (found == lines) is runs, source
        if not runs:
            assert len(found) == 1 and "absent is not installed" in found[0]


def test_a_library_that_is_there_is_returned():
    assert need("math").pi > 3


def test_one_that_does_not_load_is_none(tmp_path, monkeypatch, capsys):
    (tmp_path / "half_there.py").write_text("raise ImportError('half')\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert need("half_there") is None
    assert "half_there is not installed" in capsys.readouterr().out


@pytest.mark.parametrize("missing", [False, True])
def test_in_a_notebook(missing):
    shells = pytest.importorskip("IPython.core.interactiveshell")
    shell = shells.InteractiveShell()
    name = "no_such_library" if missing else "math"
    shell.run_cell("made = 'not yet'")
    if missing:
        shell.input_transformers_post.append(Without(name))
    shell.run_cell(f"import {name}\nmade = {name}.pi")
    assert shell.user_ns["made"] == ("not yet" if missing else math.pi)


CHAPTER = Path(__file__).parents[1] / "book" / "pytorch.ipynb"
WITHOUT = """
import json, sys
import matplotlib
from IPython.core.interactiveshell import InteractiveShell

matplotlib.use("Agg")
sys.modules["torch"] = None
shell = InteractiveShell.instance()
for source in json.load(sys.stdin):
    shell.run_cell(source).raise_error()
"""


def test_without_pytorch_its_chapter_runs_and_says_what_is_left_out():
    pytest.importorskip("IPython")
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    sources = [
        "".join(cell["source"])
        for cell in cells
        if cell["cell_type"] == "code"
        and "colab" not in cell["metadata"].get("tags", ())
    ]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    left_out = done.stdout.count("Left out: torch is not installed here")
    assert len(sources) / 2 < left_out < len(sources)
    assert "This one needs PyTorch" in done.stdout
