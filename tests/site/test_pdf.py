"""The book as a PDF: contents, outline, links and numbers that agree."""

import subprocess
import sys

import pytest
from serving import ROOT

pytestmark = pytest.mark.site

pypdf = pytest.importorskip("pypdf", reason="pip install -r requirements.txt")
import make_pdf  # noqa: E402

TOOL = ROOT / "tools" / "make_pdf.py"
PAGES = {"book/notation": "Notation and conventions", "book/next": None}


def make(*arguments):
    command = [sys.executable, TOOL, *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def book(site, tmp_path_factory):
    """Two pages of the book, one of which names the other's terms."""
    path = tmp_path_factory.mktemp("pdf") / "two.pdf"
    done = make("--to", path, *PAGES)
    assert done.returncode == 0, done.stderr
    assert f"{path}, " in done.stdout
    assert path.stat().st_size < 2e6  # for two of thirty pages
    return pypdf.PdfReader(path)


def test_every_page_has_its_number(book):
    assert len(book.pages) > 6
    for number, page in enumerate(book.pages, start=1):
        assert page.extract_text().split()[-1] == str(number)


def test_contents_outline_and_pages_agree(book):
    contents = book.pages[1].extract_text()
    chapters = [x for x in book.outline if not isinstance(x, list)]
    assert len(chapters) == len(PAGES)
    places = [book.get_destination_page_number(x) for x in chapters]
    links = [x.get_object() for x in book.pages[1]["/Annots"]]
    for chapter, place, link in zip(chapters, places, links, strict=True):
        assert f"{chapter.title} {place + 1}" in contents
        assert chapter.title in book.pages[place].extract_text()
        assert link["/Dest"][0].get_object() == book.pages[place]
    assert chapters[0].title == PAGES["book/notation"]
    assert places[0] == 2


def test_no_link_leads_to_the_server_that_printed(book):
    links = [x for page in book.pages for x in page.get("/Annots", [])]
    addresses = [str(x.get_object().get("/A", "")) for x in links]
    assert addresses
    assert not [x for x in addresses if "127.0.0.1" in x]


def test_a_page_that_is_not_there_is_named(site):
    done = make("book/nowhere")
    assert done.returncode == 1
    assert "book/nowhere is no page to print" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("listed", ["", "a.ttf: A:style=Regular"])
def test_boxes_in_place_of_chinese_words_are_told(
    tmp_path, monkeypatch, listed
):
    lister = tmp_path / "fc-list"
    lister.write_text(f"#!/bin/sh\nprintf '{listed}'\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert make_pdf.has_chinese() is bool(listed)
