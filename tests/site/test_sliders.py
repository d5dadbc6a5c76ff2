"""Every slider of the book obeys the keyboard."""

import pytest

pytestmark = pytest.mark.site

# Which frame is seen, and what the slider says of it.
STATE = """slider => ({
  seen: [...slider.querySelectorAll(".rnn-frame")]
    .map(f => getComputedStyle(f).visibility === "visible"),
  says: slider.querySelector("output").value,
  reads: slider.querySelector("input").getAttribute("aria-valuetext"),
})"""


def with_slider(site):
    paths = sorted((site / "book").glob("*.html"))
    return [p.name for p in paths if 'class="rnn-slider"' in p.read_text()]


def test_every_slider_changes_its_picture(browser, base, site):
    names = with_slider(site)
    assert "rnn.html" in names
    context = browser.new_context()
    for name in names:
        page = context.new_page()
        page.goto(base + "book/" + name)
        for slider in page.locator(".rnn-slider").all():
            handle = slider.locator("input[type=range]")
            handle.press("Home")
            first = slider.evaluate(STATE)
            handle.press("ArrowRight")
            second = slider.evaluate(STATE)
            assert first["seen"].index(True) == 0
            assert second["seen"].index(True) == 1
            for state in (first, second):
                assert state["seen"].count(True) == 1
                assert state["says"] == state["reads"] != ""
            assert first["says"] != second["says"]
        page.close()
    context.close()
