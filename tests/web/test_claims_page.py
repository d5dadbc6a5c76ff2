"""web/claims_page.py: numbers go from the chapters to their claims."""

import claims_page
import pytest
from docutils import nodes

from rnncourse.claims import CLAIMS, FAILS, claim, table

#: "Invented in the 1980s" is a matter of sources, not of a run.
NOT_TRIED = {32}


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


@pytest.mark.parametrize("n", CLAIMS)
def test_a_claim_is_said_without_markup(n):
    assert not set(CLAIMS[n].text + CLAIMS[n].because) & set("{}$\\`*")


def test_a_claim_without_an_experiment_is_missed():
    measured = {n: [("book/rnn", "1")] for n in CLAIMS if n != 20}
    _, missing = claims_page.fill(table()._repr_html_(), measured, str)
    assert missing == [20]


@pytest.mark.parametrize(
    ("number", "sentence", "said"),
    [(38, "1 of 2", "claim 38"), (1, "quite a lot", "no number")],
)
def test_a_marker_needs_a_claim_and_a_number(number, sentence, said):
    with pytest.raises(ValueError, match=said):
        claim(number, sentence)


def test_claims_are_in_order_and_those_not_tried_are_known():
    assert list(CLAIMS) == [n for n in range(1, 38) if n not in NOT_TRIED]
    assert CLAIMS[16].verdict == FAILS
