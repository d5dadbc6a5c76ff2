"""What a reader would stumble on in JupyterLab is found, and nothing else."""

import pytest

pytest.importorskip("playwright")

from benchmarks import reader_notebook, reading  # noqa: E402
from rnncourse.exercises import chapters  # noqa: E402

pytestmark = pytest.mark.site

DOT = (
    '<img alt="dot" src="data:image/gif;base64,'
    'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">'
)
SOUND = f"""<div class="jp-RenderedMarkdown">
<p>97 % of <code>{{share}} $x$</code>; 1 - g**2.</p>
<mjx-container><i style="display: block; overflow: hidden; width: 9px">
<b style="display: block; width: 99px">brace</b></i></mjx-container>
<style>.a {{}}</style><noscript>&lt;p&gt;</noscript>{DOT}</div>
<div class="jp-CodeCell"><div class="jp-InputPlaceholder">…</div></div>
<div class="jp-CodeCell"><div class="jp-OutputArea-output"
 data-mime-type="application/vnd.jupyter.stdout"><pre>ok</pre></div></div>"""
PROSE = '<div class="jp-RenderedMarkdown">{}</div>'
WIDE = '<div style="width: 9000px">wide</div>'
OUTPUT = '<div class="jp-OutputArea-output" data-mime-type="{}">{}</div>'
STREAM = "application/vnd.jupyter.stderr"


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page(viewport={"width": 800, "height": 600})
    yield page
    page.close()


def found(page, more="", folded=1):
    """What is found on a sound page with something more on it."""
    page.set_content(SOUND + more)
    return reading.faults(page, folded)


def test_a_sound_page_has_no_faults(page):
    assert found(page) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (PROSE.format("{glue:text}`share`"), "raw: {glue:text}`share`"),
        (PROSE.format(":::{note}"), "raw: {note}"),
        (PROSE.format("costs $W_hh$"), "raw: $W_hh$"),
        (PROSE.format("**bold"), "raw: **bold"),
        (PROSE.format("&lt;b&gt;"), "raw: <b>"),
        (PROSE.format("(here)="), "raw: (here)="),
        (PROSE.format("<mjx-merror>x_</mjx-merror>"), "no formula: x_"),
        (PROSE.format('<img alt="gate" src="data:,">'), "no picture: gate"),
        (OUTPUT.format(STREAM, "a warning"), "a warning"),
        (
            OUTPUT.format("", f'<div style="overflow-x: auto">{WIDE}</div>'),
            "wide: 9000 in",
        ),
    ],
)
def test_a_fault_is_named(page, more, says):
    assert any(words.startswith(says) for words in found(page, more))


def test_folded_cells_are_counted(page):
    assert found(page, folded=2) == ["1 cells are folded, not 2"]


def test_a_reader_does_what_a_notebook_has(site):
    names = reader_notebook.with_code()
    assert {"intro", "claims", "rnn"} <= set(names) and "glossary" not in names
    done = {
        name: set(
            reader_notebook.steps(
                None, reader_notebook.NOTEBOOKS / f"{name}.ipynb"
            )
        )
        for name in names
    }
    always = {"read", "run all", "read again", "save"}
    more = {"move sliders", "answer a question", "do an exercise"}
    assert done["intro"] == always
    for name in chapters.names():
        assert done[name] == always | more, name
