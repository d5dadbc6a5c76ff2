"""web/claims_page.py: numbers go from the chapters to their claims."""

import claims_page
import pytest
from docutils import nodes

from rnncourse.claims import CLAIMS, FAILS, claim, table


def page_with(*markers):
    page = nodes.section()
    for marker in markers:
        page += nodes.raw("", marker._repr_html_(), format="html")
    return page


def test_what_a_cell_shows_is_found():
    page = page_with(claim(7, "to 1e-12"), claim(14, "28 % < 99 %"))
    assert claims_page.shown(page) == {7: "to 1e-12", 14: "28 % &lt; 99 %"}


def test_every_claim_has_a_place_and_gets_its_sentences():
    measured = {n: [("book/rnn", f"n is {n}")] for n in CLAIMS}
    html = table()._repr_html_()
    body, missing = claims_page.fill(html, measured, {"book/rnn": "R"}.get)
    assert missing == []
    for n in CLAIMS:
        link = f'<a href="rnn.html#claim-{n}">R</a>'
        assert f"<li>N is {n}. {link}</li>" in body


def test_a_claim_without_an_experiment_is_missed():
    measured = {n: [("book/rnn", "1")] for n in CLAIMS if n != 20}
    _, missing = claims_page.fill(table()._repr_html_(), measured, str)
    assert missing == [20]


@pytest.mark.parametrize(
    ("number", "sentence", "said"),
    [(31, "1 of 2", "claim 31"), (1, "quite a lot", "no number")],
)
def test_a_marker_needs_a_claim_and_a_number(number, sentence, said):
    with pytest.raises(ValueError, match=said):
        claim(number, sentence)


def test_there_are_thirty_claims_and_some_fail():
    assert list(CLAIMS) == list(range(1, 31))
    assert CLAIMS[16].verdict == FAILS
