"""The page "Claims on trial" gets its numbers from the chapters' own run.

A cell that tests a claim shows `rnncourse.claims.claim(…)`: one line with a
number. This collects those lines from all pages and puts them below their
claims, each with a link to its cell. A claim that nobody tests ends a strict
build. On the page, `static/claims.js` narrows the list.
"""

import re
from html import escape

from docutils import nodes
from sphinx.util import logging

PAGE = "book/claims"
SHOWN = re.compile(
    r'<p class="claim" id="[\w-]+" data-claim="(\d+)">.*?<span>(.*?)</span>',
    re.DOTALL,
)
PLACE = re.compile(r'<ul data-measured="(\d+)">.*?</ul>', re.DOTALL)
LINK = re.compile(r'<a href="claims\.ipynb#(claim-\d+)">(.*?)</a>')

log = logging.getLogger(__name__)


def shown(doctree):
    """Return the claims a page tests: {number: sentence}."""
    html = "".join(raw.astext() for raw in doctree.findall(nodes.raw))
    return {int(n): sentence for n, sentence in SHOWN.findall(html)}


def collect(app, env):
    """Read all pages' claims; have the page written anew."""
    app.measured = {}
    for page in env.toctree_includes.get(env.config.root_doc, []):
        for number, sentence in shown(env.get_doctree(page)).items():
            app.measured.setdefault(number, []).append((page, sentence))
    return [PAGE] if PAGE in env.found_docs else []


def fill(body, measured, title_of):
    """Put what was measured into the page; return it, and what is missing.

    Parameters
    ----------
    body : HTML with an empty list for every claim
    measured : {number: [(page, sentence), …]}
    title_of : returns a page's title
    """
    missing = []

    def entries(place):
        number = int(place[1])
        if number not in measured:
            missing.append(number)
            return "<p>Not tested yet.</p>"
        items = "".join(
            f"<li>{sentence[0].upper()}{sentence[1:]}. "
            f'<a href="{page.removeprefix("book/")}.html#claim-{number}">'
            f"{escape(title_of(page))}</a></li>"
            for page, sentence in measured[number]
        )
        return f'<ul data-measured="{number}">{items}</ul>'

    return PLACE.sub(entries, body), missing


def write(app, pagename, templatename, context, doctree):
    """Fill the page; and lead from each tested claim to it."""
    body = context.get("body", "")
    there = PAGE in app.env.found_docs
    lead = r'<a href="claims.html#\1">\2</a>' if there else r"\2"
    body = LINK.sub(lead, body)
    if pagename == PAGE:
        titles = app.env.titles
        body, missing = fill(body, app.measured, lambda x: titles[x].astext())
        app.add_js_file("claims.js", loading_method="defer")
        for number in missing:
            log.warning("claim %d has no experiment", number, location=PAGE)
    context["body"] = body


def setup(app):
    app.connect("env-updated", collect)
    app.connect("html-page-context", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
