"""What a notebook shows below its cells."""

import subprocess
import sys

import numpy as np
import pytest
from reader_plumbing import IMPORT, INSTEAD

SHOWN = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("{}")
show = shell.display_formatter.formatters["text/plain"]
import numpy as np
print(show([np.float64(0.5), [np.float32(0.5), np.int64(3)]]))
print(show((np.bool_(True), np.arange(2), 0.25)))
print(repr(np.float64(0.5)))
"""


@pytest.mark.parametrize("line", [IMPORT, INSTEAD])
def test_a_notebook_shows_numpys_numbers_as_numbers(line):
    """In the book and for readers; Python outside of it is left alone."""
    told = subprocess.run(
        [sys.executable, "-c", SHOWN.format(line)],
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, outside = told.stdout.splitlines()
    assert lines[0] == "[0.5, [0.5, 3]]"
    assert lines[1] == "(True, array([0, 1]), 0.25)"
    assert outside == repr(np.float64(0.5))
