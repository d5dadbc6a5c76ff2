"""The workbench in a browser: train, pause, look, take along, come back."""

import base64
import json

import pytest
from benching import PATIENCE, Visit
from looking import AXE
from playwright.sync_api import expect

from rnncourse import workbench
from rnncourse.workbench import (
    NumbersSession,
    Settings,
    TextSession,
    ToysSession,
)

pytestmark = pytest.mark.site

TEXT = "the cat sat on the mat; the dog lay in the fog. " * 30


@pytest.fixture(scope="module")
def trained(browser, base):
    """A visit in which 60 updates have been made, with one pause."""
    page = browser.new_context(accept_downloads=True).new_page()
    visit = Visit(page, base)
    visit.says("Ready. Press")
    visit.use(TEXT)
    page.wait_for_function(
        "() => /1,2\\d\\d characters/.test(document.body.innerText)"
    )
    visit.says("Ready. Press")
    visit.tab.get_by_label("Updates", exact=True).fill("60")
    visit.press("Train")
    visit.press("Pause")
    visit.says("Paused.")
    if visit.button("Continue").is_visible():
        visit.press("Continue")
    visit.says("Done. After 50 updates")
    yield visit
    page.context.close()


def test_it_trains_and_says_how_it_stands(trained):
    assert "more than the best table" in trained.status.inner_text()
    rows = trained.tab.locator("table").all_inner_texts()
    assert any("this network, 50 updates" in row for row in rows)
    assert len(trained.tab.locator(".bench-sample").inner_text()) > 20
    assert trained.faults == []


def test_python_is_on_its_way_before_the_page_is_made(browser, base):
    page, held = browser.new_page(), []
    page.route("**/live/workbench.js*", lambda route: held.append(route))
    with page.expect_worker() as coming:
        page.goto(f"{base}book/workbench.html", wait_until="commit")
    page.wait_for_function(
        "name => performance.getEntriesByName(name).length",
        arg=coming.value.url,
    )
    held[0].continue_()
    tab = page.locator("#bench-of-text")
    tab.get_by_text("Ready. Press").wait_for(timeout=PATIENCE)
    assert page.workers == [coming.value]  # and no other was started
    page.close()


def test_the_same_numbers_as_outside(trained):
    trained.tab.get_by_text("Take it along").click()
    session = TextSession.load(trained.saved("Save the session"))
    assert session.text == TEXT and session.updates == 60
    mine = TextSession(TEXT, session.settings)
    list(mine.run(60))
    assert session.settings == Settings("tanh", H=8, rate=0.01)
    for found, expected in zip(session.curve, mine.curve, strict=True):
        assert abs(found["bits"] - expected["bits"]) < 1e-6
    script = trained.saved("Script").decode()
    assert script == workbench.script(session)
    notebook = json.loads(trained.saved("Notebook"))
    assert notebook["cells"]
    assert trained.saved("Curve (SVG)").startswith(b"<svg")
    assert b"updates\ttanh" in trained.saved("Curve (text)")


def test_a_field_that_one_leaves_by_pressing_train_counts(browser, base):
    """The new session is begun first, and then it is this one that trains."""
    page = browser.new_context(accept_downloads=True).new_page()
    visit = Visit(page, base)
    visit.says("Ready. Press")
    visit.tab.get_by_label("Updates", exact=True).fill("30")
    visit.tab.get_by_label("Batch", exact=True).fill("2")
    visit.tab.get_by_label("Window", exact=True).fill("8")
    visit.press("Train")
    visit.says("Done.")
    visit.tab.get_by_text("Take it along").click()
    session = TextSession.load(visit.saved("Save the session"))
    assert session.updates == 30
    assert (session.settings.T, session.settings.B) == (8, 2)
    assert visit.faults == []
    page.context.close()


def test_one_can_look_inside(trained):
    trained.tab.get_by_text("Look inside").click()
    trained.press("Read it")
    table = trained.tab.locator(".bench-next table")
    table.wait_for()
    assert table.locator("tbody tr").count() == 5
    place = trained.tab.get_by_label("Place in the text")
    place.focus()
    trained.page.keyboard.press("ArrowRight")
    assert trained.tab.locator(".bench-next p").inner_text().startswith(
        "Character 2"
    )  # fmt: skip
    trained.tab.get_by_label("Colour by").select_option("state")
    trained.page.wait_for_function(
        "() => /The unit is/.test("
        "document.querySelector('.bench-next').innerText)"
    )


def test_what_is_refused_leaves_what_was_there(trained):
    trained.use("a" * 400)
    trained.page.get_by_role("dialog").get_by_role(
        "button", name="Start again"
    ).click()
    assert "nothing but 'a'" in trained.says("No.")
    assert trained.button("Continue").is_visible()


