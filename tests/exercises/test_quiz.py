"""Questions: feedback on every answer, in Python and in a browser."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from rnncourse import exercises
from rnncourse.cells import RNN
from rnncourse.exercises import quizzes
from rnncourse.exercises.pages import quiz_page
from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong
from rnncourse.heads import readout

CHAPTERS = quizzes.names()
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
PAGE = """<!doctype html><html lang="en"><title>Quiz</title>
<meta name="viewport" content="width=device-width">
<body style="{style}"><main><h1>Quiz</h1>{html}</main></body></html>"""
STYLES = {
    "light": "background:#fff;color:#222",
    "dark": "background:#14181e;color:#ced6dd",
}
each = pytest.mark.parametrize("chapter", CHAPTERS)


@each
def test_every_answer_has_feedback_of_its_own(chapter):
    quiz = exercises.quiz(chapter)
    assert len(quiz.questions) >= 4
    for question in quiz.questions:
        if isinstance(question, Choice):
            says = [option.feedback for option in question.options]
            texts = [option.text for option in question.options]
            assert len(set(texts)) == len(texts)
            assert 3 <= len(texts) <= 5
        else:
            says = [question.right, question.otherwise]
            says += question.known.values()
        assert len(set(says)) == len(says)
        assert all(text.strip()[-1] in ".?!" for text in says)
        for text in (question.question, *says):
            assert not re.search(r"\b(simply|just|obviously)\b", text, re.I)


@each
def test_a_terminal_shows_the_questions(chapter):
    quiz = exercises.quiz(chapter)
    assert repr(quiz).count("\n   - ") >= len(quiz.questions)
    assert repr(quiz).startswith("1. ")


def test_the_numbers_of_chapter_rnn_are_right():
    weights, state = [
        question
        for question in exercises.quiz("rnn").questions
        if isinstance(question, Number)
    ]
    rng = np.random.default_rng(0)
    arrays = [*RNN.init(rng, 500, 64).values()]
    arrays += [*readout.init(rng, 64, 8).values()]
    assert weights.answer == sum(array.size for array in arrays)
    second = math.tanh(1 - math.tanh(1))
    assert abs(state.answer - second) < 1e-4
    assert state.feedback(second)[0] and not state.feedback(0.24)[0]
    assert state.feedback(math.tanh(1))[1].startswith("That is the first")
    assert state.feedback(1 - math.tanh(1))[1].startswith("That is the sum")
    assert state.feedback(math.tanh(1 + math.tanh(1)))[1].startswith("The rec")
    assert weights.feedback(12) == (False, weights.otherwise)


ONE = (right("yes", "Right."), wrong("no", "Hm."))
SOME = {"tolerance": 1, "otherwise": "n"}


@pytest.mark.parametrize(
    "make, fault",
    [
        (lambda: Choice("Q", wrong("a", "b")), "has 0 right answers"),
        (lambda: Choice("Q", *ONE, right("b", "c")), "has 2 right answers"),
        (lambda: Choice("Q", right("b", "c")), "has no wrong answer"),
        (lambda: Choice("Q", *ONE, wrong("c", " ")), "without feedback"),
        (
            lambda: Number("Q", 3, "y", known={4: "x"}, **SOME),
            "a wrong number that passes",
        ),
        (
            lambda: Number("Q", 3, "", known={}, **SOME),
            "without feedback",
        ),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_is_refused(make, fault):
    with pytest.raises(ValueError, match=fault):
        make()


def test_a_choice_is_right_only_if_all_and_nothing_else_is_chosen():
    several = Choice("Q", *ONE, right("too", "Also."), several=True)
    assert several.feedback("yes", "too") == (True, "Right. Also.")
    assert several.feedback("yes") == (False, "Right.")
    assert not several.feedback("yes", "too", "no")[0]
    assert Choice("Q", *ONE).feedback("no") == (False, "Hm.")


def test_a_chapter_without_questions_is_a_key_error():
    for chapter in ("none", "../x", "_quiz"):
        with pytest.raises(KeyError, match="no quiz for a chapter"):
            exercises.quiz(chapter)


def test_what_a_text_holds_cannot_become_html():
    question = Choice("a < b & `c<d>`", right('"x"', "<b>"), wrong("y", "z"))
    html = quiz_page.html([question], "x")
    assert "a &lt; b &amp; <code>c&lt;d&gt;</code>" in html
    assert 'data-says="&lt;b&gt;"' in html and "&quot;x&quot;" in html


@pytest.fixture(params=["light", "dark"])
def page(browser, request):
    """The chapter's quiz in a narrow window."""
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: page.faults.append(request.url))
    page.faults = []
    html = exercises.quiz("rnn")._repr_html_()
    page.set_content(PAGE.format(style=STYLES[request.param], html=html))
    yield page
    assert page.faults == []
    page.close()


