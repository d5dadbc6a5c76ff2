"""What a reader meets in JupyterLab and on GitHub, made of what was run."""

import base64
import re

import nbformat
import pytest
import reader_book
import reader_claims
import reader_notebooks
import reader_outputs
from nbformat.v4 import new_code_cell, new_notebook, new_output
from reader_markdown import Book, labelled, left_over, plain
from reader_notebooks import ROOT, for_reader, in_words
from reader_plumbing import INSTEAD, only_for_numbers, without_glue

from rnncourse.pictures.picture import Picture
from rnncourse.pictures.slider import slider

SVG = '<svg aria-label="A &quot;line&quot;." style="x:y"></svg>'
PICTURE = Picture(SVG, "A line.", "A caption.", 300)


def shown(html, **about):
    """A cell whose output is HTML."""
    output = new_output("execute_result", {"text/html": html})
    return new_code_cell("1", outputs=[output], metadata=about)


def glue_cell(**texts):
    """A cell that has glued these texts."""
    outputs = [
        new_output(
            "display_data",
            {reader_outputs.GLUED: repr(text)},
            metadata={"scrapbook": {"name": name}},
        )
        for name, text in texts.items()
    ]
    return new_code_cell("glue(…)".replace("…", "a=b"), outputs=outputs)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a = 1\nglue(a=str(a))", "a = 1"),
        ("glue(\n    a=x,\n    b=y,\n)  # fmt: skip", ""),
        (
            "import numpy\nfrom rnncourse.glue import glue\nx",
            f"import numpy\n{INSTEAD}\nx",
        ),
        ("for a in b:\n    c()\n    glue(a=c)", "for a in b:\n    c()"),
        ("for a in b:\n    glue(a=a)", ""),
        ("for a in b:\n    if a:\n        glue(a=a)\n\nc()", "c()"),
        (
            "if a:\n    glue(a=a)\n    glue(b=b)\nelse:\n    c()",
            "if a:\n    pass\nelse:\n    c()",
        ),
        ("glued = 3\nglued", "glued = 3\nglued"),
        ("%pip install x", "%pip install x"),
    ],
)
def test_code_hands_no_numbers_to_the_prose(source, left):
    assert without_glue(source) == left


HELPER = "def low(x):\n    return min(x)"


@pytest.mark.parametrize(
    ("sources", "gone"),
    [
        (["a = 1\nglue(a=str(a))", "b = 2"], [0]),
        ([HELPER, "glue(a=str(low([2])))"], [0, 1]),
        ([HELPER, "a = low([2])\nglue(a=str(a))"], [0, 1]),
        (["a = 1\nglue(a=str(a))", "assert a == 1"], []),
        (["f = lambda: a", "a = 1\nglue(a=str(a))", "f()"], []),
        (["[a for a in b]", "a = 1\nglue(a=str(a))"], [1]),
        (["assert b\nglue(a=str(b))", "b = 2"], []),
        (["b[0] = 1\nglue(a=str(b))"], []),
        (["b.c = 1\nglue(a=str(b))"], []),
        (["b += 1\nglue(a=str(b))"], []),
        (["a = rng.normal()\nglue(a=str(a))"], []),
        (["import numpy as np\nglue(a=str(np.pi))", "np.pi"], []),
        (["from rnncourse.glue import glue"], []),
    ],
)
def test_a_cell_that_worked_for_the_prose_alone_goes(sources, gone):
    cells = [new_code_cell(x) for x in sources]
    for cell in cells:
        if "glue" in cell.source or cell.source == HELPER:
            cell.metadata["tags"] = ["remove-cell"]
    assert only_for_numbers(cells) == set(gone)
    seen = [new_code_cell(x) for x in sources]  # what the site shows stays
    assert only_for_numbers(seen) == set()


def test_what_glue_has_printed_goes_and_what_the_cell_has_stays():
    cell = glue_cell(best="0.8", worst="0.9")
    for text in ("mean: 0.85\nbest: 0.8\n", "worst: 0.9\n"):
        cell.outputs.append(new_output("stream", name="stdout", text=text))
    assert [x.text for x in reader_outputs.still(cell)] == ["mean: 0.85\n"]
    cell.outputs = cell.outputs[2:]
    text = [x.text for x in reader_outputs.still(cell)]
    assert text == ["mean: 0.85\nbest: 0.8\n", "worst: 0.9\n"]


def test_numbers_stand_in_their_sentences_and_their_cell_is_gone():
    notebook = new_notebook(cells=[glue_cell(share="97 %", pair="5,408")])
    prose = nbformat.v4.new_markdown_cell(
        "{glue:text}`share` {glue:text}`pair`"
    )
    notebook.cells.append(prose)
    made = for_reader(notebook, Book(), "")
    assert [cell.source for cell in made.cells] == ["97 % 5,408"]
    assert prose.source.startswith("{")  # what was given stays as it was


@pytest.mark.parametrize("tag", sorted(reader_notebooks.HIDE))
def test_what_the_site_hides_is_folded(tag):
    notebook = new_notebook(cells=[shown("x", tags=[tag])])
    [cell] = for_reader(notebook, Book(), "").cells
    assert cell.metadata.jupyter.source_hidden
    assert bool(cell.outputs) == (tag in ("hide-input", "remove-input"))


