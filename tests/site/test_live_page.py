"""What the live page asks of the browser and of the server."""

import json

import pytest
from exercising import PATIENCE, Exercise, ask, first_page
from looking import Watch, examine, settle
from serve import Server

pytestmark = pytest.mark.site

WASM = "**/live/*.wasm.gz"


@pytest.fixture(scope="module")
def where(site):
    """A page with exercises, the ids there."""
    return first_page(site)


@pytest.fixture
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


def opened(context, base, where):
    """Open the page; return it and its first exercise."""
    page = context.new_page()
    page.goto(base + where[0])
    return page, Exercise(page, where[1][0])


# Every source through the worker, as the page does it.
ANSWERS = """async sources => {
  const served = JSON.parse(
    document.getElementById("python-in-the-page").textContent);
  const base = new URL(served.base, document.baseURI).href;
  const worker = new Worker(new URL(served.worker, base), {type: "module"});
  const answers = [];
  return new Promise((resolve, reject) => {
    const next = () => {
      if (answers.length === sources.length) return resolve(answers);
      const {id, source} = sources[answers.length];
      const task = {kind: "check", id, source};
      worker.postMessage({kind: "job", number: answers.length, task});
    };
    worker.onmessage = ({data}) => {
      if (data.kind === "broken") reject(new Error(data.message));
      if (data.kind === "ready") next();
      if (data.kind === "done") { answers.push(data.outcome); next(); }
    };
    const {files} = served;
    worker.postMessage({kind: "start", base, files, module: null});
  });
}"""


def test_the_page_judges_as_python_on_this_machine_does(context, base, where):
    from rnncourse.exercises import check_source

    sources = ask("sources")
    assert {x["kind"] for x in sources} >= {"starter", "solution", "mistake"}
    page, _ = opened(context, base, where)
    page.set_default_timeout(PATIENCE)
    shown = page.evaluate(ANSWERS, sources)
    faults = []
    for source, in_page in zip(sources, shown, strict=True):
        here = check_source(source["id"], source["source"]).as_dict()
        if in_page["status"] != source["status"] or in_page != here:
            faults.append((source["id"], source["name"], in_page, here))
    assert faults == []


def test_nothing_is_asked_for_before_the_first_run(context, base, where):
    page = context.new_page()
    watch = Watch(page, base)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + where[0])
    exercise = Exercise(page, where[1][0])
    exercise.type("print('x')")
    exercise.press("Hint")
    exercise.press("Solution")
    page.wait_for_load_state("networkidle")
    assert asked and not [x for x in asked if "/live/" in x and "_st" not in x]
    assert exercise.run().startswith("Ran.")
    python = [x for x in asked if x.startswith(base + "live/")]
    assert len(python) == len(set(python)) == 6
    # neither then nor later from anywhere else; `Watch` looks at each
    assert exercise.check().startswith("Not")
    assert watch.faults == []
    assert all(x.startswith((base, "blob:", "data:")) for x in asked)


def cut(route):
    route.abort()


def not_found(route):
    route.fulfill(status=404)


def another_page(route):
    route.fulfill(body="<!doctype html><title>Sign in</title>")


@pytest.mark.parametrize(
    ("path", "how", "told"),
    [
        (WASM, cut, "wasm.gz could not be loaded: no connection"),
        ("**/live/numpy-*", not_found, ": the server answered 404. Reload"),
        ("**/live/numpy-*", another_page, ": a web page came in its place"),
        ("**/live/worker-*", cut, "its script could not be loaded"),
    ],
    ids=["no connection", "not found", "another page", "no worker"],
)
def test_a_runtime_that_does_not_come_can_be_tried_again(
    context, base, where, path, how, told
):
    page, exercise = opened(context, base, where)
    page.route(path, how)
    words = exercise.run("print('here')")
    assert words.startswith("Error. Python could not be started: ")
    assert told in words
    assert exercise.code == "print('here')"
    # again in vain, by the other way; then with success
    assert exercise.check().startswith("Error. Python could not be started")
    page.unroute(path)
    exercise.press("Try again")
    assert not exercise.wait().startswith("Error.")
    assert exercise.run().startswith("Ran.")
    assert exercise.printed == "here\n"


def test_the_bar_shows_how_much_has_come_and_stop_ends_it(
    context, base, where
):
    page, exercise = opened(context, base, where)
    held = []
    page.route(WASM, lambda route: held.append(route))
    exercise.type("print(1)")
    exercise.press("Run")
    bar = exercise.element.get_by_role("progressbar")
    bar.wait_for()
    exercise.status.get_by_text("Starting").wait_for()
    value, most = bar.evaluate("bar => [bar.value, bar.max]")
    assert 0 < value <= most - 3e6  # what is held back
    exercise.press("Stop")
    assert exercise.wait().startswith("Stopped.")
    assert not bar.is_visible()
    page.unroute(WASM)
    assert exercise.run().startswith("Ran.")
    assert not bar.is_visible()


REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("script", [REFUSED, FULL], ids=["refused", "full"])
def test_without_storage_exercises_run_and_say_so(
    context, base, where, script
):
    context.add_init_script(script)
    page, exercise = opened(context, base, where)
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    exercise.type("x = 1\nprint('still', x)")
    exercise.element.get_by_text("Your answers are not kept").wait_for()
    box = page.get_by_role("region", name="Your answers")
    assert "not kept in this browser" in box.inner_text()
    assert exercise.run().startswith("Ran.")
    assert exercise.printed == "still 1\n"
    with page.expect_download() as download:
        box.get_by_role("button", name="Export").click()
    answers = json.loads(download.value.path().read_text())["answers"]
    assert answers == {exercise.id: {"code": "x = 1\nprint('still', x)"}}
    assert errors == []


def test_with_storage_nothing_is_said_about_it(context, base, where):
    page, exercise = opened(context, base, where)
    exercise.type("x = 1")
    notes = page.get_by_text("are not kept")
    assert not any(note.is_visible() for note in notes.all())
    assert page.get_by_text("are kept in this browser").is_visible()


def readable(page, id):
    """Tell whether starter, hints and solution can be read as text."""
    element = page.locator(f'[data-exercise="{id}"]')
    assert element.locator(".cell_input").is_visible()
    assert "def " in element.locator(".cell_input").inner_text()
    element.get_by_text("this page needs JavaScript").wait_for()
    assert element.get_by_role("button", name="Check").count() == 0
    aids = page.locator(f'details.exercise-aid[data-for="{id}"]')
    assert aids.count() >= 2
    for aid in aids.all():
        text = aid.locator("> :not(summary)").first
        assert aid.is_visible() and not text.is_visible()
        aid.locator("summary").click()
        assert text.is_visible()
    return True


def test_without_javascript_the_page_is_text(browser, base, where):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + where[0])
    for id in where[1]:
        assert readable(page, id)
    context.close()


def test_without_webassembly_the_page_is_text(context, base, where):
    context.add_init_script("delete window.WebAssembly")
    page = context.new_page()
    page.goto(base + where[0], wait_until="networkidle")
    assert readable(page, where[1][0])
    assert not page.get_by_text("make serve").first.is_visible()


def test_from_a_disk_the_page_says_what_serves_it(context, site, where):
    page = context.new_page()
    page.goto((site / where[0]).as_uri())
    assert readable(page, where[1][0])
    page.get_by_text("make serve").first.wait_for()


LIVE = "[data-exercise], .live-answers, dialog"


def pictured(ids):
    """Return a mistake that is answered with a picture and a table."""
    from rnncourse.exercises import check_source

    for source in ask("sources"):
        if source["id"] in ids and source["kind"] == "mistake":
            said = check_source(source["id"], source["source"]).as_dict()
            if said["picture"] and said["table"]:
                return source
    raise AssertionError("no mistake is answered with a picture")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_exercises_are_sound_in_every_state(
    browser, base, where, theme, width
):
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=theme,
        has_touch=width == 360,
    )
    page = context.new_page()
    page.goto(base + where[0])
    watch = Watch(page, base)
    one, two = (Exercise(page, id) for id in where[1][:2])
    faults = {}
    page.route(WASM, cut)
    one.run("print('x' * 500)")
    faults["failed"] = examine(page, LIVE)
    page.unroute(WASM)
    watch.faults = [x for x in watch.faults if "ERR_FAILED" not in x]
    watch.faults = [x for x in watch.faults if not x.startswith("failed: ")]
    held = []
    page.route(WASM, lambda route: held.append(route))
    one.press("Run")
    two.press("Check")
    one.element.get_by_text("of 10.").wait_for()
    faults["starting"] = examine(page, LIVE)
    held[0].continue_()
    assert one.wait().startswith("Ran.")
    assert two.wait().startswith("Not attempted.")
    # a picture and a table; a wide error; what is longer than a line
    wrong = pictured(where[1])
    drawn = Exercise(page, wrong["id"])
    assert drawn.check(wrong["source"]).startswith("Not yet.")
    assert drawn.element.locator(".live-shown > svg").is_visible()
    assert drawn.element.get_by_role("table").is_visible()
    faults["pictured"] = examine(page, LIVE)
    two.run("def f():\n    return missing_" + "x" * 200 + "\n\nf()")
    (answer,) = [
        x["source"]
        for x in ask("sources")
        if (x["id"], x["kind"]) == (one.id, "solution")
    ]
    assert one.check(answer).startswith("Correct.")
    for exercise in (one, two):
        for name in ("Hint", "Hint", "Solution"):
            exercise.press(name)
    settle(page)
    faults["answered"] = examine(page, LIVE)
    two.press("Reset")
    page.get_by_role("dialog").wait_for()
    faults["asking"] = examine(page, LIVE)
    page.keyboard.press("Escape")
    context.close()
    assert {k: v for k, v in faults.items() if v} == {}
    assert watch.faults == []