def said(form):
    return form.get_by_role("status").inner_text()


def test_the_page_answers_as_python_does(page):
    for i, question in enumerate(exercises.quiz("rnn").questions):
        form = page.locator("form").nth(i)
        button = form.get_by_role("button", name="Check answer")
        button.click()
        assert said(form)[:4] in ("Choo", "Type")
        if isinstance(question, Number):
            numbers = [question.answer, *question.known, 1e6]
            for number in numbers:
                form.get_by_role("textbox").fill(str(number))
                button.click()
                is_right, says = question.feedback(number)
                start = "✓ Correct. " if is_right else "○ Not yet. "
                assert said(form) == start + says
            continue
        for option in question.options:
            box = form.get_by_label(option.text.replace("`", ""), exact=True)
            box.check()
            button.click()
            fits, says = question.feedback(option.text)
            if question.several and option.is_right:
                says += " There is more that applies."
            start = "✓ Correct. " if fits else "○ Not yet. "
            assert said(form) == start + says.replace("`", "")
            if question.several:
                box.uncheck()
        if question.several:
            for option in question.options:
                if option.is_right:
                    form.get_by_label(option.text, exact=True).check()
            button.click()
            assert said(form).startswith("✓ Correct.")


@pytest.mark.parametrize(
    "typed, start",
    [
        ("36,744", "✓"),
        (" 36 744 ", "✓"),
        ("36744.0", "✓"),
        ("36.744", "○"),
        ("many", "Type a number"),
    ],
)
def test_a_number_may_be_typed_as_people_write_it(page, typed, start):
    form = page.locator("form").nth(5)
    form.get_by_role("textbox").fill(typed)
    form.get_by_role("textbox").press("Enter")
    assert said(form).startswith(start)
    form = page.locator("form").nth(6)
    for text in ("0.234", "0,234", ".234", "+0.2340"):
        form.get_by_role("textbox").fill(text)
        form.get_by_role("textbox").press("Enter")
        assert said(form).startswith("✓"), text


WHOLE = Number(
    "Steps?", 90, "Yes.", tolerance=0.5, known={89: "Near.", 2750: "Many."},
    otherwise="No.",
)  # fmt: skip
SHARE = Number(
    "F1?", 2 / 3, "Yes.", tolerance=0.005, known={0.8: "Part."},
    otherwise="No.",
)  # fmt: skip
PERCENT = Number(
    "Percentage?", 22.2, "Yes.", tolerance=0.3, known={50: "Half."},
    otherwise="No.", percent=True,
)  # fmt: skip
COMMA = Number(
    "State?", 2.75, "Yes.", tolerance=0.005, known={}, otherwise="No."
)


