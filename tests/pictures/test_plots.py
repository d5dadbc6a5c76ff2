"""Pictures: the house style, the inline SVG, and the five kinds."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from rnncourse.pictures import plots

mpl = pytest.importorskip("matplotlib")

SEEDS, STEPS, WORDS = 3, 11, 5
rng = np.random.default_rng(0)
LINES = {"rnn": rng.random((SEEDS, STEPS)), "no recurrence": np.arange(11)}


def shown(name="loss", **kwargs):
    ax = plots.curves(LINES)
    ax.set_title("Loss falls")
    words = {"alt": "Loss falls < 1", "caption": "Three seeds."} | kwargs
    return plots.show(ax, name=name, **words)


def contrast(colour, page):
    """WCAG's contrast of two hexadecimal colours."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(colour), light(page)))
    return (high + 0.05) / (low + 0.05)


def test_importing_plots_needs_no_matplotlib():
    code = "import sys; from rnncourse.pictures import diagrams, plots; "
    code += "assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_missing_matplotlib_is_one_clear_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"pip install 'rnncourse\[plots\]'"):
        plots.figure()


def test_no_two_architectures_look_alike():
    looks = [(s["color"], s["linestyle"]) for s in plots.STYLE.values()]
    assert len(set(looks)) == len(looks)
    cells = "rnn jordan lstm gru clockwork scrn stack".split()
    assert len({plots.STYLE[c]["color"] for c in cells}) == len(cells)


@pytest.mark.parametrize("name", plots.STYLE)
def test_every_colour_can_be_seen_in_both_themes(name):
    colour = plots.STYLE[name]["color"]
    if colour == "#000000":
        assert plots.css_colour(name) == "currentColor"
    else:
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, "#15181b") >= 3


def test_relatives_share_the_variable_of_their_hue():
    assert plots.css_colour("peephole") == plots.css_colour("lstm")
    assert plots.css_colour("jordan") == "var(--rnn-jordan, #CC79A7)"


def test_svg_follows_the_theme():
    svg = shown().svg
    assert "currentColor" in svg
    assert "var(--rnn-rnn, #0072B2)" in svg
    for fixed in ("#000000", "#ffffff", "black", "white"):
        assert fixed not in svg.replace("white-space", "")


def test_text_is_text_in_the_font_of_the_page():
    root = ElementTree.fromstring(shown().svg)
    texts = [e for e in root.iter() if e.tag.endswith("text")]
    assert "Loss falls" in ["".join(t.itertext()) for t in texts]
    for text in texts:
        assert "font-family" not in text.get("style", "")
        size = re.search(r"font-size:([\d.]+)px", text.get("style"))
        assert float(size[1]) >= 11


def test_small_text_grows_and_a_long_title_wraps():
    ax = plots.curves({"rnn": [1.0, 2.0]})
    ax.set_title("A title that is a good deal longer than the picture is wide")
    ax.text(0, 1, "tiny", fontsize=4)
    plots.show(ax, alt="a", caption="b", name="c")
    assert "\n" in ax.get_title(loc="left")
    assert ax.texts[0].get_fontsize() == 11


@pytest.mark.parametrize(
    ("put", "words"),
    [
        ("set_title", "MOST WORDS MAY WANT WIDE ROOM, HARDLY ANY MAY NOT"),
        ("set_xlabel", "MOST WORDS MAY WANT WIDE ROOM HERE " * 2),
    ],
)
def test_words_end_inside_the_picture_in_a_wide_font(put, words):
    _, ax = plots.figure()
    getattr(ax, put)(words)
    plots.show(ax, alt="Words.", caption="Words.", name="words")
    text = ax.xaxis.label if put == "set_xlabel" else ax._left_title
    ax.figure.draw_without_rendering()
    assert text.get_window_extent().x1 <= ax.figure.bbox.x1
    assert text.get_text().split() == words.split()
    assert "\n" in text.get_text()


def test_the_lines_of_a_title_are_about_equally_long():
    for end in ("", " it", " it all", " it all in the end"):
        ax = plots.curves({"rnn": [1.0, 2.0]})
        ax.set_title("The slow units keep the gradient, fast ones lose" + end)
        plots.show(ax, alt="a", caption="b", name="c")
        lines = ax.get_title(loc="left").split("\n")
        lengths = [len(line) for line in lines]
        assert max(lengths) - min(lengths) <= len("gradient, ")


def test_figure_has_words_for_everyone():
    class Reader(HTMLParser):
        attributes, tags = {}, []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.attributes.setdefault(tag, dict(attrs))

    picture = shown()
    reader = Reader()
    reader.feed(picture._repr_html_())
    assert reader.tags[:2] == ["figure", "svg"]
    assert "figcaption" in reader.tags
    assert "style" not in reader.tags  # it would style the whole page
    assert reader.attributes["svg"]["role"] == "img"
    assert reader.attributes["svg"]["aria-label"] == "Loss falls < 1"
    assert repr(picture) == "[picture] Loss falls < 1"


