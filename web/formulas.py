"""Without JavaScript formulas read, too: as MathML, made with the site.

With it, MathJax sets them from their TeX, as it always has, and never looks
at the MathML, which stands in a `noscript` beside. All browsers draw MathML
by themselves, if less finely.
"""

import json
import re
import tempfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from build_live import MODULES, run_node

FORMULA = re.compile(
    r'(<(?:span|div) class="math notranslate nohighlight"[^>]*>[^\\]*?)'
    r"(\\\(.*?\\\)|\\\[.*?\\\])",
    re.DOTALL,
)
# the TeX is not shown, unless something is there to set it; until then it
# takes the room of the formula, so that no line breaks anew
WRITTEN = (
    '{}<span class="tex" style="width:{:.1f}em">{}</span>'
    "<noscript>{}</noscript>"
)
ABOVE = ("mfrac", "munder", "mover", "munderover")
WIDE, THIN = set("=+−<>≤≥≈→⊙·×∈"), set("()[]{}|,.;⁡⁢")
HIDE = "<noscript><style>.tex { display: none }</style></noscript>\n"


def mathml(formulas):
    """Return formulas as MathML.

    Parameters
    ----------
    formulas : list of (TeX, whether it stands alone)
    """
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.json"), Path(folder, "made.json")
        given.write_text(json.dumps(formulas), "utf-8")
        script = Path(__file__).with_name("formulas.cjs")
        run_node(script, MODULES / "mathjax/es5/node-main.js", given, made)
        return json.loads(made.read_text("utf-8"))


def found(text):
    """Return the formulas of a page, as `mathml` wants them."""
    return [
        (unescape(tex[2:-2]).strip(), tex.startswith("\\["))
        for _, tex in FORMULA.findall(text)
    ]


def width(element):
    """Guess how wide an element of MathML will be, in em of the text."""
    kind, text = element.tag, (element.text or "").strip()
    if kind == "mo":
        return 1.35 if text in WIDE else 0.4 if text in THIN else 0.6
    inside = [width(child) for child in element]
    if kind in ("msub", "msup", "msubsup"):
        return inside[0] + 0.72 * max(inside[1:])
    if kind in ABOVE:
        return max(inside)
    letters = 0.55 * len(text) if kind in ("mi", "mn", "mtext") else 0
    return letters + sum(inside) + 0.85 * (kind == "msqrt")


def with_mathml(text, made):
    """Return a page with the MathML that was made for its formulas."""
    made = iter(made)

    def written(formula):
        before, tex = formula.groups()
        drawn = next(made)
        room = width(ElementTree.fromstring(drawn))
        return WRITTEN.format(before, room, tex, drawn)

    text = FORMULA.sub(written, text)
    return text.replace("</head>", HIDE + "</head>", 1)


def add_mathml(app, error):
    """Give the formulas of the finished site their MathML."""
    if error or app.builder.format != "html":
        return
    pages = {}
    for path in sorted(app.outdir.rglob("*.html")):
        text = path.read_text("utf-8")
        if HIDE not in text and (formulas := found(text)):
            pages[path] = text, formulas
    every = [x for _, formulas in pages.values() for x in formulas]
    each = list(dict.fromkeys(every))
    made = dict(zip(each, mathml(each), strict=True)) if each else {}
    for path, (text, formulas) in pages.items():
        text = with_mathml(text, [made[x] for x in formulas])
        path.write_text(text, "utf-8")


def setup(app):
    app.connect("build-finished", add_mathml, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
