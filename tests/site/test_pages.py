"""Every page, in light and dark, on a phone and on a laptop."""

import pytest
from looking import examine, look, pages, settle

pytestmark = pytest.mark.site


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_sound(browser, base, site, theme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme
    )
    paths = pages(site)
    faults = [f"{p}: {x}" for p in paths for x in look(context, base, p)]
    context.close()
    assert "book/intro.html" in paths
    assert not faults, "\n".join(faults)


def test_the_root_leads_to_the_first_page(browser, base):
    page = browser.new_page()
    page.goto(base)
    page.wait_for_url(base + "book/intro.html")
    for name in ("Notation", "Recurrent networks", "Bibliography"):
        assert page.locator("nav a", has_text=name).count() >= 1
    page.close()


def test_the_reader_can_choose_the_theme(browser, base):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(base + "book/intro.html")
    theme = "() => document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.get_by_role("button", name="automatic colours").click()
    assert page.evaluate(theme) == "light"
    page.goto(base + "book/notation.html")
    assert page.evaluate(theme) == "light"
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_menus_open_with_the_keyboard(browser, base, theme):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=theme
    )
    page = context.new_page()
    page.goto(base + "book/intro.html")
    assert page.get_by_role("link", name="Download the notebook").is_visible()
    for button, inside in (
        ("On this page", page.locator(".bd-toc-nav a").first),
        ("Chapters", page.locator(".bd-links a", has_text="Notation")),
    ):
        assert not inside.is_visible()
        page.get_by_role("button", name=button).press("Enter")
        inside.wait_for(state="visible")
        settle(page)  # the drawer slides
        assert examine(page) == []
        page.keyboard.press("Escape")
        inside.wait_for(state="hidden")
    context.close()
