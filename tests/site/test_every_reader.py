"""For those with a keyboard alone, a narrow screen, or sick of motion."""

import pytest
from looking import READY, settle

pytestmark = pytest.mark.site

PAGE = "book/rnn.html"
SIDEWAYS = """() => [...document.querySelectorAll(
    "main pre, main .cm-scroller, main mjx-container, main .text_html")]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
  .filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
  .map(e => [e.localName + "." + e.className,
    getComputedStyle(e).maskImage + getComputedStyle(e).backgroundImage])"""
MOVING = """() => document.getAnimations().map(
  a => a.effect.getComputedTiming().duration).filter(x => x > 1)"""


@pytest.fixture
def narrow(browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_what_goes_on_sideways_shows_it(narrow, base):
    narrow.goto(base + PAGE)
    narrow.locator(".live-editor").last.wait_for()
    narrow.evaluate(READY)
    narrow.wait_for_function(
        "() => document.querySelector('.cm-scroller.more-after')"
    )
    found = narrow.evaluate(SIDEWAYS)
    assert len({name.partition(".")[0] for name, _ in found}) >= 3
    assert [x for x in found if "gradient" not in x[1]] == []
    code = narrow.locator("pre.more-after").locator("visible=true").first
    code = code.element_handle()
    code.evaluate("e => { e.scrollLeft = 1e6; }")
    narrow.wait_for_function(
        "e => e.matches('.more-before:not(.more-after)')", arg=code
    )
    code.evaluate("e => { e.scrollLeft = 0; }")
    narrow.wait_for_function(
        "e => e.matches('.more-after:not(.more-before)')", arg=code
    )


def test_nothing_moves_for_those_who_asked(narrow, base):
    narrow.goto(base + PAGE)
    narrow.get_by_role("button", name="Chapters").press("Enter")
    assert narrow.evaluate(MOVING) == []


def test_a_link_skips_to_the_exercises(browser, base):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(base + PAGE)
    page.locator(".live-editor").last.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    settle(page)  # it comes from above
    assert link.inner_text() == "Skip to the exercises"
    box = link.bounding_box()
    assert box["y"] >= 0 and box["x"] >= 0 and box["height"] > 10
    page.keyboard.press("Enter")
    page.wait_for_function("() => scrollY > 1000")
    before = page.locator("[data-exercise]").first.bounding_box()["y"]
    assert 0 < before < 4000
    page.keyboard.press("Tab")  # goes on from there
    top = page.locator(":focus").bounding_box()["y"]
    assert top > -100
    page.goto(base + "book/bibliography.html")
    assert page.get_by_text("Skip to the exercises").count() == 0
    page.close()
