"""What a notebook shows, once it has imported `rnncourse.glue`."""

import subprocess
import sys

import numpy as np

SHOWN = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import numpy as np; from rnncourse.glue import glue")
show = shell.display_formatter.formatters["text/plain"]
import numpy as np
print(show({"a": np.float64(0.5), "b": [np.float32(0.5), np.int64(3)]}))
print(show((np.bool_(True), np.arange(2), 0.25)))
print(repr(np.float64(0.5)))
"""


def test_a_notebook_shows_numpys_numbers_as_numbers():
    """And Python outside of it is left alone."""
    told = subprocess.run(
        [sys.executable, "-c", SHOWN],
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, outside = told.stdout.splitlines()
    assert lines[0] == "{'a': 0.5, 'b': [0.5, 3]}"
    assert lines[1] == "(True, array([0, 1]), 0.25)"
    assert outside == repr(np.float64(0.5))
