"""What the first look at a page costs its reader, in bytes and in jumps."""

import gzip
import re
import threading

import pytest
from looking import READY, pages
from serve import Handler, Server

pytestmark = pytest.mark.site

BYTES, REQUESTS, SHIFT = 700_000, 20, 0.02
PACKED = (".woff2", ".woff", ".gz", ".png")

# As browsers count it, from the first pixel on.
SHIFTED = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 500);
})"""


def sent(path):
    """Return the bytes of a file on the way, where the server packs it."""
    content = path.read_bytes()
    return len(content if path.suffix in PACKED else gzip.compress(content))


class LateFonts(Handler):
    """A host whose text fonts come when the text has been drawn."""

    drawn = threading.Event()

    def do_GET(self):
        if "source-sans" in self.path:
            self.drawn.wait(30)
        if self.path.endswith("/drawn"):
            self.drawn.set()
        super().do_GET()


# Two frames after there is something to draw, it has been drawn.
DRAWN = """(() => {
  const look = () => document.body?.offsetHeight
    ? requestAnimationFrame(() => requestAnimationFrame(() => fetch("/drawn")))
    : requestAnimationFrame(look);
  requestAnimationFrame(look);
})()"""


@pytest.fixture(scope="module")
def visits(browser, base, site):
    """What a first visit to each page asks for, and how much it jumps."""
    found = {}
    for path in pages(site):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        asked = []
        page.on("request", lambda x, asked=asked: asked.append(x.url))
        page.goto(base + path)
        page.evaluate(READY.replace("folded.open = true", "0"))
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(SHIFTED)
        context.close()
        urls = {x for x in asked if x.startswith(base)}
        files = {site / x.removeprefix(base).partition("?")[0] for x in urls}
        # the workbench starts Python at once, and shows how far it is
        files = {x for x in files if x.parent != site / "live"}
        found[path] = {f: sent(f) for f in files}, shift
    return found


def test_every_page_is_light(visits):
    heavy = {}
    for path, (files, _) in visits.items():
        if len(files) > REQUESTS or sum(files.values()) > BYTES:
            parts = sorted(files.items(), key=lambda x: -x[1])
            names = {file.name: size for file, size in parts}
            heavy[path] = len(files), sum(files.values()), names
    assert heavy == {}


def test_nothing_jumps_while_a_page_comes(visits):
    jumps = {path: shift for path, (_, shift) in visits.items()}
    del jumps["book/notation.html"]  # its columns wait for their formulas
    assert len(jumps) > 10
    assert {x: y for x, y in jumps.items() if y > SHIFT} == {}


def test_nothing_jumps_when_a_font_is_late(browser, site):
    """Not even when MathJax declares its own, and all are looked at anew."""
    with Server(site, handler=LateFonts) as late:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.add_init_script(DRAWN)
        page.goto(late.url + "book/deep.html")
        page.evaluate(READY.replace("folded.open = true", "0"))
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(SHIFTED)
        fonts = page.evaluate("document.documentElement.dataset.fonts")
        context.close()
    assert fonts == "late"
    assert shift < SHIFT


def test_what_is_served_is_named(site):
    """By a page, a style sheet or a script; MathJax and Python name theirs."""
    texts = [
        x.read_text()
        for x in site.rglob("*")
        if x.suffix in (".html", ".css", ".js") and "mathjax" not in x.parts
    ]
    names = set(re.findall(r"[\w.+-]+\.\w+", "\n".join(texts)))
    names |= {"404.html", "objects.inv", ".nojekyll", ".buildinfo"}
    files = [path for path in site.rglob("*") if path.is_file()]
    files = [path for path in files if "mathjax" not in path.parts]
    files = [path for path in files if "LICENSE" not in path.name]
    unnamed = [path for path in files if path.name not in names]
    assert unnamed == []
