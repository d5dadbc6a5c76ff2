"""What readers bring to the page: each works, or is refused in a sentence.

What was there before stays.
"""

import pytest
from benching import Visit

pytestmark = pytest.mark.site

LINE = "the cat sat on the mat; the dog lay in the fog. "


@pytest.fixture(scope="module")
def texts(browser, base):
    """The Text tab with a text of the reader's, and no training."""
    page = browser.new_page()
    visit = Visit(page, base, "#text/tanh/4")
    visit.says("Ready. Press")
    visit.bring("File with a text", "mine.txt", LINE * 30)
    visit.says("Ready. Press")
    yield visit
    page.close()


@pytest.mark.parametrize(
    "given, words",
    [
        ("", "The text is empty."),
        (" \n \n", "The text is empty."),
        ("a" * 5000, "nothing but 'a'"),
        (b"\x89PNG\r\n\0\0" * 90, "not a text in UTF-8"),
        ("ab" * 1_100_000, "2.2 million bytes; at most 2"),
    ],
    ids=["empty", "blank", "one letter", "a picture", "too large"],
)
def test_a_text_that_cannot_be_learned_is_refused(texts, given, words):
    texts.bring("File with a text", "bad.txt", given)
    assert words in texts.says("No.")
    assert "mine.txt: 1,296 characters" in texts.tab.inner_text()
    texts.tab.get_by_label("Updates", exact=True).fill("1")
    texts.press("Train" if texts.button("Train").is_visible() else "Continue")
    texts.says("Done.")
    texts.press("Start again")  # with the text that was there
    texts.confirm("Start again")
    texts.says("Ready. Press")
    assert "mine.txt: 1,296 characters" in texts.tab.inner_text()


@pytest.mark.parametrize(
    "given, characters",
    [
        ("学而时习之不亦说乎有朋自远方来" * 40, "540 characters"),
        ("🙂🙃🎉👩‍👩‍👧 " * 60, "486 characters"),
        (LINE * (2_000_000 // len(LINE)), "1,799,9"),
    ],
    ids=["Chinese", "emoji", "2 MB"],
)
def test_any_other_text_is_learned_and_read(texts, given, characters):
    texts.bring("File with a text", "other.txt", given)
    texts.page.wait_for_function(
        "words => document.body.innerText.includes(words)",
        arg=f"other.txt: {characters}",
        timeout=texts.patience,
    )
    texts.says("Ready. Press")
    texts.tab.get_by_label("Updates", exact=True).fill("2")
    texts.press("Train")
    texts.says("Done. After 0 updates")
    texts.page.wait_for_function(
        "() => document.querySelector('.bench-sample').innerText",
        timeout=texts.patience,
    )
    inside = texts.tab.get_by_text("Look inside")
    if not texts.button("Read it").is_visible():
        inside.click()
    texts.press("Read it")
    texts.tab.locator(".bench-next table").wait_for()
    texts.press("Start again")
    texts.confirm("Start again")
    texts.says("Ready. Press")
    assert texts.faults == []


@pytest.fixture(scope="module")
def series(browser, base):
    """The Numbers tab as it opens."""
    page = browser.new_page()
    visit = Visit(page, base, "#numbers/tanh/4")
    visit.says("Ready. Press")
    yield visit
    page.close()


@pytest.mark.parametrize(
    "given, words",
    [
        ("12.5\n" * 1_000_000, "1,000,000 rows; at most 100,000"),
        ("12.5", "There is one row."),
        ("day;value\n1;2\n", "It takes 60 at least"),
        ("word,another\nof,text\n" * 90, "no column of numbers"),
        ("", "There is nothing here."),
        ("7\n" * 10_100_000, "larger than 20 million bytes"),
    ],
    ids=["a million", "one row", "two rows", "text", "empty", "too large"],
)
def test_a_table_that_is_none_is_refused(series, given, words):
    series.bring("File with a table", "bad.csv", given)
    assert words in series.says("No.")
    assert "Recognised: 309 rows" in series.tab.inner_text()
    assert "persistence" in series.tab.locator("table").first.inner_text()


def test_a_series_that_does_not_change_leaves_the_session(series):
    series.bring("File with a table", "flat.csv", "7\n" * 90)
    assert "does not change" in series.says("No.")
    series.tab.get_by_label("Updates", exact=True).fill("1")
    series.press("Train")
    assert "best rival" in series.says("Done.")  # the sunspots are there


def test_gaps_are_named_and_filled(series):
    rows = [f"{k % 11}" if k % 7 else "NA" for k in range(300)]
    content = "day,x,y\n" + "\n".join(f"2020-01,{x},{x}" for x in rows)
    series.bring("File with a table", "gaps.csv", content)
    series.confirm("Start again")
    series.says("Ready. Press")
    assert "gaps: 43 in x, 43 in y" in series.tab.inner_text()
    series.tab.get_by_label("Updates", exact=True).fill("2")
    series.press("Train")
    assert "best rival" in series.says("Done.")
    assert series.faults == []
