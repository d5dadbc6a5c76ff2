"""Style sheets and scripts of a page become one each, and work as before."""

import types

import build_live
import bundles
import pytest

PAGE = """<!DOCTYPE html>
<html lang="en" data-content_root="{root}">
<head>
<meta charset="utf-8">
<script>let first = 1;</script>
<link href="{root}_static/sub/a.css?digest=1" rel="stylesheet" />
<link rel="stylesheet" type="text/css" href="{root}_static/b.css?v=2" />
<link rel="stylesheet" media="print" href="{root}_static/print.css" />
<script type="module" src="{root}_static/live/live.js"></script>
<script src="{root}_static/one.js"></script>
<script>let words = '</b> two';</script>
<script>window.MathJax = {{}}</script>
<script defer src="{root}_static/mathjax/formulas.js"></script>
<script>DOCUMENTATION_OPTIONS.pagename = 'page';</script>
<script type="application/json">{{"a": 1}}</script>
</head>
<body><script>document.body.title = "at once";</script>
<script src="https://elsewhere.example/x.js"></script>
<script src="{root}_static/three.js?digest=3"></script>
<script src="{root}_static/searchtools.js"></script>
</body>
</html>
"""
FILES = {
    "sub/a.css": '@import "../base.css"; p { background: url(../p.png) }',
    "sub/p.css": "",
    "base.css": "q { background: url('q.png') }",
    "b.css": "p { color: rgb(1, 2, 3); background: url(data:,) }",
    "print.css": "p { color: red }",
    "one.js": "'use strict'; const one = 1; this.two = this.three = 2;",
    "three.js": "document.title = [one, words, document.body.title].join();",
    "searchtools.js": "document.title += ' ' + one;",
    "mathjax/formulas.js": "",
    "mathjax/fonts/a.woff": "",
    "live/live.js": "",
    "p.png": "",
    "q.png": "",
    "nobody.js.map": "",
    "p-LICENSE.txt": "",
    "away/nobody.js": "",
}

pytestmark = pytest.mark.skipif(
    not build_live.MODULES.exists(), reason="no node_modules yet"
)


@pytest.fixture
def static(tmp_path):
    """The files of a site."""
    # as this repository's, above its own site
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name, text in FILES.items():
        path = tmp_path / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "_static"


@pytest.fixture
def site(tmp_path, static):
    """A finished site of two pages, bundled."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.html").write_text(PAGE.format(root="../"))
    start = PAGE.format(root="./").replace('"./_static', '"_static')
    (tmp_path / "start.html").write_text(start)
    builder = types.SimpleNamespace(format="html")
    app = types.SimpleNamespace(outdir=tmp_path, builder=builder)
    bundles.bundle(app, None)
    once = (tmp_path / "start.html").read_text()
    bundles.bundle(app, None)
    assert (tmp_path / "start.html").read_text() == once
    return tmp_path


def test_a_page_names_one_of_each(site):
    text = (site / "book" / "page.html").read_text()
    assert text.count("stylesheet") == 2  # one is for the printer
    assert text.count("_static/page-") == 2
    for kept in (
        "let first = 1;",
        "window.MathJax = {}",
        '{"a": 1}',
        'type="module" src="../_static/live/live.js"',
        '<script defer src="../_static/mathjax/formulas.js">',
        '<script defer src="../_static/searchtools.js">',
        'document.body.title = "at once"',
        '<script src="https://elsewhere.example/x.js">',
        'media="print"',
    ):
        assert kept in text
    for gone in ("one.js", "three.js", "pagename", "let words", "b.css"):
        assert gone not in text


def test_before_a_loader_of_modules_nothing_waits(static):
    """Clipboard, say, would become a module, and no name."""
    loader = '<script src="_static/require.js"></script></head>'
    text = PAGE.format(root="./").replace('"./_static', '"_static')
    text = text.replace("</head>", loader)
    once = bundles.bundled(text, bundles.Bundles(static))
    assert loader in once
    assert '<script src="_static/page-' in once


@pytest.mark.parametrize("body", ['<p class="sd-card">', "<p>sd-card"])
def test_what_a_page_has_no_part_of_is_not_in_its_bundle(static, body):
    (static / "sphinx-design.min.css").write_text(".sd-card { color: red }")
    link = '<link rel="stylesheet" href="_static/sphinx-design.min.css" />'
    text = PAGE.format(root="./").replace('"./_static', '"_static')
    text = text.replace("</head>", link + "</head>").replace("<body>", body)
    once = bundles.bundled(f"{text}<body>", bundles.Bundles(static))
    assert "sphinx-design" not in once
    (sheet,) = static.glob("page-*.css")
    assert ("sd-card" in sheet.read_text()) == ("class" in body)


def test_pages_share_them_wherever_they_stand(site):
    assert len(list(site.glob("_static/page-*.css"))) == 1
    assert len(list(site.glob("_static/page-*.js"))) == 1
    assert '"_static/page-' in (site / "start.html").read_text()


def test_only_what_is_named_stays(site):
    left = {x.name for x in (site / "_static").rglob("*") if x.is_file()}
    left = {name for name in left if not name.startswith("page-")}
    assert left == {
        *("print.css", "searchtools.js", "formulas.js", "a.woff", "live.js"),
        *("p.png", "q.png", "p-LICENSE.txt"),
    }
    assert not (site / "_static" / "away").exists()


def test_they_do_what_they_did(site, browser):
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("https://**", lambda route: route.abort())
    page.goto((site / "book" / "page.html").as_uri())
    assert page.title() == "1,</b> two,at once 1"
    page.evaluate("document.body.append(document.createElement('p'))")
    styles = "x => [getComputedStyle(x).color, document.styleSheets[0].href]"
    colour, href = page.locator("p").evaluate(styles)
    page.close()
    assert colour == "rgb(1, 2, 3)"
    (sheet,) = site.glob("_static/page-*.css")
    assert href == sheet.as_uri()
    assert faults == []
    text = sheet.read_text().replace('"', "")
    assert "url(p.png)" in text and "url(q.png)" in text
    assert text.index("q.png") < text.index("p.png") < text.index("data:,")
