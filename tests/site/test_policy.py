"""The site works under its policy, which each page states."""

import re

import pytest
from exercising import Exercise, ask, first_page
from looking import Watch, pages
from serve import Handler, Server

pytestmark = pytest.mark.site

FIRST = re.compile(
    r"<head>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"(.*?)\">"
)
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'"
)


def test_every_page_states_the_policy_and_nothing_weaker(site):
    for path in [*pages(site), "index.html"]:
        text = (site / path).read_text()
        (stated,) = FIRST.findall(text)
        assert re.sub(r" 'sha256-[\w+/]{43}='", "", stated) == POLICY, path
        assert len(text[: text.index("charset=")].encode()) < 1000, path
        assert not re.search(r"<[a-z][^<>]* on[a-z]+=", text), path


class Strict(Handler):
    """A host that gives what the worker loads the same policy.

    A page's own words do not bind its worker.
    """

    def end_headers(self):
        if "/live/" in self.path:
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def strict(site):
    with Server(site, handler=Strict) as server:
        yield server.url


def test_an_exercise_a_slider_and_a_question_work(browser, strict, site):
    path, ids = first_page(site)
    page = browser.new_page()
    watch = Watch(page, strict)
    page.goto(strict + path)
    (answer,) = [
        x["source"]
        for x in ask("sources")
        if (x["id"], x["kind"]) == (ids[0], "solution")
    ]
    assert Exercise(page, ids[0]).check(answer).startswith("Correct.")
    slider = page.locator(".rnn-slider").first
    slider.locator("input").press("Home")
    before = slider.locator("output").inner_text()
    slider.locator("input").press("ArrowRight")
    assert slider.locator("output").inner_text() != before
    form = page.locator(".rnn-quiz form:has([data-right='1'])").first
    for right in form.locator("input[data-right='1']").all():
        right.check()
    form.get_by_role("button").click()
    assert "Correct" in form.locator("output").inner_text()
    page.close()
    assert watch.faults == []


def test_the_search_finds(browser, strict):
    page = browser.new_page()
    watch = Watch(page, strict)
    page.goto(strict + "search.html?q=Jordan")
    page.locator("#search-results li a").first.wait_for()
    page.wait_for_load_state("networkidle")  # it reads what it found
    page.close()
    assert watch.faults == []


def test_the_workbench_trains(browser, strict):
    page = browser.new_page()
    watch = Watch(page, strict)
    page.goto(strict + "book/workbench.html#text/tanh/8")
    tab = page.locator("#bench-of-text")
    tab.get_by_text("Ready. Press").wait_for()
    tab.get_by_label("Updates").fill("20")
    tab.get_by_role("button", name="Train", exact=True).click()
    tab.get_by_text("Done. After").wait_for()
    page.close()
    assert watch.faults == []
