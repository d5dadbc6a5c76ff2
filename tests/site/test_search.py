"""The search, typed as a reader would."""

import pytest

pytestmark = pytest.mark.site


def test_search_finds_jordan(browser, base):
    page = browser.new_page()
    page.goto(base + "book/intro.html")
    field = page.locator(".bd-sidebar-primary").get_by_role("searchbox")
    field.fill("Jordan")
    field.press("Enter")
    results = page.locator("#search-results li a")
    results.first.wait_for()
    links = results.evaluate_all("all => all.map(a => a.href)")
    assert any("/book/rnn.html" in link for link in links)
    page.close()


def test_search_says_when_nothing_is_found(browser, base):
    page = browser.new_page()
    page.goto(base + "search.html?q=zzyzx")
    page.get_by_text("did not match any documents").wait_for()
    page.close()


def test_excerpts_show_no_tex(browser, base):
    page = browser.new_page()
    page.goto(base + "search.html?q=W_hh")
    excerpts = page.locator("#search-results p.context")
    excerpts.first.wait_for()
    page.get_by_text("Search finished").wait_for()  # all are there
    words = " ".join(excerpts.all_inner_texts())
    assert "W_hh" in words
    assert "h_t = tanh(" in words  # a formula
    assert "ht=tanh" not in words.replace(" ", "")  # nor its MathML again
    assert "\\" not in words and "beginsplit" not in words
    page.close()