def test_what_is_typed_is_read_and_said(browser):
    page = browser.new_page()
    html = quiz_page.html([WHOLE, SHARE, PERCENT, COMMA], "x")
    page.set_content(PAGE.format(style="", html=html))
    share = f"○ Not yet. {quiz_page.PERCENT}"
    for number, typed, says in (
        (0, "90", "✓ Correct. Yes."),
        (0, "90.0", "✓ Correct. Yes."),
        (0, "89.8", f"○ Not yet. {quiz_page.WHOLE}"),
        (0, "89", "○ Not yet. Near."),
        (0, "180/2", "✓ Correct. Read as 90. Yes."),
        (0, "2,750", "○ Not yet. Read as 2750. Many."),
        (0, "1e3", "○ Not yet. No."),
        (1, "2/3", "✓ Correct. Read as 0.666667. Yes."),
        (1, " 8 / 12 ", "✓ Correct. Read as 0.666667. Yes."),
        (1, "66.7 %", "✓ Correct. Read as 0.667. Yes."),
        (1, "0,667", "✓ Correct. Read as 0.667. Yes."),
        (1, ".667", "✓ Correct. Yes."),
        (1, "4/5", "○ Not yet. Read as 0.8. Part."),
        (1, "−1/3", "○ Not yet. Read as -0.333333. No."),
        (2, "22.2", "✓ Correct. Yes."),
        (2, "22.2 %", "✓ Correct. Read as 22.2 %. Yes."),
        (2, "22,2%", "✓ Correct. Read as 22.2 %. Yes."),
        (2, "0.222", share),
        (2, "50%", "○ Not yet. Read as 50 %. Half."),
        (3, "2,75", "✓ Correct. Read as 2.75. Yes."),
        (3, "2,750", "✓ Correct. Read as 2.75. Yes."),
        (3, "2,760", "○ Not yet. Read as 2760. No."),
    ):
        form = page.locator("form").nth(number)
        form.get_by_role("textbox").fill(typed)
        form.get_by_role("textbox").press("Enter")
        assert said(form) == says, typed
    for typed in ("", "many", "1/0", "1/2/3", "%", "/", "0x10", "Infinity"):
        form.get_by_role("textbox").fill(typed)
        form.get_by_role("textbox").press("Enter")
        assert said(form).startswith("Type a number"), typed
    page.close()


def test_python_knows_whole_numbers_and_shares_too():
    assert WHOLE.feedback(90)[0] and WHOLE.feedback(90.0)[0]
    assert WHOLE.feedback(89.8) == (False, quiz_page.WHOLE)
    assert WHOLE.feedback(89) == (False, "Near.")
    assert PERCENT.feedback(0.222) == (False, quiz_page.PERCENT)
    assert PERCENT.feedback(22.3)[0] and not PERCENT.feedback(0.5)[0]


def by_hand(chapter, words):
    """The one question of a chapter whose text holds some words."""
    (found,) = [
        question
        for question in exercises.quiz(chapter).questions
        if words in question.question
    ]
    return found


def test_three_bytes_are_always_enough_and_two_are_not():
    question = by_hand("applications", "always enough")
    width = 2.0**-17
    needed = set()
    for place in range(2**17):  # the first multiple of 256^-n inside
        low, n = place * width, 0
        while np.ceil(low * 256**n) / 256**n >= low + width:
            n += 1
        needed.add(n)
    assert needed == {0, 1, 2, 3} and max(needed) == question.answer


def test_a_radius_of_a_half_ends_every_growth():
    question = by_hand("gradients", "spectral radius of 0.5")
    wrong_one = [x for x in question.options if not x.is_right][0]
    assert wrong_one.text.startswith("After any number of steps")
    A = np.array([[0, 500], [-0.0005, 0]])
    assert np.isclose(max(abs(np.linalg.eigvals(A))), 0.5)
    lengths = [np.linalg.norm(np.linalg.matrix_power(A, k), 2)
               for k in range(60)]  # fmt: skip
    assert lengths[2 * 4 + 1] > 1 and lengths[9] > 500 * lengths[8] / 2
    assert max(lengths[30:]) < 1


def test_the_keyboard_is_enough(page):
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form = page.locator("form").nth(0)
    assert form.get_by_role("radio").nth(2).is_checked()
    assert said(form).startswith("✓ Correct.")


def test_axe_finds_nothing_and_nothing_is_too_wide(page):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: python web/build.py")
    page.locator("form").nth(0).get_by_role("radio").nth(0).check()
    page.get_by_role("button").nth(0).click()
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then((found) => found.violations)")
    assert [v["id"] for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_a_script_the_answers_are_there(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    html = exercises.quiz("rnn")._repr_html_()
    page.set_content(PAGE.format(style="", html=html))
    folded = page.locator("details").nth(0)
    folded.locator("summary").click()
    assert "right. That is why no shape has a T" in folded.inner_text()
    context.close()
