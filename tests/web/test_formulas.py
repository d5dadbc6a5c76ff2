"""Formulas get MathML that reads without JavaScript, and nothing else does."""

from xml.etree import ElementTree

import build_live
import formulas
import pytest

pytestmark = pytest.mark.skipif(
    not build_live.MODULES.exists(), reason="no node_modules yet"
)

BODY = r"""<p>A
<span class="math notranslate nohighlight">\(a_t &lt; b\)</span>
and <code class="docutils">\(c\)</code>.</p>
<div class="math notranslate nohighlight" id="eq">
<span class="eqno">(1)<a class="headerlink" href="#eq">#</a></span>\[
\begin{aligned} i &amp;= \sigma(x) \\ f &amp;= \tfrac12 \end{aligned}
\]</div>"""
PAGE = f"<html><head><title>A</title></head><body>{BODY}</body></html>"


@pytest.fixture(scope="module")
def page():
    return formulas.with_mathml(PAGE, formulas.mathml(formulas.found(PAGE)))


def test_formulas_are_found_as_their_author_wrote_them():
    inline, alone = formulas.found(PAGE)
    assert inline == ("a_t < b", False)
    assert alone[0].startswith(r"\begin{aligned} i &= \sigma(x) \\ f")
    assert alone[1]


def test_the_tex_stays_for_mathjax(page):
    assert r'em">\(a_t &lt; b\)</span><noscript><math>' in page
    assert r'<code class="docutils">\(c\)</code>' in page
    assert page.count("<math") == 2
    assert page.count('<math display="block">') == 1
    assert "(1)<a" in page


def test_without_javascript_only_the_mathml_is_seen(page, browser):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.set_content(page)
    text = opened.locator("p").inner_text()
    rows = opened.locator("mtr").count()
    boxes = [x.bounding_box() for x in opened.locator("math").all()]
    context.close()
    assert "a" in text and "\\(a_t" not in text
    assert rows == 2
    assert all(box["width"] > 10 for box in boxes)


@pytest.mark.parametrize(
    ("tex", "least", "most"),
    [("x", 0.4, 0.8), ("h_{t-1}", 1.5, 2.8), ("a_t < b", 2.3, 3.5)],
)
def test_a_formula_is_given_about_the_room_it_takes(tex, least, most):
    (drawn,) = formulas.mathml([(tex, False)])
    assert least < formulas.width(ElementTree.fromstring(drawn)) < most
