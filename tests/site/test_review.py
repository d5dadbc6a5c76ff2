"""The pages "Review" and "Your progress", in a browser."""

import json

import pytest
from exercising import Exercise
from looking import Watch, examine

from rnncourse import cards

pytestmark = pytest.mark.site

KEPT = """prefix => Object.fromEntries(Object.entries(localStorage)
  .filter(([key]) => key.startsWith(prefix))
  .map(([key, text]) => [key.slice(prefix.length), JSON.parse(text)]))"""
CARD = "rnncourse/card/"
MONTH = 30 * 24 * 3600 * 1000
REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""
FIRST = cards.of_chapter("rnn")[0]


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def opened(context, base, name="review"):
    """Open a page, once its scripts have come; return it."""
    page = context.new_page()
    page.goto(f"{base}book/{name}.html")
    place = "[data-review] .review" if name == "review" else "[data-progress]"
    page.locator(place).wait_for()
    page.evaluate("() => window.MathJax?.startup?.promise")
    return page


def started(context, base):
    """Open the page and ask the first card."""
    page = opened(context, base)
    page.get_by_role("button", name="Start").press("Enter")
    return page


def question(page):
    return page.locator(".review-card .card-question")


def answer(page):
    return page.locator(".review-answer")


def known(id, **more):
    """What is kept of a card that has been known for long."""
    usual = {
        "due": 0, "stability": 30, "difficulty": 5, "scheduled": 30,
        "state": 2, "step": 0, "reviews": 5, "lapses": 0, "reviewed": 0,
        "since": 0,
    }  # fmt: skip
    return f"localStorage['{CARD}{id}'] = `{json.dumps(usual | more)}`"


@pytest.mark.parametrize("width, theme", [(360, "dark"), (1280, "light")])
def test_both_pages_are_sound_in_every_state(browser, base, width, theme):
    # `test_pages.py` looks at the rest of them
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme
    )
    page = context.new_page()
    watch = Watch(page, base)  # other hosts, too
    page.goto(f"{base}book/review.html")
    page.evaluate("() => window.MathJax?.startup?.promise")
    # quicker without the list
    page.evaluate("document.getElementById('all-cards').hidden = true")
    within = "[data-review]"
    assert examine(page, within) == []
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Show answer").click()
    assert examine(page, within) == []
    page.goto(f"{base}book/progress.html")
    page.locator(".progress-next li").first.wait_for()
    assert examine(page, "[data-progress]") == []
    assert watch.faults == []
    context.close()


def test_the_keyboard_alone_is_enough(context, base):
    page = started(context, base)
    text = question(page).inner_text()
    page.keyboard.press("3")  # nothing to grade yet
    assert question(page).inner_text() == text
    page.keyboard.press(" ")
    assert answer(page).is_visible()
    page.keyboard.press("3")
    question(page).filter(has_not_text=text).wait_for()
    (first,) = page.evaluate(KEPT, CARD).values()
    assert first["reviews"] == 1 and first["due"] > first["reviewed"]
    page.keyboard.press("u")  # and back
    question(page).filter(has_text=text).wait_for()
    assert page.evaluate(KEPT, CARD) == {}
    for grade in "1234":
        page.keyboard.press("Space")
        page.keyboard.press(grade)
    kept = page.evaluate(KEPT, CARD).values()
    waits = [x["due"] - x["reviewed"] for x in kept]
    assert len(kept) == 4 and len(set(waits)) == 4
    focus = "document.activeElement.className"
    assert page.evaluate(focus) == "review-card"
    named = "document.activeElement.getAttribute('aria-labelledby')"
    named = f"document.getElementById({named}).className"
    assert page.evaluate(named) == "card-question"  # what is read out
    # by Tab and Enter, as any button
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Show answer"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the link to the place in the book
    assert page.evaluate("document.activeElement.localName") == "a"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(page.evaluate(KEPT, CARD)) == 5
    # a list of choices takes the keys itself
    page.get_by_label("New cards a day").focus()
    page.keyboard.press("1")
    assert len(page.evaluate(KEPT, CARD)) == 5


