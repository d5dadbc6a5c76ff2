"""An outcome reads the same in a terminal, a notebook and the page."""

import json

import numpy as np
import pytest

from rnncourse.exercises import Outcome, hint
from rnncourse.exercises import solution as shown
from rnncourse.exercises.block import exercise
from rnncourse.exercises.chapters import find
from rnncourse.exercises.comparing import signature, strip
from rnncourse.exercises.running import source

TABLE = {
    "caption": "h, step by step",
    "columns": ["t", "difference"],
    "rows": [["1", "same"], ["2", "1.0e-01"]],
}


def test_a_terminal_shows_all_of_it():
    outcome = Outcome("a.b", "not yet", "Hm.", "mine\n", 2, TABLE)
    assert repr(outcome).splitlines() == [
        "○ Not yet. Hm.",
        "h, step by step",
        "  t  difference",
        "  1        same",
        "  2     1.0e-01",
        "Your code printed:",
        "mine",
    ]


def test_a_notebook_shows_all_of_it_and_no_html_of_the_readers():
    outcome = Outcome(
        "a.b", "correct", "1 < 2", "<script>x</script>", None, TABLE, "<svg/>"
    )
    html = outcome._repr_html_()
    assert "<strong>✓ Correct.</strong> 1 &lt; 2" in html
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "<svg/>" in html and html.count("<tr>") == 3
    assert '<th scope="row"' in html and '<th scope="col"' in html


def test_a_page_gets_all_of_it_as_json():
    outcome = Outcome("a.b", "error", "Hm.", "p", 3, TABLE, "<svg/>")
    assert json.loads(json.dumps(outcome.as_dict())) == {
        "id": "a.b",
        "status": "error",
        "title": "Error",
        "message": "Hm.",
        "printed": "p",
        "line": 3,
        "table": TABLE,
        "picture": "<svg/>",
    }


def test_a_strip_names_itself_and_stays_small():
    svg = strip.strip("hs", [0, 0, 0.5])
    assert '<svg role="img"' in svg and "but t = 3</title>" in svg
    assert "at every step</title>" in strip.strip("hs", [1, 1])
    assert strip.strip("hs", np.ones(13)) is None
    assert len(strip.table("hs", np.ones(13))["rows"]) == 13


def test_hints_come_one_at_a_time_and_then_again():
    every = find("rnn.latch").hints
    said = [hint("rnn.latch").plain for _ in range(len(every) + 1)]
    assert said == [*every, every[0]]


def test_a_solution_is_code_in_a_notebook_and_text_in_a_terminal():
    words = shown("rnn.latch")
    assert "```python\ndef latch():" in words._repr_markdown_()
    assert repr(words) == f"Solution\n{find('rnn.latch').solution}"


def test_a_starter_keeps_what_is_given_and_gaps_the_rest():
    @exercise("Title", "x (B), y -> z (B)")
    def some(x, y):
        """Say it."""

        z = x  # given
        for _ in range(3):  # given
            z = z + y
            z = z * 2

        return z  # given

    assert some.starter.splitlines() == [
        "def some(x, y):",
        "    # x (B), y -> z (B)",
        "    z = x",
        "    for _ in range(3):",
        "        ...",
        "    return z",
    ]
    assert "# given" not in some.solution and "Say it" not in some.solution
    assert some.solution.startswith("def some(x, y):\n    z = x\n")
    assert some(1, 2) == some.function(1, 2)
    assert source.untouched(some.starter, "some", some.starter)
    assert not source.untouched(some.solution, "some", some.starter)


def test_shapes_are_read_and_held_to():
    before, after = signature.parse("xs (T, B, 2), n -> w ()")
    assert [x.axes for x in before + after] == [("T", "B", "2"), None, ()]
    assert signature.sizes(before, [np.ones((5, 3, 2)), 1]) == {"T": 5, "B": 3}
    for shape, fault in (((5, 3), "has shape"), ((5, 3, 1), "has 2 = 1, not")):
        with pytest.raises(ValueError, match=fault):
            signature.sizes(before, [np.ones(shape), 1])
    with pytest.raises(ValueError, match="B = 2, not 3"):
        square = signature.parse("x (B, B) ->")[0]
        signature.sizes(square, [np.ones((3, 2))])
    with pytest.raises(ValueError, match="expected 'x"):
        signature.parse("x (B)")
    assert signature.named((3, 5), {"T": 5, "B": 3}) == "(B, T)"
    assert signature.named((3,), {"T": 3, "B": 3}) == ""