def test_axe_is_content_while_there_is_something_to_see(trained):
    page = trained.page
    page.evaluate(AXE.read_text())
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(
            "async () => (await axe.run('#bench-of-text')).violations"
        )
        assert found == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth"
        )
    page.set_viewport_size({"width": 1280, "height": 800})


def test_nothing_is_asked_of_others(trained, base):
    assert all(url.startswith((base, "blob:")) for url in trained.requests)


def test_a_reload_offers_to_go_on(trained):
    trained.page.reload()
    trained.press("Go on with it")
    trained.says("Ready. The session stands at 60 updates")
    assert trained.button("Continue").is_visible()


def test_the_keyboard_is_enough_and_the_address_chooses(browser, base):
    page = browser.new_page()
    visit = Visit(page, base, "#text/gru/6")
    visit.says("Ready. Press")
    assert visit.tab.get_by_label("Cell").input_value() == "gru"
    assert visit.tab.get_by_label("Units").input_value() == "6"
    visit.button("Train").focus()
    page.keyboard.press("Enter")
    visit.says("Training")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visit.says("Stopped.")
    page.close()


def test_large_arrays_do_not_break_python(browser, base):
    """NumPy asks the system who calls, from 256 KiB on."""
    page = browser.new_page()
    visit = Visit(page, base, "#text/lstm/200")
    assert "Press Train" in visit.says("Ready. Press")
    page.close()


def test_base64_is_what_the_page_reads():
    asked = {"do": "text", "at": "here", "file": "", "settings": {"H": 3}}
    asked["file"] = base64.b64encode(TEXT.encode()).decode()
    said = json.loads(workbench.answer(json.dumps(asked)))
    assert said["ok"]["characters"] == len(TEXT) - len(TEXT) // 10


@pytest.fixture(scope="module")
def forecast(browser, base):
    """A visit in which 60 updates have been made on the sunspots."""
    page = browser.new_context(accept_downloads=True).new_page()
    visit = Visit(page, base, "#numbers/tanh/5")
    visit.says("Ready. Press")
    visit.tab.get_by_label("Your numbers").fill("word\n" * 90)
    visit.press("Use these numbers")
    assert "no column of numbers" in visit.says("No.")
    visit.tab.get_by_label("Updates", exact=True).fill("60")
    visit.press("Train")
    visit.says("Done.")
    yield visit
    page.context.close()


def test_numbers_are_recognised_forecast_and_graded(forecast):
    assert "best rival" in forecast.status.inner_text()
    assert "309 rows" in forecast.tab.inner_text()  # what was there stays
    table = forecast.tab.locator(".live-table table").first.inner_text()
    assert "persistence" in table
    forecast.page.evaluate(AXE.read_text())
    run = "async () => (await axe.run('#bench-of-numbers')).violations"
    assert forecast.page.evaluate(run) == []
    assert forecast.faults == []


def test_what_one_types_stays_and_what_was_read_is_corrected(browser, base):
    page = browser.new_page()
    visit = Visit(page, base, "#numbers/tanh/5")
    visit.says("Ready. Press")
    horizon = visit.tab.get_by_label("Steps to forecast")
    season = visit.tab.get_by_label("Season")
    cost = visit.tab.get_by_text("parameters; an update takes")
    before = cost.inner_text()
    horizon.fill("3")
    season.fill("7")  # being typed, while what the first one asks for opens
    expect(cost).not_to_have_text(before)  # three outputs
    visit.says("Ready. Press")
    assert (horizon.input_value(), season.input_value()) == ("3", "7")
    horizon.fill("0")
    horizon.press("Enter")  # the field keeps the focus
    expect(horizon).to_have_value("1")
    expect(season).to_have_value("7")
    assert visit.faults == []
    page.close()


def test_the_numbers_give_the_same_numbers_as_outside(forecast):
    forecast.tab.get_by_text("Take it along").click()
    session = NumbersSession.load(forecast.saved("Save the session"))
    assert session.updates == 60 and session.season == 11
    mine = NumbersSession(
        session.values, session.horizon, session.season, session.settings
    )
    list(mine.run(60))
    for found, expected in zip(session.curve, mine.curve, strict=True):
        assert abs(found["error"] / expected["error"] - 1) < 1e-6
    assert forecast.saved("Script").decode() == workbench.script(session)
    assert json.loads(forecast.saved("Notebook"))["cells"]
    assert forecast.saved("The numbers").decode() == session.source()


