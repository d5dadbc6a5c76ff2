"""The slider: its HTML, and its behaviour in a real browser."""

from html.parser import HTMLParser

import pytest

from rnncourse.pictures import diagrams
from rnncourse.pictures.picture import Picture
from rnncourse.pictures.slider import slider

WORDS = ["what", "time", "is"]
STATES = [[0.5, -0.5], [0.1, 0.9], [-1.0, 0.2]]


def frames():
    return [diagrams.walk(WORDS, STATES, t) for t in range(3)]


def make(name="walk", **kwargs):
    describe = [f"after <{word}>" for word in WORDS]
    kwargs = {"describe": describe, "start": 1} | kwargs
    return slider(frames(), "Word", name, **kwargs)


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and wanted.items() <= attrs.items()
        ]


def test_structure():
    reader = Reader(make()._repr_html_())
    (range_,) = reader.all("input", type="range")
    assert (range_["min"], range_["max"], range_["value"]) == ("0", "2", "1")
    assert range_["aria-valuetext"] == "after <time>"
    assert reader.all("label", **{"for": range_["id"]})
    assert reader.all("output", **{"for": range_["id"]})
    assert reader.all("div", role="group", **{"aria-label": "Word"})
    shown = reader.all("div", **{"class": "rnn-frame"})
    visible = ["visibility:visible" in frame["style"] for frame in shown]
    assert visible == [False, True, False]
    assert not reader.all("script")
    assert reader.all("noscript")
    assert "data-lm-suppress-shortcuts" in range_  # JupyterLab folds else


def test_every_id_starts_with_the_name():
    reader = Reader(make("other")._repr_html_())
    ids = [a["id"] for _, a in reader.elements if "id" in a]
    assert ids == ["other-control", "other-range"]


def test_without_descriptions_it_counts():
    html = make(describe=None)._repr_html_()
    assert Reader(html).all("input")[0]["aria-valuetext"] == "2 of 3"
    called = make(describe=lambda t: f"step {t}")._repr_html_()
    assert Reader(called).all("input")[0]["aria-valuetext"] == "step 1"


def test_matplotlib_figures_become_pictures():
    plots = pytest.importorskip("rnncourse.pictures.plots")
    pytest.importorskip("matplotlib")
    figures = [plots.curves({"rnn": [0, t]}).figure for t in range(2)]
    drawn = slider(figures, "t", "grow", describe=["flat", "steep"])
    reader = Reader(drawn._repr_html_())
    assert [svg["aria-label"] for svg in reader.all("svg")] == [
        "flat",
        "steep",
    ]
    ids = [a["id"] for _, a in reader.elements if "id" in a]
    assert len(ids) == len(set(ids)) > 2


@pytest.mark.parametrize(
    "bad, message",
    [
        ({"frames": []}, "at least one"),
        ({"start": 3}, r"should be 0 … 2"),
        ({"start": -1}, r"should be 0 … 2"),
        ({"label": " "}, "label is empty"),
        ({"name": "two words"}, "slug"),
        ({"describe": ["one"]}, "1 sentences for 3 frames"),
        ({"describe": ["a", "", "c"]}, "not empty"),
        ({"frames": [1, 2, 3]}, "a frame is a int"),
    ],
)
def test_bad_input(bad, message):
    good = {"frames": frames(), "label": "Word", "name": "walk"}
    with pytest.raises(ValueError, match=message):
        slider(**good | bad)


def test_frames_that_share_an_id_are_refused():
    picture = Picture('<svg id="same"></svg>', "a", "b", 300)
    with pytest.raises(ValueError, match="share an id"):
        slider([picture, picture], "Step", "twice")


def test_with_scripts_nothing_is_said_twice():
    says = ["the first", "the second"]
    frames = [Picture("<svg></svg>", "a", x, 300) for x in (says[0], "other")]
    html = slider(frames, "Step", "once", says)._repr_html_()
    assert html.count("<noscript><figcaption") == 1
    assert html.count("<figcaption") == 2


TWO = (
    f"<!doctype html><body>{make('a')._repr_html_()}{make('b')._repr_html_()}"
)
VISIBLE = """name => [...document.querySelectorAll(
  `.rnn-slider:has(#${name}-range) .rnn-frame`
)].map(frame => getComputedStyle(frame).visibility === 'visible')"""


def test_arrow_keys_change_the_picture_of_this_slider_alone(browser):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.set_content(TWO)
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    assert page.evaluate(VISIBLE, "a") == [False, True, False]
    height = page.evaluate("document.documentElement.scrollHeight")
    first = page.locator("#a-range")
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(VISIBLE, "a") == [False, False, True]
    assert first.get_attribute("aria-valuetext") == "after <is>"
    assert page.locator("output").first.inner_text() == "after <is>"
    assert page.evaluate(VISIBLE, "b") == [False, True, False]
    page.keyboard.press("Home")
    assert page.evaluate(VISIBLE, "a") == [True, False, False]
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert not errors
    page.close()


def test_without_javascript_one_frame_stands_and_no_dead_control(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(TWO)
    assert not page.locator("#a-range").is_visible()
    frames = page.locator(".rnn-slider").first.locator(".rnn-frame")
    assert [frames.nth(i).is_visible() for i in range(3)] == [0, 1, 0]
    context.close()
