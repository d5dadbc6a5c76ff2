"""The site's own fonts: there, light, and no page breaks without them."""

import re

import pytest
import typefaces
from looking import READY, overflow, pages
from serving import ROOT

pytestmark = pytest.mark.site

MOST = 130_000  # bytes of fonts that a chapter loads, beside MathJax's


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context
    context.close()


def drawn_with(page, selector):
    """Return {font: was it loaded by the page} of an element's letters."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    where = {"nodeId": root, "selector": selector}
    node = session.send("DOM.querySelector", where)
    fonts = session.send("CSS.getPlatformFontsForNode", node)["fonts"]
    return {font["familyName"]: font["isCustomFont"] for font in fonts}


def test_text_code_and_diagrams_are_set_in_what_the_site_serves(context, base):
    page = context.new_page()
    page.goto(base + "book/rnn.html")
    page.evaluate(READY)
    for selector, font in (
        ("main h1", "Source Sans"),
        ("main p", "Source Sans"),
        ("main div.highlight pre", "Source Code Pro"),
        ("main figure svg text", "Source Sans"),
    ):
        found = drawn_with(page, selector)
        name = next((name for name in found if name.startswith(font)), None)
        assert found.get(name), (selector, found)


def test_a_chapter_loads_few_and_light_fonts(context, base):
    page = context.new_page()
    loaded = {}
    page.on(
        "response",
        lambda r: (
            "/_static/fonts/" in r.url
            and loaded.update({r.url: int(r.headers["content-length"])})
        ),
    )
    page.goto(base + "book/lstm.html")
    page.evaluate(READY)
    assert 2 <= len(loaded) <= 5, loaded
    assert sum(loaded.values()) <= MOST, loaded


def test_the_licence_lies_beside_every_font(site):
    folder = site / "_static" / "fonts"
    styles = (ROOT / "web" / "static" / "fonts.css").read_text()
    named = set(re.findall(r'url\("fonts/(.+?)"\)', styles))
    assert named == {path.name for path in folder.glob("*.woff2")}
    for name in named:
        font = re.match(r"source-(sans-3|code-pro)", name)[0]
        licence = (folder / f"{font}-LICENSE.txt").read_text()
        assert "SIL OPEN FONT LICENSE" in licence


def swap(context, name):
    """Answer every request for a font of the site with another font.

    Code gets DejaVu Sans Mono: Liberation's is no wider.
    """
    (text, _, _), *_ = typefaces.faces(name)
    (dejavu, _, _), *_ = typefaces.faces("DejaVu")
    code = dejavu.with_name("DejaVuSansMono.ttf")

    def answer(route):
        route.fulfill(path=code if "code" in route.request.url else text)

    context.route("**/_static/fonts/*", answer)


@pytest.mark.parametrize("font", ["DejaVu", "Liberation"])
def test_no_page_is_wider_than_a_phone_in_another_font(
    context, base, site, font
):
    """As where fonts are blocked, and before they have come."""
    swap(context, font)
    page = context.new_page()
    faults = {}
    for path in pages(site):
        page.goto(base + path)
        page.evaluate(READY)
        if found := overflow(page):
            faults[path] = found
    assert faults == {}


def test_a_formula_for_screen_readers_takes_no_room(context, base):
    page = context.new_page()
    page.goto(base + "book/lstm.html")
    page.evaluate(READY)
    hidden = page.locator("mjx-assistive-mml")
    wide = hidden.evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert len(wide) > 20
    assert max(wide) <= 1
    assert hidden.first.locator("mi").count() >= 1  # and still is there
