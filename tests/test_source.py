"""What a chapter shows of the package is what runs."""

import ast
from pathlib import Path

import numpy as np
import pytest

from rnncourse import bptt
from rnncourse.cells import LSTM, LSTMCell
from rnncourse.source import source

ROOT = Path(__file__).resolve().parent.parent


def test_the_lines_are_those_of_the_file():
    listing = source(LSTMCell.forward, bptt.unroll)
    for where, code in listing.parts:
        name, lines = where.split(", lines ")
        first, last = map(int, lines.split(" to "))
        text = (ROOT / name).read_text().splitlines()[first - 1 : last]
        assert [line.strip() for line in text] == [
            line.strip() for line in code.splitlines()
        ]
        assert ast.parse(code)


def test_a_value_shows_as_markdown_and_as_text():
    listing = source(LSTMCell.backward)
    shown = listing._repr_markdown_()
    assert shown.startswith("`rnncourse/cells/lstm.py, lines ")
    assert "```python\ndef backward(" in shown
    assert repr(listing).startswith("# rnncourse/cells/lstm.py")


@pytest.mark.parametrize("thing", [LSTM, 3, len, np.tanh, np.stack, None])
def test_what_is_not_the_packages_is_refused(thing):
    with pytest.raises(ValueError, match="^thing is .*; expected a function"):
        source(thing)