def test_a_picture_needs_no_trust():
    html = reader_outputs.picture(f"<b>x</b>{PICTURE._repr_html_()}")
    assert html.startswith("<b>x</b>") and "A caption." in html
    assert "<svg" not in html and 'width="300"' in html
    assert 'alt="A &quot;line&quot;."' in html
    code = re.search(r"base64,([^\"]+)", html)[1]
    assert "background:#fff" in base64.b64decode(code).decode()


def test_a_slider_is_the_frame_it_starts_with():
    frames = [
        Picture(SVG, "a", f"Caption {number}.", 300) for number in range(3)
    ]
    html = slider(frames, label="Step", name="steps", start=1)._repr_html_()
    still = reader_outputs.picture(html)
    assert re.findall(r"Caption \d", still) == ["Caption 1"]
    assert "Step: 2 of 3." in still and "oninput" not in still


@pytest.mark.parametrize(
    ("label", "says", "words"),
    [
        ("Rate", "0.1.", "Rate: 0.1"),
        ("Step", "step 3: one.", "Step 3: one"),
        ("Length of the window", "Windows of 4", "Windows of 4"),
        ("w", "w = 0.9", "w = 0.9"),
        ("Step that is packed", "step 0: three rows", "Step 0: three rows"),
        ("Frame", "alpha: frame 8", "Alpha: frame 8"),
        ("Words heard", "after “a”: b", "Words heard: after “a”: b"),
    ],
)
def test_where_a_slider_stands_is_said_once(label, says, words):
    frames = [Picture(SVG, "a", "Here.", 300)] * 2
    made = slider(frames, label=label, name="s", describe=[says, says])
    still = reader_outputs.picture(made._repr_html_())
    assert f"<em>{words}. {reader_outputs.MOVE}</em>" in still


def test_questions_are_words_and_keep_their_answers():
    text = reader_outputs.questions('quiz("rnn")')
    quiz = reader_outputs.quizzes.of_chapter("rnn")
    assert all(x.question in text for x in quiz.questions)
    numbers = [x for x in quiz.questions if not hasattr(x, "options")]
    assert all(x.right not in text for x in numbers)


def test_claims_get_what_the_notebooks_measured():
    claim = '<p class="claim" id="claim-2" data-claim="2"><span>3 %</span>'
    place = '<p>A</p>\n\n<ul data-measured="2"></ul>'
    notebooks = {
        "rnn": new_notebook(cells=[shown(claim)]),
        "claims": new_notebook(cells=[shown(place)]),
    }
    measured = reader_claims.measured(notebooks)
    assert measured == {2: [("rnn", "3 %")]}
    reader_claims.fill(notebooks["claims"], measured, {"rnn": "Networks"})
    [cell] = notebooks["claims"].cells
    assert '<a href="rnn.ipynb#claim-2">Networks</a>' in cell.source
    assert cell.cell_type == "markdown"  # a run does not take it away
    assert "\n\n" not in cell.source


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "less than half a minute"),
        (50, "about a minute"),
        (90, "about 2 minutes"),
        (150, "about 3 minutes"),
    ],
)
def test_a_time_is_said_in_words(seconds, words):
    assert in_words(seconds) == words


def test_every_page_has_a_title_and_every_paper_a_name():
    book, paths = reader_book.read(ROOT)
    assert set(paths) == set(book.pages) and "rnn" in paths
    assert book.pages["rnn"] == "Recurrent networks"
    assert book.site["reference"] and book.site["cells"]
    assert book.papers["elman1990"][0] == "Elman (1990)"
    names = [name for name, _ in book.papers.values()]
    assert [x for x in names if not re.fullmatch(r".+ \(\d{4}\)", x)] == []
    assert [x for x in names if "{" in x] == []


def test_a_class_may_get_them_without_solutions(tmp_path):
    config = (ROOT / "_config.yml").read_text()
    assert config.count("exercise_solutions: true") == 1
    other = config.replace("_solutions: true", "_solutions: false")
    for text in (config, other):
        (tmp_path / "_config.yml").write_text(text)
        kept = reader_notebooks.keeps_solutions(tmp_path)
        assert kept is (text == config)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("# A page\n\n{cite}`x`, $a$\n\n:::{note}\nb\n:::", False),
        ("# A page\n\n```python\nx = 1\n```", False),
        ("# A page\n\n<div id='chart'></div>", True),
        ("# A page\n\n```{raw} html\n<b>\n```", True),
    ],
)
def test_what_only_the_site_can_show_stays_there(tmp_path, text, stays):
    page = tmp_path / "page.md"
    page.write_text(text)
    assert reader_book.lives_on_the_site(page) == stays
    assert reader_book.title_of(page) == "A page"


def test_a_label_is_the_heading_below_it(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n(here)=\n## A part\n\nText.\n\n## Two")
    assert reader_book.labels_of(page) == {"here": "A part"}


class Anything(dict):
    """Whatever a cell will have glued."""

    def __missing__(self, name):
        return "1"

    def __contains__(self, name):
        return True


BOOK, PAGES = reader_book.read(ROOT)
UNREAD = re.compile(r"^```.*?^```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.M | re.S)
TEX = re.compile(r"[\^_]\{|\\[a-zA-Z]{2}")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_plain_form(name):
    texts = [
        cell.source
        for cell in reader_book.source(PAGES[name]).cells
        if cell.cell_type == "markdown"
    ]
    numbers = labelled(texts)
    for text in texts:
        made = plain(text, BOOK, Anything(), numbers)
        assert left_over(made) == []
        assert TEX.findall(UNREAD.sub("", made)) == []
