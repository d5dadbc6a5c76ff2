"""The exercises of a page, done in a browser as a reader would."""

import json
import re

import pytest
from exercising import Exercise, ask, first_page
from looking import Watch

pytestmark = pytest.mark.site

KEPT = "Object.keys(localStorage).filter(x => x.includes('/answer/'))"


@pytest.fixture(scope="module")
def where(site):
    """A page with exercises, the ids there."""
    return first_page(site)


@pytest.fixture(scope="module")
def sources():
    """Starter, solution and mistakes of each exercise, by id and kind."""
    found = {}
    for source in ask("sources"):
        kinds = found.setdefault(source["id"], {})
        kinds.setdefault(source["kind"], []).append(source)
    return found


@pytest.fixture
def open_page(browser, base, where):
    """Open the page in a browser that has never been here."""
    contexts = []

    def open_page(path=where[0], **options):
        context = options.pop("context", None) or browser.new_context(
            **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def running(browser, base, where):
    """A page on which Python runs already, for tests that change little."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + where[0])
    Exercise(page, where[1][0]).run("print('ready')")
    yield page
    context.close()


def solution(sources, id):
    return sources[id]["solution"][0]["source"]


def test_each_exercise_of_the_book_has_one_element(site):
    seen = []
    for path in (site / "book").glob("*.html"):
        ids = re.findall(r'data-exercise="([^"]+)"', path.read_text())
        seen += [(path.stem, id) for id in ids]
    pages = {path.stem for path in (site / "book").glob("*.html")}
    exercises = [x for x in ask("list") if x["chapter"] in pages]
    assert sorted(seen) == sorted((x["chapter"], x["id"]) for x in exercises)
    assert len(seen) >= 4


def test_each_exercise_has_its_buttons(running, where):
    names = ["Run", "Check", "Hint", "Solution", "Reset", "Stop"]
    for id in where[1]:
        exercise = Exercise(running, id)
        buttons = exercise.element.get_by_role("button")
        seen = [x for x in buttons.all_inner_texts() if x != "Copy"]
        assert seen == names


def test_the_solution_is_correct_and_marked_beside_the_chapters(
    open_page, where, sources
):
    page = open_page()
    watch = Watch(page, page.url)
    exercise = Exercise(page, where[1][0])
    many = len(where[1])
    here = page.locator("nav.bd-links li.current .live-mark")
    here.get_by_text(f"0/{many}").wait_for()
    words = exercise.check()
    assert words.startswith("Not attempted.")
    words = exercise.check(solution(sources, exercise.id))
    assert words.startswith("Correct.")
    here.get_by_text(f"1/{many}").wait_for()
    page.get_by_text(f"1 of {len(sources)} exercises solved.").wait_for()
    # on any page, and after what is wrong later
    assert exercise.check("1 +").startswith("Not yet.")
    other = open_page("book/intro.html", context=page.context)
    slug = where[0].rpartition("/")[2]
    there = other.locator(f'nav.bd-links a[href$="{slug}"] .live-mark')
    there.get_by_text(f"1/{many}").wait_for()
    assert watch.faults == []


def test_a_listed_mistake_gets_its_sentence(running, where, sources):
    for id in where[1][:2]:
        exercise = Exercise(running, id)
        mistake = sources[id]["mistake"][0]
        words = exercise.check(mistake["source"])
        assert words == f"Not yet. {mistake['message']}"


def test_run_shows_what_is_printed_and_where_it_stops(running, where):
    exercise = Exercise(running, where[1][0])
    words = exercise.run("for t in range(3):\n    print('t =', t)\n\nx = y\n")
    assert words.startswith("Error.")
    assert "NameError" in words and "4" in words
    assert exercise.printed.split("\n")[:3] == ["t = 0", "t = 1", "t = 2"]
    marked = exercise.editor.locator(".cm-fault")
    assert marked.all_inner_texts() == ["x = y"]
    exercise.editor.press("End")
    running.keyboard.type(" # ")
    assert marked.count() == 0


def test_syntax_errors_name_the_readers_line(running, where):
    exercise = Exercise(running, where[1][0])
    words = exercise.check("x = 1\ndef f(:\n    pass\n")
    assert words.startswith("Not yet.") and "2" in words
    marked = exercise.editor.locator(".cm-fault")
    assert marked.all_inner_texts() == ["def f(:"]


def test_long_output_is_cut(running, where):
    exercise = Exercise(running, where[1][0])
    words = exercise.run("for i in range(5000):\n    print('line', i)\n")
    assert words.startswith("Ran.")
    assert 10_000 < len(exercise.printed) < 25_000


def test_two_exercises_do_not_see_each_others_variables(running, where):
    one, two = (Exercise(running, id) for id in where[1][:2])
    assert one.run("secret = 41\nprint(secret)").startswith("Ran.")
    assert two.run("print(secret)").startswith("Error.")
    assert one.run("print(secret)").startswith("Error.")


ENDLESS = {
    "in Python": "while True: pass",
    "in C": "sum(iter(int, 1))",
    "printing": "while True: print('and on')",
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_stop_ends_an_endless_loop_and_the_page_lives_on(running, where, kind):
    one, two = (Exercise(running, id) for id in where[1][:2])
    one.type(ENDLESS[kind])
    one.press("Run")
    one.status.get_by_text("Running").wait_for()
    if kind == "in C":
        running.wait_for_timeout(1500)
        assert one.status.inner_text().startswith("Running")
    one.press("Stop")
    words = one.wait()
    # a loop in Python may have ended by itself
    ended = ("Stopped.", "Error.") if kind != "in C" else ("Stopped.",)
    assert words.startswith(ended)
    assert two.run("print(6 * 7)").startswith("Ran.")
    assert two.printed == "42\n"


def test_two_runs_take_turns(running, where):
    one, two = (Exercise(running, id) for id in where[1][:2])
    one.type("sum(iter(int, 1))")
    two.type("print('mine')")
    one.press("Run")
    two.press("Run")
    two.status.get_by_text("Waiting").wait_for()
    one.press("Stop")
    assert two.wait().startswith("Ran.")
    assert two.printed == "mine\n"


def test_a_python_that_ends_itself_is_started_again(running, where):
    exercise = Exercise(running, where[1][0])
    exercise.run("import os\nos._exit(3)")
    assert exercise.run("print('alive')").startswith("Ran.")


def test_hints_come_one_at_a_time(running, where):
    exercise = Exercise(running, where[1][0])
    hints = exercise.element.locator("details.exercise-hint")
    assert hints.count() >= 2
    for shown in range(hints.count()):
        assert [x.is_visible() for x in hints.all()].count(True) == shown
        exercise.press("Hint")
    assert all(x.is_visible() for x in hints.all())
    assert exercise.button("Hint").get_attribute("aria-disabled") == "true"


def test_the_solution_shows_when_asked_for(running, where, sources):
    exercise = Exercise(running, where[1][0])
    shown = exercise.element.locator("details.exercise-solution pre")
    assert not shown.is_visible()
    exercise.press("Solution")
    assert shown.is_visible()
    last = solution(sources, exercise.id).strip().split("\n")[-1]
    assert last.strip() in shown.inner_text()
    exercise.press("Solution")
    assert not shown.is_visible()


def test_reload_keeps_the_code(open_page, where):
    page = open_page()
    exercise = Exercise(page, where[1][0])
    starter = exercise.code
    exercise.type("x = 'ünïcode'  # mine")
    page.reload()
    exercise = Exercise(page, where[1][0])
    assert exercise.code == "x = 'ünïcode'  # mine"
    exercise.type(starter)
    page.reload()
    assert Exercise(page, where[1][0]).code == starter
    assert page.evaluate(KEPT) == []


def test_reset_asks_and_can_be_undone(open_page, where):
    page = open_page()
    exercise = Exercise(page, where[1][0])
    starter = exercise.code
    exercise.press("Reset")
    assert page.get_by_role("dialog").count() == 0
    exercise.type("mine = 1")
    for leave in ("Escape", "Cancel"):
        exercise.press("Reset")
        dialog = page.get_by_role("dialog")
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            dialog.get_by_role("button", name="Cancel").click()
        dialog.wait_for(state="detached")
        assert exercise.code == "mine = 1"
    exercise.press("Reset")
    page.get_by_role("dialog").get_by_role("button", name="Reset").click()
    exercise.status.get_by_text("Reset.").wait_for()
    assert exercise.code == starter
    exercise.press("Undo")
    assert exercise.code == "mine = 1"
    exercise.press("Reset")
    page.get_by_role("dialog").get_by_role("button", name="Reset").click()
    exercise.status.get_by_text("Reset.").wait_for()
    exercise.editor.click()
    page.keyboard.press("ControlOrMeta+z")
    assert exercise.code == "mine = 1"


def test_export_clear_import_restores_everything(open_page, where, tmp_path):
    page = open_page()
    one, two = (Exercise(page, id) for id in where[1][:2])
    starter = one.code
    one.type("first = 1\n")
    two.type("second = 2\n")
    box = page.get_by_role("region", name="Your answers")
    with page.expect_download() as download:
        box.get_by_role("button", name="Export").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    answers = json.loads(file.read_text())["answers"]
    assert answers[one.id] == {"code": "first = 1\n"}

    box.get_by_role("button", name="Clear").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert one.code == "first = 1\n"
    box.get_by_role("button", name="Clear").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    box.get_by_text("Cleared.").wait_for()
    assert one.code == starter
    assert page.evaluate(KEPT) == []
    box.get_by_role("button", name="Undo").click()
    assert (one.code, two.code) == ("first = 1\n", "second = 2\n")

    box.get_by_role("button", name="Clear").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    one.type("other = 1")
    with page.expect_file_chooser() as chooser:
        box.get_by_role("button", name="Import").click()
    chooser.value.set_files(file)
    # one answer would be lost
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Import").click()
    box.get_by_text("Imported 2 answers").wait_for()
    assert (one.code, two.code) == ("first = 1\n", "second = 2\n")
    page.reload()
    assert Exercise(page, one.id).code == "first = 1\n"

    with page.expect_file_chooser() as chooser:
        box.get_by_role("button", name="Import").click()
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("hello")
    chooser.value.set_files(nonsense)
    box.get_by_text("This file is not JSON").wait_for()
    assert one.code == "first = 1\n"


def press_until(page, name, limit=60):
    """Press Tab until the element of this name has the focus."""
    focus = "document.activeElement"
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focus}.ariaLabel || {focus}.innerText") == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_the_keyboard_alone_is_enough(open_page, where, sources):
    page = open_page()
    exercise = Exercise(page, where[1][0])
    heading = exercise.element.locator("xpath=preceding::h3[1]")
    heading.click(position={"x": 2, "y": 2})  # Tab goes on from there
    label = exercise.editor.get_attribute("aria-label")
    press_until(page, label)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("while True:")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("if True:")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("pass")
    page.keyboard.press("Tab")  # indents
    assert exercise.code == "while True:\n    if True:\n            pass"
    page.keyboard.press("Shift+Tab")
    assert exercise.code == "while True:\n    if True:\n        pass"
    page.keyboard.press("Control+Enter")
    exercise.status.get_by_text("Running").wait_for()
    page.keyboard.press("Escape")
    press_until(page, "Stop", limit=6)
    page.keyboard.press("Enter")
    exercise.wait()
    focus = "document.activeElement.innerText"
    assert page.evaluate(focus) == "Stop"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focus) == "Reset"
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    press_until(page, "Reset", limit=2)
    page.keyboard.press("Enter")
    exercise.status.get_by_text("Reset.").wait_for()
    assert page.evaluate(focus) == "Reset"
    for name in ("Solution", "Hint"):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(focus) == name
        page.keyboard.press("Space")
    for kind in ("hint", "solution"):
        aid = exercise.element.locator(f"details.exercise-{kind}").first
        assert aid.is_visible()
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == label
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(solution(sources, exercise.id))
    page.keyboard.press("Escape")
    press_until(page, "Check", limit=2)
    page.keyboard.press("Enter")
    assert exercise.wait().startswith("Correct.")
    assert page.evaluate(focus) == "Check"


# so that indentation and brackets do not get in the way of typing
def test_code_can_be_typed_key_by_key(open_page, where):
    page = open_page()
    exercise = Exercise(page, where[1][0])
    exercise.type("")
    page.keyboard.type("def f(x):\nreturn [x, (1, '2')]\n\nprint(f(3))")
    lines = exercise.code.split("\n")
    assert lines[:2] == ["def f(x):", "    return [x, (1, '2')]"]
    assert lines[-1].strip() == "print(f(3))"
