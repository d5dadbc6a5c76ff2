"""What has the keyboard's focus is seen to have it, whole."""

import io

import numpy as np
import pytest
from looking import READY
from PIL import Image

pytestmark = pytest.mark.site

AROUND = 6  # css pixels about an element, where its ring may be

PLACES = {
    "a chapter in the sidebar": "nav.bd-links li > a",
    "the search": ".bd-search input",
    "the chapters' button": ".primary-toggle",
    "what a page offers": ".page-menu",
    "the theme": ".theme-switch-button",
    "this page's contents": ".page-toc a.nav-link",
    "code that scrolls": "main div.cell_input pre",
    "a quiz's button": ".rnn-quiz button",
    "an exercise's button": ".live-button.is-main",
    "what is folded": "main details > summary",
}


@pytest.fixture(params=["light", "dark"])
def page(browser, base, request):
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme=request.param
    )
    page = context.new_page()
    page.goto(base + "book/rnn.html")
    page.evaluate(READY)
    page.locator("main pre").first.evaluate("e => { e.tabIndex = 0; }")
    page.keyboard.press("Tab")  # from here on, focus comes from the keyboard
    yield page
    context.close()


def changed(page, element):
    """Which pixels about the element differ once it has the focus."""
    element.evaluate("e => e.scrollIntoView({block: 'center'})")
    box = element.bounding_box()
    clip = {
        "x": max(box["x"] - AROUND, 0),
        "y": box["y"] - AROUND,
        "width": box["width"] + 2 * AROUND,
        "height": box["height"] + 2 * AROUND,
    }

    def shot():
        image = page.screenshot(clip=clip, caret="hide", animations="disabled")
        return np.asarray(Image.open(io.BytesIO(image)).convert("L"), int)

    element.evaluate("e => e.focus({preventScroll: true})")
    focused = shot()
    element.evaluate("e => e.blur()")
    return abs(focused - shot()) > 40


def sides(pixels):
    """The shares of the four sides along which something has changed."""
    band = AROUND + 4
    return {
        "left": pixels[:, :band].any(axis=1).mean(),
        "right": pixels[:, -band:].any(axis=1).mean(),
        "top": pixels[:band].any(axis=0).mean(),
        "bottom": pixels[-band:].any(axis=0).mean(),
    }


def test_a_ring_stands_on_all_four_sides(page):
    faults = {}
    for place, selector in PLACES.items():
        found = page.locator(selector).locator("visible=true")
        assert found.count(), place
        cut = {
            side: round(share, 2)
            for side, share in sides(changed(page, found.first)).items()
            if share < 0.5
        }
        if cut:
            faults[place] = cut
    assert faults == {}
