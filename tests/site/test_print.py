"""On paper: exercises whole, and no buttons."""

import pytest
from exercising import Exercise, first_page
from looking import READY

pytestmark = pytest.mark.site

LINES = [f"x{n} = {n}  # {'and on ' * 12}" for n in range(40)]

CUT = """editor => {
  const cut = [], frame = editor.getBoundingClientRect();
  for (const e of [editor, ...editor.querySelectorAll("*")]) {
    const style = getComputedStyle(e), hidden = style.overflow !== "visible";
    if (hidden && (e.scrollWidth > e.clientWidth + 1
                   || e.scrollHeight > e.clientHeight + 1))
      cut.push(e.className);
    if (e.getBoundingClientRect().right > frame.right + 1)
      cut.push(e.className + " sticks out");
  }
  return cut;
}"""


def test_an_exercise_is_printed_whole(browser, base, site):
    where, ids = first_page(site)
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.goto(base + where)
    page.evaluate(READY)
    exercises = [Exercise(page, id) for id in ids]
    exercises[-1].type("\n".join(LINES))
    exercises[0].editor.scroll_into_view_if_needed()
    page.emulate_media(media="print")
    assert exercises[-1].code.split("\n") == LINES
    for exercise in exercises:
        editor = exercise.element.locator(".live-editor")
        assert editor.evaluate(CUT) == []
    buttons = page.locator("button, input[type=range], input[type=search]")
    assert buttons.locator("visible=true").all_inner_texts() == []
    page.close()
