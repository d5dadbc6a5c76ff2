"""The book as one PDF: _build/rnncourse.pdf, from the pages of the site.

    python tools/make_pdf.py [--to FILE] [PAGE ...]

Chromium prints each page of the built site, or those that are named (such as
book/rnn), as it would for a reader. Before them stand a title and the
contents; its headings are the file's outline, links from one page to another
lead to its place in the file, and all pages are counted.
"""

import argparse
import base64
import io
import subprocess
import sys
from html import escape
from pathlib import Path

import find_browser
import yaml
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject
from serve import Server

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
BOOK = ROOT / "_build" / "rnncourse.pdf"
# what lives on the page alone
LIVE = ("book/workbench", "book/review", "book/progress")
A4 = {"format": "A4", "print_background": True}
MARGINS = {"top": "18mm", "bottom": "20mm", "left": "17mm", "right": "17mm"}

READY = """async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  for (const picture of document.images) await picture.decode().catch(() => 0);
}"""

FONT = "_static/fonts/source-sans-3-latin-wght-normal.woff2"
FACE = """<style>@font-face {{ font-family: "Source Sans 3";
font-weight: 200 900; src: url(data:font/woff2;base64,{code}); }}</style>"""
FRONT = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
body {{ font: 11pt/1.5 "Source Sans 3", sans-serif; }}
h1 {{ font-size: 26pt; line-height: 1.2; margin: 60mm 0 4mm; }}
h2 {{ break-before: page; font-size: 16pt; }}
li {{ display: flex; gap: 1em; line-height: 1.4; margin: .7mm 0; }}
ol {{ padding: 0; }}
li a {{ flex: 1; color: inherit; text-decoration: none; }}
</style><h1>{title}</h1><p>{author}</p><p>{licence}</p>
<h2>Contents</h2><ol>{lines}</ol>"""
LINE = '<li><a href="{address}">{title}</a><span>{number}</span></li>'
LICENCE = (
    "Text and figures: CC BY 4.0. Code: MIT. The exercises, the sliders and "
    "the workbench are live on the site; what is folded there is folded here."
)
BOXES = (
    "pdf: this machine has no font for the book's Chinese words; boxes stand "
    "in their place (Debian: apt install fonts-noto-cjk)"
)
NUMBERS = """<!doctype html><style>@page {{ size: A4; margin: 0; }}
body {{ margin: 0; font: 9pt "Source Sans 3", sans-serif; color: #555; }}
p {{ break-after: page; height: 296mm; margin: 0; position: relative; }}
p:last-child {{ break-after: auto; }}
span {{ position: absolute; bottom: 9mm; width: 100%; text-align: center; }}
</style>{pages}"""


def in_order(toc):
    """Return the names of all pages of a table of contents."""
    names = [toc[key] for key in ("root", "file") if key in toc]
    for key in ("parts", "chapters", "sections"):
        for entry in toc.get(key, []):
            names += in_order(entry)
    return names


class Printer:
    """Prints pages of the served site, and pages of its own.

    Parameters
    ----------
    browser : a Chromium
    url : of the site
    """

    def __init__(self, browser, url):
        context = browser.new_context(
            color_scheme="light", service_workers="block"
        )
        self._page = context.new_page()
        self._page.set_default_timeout(300_000)
        code = base64.b64encode((SITE / FONT).read_bytes()).decode()
        self._face = FACE.format(code=code)  # a blank page may load nothing
        self.url = url

    def site(self, name):
        """Return a page of the site as a PDF, and its title."""
        self._page.goto(f"{self.url}{name}.html")
        self._page.evaluate(READY)
        heading = self._page.locator("h1").first
        title = heading.inner_text().strip().rstrip("#").strip()
        return self._print(margin=MARGINS, outline=True, tagged=True), title

    def own(self, html, margin=None):
        """Return HTML as a PDF."""
        self._page.goto("about:blank")
        self._page.set_content(html + self._face)
        self._page.evaluate(READY)
        return self._print(margin=margin or {}, prefer_css_page_size=True)

    def _print(self, **options):
        return PdfReader(io.BytesIO(self._page.pdf(**A4, **options)))


def front(printer, about, titles, names, firsts):
    """Return the title and the contents, with the number of each page."""
    lines = [
        LINE.format(
            address=f"{printer.url}{name}.html",
            title=escape(title),
            number=number,
        )
        for title, name, number in zip(titles, names, firsts, strict=True)
    ]
    html = FRONT.format(
        title=escape(about["title"]),
        author=escape(about["author"]),
        licence=LICENCE,
        lines="".join(lines),
    )
    return printer.own(html, MARGINS)


def join(printer, about, names):
    """Return a writer that holds the whole book."""
    printed = [printer.site(name) for name in names]
    titles = [title for _, title in printed]
    # once to count its own pages, and once to tell all numbers
    unknown = [999] * len(names)
    before = len(front(printer, about, titles, names, unknown).pages)
    firsts, number = [], before
    for document, _ in printed:
        firsts.append(number + 1)
        number += len(document.pages)
    writer = PdfWriter()
    writer.append(front(printer, about, titles, names, firsts))
    for document, _ in printed:
        writer.append(document)  # and its headings, to the outline
    paragraphs = [f"<p><span>{n + 1}</span></p>" for n in range(number)]
    counted = printer.own(NUMBERS.format(pages="".join(paragraphs)))
    for page, with_number in zip(writer.pages, counted.pages, strict=True):
        page.merge_page(with_number)
        page.compress_content_streams()  # which merging has unpacked
    places = dict(zip(names, firsts, strict=True))
    for page in writer.pages:
        lead_inside(writer, page, printer.url, places)
    writer.add_metadata({"/Title": about["title"], "/Author": about["author"]})
    writer.compress_identical_objects(
        remove_duplicates=True, remove_unreferenced=True
    )
    return writer


def lead_inside(writer, page, url, places):
    """Have links to the printed pages lead to their places in the file."""
    kept = []
    for reference in page.get("/Annots", []):
        link = reference.get_object()
        address = str(link.get("/A", {}).get("/URI", ""))
        name = address.removeprefix(url).partition("#")[0]
        place = places.get(name.removesuffix(".html"))
        if address.startswith(url) and place:
            del link["/A"]
            target = writer.pages[place - 1].indirect_reference
            link[NameObject("/Dest")] = ArrayObject(
                [target, NameObject("/Fit")]
            )
        if place or not address.startswith(url):
            kept.append(reference)
    if "/Annots" in page:
        page[NameObject("/Annots")] = ArrayObject(kept)


def has_chinese():
    """Tell whether this machine has a font for Chinese, or cannot say."""
    try:
        found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True)
    except FileNotFoundError:
        return True
    return bool(found.stdout)


def main():
    """Write the book, or the pages that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--to", type=Path, default=BOOK, metavar="FILE")
    asked = parser.parse_args()
    if not (SITE / "index.html").exists():
        sys.exit("pdf: no site in _build/html; `make book` builds it")
    about = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    known = [name for name in in_order(toc) if name not in LIVE]
    names = asked.pages or known
    for name in names:
        if name not in known:
            sys.exit(f"pdf: {name} is no page to print; there are: {known}")
    with sync_playwright() as playwright, Server(SITE) as server:
        browser = find_browser.launch(playwright)
        writer = join(Printer(browser, server.url), about, names)
        browser.close()
    writer.write(asked.to)
    if not has_chinese():
        print(BOXES)
    size = asked.to.stat().st_size / 1e6
    print(f"pdf: {asked.to}, {len(writer.pages)} pages, {size:.1f} MB")


if __name__ == "__main__":
    main()