def test_what_is_due_is_asked_and_said_beside_the_chapters(context, base):
    context.add_init_script(
        f"if (!localStorage.length) {{ {known(FIRST.id)};"
        f"{known('gone.card')}; }}"
    )
    page = opened(context, base)
    box = page.get_by_role("region", name="Your answers")
    assert "Review: 1 card due today" in box.inner_text()
    page.get_by_label("New cards a day").select_option("0")
    assert "1 card due today, 0 new." in page.locator(".review").inner_text()
    page.get_by_role("button", name="Start").click()
    assert question(page).inner_text() == FIRST.question
    page.get_by_role("button", name="Show answer").click()
    assert FIRST.answer in answer(page).inner_text()
    link = answer(page).get_by_role("link", name=FIRST.place)
    assert link.get_attribute("href") == f"rnn.html#{FIRST.anchor}"
    page.get_by_role("button", name="Good").click()
    page.get_by_text("Done for today: 1 answer.").wait_for()
    assert "Review: 0 cards due today" in box.inner_text()
    page.reload()
    page.get_by_text("Nothing is due today").wait_for()
    kept = page.evaluate(KEPT, CARD)
    assert kept[FIRST.id]["due"] - kept[FIRST.id]["reviewed"] > MONTH
    assert kept["gone.card"]["reviews"] == 5  # nothing is thrown away


def test_a_quizs_question_shows_its_choices_and_then_all_feedback(
    context, base
):
    quiz = next(x for x in cards.of_chapter("gru") if x.options)
    context.add_init_script(known(quiz.id))
    page = started(context, base)
    shown = page.locator(".review-card")
    for text, feedback, _ in quiz.options:
        assert shown.get_by_text(text).first.is_visible()
        assert feedback not in shown.inner_text()
    page.keyboard.press(" ")
    said = " ".join(shown.inner_text().split()).replace("’", "'")
    for _, feedback, is_right in quiz.options:
        mark = "Right." if is_right else "Not right."
        assert f"{mark} {feedback}" in said


def test_two_tabs_agree(context, base):
    one, two = started(context, base), started(context, base)
    text = question(one).inner_text()
    assert question(two).inner_text() == text
    one.keyboard.press(" ")
    one.keyboard.press("4")
    # the other one goes on to the next card, too
    question(two).filter(has_not_text=text).wait_for()
    two.keyboard.press(" ")
    two.keyboard.press("4")
    one.wait_for_function(
        "prefix => Object.keys(localStorage)"
        ".filter(x => x.startsWith(prefix)).length === 2",
        arg=CARD,
    )
    kept = one.evaluate(KEPT, CARD)
    assert [x["reviews"] for x in kept.values()] == [1, 1]


@pytest.mark.parametrize("script", [REFUSED, FULL], ids=["refused", "full"])
def test_without_storage_it_reviews_all_the_same_and_says_so(
    context, base, script
):
    context.add_init_script(script)
    page = started(context, base)
    faults = []
    page.on("pageerror", lambda error: faults.append(error))
    text = question(page).inner_text()
    page.keyboard.press(" ")
    page.keyboard.press("4")
    page.get_by_text("Your reviews are not kept").wait_for()
    question(page).filter(has_not_text=text).wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = json.loads(download.value.path().read_text())
    assert len(file["cards"]) == 1
    assert faults == []


def test_export_clear_import_brings_the_reviews_back(context, base, tmp_path):
    page = started(context, base)
    for grade in "14":
        page.keyboard.press(" ")
        page.keyboard.press(grade)
    before = page.evaluate(KEPT, "rnncourse/")
    box = page.get_by_role("region", name="Your answers")
    with page.expect_download() as download:
        box.get_by_role("button", name="Export").click()
    file = tmp_path / "answers.json"
    download.value.save_as(file)
    box.get_by_role("button", name="Clear").click()
    dialog = page.get_by_role("dialog")
    assert "2 reviewed cards" in dialog.inner_text()
    dialog.get_by_role("button", name="Clear").click()
    box.get_by_text("Cleared.").wait_for()
    assert page.evaluate(KEPT, CARD) == {}
    with page.expect_file_chooser() as chooser:
        box.get_by_role("button", name="Import").click()
    chooser.value.set_files(file)
    box.get_by_text("Imported 2 reviewed cards.").wait_for()
    assert page.evaluate(KEPT, "rnncourse/") == before


