"""On paper: exercises whole, and no buttons."""

import pytest
from exercising import Exercise, first_page
from looking import READY

pytestmark = pytest.mark.site

A4 = 665  # pixels between the margins of tools/make_pdf.py
LONGEST = f"    return {'x' * 68}"  # 79 columns
HEIGHT = "line => Math.round(parseFloat(getComputedStyle(line).lineHeight))"
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


def test_a_line_of_code_fits_on_the_paper(browser, base, site):
    where, ids = first_page(site)
    page = browser.new_page(viewport={"width": A4, "height": 1000})
    page.goto(base + where)
    page.evaluate(READY)
    exercise = Exercise(page, ids[0])
    exercise.type(f"{LONGEST}\n{LONGEST}")
    page.emulate_media(media="print")
    lines = exercise.element.locator(".cm-line")
    one, two = lines.evaluate_all("all => all.map(x => x.offsetHeight)")
    assert one == two == lines.first.evaluate(HEIGHT)
    cell = page.locator("div.cell_input pre >> visible=true").first
    cell.evaluate("(pre, text) => pre.textContent = text", "x")
    height = cell.evaluate("pre => pre.clientHeight")
    cell.evaluate("(pre, text) => pre.textContent = text", LONGEST)
    assert cell.evaluate("pre => pre.clientHeight") == height
    page.close()


@pytest.mark.parametrize(
    ("name", "kept", "hidden"),
    [
        ("rnn", ".live, .rnn-quiz form, .cell_input", "button"),
        ("claims", ".trial", ".trial-filter"),
    ],
)
def test_what_belongs_together_stays_on_a_page(
    browser, base, name, kept, hidden
):
    page = browser.new_page(viewport={"width": A4, "height": 1000})
    page.goto(f"{base}book/{name}.html")
    page.evaluate(READY)
    page.emulate_media(media="print")
    how = "all => [...new Set(all.map(x => getComputedStyle(x).breakInside))]"
    assert page.locator(kept).evaluate_all(how) == ["avoid"]
    assert page.locator(hidden).locator("visible=true").count() == 0
    page.close()