def test_ids_start_with_the_name_and_all_references_arrive():
    svg = shown("first").svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert ids and len(ids) == len(set(ids))
    assert all(i.startswith("first-") for i in ids)
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
    assert references
    assert {a or b for a, b in references} == set(ids)
    assert not set(ids) & set(re.findall(r'id="(.*?)"', shown("second").svg))


def test_the_same_figure_gives_the_same_bytes():
    first = shown().svg
    assert first == shown().svg
    assert "202" not in re.findall(r"<svg[^>]*>", first)[0]
    assert "matplotlib" not in first


@pytest.mark.parametrize("words", [{"alt": " "}, {"caption": ""}])
def test_a_picture_without_words_is_refused(words):
    with pytest.raises(ValueError, match=f"{[*words][0]} is empty"):
        shown(**words)


@pytest.mark.parametrize("name", ["", "Two words", "1st", "a_b"])
def test_a_name_that_is_no_slug_is_refused(name):
    with pytest.raises(ValueError, match="slug"):
        shown(name)


def test_pyplot_figures_are_closed():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    fig, ax = pyplot.subplots()
    ax.plot([1, 2])
    plots.show(fig, alt="a", caption="b", name="c")
    assert not pyplot.fignum_exists(fig.number)


def test_curves_draws_the_median_and_the_band():
    values = {"lstm": np.array([[1.0, 2.0], [3.0, 2.0], [8.0, 5.0]])}
    before = values["lstm"].copy()
    ax = plots.curves(values, steps=[10, 20])
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [10, 20])
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [3, 2])
    assert ax.lines[0].get_color() == plots.STYLE["lstm"]["color"]
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == 1 and band[:, 1].max() == 8
    quartiles = plots.curves(values, band="quartiles").collections[0]
    assert quartiles.get_paths()[0].vertices[:, 1].max() == 5.5
    np.testing.assert_array_equal(values["lstm"], before)


def test_other_lines_leave_the_architectures_their_colours():
    names = ["rnn", "a", "b", "lstm", "c"]
    ax = plots.curves(dict.fromkeys(names, [1.0, 2.0]))
    assert len({line.get_color() for line in ax.lines}) == len(names)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["RNN (Elman)", "a", "b", "LSTM", "c"]


def test_curves_refuses_what_it_cannot_draw():
    with pytest.raises(ValueError, match="at least one line"):
        plots.curves({})
    with pytest.raises(ValueError, match=r"\(1, 2, 2\); expected"):
        plots.curves({"a": np.ones((1, 2, 2))})
    with pytest.raises(ValueError, match="'range', 'quartiles'"):
        plots.curves({"a": [1]}, band="sd")


def test_bars_show_the_median_and_each_seed():
    ax = plots.bars({"rnn": [0.5, 0.9, 0.7], "chance": 0.1})
    assert [bar.get_width() for bar in ax.patches] == [0.7, 0.1]
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [0.5, 0.9, 0.7])
    blue = plots.bars({"a": 1, "b": 2}).patches
    assert blue[0].get_facecolor() == blue[1].get_facecolor()
    assert ax.patches[0].get_facecolor() != ax.patches[1].get_facecolor()
    with pytest.raises(ValueError, match=r"\(1, 2\); expected \(seeds,\)"):
        plots.bars({"rnn": [[1, 2]]})
    with pytest.raises(ValueError, match="at least one bar"):
        plots.bars({})


def test_heatmap_fills_by_size_and_sign():
    ax = plots.heatmap([[0.0, 1.0], [-2.0, 0.5]], form="{:.1f}")
    fills = ax.images[0].get_array()
    np.testing.assert_allclose(fills[..., 3], [[0, 0.35], [0.7, 0.175]])
    assert fills[1, 0, 0] > fills[0, 1, 0]  # red below zero
    assert [t.get_text() for t in ax.texts] == ["0.0", "1.0", "-2.0", "0.5"]
    plots.heatmap(np.zeros((2, 2)))  # nothing to scale by
    with pytest.raises(ValueError, match=r"\(3,\); expected \(rows"):
        plots.heatmap([1, 2, 3])


def test_confusion_writes_counts_and_fills_shares():
    ax = plots.confusion([[3, 1], [0, 0]], ["time", "news"])
    assert [text.get_text() for text in ax.texts] == ["3", "1"]
    fills = ax.images[0].get_array()[..., 3] / 0.7
    np.testing.assert_allclose(fills, [[0.75, 0.25], [0, 0]])
    with pytest.raises(ValueError, match=r"expected \(1, 1\)"):
        plots.confusion([[3, 1], [0, 0]], ["time"])


def test_sentence_heat_keeps_every_word_in_the_picture():
    words = "what time is it in ouagadougou when it is noon here".split()
    weights = np.linspace(0, 1, len(words))
    ax = plots.sentence_heat(words, weights, form="{:.1f}")
    texts = [text.get_text() for text in ax.texts]
    assert texts[::2] == words and texts[1] == "0.0" and texts[-1] == "1.0"
    right = [bar.get_x() + bar.get_width() for bar in ax.patches]
    assert max(right) <= ax.get_xlim()[1]
    with pytest.raises(ValueError, match=r"\(2,\); expected \(3,\)"):
        plots.sentence_heat(["a", "b", "c"], [1, 2])
