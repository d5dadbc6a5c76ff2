"""What was read stays readable when the network is cut, and never stale."""

import os
import re
import shutil

import pytest
from exercising import Exercise, ask, first_page
from looking import Watch
from serve import Server

pytestmark = pytest.mark.site

CONTROLLED = "() => navigator.serviceWorker.controller"
KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      kept.push(request.url);
  return kept;
}"""


@pytest.fixture
def context(browser):
    context = browser.new_context(service_workers="allow")
    yield context
    context.close()


@pytest.fixture
def copy(site, tmp_path):
    """A copy of the site that a test may change."""
    folder = tmp_path / "html"
    shutil.copytree(site, folder, copy_function=os.link)
    return folder


def change(path, old, new):
    """Change a file of a copy, not the one that it is a link to."""
    text = path.read_text()
    assert old in text
    path.unlink()
    path.write_text(text.replace(old, new))


def kept(page, enough=6):
    """Return what is kept, once that is enough and does not grow."""
    before = None
    for _ in range(600):
        now = sorted(page.evaluate(KEPT))
        if len(now) >= enough and now == before:
            return now
        before = now
        page.wait_for_timeout(500)
    raise AssertionError(f"kept after five minutes: {before}")


def emptied(page):
    """Wait until nothing is kept, and stay so for a while."""
    for _ in range(600):
        if not page.evaluate(KEPT):
            page.wait_for_timeout(2000)
            assert page.evaluate(KEPT) == []
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"still kept: {page.evaluate(KEPT)}")


def read(page, url):
    """Open a page and wait until it is kept."""
    page.goto(url)
    page.wait_for_function(CONTROLLED)
    assert url in kept(page)


def solution(id):
    (answer,) = [
        x["source"]
        for x in ask("sources")
        if (x["id"], x["kind"]) == (id, "solution")
    ]
    return answer


def test_what_was_read_and_used_works_without_a_network(context, site):
    path, ids = first_page(site)
    with Server(site, "/some/course") as server:
        page = context.new_page()
        read(page, server.url + "book/intro.html")
        page.goto(server.url + path)
        watch = Watch(page, server.url)
        assert Exercise(page, ids[0]).check("1").startswith("Not")
        page.goto(server.url + "search.html?q=Jordan")
        page.locator("#search-results li a").first.wait_for()
        read(page, server.url + "book/workbench.html")
    wasm = [x for x in kept(page) if ".wasm" in x]
    assert [x[-5:] for x in wasm] == [".wasm"]  # unpacked, and only so
    context.set_offline(True)  # and the server is gone

    page.goto(server.url + path)
    page.locator("mjx-container").first.wait_for()
    exercise = Exercise(page, ids[0])
    assert exercise.check(solution(ids[0])).startswith("Correct.")
    page.goto(server.url + "book/workbench.html#text/tanh/8")
    tab = page.locator("#bench-of-text")
    tab.get_by_text("Ready. Press").wait_for()
    page.goto(server.url + "book/intro.html")
    assert page.locator("h1").inner_text()
    page.goto(server.url + "search.html?q=LSTM")
    page.locator("#search-results li a").first.wait_for()
    assert [x for x in watch.faults if "policy" in x] == []

    page.goto(server.url + "book/gru.html")
    assert page.locator("h1").inner_text() == "Not kept"
    page.get_by_role("link", name="Recurrent networks", exact=False).click()
    page.wait_for_url(server.url + path)
    page.close()


def test_what_is_new_is_seen_at_the_next_load(context, copy):
    with Server(copy) as server:
        page = context.new_page()
        read(page, server.url + "book/intro.html")
        intro = copy / "book" / "intro.html"
        (name,) = re.findall(r"page-\w+\.css", intro.read_text())
        style = copy / "_static" / name
        new = style.with_name("page-0123456789ab.css")
        rule = "\nh1 { letter-spacing: 7px !important; }"
        new.write_text(style.read_text() + rule)
        change(intro, "<h1>", "<h1>New: ")
        change(intro, style.name, new.name)
        page.reload()
        heading = page.locator("h1")
        assert heading.inner_text().startswith("New: ")
        spacing = heading.evaluate("x => getComputedStyle(x).letterSpacing")
        assert spacing == "7px"
        page.close()


def test_the_reader_can_switch_it_off(context, copy):
    name = "Keep what I read, for reading offline"
    with Server(copy) as server:
        page = context.new_page()
        read(page, server.url + "book/intro.html")
        page.get_by_label(name).uncheck()
        page.get_by_text("What was kept is deleted.").wait_for()
        for _ in range(2):
            page.goto(server.url + "book/notation.html")
            page.wait_for_load_state("networkidle")
            assert not page.get_by_label(name).is_checked()
            emptied(page)
            assert not page.evaluate(CONTROLLED)
        page.get_by_label(name).check()
        page.wait_for_function(CONTROLLED)
        kept(page)
        page.close()


def test_a_site_that_switches_it_off_leaves_nothing(context, copy):
    with Server(copy) as server:
        page = context.new_page()
        read(page, server.url + "book/intro.html")
        setting = 'name="keep-for-offline" content='
        change(copy / "book/intro.html", f'{setting}"on"', f'{setting}"off"')
        page.reload()
        emptied(page)
        page.reload()
        assert not page.evaluate(CONTROLLED)
        assert page.locator(".live-offline").count() == 0
        page.close()
