"""rnncourse/optional.py: cells that need what is missing step aside."""

import math

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
