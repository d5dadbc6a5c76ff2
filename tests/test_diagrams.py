"""Diagrams: well-formed, themed, legible, and with words for everyone."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from rnncourse import diagrams

WORDS = "what time is it".split()
T = len(WORDS)
STATES = np.linspace(-1, 1, T * 3).reshape(T, 3)
FELT = np.tril(np.ones((T, T)))

#: How to draw those that need data; every other is drawn without arguments.
ARGUMENTS = {
    "gradient_walk": ([0.01, 0.1, 0.4, 1.0], 1),
    "remembered": (WORDS, FELT, 2),
    "stack_walk": ("aabb", np.eye(4, 3), np.full((4, 3), 1 / 3), 2),
    "walk": (WORDS, STATES, 1),
}


def drawn(name):
    return getattr(diagrams, name)(*ARGUMENTS.get(name, ()))


def box(root):
    return [float(number) for number in root.get("viewBox").split()]


@pytest.mark.parametrize("name", diagrams.__all__)
def test_every_diagram_keeps_the_house_rules(name):
    picture = drawn(name)
    root = ElementTree.fromstring(picture.svg)  # well-formed
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text
    assert len(root.find(f"{space}desc").text) > 40
    assert root.get("role") == "img" and root.get("aria-label")
    assert box(root)[2] <= 480
    assert picture.caption and picture.alt.startswith(picture.caption)
    for fixed in ("black", "white", "#000", "#fff", "#FFF"):
        assert fixed not in picture.svg
    for element in root.iter():
        assert "id" not in element.attrib  # so nothing can collide
        if "font-size" in element.attrib:
            assert float(element.get("font-size")) >= 12
    colours = re.findall(r'(?:fill|stroke)="([^"]+)"', picture.svg)
    assert {c.split("(")[0] for c in colours} <= {
        "none",
        "var",
        "currentColor",
    }


@pytest.mark.parametrize("name", diagrams.__all__)
def test_nothing_leaves_the_canvas(name):
    root = ElementTree.fromstring(drawn(name).svg)
    _, _, width, height = box(root)
    for element in root.iter():
        if element.get("transform"):
            continue
        for key, most in (("x", width), ("cx", width), ("y", height)):
            assert 0 <= float(element.get(key, 0)) <= most
    assert drawn(name).svg == drawn(name).svg


def texts(picture):
    root = ElementTree.fromstring(picture.svg)
    return [
        "".join(e.itertext()) for e in root.iter() if e.tag.endswith("text")
    ]


def test_elman_and_jordan_differ_in_what_is_stored():
    only = set(texts(diagrams.elman())) ^ set(texts(diagrams.jordan()))
    assert only == {"ht−1", "yt−1"}


def test_unrolled_repeats_its_three_weights():
    words = texts(diagrams.unrolled(3))
    assert [words.count(w) for w in ("Wxh", "Whh", "Why")] == [3, 3, 3]
    with pytest.raises(ValueError, match="cannot be read on a phone"):
        diagrams.unrolled(5)


def test_walk_fills_the_states_so_far():
    for t in range(T):
        svg = diagrams.walk(WORDS, STATES, t).svg
        assert svg.count("fill-opacity") == 3 * (t + 1)
        assert svg.count('stroke-dasharray="4 4"') == T - t - 1
    opacities = re.findall(
        r'fill-opacity="([^"]+)"', diagrams.walk(WORDS, STATES, 0).svg
    )
    np.testing.assert_allclose(
        [float(o) for o in opacities], abs(STATES[0]), atol=0.01
    )


def test_remembered_says_the_shares():
    felt = np.array([[1.0, 9.0], [1.0, 3.0]])  # the 9 lies in the future
    assert "what 100 %." in diagrams.remembered(["what", "time"], felt, 0).alt
    alt = diagrams.remembered(["what", "time"], felt, 1).alt
    assert "what 25 %, time 75 %" in alt


def test_a_long_sentence_takes_several_rows():
    words = ["ouagadougou"] * 9
    picture = diagrams.walk(words, np.ones((9, 2)), 8)
    _, _, width, height = box(ElementTree.fromstring(picture.svg))
    assert width <= 480 and height > 300


def test_bad_input():
    with pytest.raises(ValueError, match=r"values has shape \(4, 3\)"):
        diagrams.walk(WORDS[:3], STATES, 0)
    with pytest.raises(ValueError, match="t is 4; it should be 0 … 3"):
        diagrams.walk(WORDS, STATES, 4)


def test_words_are_escaped():
    svg = diagrams.walk(["a<b", "&"], STATES[:2], 1).svg
    assert ElementTree.fromstring(svg) is not None
    assert "a&lt;b" in svg


LAID_OUT = """svg => {
  const size = svg.viewBox.baseVal, found = [];
  const boxes = [...svg.querySelectorAll('text')].map(text => {
    const box = svg.getScreenCTM().inverse().multiply(text.getScreenCTM());
    const own = text.getBBox(), right = own.x + own.width;
    return {words: text.textContent, left: own.x + box.e, top: own.y + box.f,
            right: right + box.e, bottom: own.y + own.height + box.f};
  });
  boxes.forEach((a, i) => {
    if (a.left < 0 || a.right > size.width
        || a.top < -2 || a.bottom > size.height + 2)
      found.push(a.words + ' leaves the picture');
    boxes.slice(i + 1).forEach(b => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 6) found.push(a.words + ' on ' + b.words);
    });
  });
  return found;
}"""


def test_words_stay_inside_and_apart(browser):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    faults = {}
    for name in diagrams.__all__:
        html = drawn(name)._repr_html_()
        page.set_content(f"<body style='font-family:sans-serif'>{html}")
        found = page.locator("svg").first.evaluate(LAID_OUT)
        if found:
            faults[name] = found
    page.close()
    assert not faults
