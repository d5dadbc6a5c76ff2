"""web/solutions.py: a site without them."""

import json
from pathlib import Path

import pytest
import solutions

from rnncourse.exercises import chapters

BOOK = Path(__file__).resolve().parents[2] / "book"


@pytest.mark.parametrize("chapter", chapters.names())
def test_no_solution_is_left_in_a_chapter_and_all_else_is(chapter):
    path = BOOK / f"{chapter}.ipynb"
    if not path.exists():
        pytest.fail(f"exercises without a chapter: {chapter}")
    text = path.read_text("utf-8")
    bare = solutions.without(text)
    for exercise in chapters.of_chapter(chapter):
        solved = json.dumps(exercise.solution, ensure_ascii=False)[1:-1]
        lines = [x for x in solved.split("\\n") if "return" in x]
        assert lines and all(text.count(x) > bare.count(x) for x in lines)
    cells = [json.loads(x)["cells"] for x in (text, bare)]
    assert len(cells[0]) == len(cells[1])
    for was, now in zip(*cells, strict=True):
        words = "".join(now["source"])
        assert words.count("<details") == words.count("</details>")
        if was["cell_type"] == "code" or "<summary>" not in str(was):
            assert now == was
    hints = "<summary>Hint"
    assert bare.count(hints) == text.count(hints) > 0
    for name in ("Solution", "Answer", "One way to do it"):
        assert f"<summary>{name}</summary>" not in bare


def test_a_page_of_markdown_loses_its_own():
    page = (
        "Think.\n\n<details>\n<summary>Answer</summary>\n\n7\n\n</details>\n"
    )
    assert solutions.without(page) == "Think.\n\n"
    other = page.replace("Answer", "More")
    assert solutions.without(other) == other
