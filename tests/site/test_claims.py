"""Every claim on trial has an experiment, and the number of this very run."""

import json
import re

import pytest

from rnncourse.claims import CLAIMS, FAILS

pytestmark = pytest.mark.site

CLAIM = re.compile(
    r'<section class="trial" id="claim-(\d+)".*?</section>', re.DOTALL
)
ENTRY = re.compile(r'<li>(.*?)\. <a href="([\w-]+)\.html#claim-(\d+)">')


@pytest.fixture(scope="module")
def entries(site):
    """What the page says: (claim, sentence, chapter, anchor)."""
    html = (site / "book" / "claims.html").read_text()
    return [
        (int(claim[1]), sentence, chapter, int(anchor))
        for claim in CLAIM.finditer(html)
        for sentence, chapter, anchor in ENTRY.findall(claim[0])
    ]


def test_every_claim_has_an_experiment(entries):
    assert {claim for claim, *_ in entries} == set(CLAIMS)


def test_each_number_is_that_of_the_cell_it_leads_to(entries, site):
    for claim, sentence, chapter, anchor in entries:
        assert anchor == claim
        page = (site / "book" / f"{chapter}.html").read_text()
        start = page.index(f'id="claim-{claim}"')
        (shown,) = re.findall(r"<span>(.*?)</span>", page[start:])[:1]
        assert sentence == shown[0].upper() + shown[1:]
        assert re.search(r"\d", sentence)


def test_each_experiment_could_have_failed(entries, site):
    for claim, _, chapter, _ in entries:
        path = site.parents[1] / "book" / f"{chapter}.ipynb"
        cells = json.loads(path.read_text())["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
        marker = re.compile(rf"\bclaim\(\s*{claim},")
        (cell,) = [x for x in sources if marker.search(x)]
        assert re.search(r"^ *assert ", cell, re.MULTILINE), (claim, chapter)


def test_the_list_is_narrowed_by_verdict_note_and_chapter(browser, base):
    page = browser.new_page()
    page.goto(base + "book/claims.html")
    form = page.get_by_role("form", name="Which claims to show")
    shown, says = page.locator(".trial:not([hidden])"), form.locator("output")
    assert says.inner_text() == f"{len(CLAIMS)} of {len(CLAIMS)} claims"
    form.get_by_label("Verdict").select_option("Does not hold")
    fails = [n for n, x in CLAIMS.items() if x.verdict == FAILS]
    assert shown.count() == len(fails) > 0
    assert says.inner_text() == f"{len(fails)} of {len(CLAIMS)} claims"
    form.get_by_label("Note").select_option("N2")
    both = [n for n in fails if "N2" in CLAIMS[n].notes]
    assert shown.count() == len(both)
    form.get_by_label("Verdict").select_option("any")
    form.get_by_label("Note").select_option("any")
    form.get_by_label("Chapter").select_option("The LSTM")
    of_lstm = page.locator(".trial:has([href^='lstm.html'])")
    assert 0 < shown.count() == of_lstm.count() < len(CLAIMS)
    hidden = page.locator(".trial[hidden]").first.get_attribute("id")
    page.evaluate("id => { location.hash = id }", hidden)
    page.locator(f"#{hidden}").wait_for()
    assert shown.count() == len(CLAIMS)
    page.close()