def test_without_scripts_all_cards_stand_there_folded(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}book/review.html")
    every = [card for x in cards.CHAPTERS for card in cards.of_chapter(x)]
    assert page.locator("[data-card]").count() == len(every)
    first = page.locator(f'[data-card="{FIRST.id}"]')
    right = first.locator(".card-right")
    assert FIRST.question in first.inner_text() and not right.is_visible()
    first.locator("summary").click()
    assert right.inner_text() == FIRST.answer
    page.goto(f"{base}book/progress.html")
    page.get_by_text("a list to print").wait_for()
    assert page.locator("[data-solves]").count() > 80
    context.close()


def test_progress_says_what_was_done_and_what_comes_next(context, base):
    solved = {"solved": True, "mistakes": ["Where is h?"]}
    context.add_init_script(
        "if (!localStorage.length) {"
        f"localStorage['rnncourse/answer/rnn.elman_step'] ="
        f"`{json.dumps(solved)}`; {known(FIRST.id)}; }}"
    )
    page = opened(context, base, "progress")
    steps = page.locator(".progress-next")
    assert "Review 1 card, due today" in steps.inner_text()
    assert "Read Recurrent networks" in steps.inner_text()
    link = steps.get_by_role("listitem").filter(has_text="Solve")
    assert "in Recurrent networks" in link.inner_text()
    href = link.get_by_role("link").get_attribute("href")
    assert href.startswith("rnn.html#exercise-rnn.")
    first = page.locator('[data-page="book/rnn"]')
    first.get_by_label("I have read it").check()
    assert "Read Backpropagation through time" in steps.inner_text()
    counts = page.locator(".progress-counts").inner_text()
    assert "1 of 16 chapters read" in counts
    assert "1 of them after a mistake" in counts
    assert "Where is h?" in page.locator(".progress-mistakes").inner_text()
    page.get_by_label("Your name").fill("Ada")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a summary").click()
    text = download.value.path().read_text()
    assert "Name: Ada" in text and "[x] Recurrent networks: 1 of" in text
    # where the link leads, the exercise is
    page.goto(f"{base}book/{href}")
    page.locator(f"[id='{href.partition('#')[2]}']").wait_for()


def test_what_a_check_says_is_noted_until_it_is_cured(context, base):
    page = context.new_page()
    page.goto(f"{base}book/rnn.html")
    exercise = Exercise(page, "rnn.elman_step")
    line = "def elman_step(x, h, W_xh, W_hh, b):\n    return np.tanh("
    said = exercise.check(line + "x @ W_xh + b)")
    assert said.startswith("Not yet.")
    kept = page.evaluate(KEPT, "rnncourse/answer/")["rnn.elman_step"]
    (sentence,) = kept["mistakes"]
    assert sentence in said and "solved" not in kept
    assert exercise.check(line + "x @ W_xh + h @ W_hh + b)")[:7] == "Correct"
    page = opened(context, base, "progress")
    noted = page.locator(".progress-mistakes").inner_text()
    assert "One step, solved since" in noted and sentence in noted


def test_a_chapter_counts_as_read_once_its_end_was_seen(context, base):
    page = context.new_page()
    page.goto(f"{base}book/gru.html")
    page.wait_for_function("() => document.querySelector('.live-answers')")
    assert page.evaluate(KEPT, "rnncourse/read/") == {}
    page.locator("#what-you-can-now-do > h2").scroll_into_view_if_needed()
    page.wait_for_function("() => 'rnncourse/read/book/gru' in localStorage")
    page = opened(context, base, "progress")
    box = page.locator('[data-page="book/gru"]').get_by_label("I have read")
    assert box.is_checked()
    box.uncheck()
    page.reload()
    page.locator(".progress-next li").first.wait_for()
    assert not box.is_checked()


def test_the_progress_page_prints_without_its_buttons(context, base):
    page = opened(context, base, "progress")
    page.locator(".progress-next li").first.wait_for()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Print").is_visible()
    assert page.get_by_text("chapters read").is_visible()
