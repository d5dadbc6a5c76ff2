"""Links to the workbench open what they promise, and only there."""

import re
from pathlib import Path

import exercise_pages
import pytest
from sphinx.errors import ConfigError

from rnncourse.workbench import TASKS, Settings, ToysSession

ROOT = Path(__file__).resolve().parents[2]
LINK = '<a href="workbench.html">'


def test_each_link_of_a_chapter_gets_its_own_aim():
    page, aims = "book/gradients", exercise_pages.OPENS["book/gradients"]
    body = exercise_pages.opened(page, f"a{LINK}b{LINK}c")
    assert [x.split('"')[0] for x in body.split("workbench.html#")[1:]] == aims
    assert body.startswith("a<a") and body.endswith("c")


def test_what_has_no_aim_stays():
    assert exercise_pages.opened("book/rnn", f"a{LINK}b") == f"a{LINK}b"
    assert exercise_pages.opened("book/gradients", "none") == "none"


def test_a_link_that_nobody_counted_is_refused():
    with pytest.raises(ConfigError, match="has 1 links .* OPENS has 2"):
        exercise_pages.opened("book/gradients", LINK)


@pytest.mark.parametrize("page", exercise_pages.OPENS)
def test_every_aim_can_be_opened(page):
    for aim in exercise_pages.OPENS[page]:
        tab, *parts = aim.split("/")
        if tab == "toys":
            task, cells, distance = parts
            networks = [Settings(cell) for cell in cells.split("+")]
            assert task in TASKS
            ToysSession(task, int(distance), networks)
        else:
            assert tab in ("text", "numbers")
            Settings(parts[0], H=int(parts[1]))


def test_the_page_knows_the_toys_and_the_cells_of_the_package():
    live = ROOT / "web" / "live"
    source = (live / "toys_bench.ts").read_text()
    listed = source.split("export const TASKS", 1)[1].split("};", 1)[0]
    usual = dict(re.findall(r'(\w+): \["[^"]+", (\d+)\]', listed))
    assert list(usual) == list(TASKS)
    for task, distance in usual.items():
        assert TASKS[task].least <= int(distance) <= TASKS[task].most
    source = (live / "fields.ts").read_text()
    listed = source.split("export const CELLS", 1)[1].split("};", 1)[0]
    for cell in re.findall(r'(\w+): "', listed):
        Settings(cell)
