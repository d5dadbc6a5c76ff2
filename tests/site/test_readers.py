"""The readers' notebooks of the built book: nothing raw, all there."""

import functools
import json
import re
import subprocess
import sys

import nbformat
import pytest
import reader_book
import reader_notebooks
import yaml
from jupyter_cache import get_cache
from reader_markdown import left_over
from serving import ROOT

pytestmark = pytest.mark.site

FOLDER = ROOT / "_build" / "notebooks"
_, PAGES = reader_book.read(ROOT)
CHAPTERS = [name for name, path in PAGES.items() if path.suffix == ".ipynb"]
CODE = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.M | re.S
)
# what a Markdown cell must not hold outside code and formulas
RAW = re.compile(r"(?<!_)\{[\w:-]+\}|:::|^\([\w-]+\)=|^%|^\+\+\+", re.M)
# an object that a drawing handed back, not what it drew; NumPy's own names
UNREAD = re.compile(r"^\[?(<matplotlib|<Axes|<Figure|Text\()|np\.\w+\d\(")
PLACE = re.compile(r"""[("]([\w-]+)\.ipynb#([^)"\s]+)""")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)\s]*)?\)")


@pytest.fixture
def notebook(site, request):
    """One reader's notebook."""
    return nbformat.read(FOLDER / f"{request.param}.ipynb", as_version=4)


each = pytest.mark.parametrize("notebook", PAGES, indirect=True)
each_chapter = pytest.mark.parametrize("notebook", CHAPTERS, indirect=True)


def prose(notebook):
    """The Markdown of cells and of outputs, one text each."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", []):
            if text := output.get("data", {}).get("text/markdown"):
                yield text


@each
def test_no_markup_is_left_raw(notebook):
    nbformat.validate(notebook)
    for text in prose(notebook):
        assert left_over(text) == []
        assert RAW.findall(CODE.sub("", text)) == []


@each
def test_links_lead_to_notebooks_that_are_there(notebook):
    for text in prose(notebook):
        for name in LINK.findall(CODE.sub("", text)):
            assert (FOLDER / name).exists(), name


@functools.cache
def places(name):
    """What links may point at in a notebook: headings, and claims."""
    text = (FOLDER / f"{name}.ipynb").read_text()
    cells = nbformat.reads(text, as_version=4).cells
    prose = "\n".join(x.source for x in cells if x.cell_type == "markdown")
    headings = re.findall(r"^#+ (.+)$", prose, re.M)
    claims = re.findall(r"id=.?\"(claim-\d+)", text)  # JSON has its quotes \"
    return {x.replace(" ", "-") for x in headings} | set(claims)


@each
def test_links_lead_to_places_that_are_there(notebook):
    html = [
        output.get("data", {}).get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]
    for text in [*prose(notebook), *html]:
        for name, place in PLACE.findall(text):
            assert place in places(name), f"{name}#{place}"


@each_chapter
def test_it_has_been_run_and_keeps_the_plumbing_away(notebook):
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    assert any(cell.outputs for cell in cells)
    assert not any(re.search(r"\bglue\b", cell.source) for cell in cells)
    for cell in cells:
        tags = set(cell.metadata.get("tags", []))
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert folded == bool(tags & reader_notebooks.HIDE)
    assert "Run All" in notebook.cells[1].source


@each_chapter
def test_outputs_are_for_readers(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/plain", "")
            assert not UNREAD.search(text), cell.source


@each_chapter
def test_outputs_show_where_nothing_is_trusted(notebook):
    outputs = [x for c in notebook.cells for x in c.get("outputs", [])]
    assert [x for x in outputs if x["output_type"] == "error"] == []
    assert [x for x in outputs if x.get("name") == "stderr"] == []
    html = [x.get("data", {}).get("text/html", "") for x in outputs]
    refused = re.compile(r"<(svg|script|form|input|button)\b|\son\w+=")
    assert [x for x in html if refused.search(x)] == []


@pytest.mark.parametrize("notebook", ["claims"], indirect=True)
def test_the_claims_have_their_numbers(notebook):
    text = json.dumps(notebook)
    assert "the built book collects" not in text
    assert text.count(".ipynb#claim-") >= 30


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_download_button_gives_it(site, name):
    given = site / "_sources" / "book" / f"{name}.ipynb"
    assert given.read_bytes() == (FOLDER / f"{name}.ipynb").read_bytes()
    page = (site / "book" / f"{name}.html").read_text()
    assert f'href="../_sources/book/{name}.ipynb"' in page


def test_nothing_else_is_there(site):
    made = {path.stem for path in FOLDER.iterdir()}
    assert made == set(PAGES)
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    assert toc["root"].removeprefix("book/") in made


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_fits_into_the_memory_of_binder(site, name):
    cache = get_cache(ROOT / "_build" / ".jupyter_cache")
    source = nbformat.read(PAGES[name], as_version=4)
    data = cache.match_cache_notebook(source).data
    if "peak_megabytes" not in data:
        pytest.skip("this machine, or plain jupyter-book, does not count it")
    assert data["peak_megabytes"] < 1000


def test_no_name_was_lost_with_the_plumbing(site):
    command = [sys.executable, "-m", "ruff", "check", "--isolated"]
    command += ["--no-respect-gitignore", "--select", "E9,F821", FOLDER]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
