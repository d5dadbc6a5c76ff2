"""The 404 page knows the way home, wherever it appears."""

import pytest
from serve import Server

pytestmark = pytest.mark.site


@pytest.mark.parametrize("below", ["", "/rnncourse"])
@pytest.mark.parametrize("missing", ["x.html", "book/x.html", "a/b/c/d"])
def test_home_is_found_from_any_depth(browser, site, below, missing):
    with Server(site, below) as server:
        page = browser.new_page()
        answer = page.goto(server.url + missing)
        assert answer.status == 404
        search = page.get_by_role("searchbox")
        search.wait_for(state="visible")
        search.fill("Jordan")
        search.press("Enter")
        page.wait_for_url(server.url + "search.html?q=Jordan")
        page.go_back()
        page.get_by_role("searchbox").wait_for(state="visible")
        page.get_by_role("link", name="start page").click()
        page.wait_for_url(server.url + "book/intro.html")
        page.close()
