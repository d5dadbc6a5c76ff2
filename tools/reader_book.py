"""The book around a reader's notebook: its pages, titles, labels and papers.

A page in Markdown becomes a notebook of one cell, so that a link to it leads
somewhere. What only the site can show, such as the API reference or a page
with a script, stays there: it is linked where the site has an address, and
named where it has none.
"""

import itertools
from pathlib import Path

import nbformat
import reader_papers
import yaml
from docutils import nodes
from nbformat.v4 import new_markdown_cell, new_notebook
from reader_markdown import Book, is_for_sphinx, tokens


def pages(root):
    """Return {page: its path} of the table of contents, in its order."""
    toc = yaml.safe_load((root / "_toc.yml").read_text())
    entries, names = [*toc.get("parts", []), *toc.get("chapters", [])], []
    while entries:
        entry = entries.pop(0)
        names += [entry["file"]] if "file" in entry else []
        below = ("chapters", "sections")
        entries[:0] = [x for key in below for x in entry.get(key, [])]
    found = {}
    for name in [toc["root"], *names]:
        paths = [root / f"{name}{x}" for x in (".ipynb", ".md", ".rst")]
        found[Path(name).name] = next(path for path in paths if path.exists())
    return found


def source(path):
    """Return a page as a notebook without outputs."""
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    cell = new_markdown_cell(path.read_text(), id="page")
    return new_notebook(cells=[cell])


def title_of(path):
    """Return the first heading of a page."""
    if path.suffix == ".rst":
        lines = path.read_text().split("\n")
        return lines[[x[:2] for x in lines].index("==") - 1]
    found = [x for cell in source(path).cells for x in tokens(cell.source)]
    for token, after in itertools.pairwise(found):
        if token.type == "heading_open":
            return after.content
    return path.stem


def headings_of(path):
    """Return {name in an address: heading} of a page, as Sphinx names it."""
    if path.suffix == ".rst":
        return {}
    found = [x for c in source(path).cells for x in tokens(c.source)]
    return {
        nodes.make_id(after.content): after.content
        for token, after in itertools.pairwise(found)
        if token.type == "heading_open"
    }


def labels_of(path):
    """Return {label: the heading below it} of a page."""
    if path.suffix == ".rst":
        return {}
    found, label = {}, None
    for token in (x for c in source(path).cells for x in tokens(c.source)):
        if token.type == "myst_target":
            label = token.content
        elif token.type == "inline" and label:
            found[label] = token.content
            label = None
    return found


def lives_on_the_site(path):
    """Tell whether a page is nothing without what the site makes of it."""
    if path.suffix == ".ipynb":
        return False
    if path.suffix == ".rst":
        return True
    return any(
        token.type in ("html_block", "html_inline") or is_for_sphinx(token)
        for token in tokens(path.read_text())
    )


def read(root):
    """Return the book that notebooks point at, and its pages' paths."""
    paths = pages(root)
    titles = {name: title_of(path) for name, path in paths.items()}
    site = {n: titles[n] for n, p in paths.items() if lives_on_the_site(p)}
    papers, listed = {}, ""
    if (root / "book/references.bib").exists():
        papers, listed = reader_papers.read(root / "book/references.bib")
    config = yaml.safe_load((root / "_config.yml").read_text())
    address = (config.get("html") or {}).get("baseurl") or ""
    address = address.rstrip("/") + "/" if address else ""
    here = {name: titles[name] for name in paths if name not in site}
    labels = {
        label: (name, heading)
        for name in here
        for label, heading in labels_of(paths[name]).items()
    }
    headings = {}
    for name in here:
        headings.update(headings_of(paths[name]))
    book = Book(here, papers, labels, headings, listed, site, address)
    return book, {name: paths[name] for name in here}
