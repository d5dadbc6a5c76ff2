"""Faults planted in a small book are caught, and the message says where.

The small book is one page with the real configuration, site and build. A
CDN address in a page is planted by the tests of the site.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from build_book import CODE, PAGES, state
from serving import small_book

ROOT = Path(__file__).resolve().parent.parent
JUPYTER_BOOK = Path(sys.executable).with_name("jupyter-book")
BUILD = [sys.executable, ROOT / "tools" / "build_book.py", "."]
PLAIN = [JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going"]

pytestmark = pytest.mark.planted


@pytest.fixture(scope="module")
def assets():
    """Make what the site serves from itself, once."""
    subprocess.run([sys.executable, "web/build.py"], cwd=ROOT, check=True)


@pytest.fixture
def book(tmp_path, assets):
    """A sound book of one page."""
    small_book(tmp_path)
    write_page(tmp_path, "A sound page.", "x = 1")
    return tmp_path


def write_page(root, prose, *codes):
    """Write the page: a title, a paragraph, code cells."""
    path = root / "book" / "page.ipynb"
    page = nbformat.read(path, as_version=4)
    texts = [nbformat.v4.new_markdown_cell(x) for x in ("# A page", prose)]
    page.cells = texts + [nbformat.v4.new_code_cell(x) for x in codes]
    nbformat.write(page, path)


def hear_interrupts():
    """A shell makes what runs in the background deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(root, command):
    """Run a command in a folder; return its exit code and words."""
    done = subprocess.run(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_sound_book_builds_and_the_second_time_does_nothing(book):
    code, words = run(book, BUILD)
    page = book / "_build" / "html" / "book" / "page.html"
    assert code == 0, words
    assert "ran in" in words
    assert "Executing notebook" not in words  # once is enough
    assert (book / "_build/html/index.html").as_uri() in words
    assert "A sound page." in page.read_text()

    code, words = run(book, BUILD)
    assert code == 0 and "nothing has changed" in words
    assert "ran in" not in words

    # prose alone: the page is new, the cells do not run again, and a page
    # that is no longer in the book is gone
    old = page.with_name("old.html")
    old.write_text("")
    write_page(book, "Another page.", "x = 1")
    code, words = run(book, BUILD)
    assert code == 0 and "ran in" not in words
    assert "Another page." in page.read_text()
    assert not old.exists()

    # a result changed: what the cells made of the old one is out of date
    (book / "book" / "results").mkdir()
    (book / "book" / "results" / "long.json").write_text("[2]")
    code, words = run(book, BUILD)
    assert code == 0 and "ran in" in words


@pytest.mark.parametrize(
    "name, runs, reads",
    [
        ("rnncourse/cells/rnn.py", True, False),
        ("book/results/long.json", True, True),
        ("requirements.txt", True, False),
        ("book/page.ipynb", False, True),
        ("web/static/site.css", False, True),
        ("_config.yml", False, True),
        ("README.md", False, False),
        ("rnncourse/__pycache__/rnn.py", False, False),
        ("book/.ipynb_checkpoints/page.ipynb", False, False),
    ],
)
def test_what_makes_chapters_run_and_pages_new(tmp_path, name, runs, reads):
    root = tmp_path / ".hidden" / "course"  # where the course is, is no matter
    path = root / name
    path.parent.mkdir(parents=True)
    path.write_text("1")
    code, pages = state(root, CODE), state(root, PAGES)
    path.write_text("2")
    assert (state(root, CODE) != code) is runs
    assert (state(root, PAGES) != pages) is reads


def test_a_broken_cell_fails_the_build_naming_notebook_and_cell(book):
    write_page(book, "A page.", "x = 1", "# divide\nx / 0", "x + 1")
    for _ in range(2):  # and is not forgotten the second time
        code, words = run(book, BUILD)
        assert code == 1
        [line] = [x for x in words.splitlines() if ", cell " in x]
        assert line.strip() == "book/page.ipynb, cell 4 (# divide)"
        assert words.rstrip().endswith("ZeroDivisionError: division by zero")


def test_one_interrupt_ends_the_build_and_its_kernel_in_one_line(book):
    wait = "open('kernel', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    write_page(book, "A page.", "import os, time", wait)
    build = subprocess.Popen(
        BUILD,
        cwd=book,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=hear_interrupts,
    )
    note = book / "book" / "kernel"
    while not (note.exists() and note.read_text()):
        assert build.poll() is None
        time.sleep(0.1)
    build.send_signal(signal.SIGINT)
    words, _ = build.communicate(timeout=120)
    assert build.returncode == 1
    assert words.splitlines()[-1].startswith("book: stopped; the next")
    assert "Traceback" not in words
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_a_broken_cell_fails_plain_jupyter_book_too(book):
    write_page(book, "A page.", "x = 1", "# divide\nx / 0")
    code, words = run(book, PLAIN)
    assert code != 0
    assert "book/page.ipynb: WARNING: Executing notebook failed" in words
    assert "x / 0" in words and "ZeroDivisionError" in words


def test_dead_links_and_images_fail_the_build_naming_each(book):
    dead = {
        "missing": "[gone](missing.md)",
        "no-such-place": "[gone](#no-such-place)",
        "no-label": "{ref}`no-label`",
        "images/nothing.png": "![A picture of nothing](images/nothing.png)",
    }
    write_page(book, "\n\n".join(dead.values()), "x = 1")
    for _ in range(2):
        code, words = run(book, BUILD)
        assert code == 1
        faults = [x for x in words.splitlines() if "WARNING" in x]
        for target in dead:
            assert any("page.ipynb" in x and target in x for x in faults)
