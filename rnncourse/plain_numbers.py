"""A notebook shows NumPy's numbers as numbers, once it has imported this.

``(0.91, 3)`` and not ``(np.float64(0.91), np.int64(3))``. Only what a notebook
displays changes: `repr`, and Python outside of a notebook, stay as they are.
"""

import sys

import numpy as np


def _show_plainly():
    """Tell the notebook that runs this, if one does."""
    if "IPython" not in sys.modules:
        return
    shell = sys.modules["IPython"].get_ipython()
    if shell is not None:
        shown = shell.display_formatter.formatters["text/plain"]
        codes = np.typecodes["AllInteger"] + np.typecodes["AllFloat"]
        for code in "?" + codes:
            kind = np.dtype(code).type
            shown.for_type(kind, lambda x, to, _: to.text(str(x)))


_show_plainly()