def test_a_reload_offers_to_go_on_with_the_numbers(forecast):
    forecast.page.reload()
    forecast.press("Go on with it")
    forecast.says("Ready. The session stands at 60 updates")
    assert "309 rows" in forecast.tab.inner_text()
    assert forecast.tab.get_by_label("Season").input_value() == "11"
    forecast.press("Start again")
    forecast.confirm("Start again")
    forecast.says("Ready. Press")
    assert forecast.tab.get_by_label("Column").input_value() == "sunspots"


@pytest.fixture(scope="module")
def raced(browser, base):
    """A visit in which two networks have made 120 updates."""
    page = browser.new_context(accept_downloads=True).new_page()
    visit = Visit(page, base, "#toys/parity/mingru+gru/5")
    visit.says("Ready. Press")
    visit.tab.get_by_label("Updates", exact=True).fill("120")
    visit.press("Train")
    visit.says("Done.")
    yield visit
    page.context.close()


def test_the_address_chooses_a_toy_and_two_cells(raced):
    tab = raced.tab
    assert tab.get_by_label("Problem").input_value() == "parity"
    assert tab.get_by_label("Distance").input_value() == "5"
    cells = tab.get_by_label("Cell")
    assert [x.input_value() for x in cells.all()] == ["mingru", "gru"]


def test_two_cells_are_raced_and_the_page_says_who_has_learned(raced):
    words = raced.status.inner_text()
    assert "GRU, 32 units" in words and "try others" in words
    (rows,) = raced.tab.locator(".live-table table").all_inner_texts()
    assert "minGRU, 32 units" in rows and "guessing" in rows
    assert "0.500" in rows  # which is what guessing scores
    assert "learned at update" in rows
    raced.page.wait_for_function(
        "() => /minGRU, 32 units(\\s+\\S+){4}\\s+0\\.[3-7]\\d\\d/.test("
        "document.querySelector('#bench-of-toys .live-table').innerText)"
    )  # at twice the distance
    assert raced.faults == []


def test_the_toys_give_the_same_numbers_as_outside(raced):
    raced.tab.get_by_text("Take it along").click()
    session = ToysSession.load(raced.saved("Save the session"))
    assert session.updates == 120 and session.distance == 5
    mine = ToysSession("parity", 5, list(session.networks.values()))
    list(mine.run(120))
    for found, expected in zip(session.curve, mine.curve, strict=True):
        for a, b in zip(found["scores"], expected["scores"], strict=True):
            assert abs(a - b) < 1e-6
    assert raced.saved("Script").decode() == workbench.script(session)
    assert json.loads(raced.saved("Notebook"))["cells"]
    assert b"guessing" in raced.saved("Curve (text)")


def test_axe_is_content_with_the_toys_and_nothing_leaves_the_screen(raced):
    page = raced.page
    page.evaluate(AXE.read_text())
    run = "async () => (await axe.run('#bench-of-toys')).violations"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(run) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth"
        )
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_distance_that_is_too_long_is_refused_and_the_race_stays(raced):
    raced.tab.get_by_label("Distance").fill("4000")
    raced.press("Start again")
    dialog = raced.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Start again").click()
    assert "from 2 to 400" in raced.says("No.")
    assert raced.button("Continue").is_visible()


def test_a_reload_offers_to_go_on_with_the_toys(raced):
    raced.page.goto("about:blank")
    raced.page.go_back()
    raced.press("Go on with it")
    raced.says("Ready. The session stands at 120 updates")
    assert raced.button("Continue").is_visible()


def test_a_stop_that_ends_python_loses_no_other_tabs_session(browser, base):
    page = browser.new_page()
    numbers = Visit(page, base, "#numbers/tanh/4")
    numbers.says("Ready. Press")
    numbers.tab.get_by_label("Updates", exact=True).fill("10")
    numbers.press("Train")
    numbers.says("Done.")
    page.get_by_role("tab", name="Text").click()
    text = Visit.of(page, "text")
    text.says("Ready. Press")
    for label, value in (("Window", "400"), ("Batch", "64"), ("Units", "256")):
        text.tab.get_by_label(label).fill(value)
    text.tab.get_by_label("Cell").select_option("tanh")  # and the fields count
    page.wait_for_function(
        "() => /Ready. Counting/.test(document.body.innerText)"
    )
    text.says("Ready. Press")
    text.press("Train")
    page.wait_for_timeout(300)  # in the middle of the first update
    text.press("Stop")
    assert "as it was before it was trained" in text.says("Stopped. An update")
    page.get_by_role("tab", name="Numbers").click()
    numbers.press("Continue")
    page.wait_for_function(
        "() => /20 of 20/.test(document.querySelector("
        "'#bench-of-numbers .bench-now').innerText)",
        timeout=numbers.patience,
    )
    assert "best rival" in numbers.says("Done.")
    page.close()