# A worker that answers with a drawing that would like to do more.
FOREIGN = """onmessage = ({data}) => {
  if (data.kind === "start") postMessage({kind: "ready", module: null});
  else postMessage({kind: "done", number: data.number, outcome: {
    id: "", status: "not yet", title: "Not yet", message: "<b>bold</b>",
    printed: "<img src=x onerror=alert(1)>", line: 99, table: null, picture:
    `<svg onload="alert(1)" viewBox="0 0 9 9"><title>A dot</title>
      <script>alert(1)</script><style>* { color: red }</style>
      <image href="https://cdn.example/x.png"/>
      <foreignObject><iframe src="https://cdn.example/"></iframe></foreignObject>
      <a href="javascript:alert(1)"><circle r="1"/></a>
      <rect width="9" height="9" fill="url(https://cdn.example/y)"/>
      <circle r="3" onclick="alert(1)" fill="currentColor"/></svg>`}});
}"""


def test_an_answer_is_text_and_a_drawing_only_a_drawing(context, base, where):
    page, exercise = opened(context, base, where)
    watch = Watch(page, base)
    page.on("dialog", lambda dialog: watch.faults.append(dialog.message))
    page.route(
        "**/live/worker-*",
        lambda route: route.fulfill(
            body=FOREIGN, content_type="text/javascript"
        ),
    )
    assert exercise.check() == "Not yet. <b>bold</b>"
    assert exercise.printed == "<img src=x onerror=alert(1)>"
    drawn = exercise.element.locator(".live-shown > svg")
    inside = drawn.evaluate(
        "svg => [...svg.querySelectorAll('*')].map(x => x.localName)"
    )
    assert inside == ["title", "rect", "circle"]
    words = drawn.evaluate("svg => svg.outerHTML")
    assert not [x for x in ("alert", "cdn.example") if x in words]
    drawn.locator("circle").click()
    # a Chromium may say of a handler that it parses what the policy says of
    # it: blocked; then it is taken out
    blocked = "Executing inline event handler violates"
    assert [x for x in watch.faults if blocked not in x] == []


def test_on_a_phone_buttons_fit_a_finger(browser, base, where):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(base + where[0])
    exercise = Exercise(page, where[1][0])
    sizes = {
        name: exercise.button(name).bounding_box()
        for name in ("Run", "Check", "Hint", "Solution", "Reset", "Stop")
    }
    assert all(x["height"] >= 44 and x["width"] >= 44 for x in sizes.values())
    context.close()


def test_the_page_is_live_where_many_projects_share_a_host(
    context, site, where
):
    with Server(site, "/rnncourse") as server:
        page, exercise = opened(context, server.url, where)
        assert exercise.run("print(1)").startswith("Ran.")
        page.locator("nav.bd-links .live-mark").first.wait_for()
        page.close()


def test_what_was_answered_to_a_question_is_there_again(context, base, where):
    page, _ = opened(context, base, where)
    forms = page.locator(".rnn-quiz form")
    option = forms.nth(0).get_by_role("radio").nth(1)
    option.check()
    typed = forms.filter(has=page.locator("input[type=text]")).first
    typed.get_by_role("textbox").fill("2/3")
    typed.get_by_role("button").click()
    said = typed.locator("output").inner_text()
    kind = typed.locator("output").get_attribute("data-kind")
    words = {"correct": "✓ Correct.", "not yet": "○ Not yet."}
    assert said.startswith(words[kind])
    page.reload()
    assert option.is_checked()
    assert typed.get_by_role("textbox").input_value() == "2/3"
    assert typed.locator("output").inner_text() == ""
    typed.get_by_role("button").click()
    assert typed.locator("output").inner_text() == said
    page.get_by_role("button", name="Clear", exact=True).click()
    dialog = page.get_by_role("dialog")
    assert "2 answered questions" in dialog.inner_text()
    dialog.get_by_role("button", name="Clear").click()
    page.get_by_text("Cleared.").wait_for()
    assert not option.is_checked()
    assert typed.get_by_role("textbox").input_value() == ""


def test_an_import_names_what_this_book_has_no_exercise_for(
    context, base, where
):
    page, exercise = opened(context, base, where)
    answers = {exercise.id: {"code": "x = 1"}, "nope.nope": {"code": "y"}}
    file = {"course": "rnncourse", "version": 1, "answers": answers}
    page.get_by_label("File of answers to import").set_input_files(
        {
            "name": "a.json",
            "mimeType": "application/json",
            "buffer": json.dumps(file).encode(),
        }
    )
    page.get_by_text("Imported 1 answer. Left out").wait_for()
    assert "nope.nope" in page.locator(".live-said").inner_text()
    assert exercise.code == "x = 1"
    page.reload()
    keys = page.evaluate("Object.keys(localStorage)")
    assert not [key for key in keys if "nope" in key]
