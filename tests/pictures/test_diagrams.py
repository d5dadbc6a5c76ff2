"""Diagrams: well-formed, themed, legible, and with words for everyone."""

import re
from itertools import groupby, product
from xml.etree import ElementTree

import numpy as np
import pytest
import typefaces

from rnncourse.pictures import diagrams
from rnncourse.pictures.diagrams._canvas import Canvas
from rnncourse.pictures.diagrams._geometry import room

WORDS = "what time is it".split()
T = len(WORDS)
STATES = np.linspace(-1, 1, T * 3).reshape(T, 3)
FELT = np.tril(np.ones((T, T)))

#: How to draw those that need data; every other is drawn without arguments.
ARGUMENTS = {
    "gradient_walk": ([0.01, 0.1, 0.4, 1.0], 1),
    "lstm_now": (dict(i=1, f=0.5, g=-1, o=0, c=0.4, h=-0.001), "Step 3"),
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
    with pytest.raises(ValueError, match="t contains 4; .* 0 to 3"):
        diagrams.walk(WORDS, STATES, 4)


def test_words_are_escaped():
    svg = diagrams.walk(["a<b", "&"], STATES[:2], 1).svg
    assert ElementTree.fromstring(svg) is not None
    assert "a&lt;b" in svg


def circles(picture):
    root = ElementTree.fromstring(picture.svg)
    return [e for e in root.iter() if e.tag.endswith("circle")]


def test_a_gate_passes_its_share():
    svg = diagrams.gate(values=(0.25,), signal=0.8).svg
    widths = [
        float(w) for w in re.findall(r'width="([\d.]+)" height="20"', svg)
    ]
    np.testing.assert_allclose(widths, [112, 112 * 0.8, 112, 112 * 0.2])


def test_a_step_of_few_bits_is_the_same_step():
    norms = [0.125, 0.25, 0.5, 1.0]
    for draw in (
        lambda t: diagrams.walk(WORDS, STATES, t),
        lambda t: diagrams.gradient_walk(norms, t),
    ):
        for t in range(4):
            assert draw(np.uint8(t)).svg == draw(t).svg


def test_lstm_names_its_six_parts():
    words = texts(diagrams.lstm())
    parts = "input|input gate|forget gate|memory cell|output gate|output"
    assert set(parts.split("|")) <= set(words)


def test_lstm_now_shows_its_numbers():
    words = texts(drawn("lstm_now"))
    assert {"1.00", "0.50", "input g −1.00", "0.40", "0.00"} <= set(words)
    parts = "input gate|forget gate|memory cell|output gate|output"
    assert set(parts.split("|")) <= set(words)
    with pytest.raises(ValueError, match="now has no c, h"):
        diagrams.lstm_now(dict(i=1, f=1, g=1, o=1), "Step 1")
    with pytest.raises(ValueError, match="f contains NaN"):
        values = dict(i=1, f=np.nan, g=1, o=1, c=1, h=1)
        diagrams.lstm_now(values, "Step 1")


def lit(picture):
    """Which of the groups of a picture are not faint."""
    root = ElementTree.fromstring(picture.svg)
    groups = [e for e in root.iter() if e.tag.endswith("}g")]
    return [k for k, g in enumerate(groups) if g.get("opacity") is None]


def test_an_lstm_step_lights_one_part_and_says_its_formula():
    whole = lit(diagrams.lstm_step())
    parts = [diagrams.lstm_step(part) for part in range(1, 8)]
    assert all(1 <= len(lit(picture)) <= 3 for picture in parts)
    assert {k for picture in parts for k in lit(picture)} == set(whole)
    formulas = [texts(picture)[-1] for picture in parts]
    gates = ["f = σ(af)", "i = σ(ai)", "g = tanh(ag)"]
    assert formulas[1:4] == gates and formulas[5] == "o = σ(ao)"
    assert formulas[4] == "ct = f ⊙ ct−1 + i ⊙ g"
    assert formulas[6] == "ht = o ⊙ tanh(ct)"
    with pytest.raises(ValueError, match="part contains 8; .* 0 to 7"):
        diagrams.lstm_step(8)


def test_in_a_chain_of_lstms_every_product_is_on_the_road_of_h():
    picture = diagrams.lstm_chain()
    roads = {float(e.get("cy")) for e in circles(picture)}
    assert len(roads) == 2  # that of c is the upper one
    root = ElementTree.fromstring(picture.svg)
    products = [e for e in root.iter() if e.get("rx") == "1.5"]
    assert len(products) == 3
    assert {float(e.get("y")) + 6.5 for e in products} == {max(roads)}


def test_both_passes_number_a_state_by_its_word():
    for T in (2, 3, 4):
        words = texts(diagrams.bidirectional(T))
        names = [w for w in words if w[0] in "zbf" and w[1:].isdigit()]
        assert names[:3] == ["z1", "b1", "f1"]
        assert names[-3:] == [f"z{T}", f"b{T}", f"f{T}"]


def test_a_pyramid_halves():
    assert len(circles(diagrams.pyramid(3, 8))) == 8 + 4 + 2
    assert len(circles(diagrams.stacked(3, 4))) == 3 * 4
    with pytest.raises(ValueError, match="T is 6; .* multiple of 4"):
        diagrams.pyramid(3, 6)


def test_columns_hold_the_text_and_hand_on_what_is_not_the_first_state():
    picture = diagrams.columns("abcdefghijklmnopqr")
    letters = [w for w in texts(picture) if len(w) == 1 and w.isalpha()]
    assert "".join(letters) == "abcdefghijklmnopqr"
    kept = [c.get("stroke-dasharray") is not None for c in circles(picture)]
    assert kept == 2 * [True, False, False]
    with pytest.raises(ValueError, match=r"len\(text\) contains 3"):
        diagrams.columns("abc")


@pytest.mark.parametrize("ahead", [1, 2, 4])
def test_an_origin_knows_one_step_more_than_the_one_before(ahead):
    root = ElementTree.fromstring(diagrams.origins(ahead).svg)
    squares = [e for e in root.iter() if e.get("rx") == "4"]
    rows = {}
    for e in squares:
        rows.setdefault(e.get("y"), []).append("fill-opacity" in e.attrib)
    known = [sum(filled) for filled in rows.values()]
    assert known == list(range(16, 21 - ahead))
    for filled in rows.values():
        assert filled == sorted(filled, reverse=True)
        assert len(filled) - sum(filled) == ahead
    with pytest.raises(ValueError, match="ahead contains 5; .* 1 to 4"):
        diagrams.origins(5)


def test_clockwork_ticks_at_its_periods():
    drawn = circles(diagrams.clockwork((1, 2, 4), 8))
    ticks = [circle.get("stroke-dasharray") is None for circle in drawn]
    assert [sum(ticks[8 * m : 8 * m + 8]) for m in range(3)] == [8, 4, 2]


def spellings(target, T):
    """All nodes (row, frame) of all paths that collapse to the target."""
    extended = "-" + "".join(symbol + "-" for symbol in target)
    nodes = set()
    for path in product(range(len(extended)), repeat=T):
        symbols = [extended[s] for s in path]
        spelled = "".join(k for k, _ in groupby(symbols) if k != "-")
        steps = [b - a for a, b in zip(path, path[1:], strict=False)]
        monotone = all(0 <= step <= 2 for step in steps) and path[0] <= 1
        if monotone and spelled == target and path[-1] >= len(extended) - 2:
            nodes |= {(s, t) for t, s in enumerate(path)}
    return nodes


@pytest.mark.parametrize("target, T", [("a", 1), ("ab", 4), ("aa", 4)])
def test_the_lattice_holds_the_nodes_of_all_paths_and_no_other(target, T):
    found = circles(diagrams.ctc_lattice(target, T))
    places = {(c.get("cx"), c.get("cy")) for c in found}
    assert len(places) == len(found) == len(spellings(target, T))


def test_the_lattice_draws_a_path_and_its_weights():
    plain = diagrams.ctc_lattice("ab", 4).svg
    thick = diagrams.ctc_lattice("ab", 4, path=[0, 1, 3, 4]).svg
    assert plain.count('stroke-width="2.5"') == 0
    assert thick.count('stroke-width="2.5"') == 3
    weighted = diagrams.ctc_lattice("a", 2, weights=np.full((3, 2), 0.5))
    assert {c.get("fill-opacity") for c in circles(weighted)} == {"0.45"}
    with pytest.raises(ValueError, match="'aa' needs at least 3"):
        diagrams.ctc_lattice("aa", 2)
    with pytest.raises(ValueError, match=r"weights has shape \(2, 2\)"):
        diagrams.ctc_lattice("a", 2, weights=np.ones((2, 2)))
    with pytest.raises(ValueError, match="target is empty"):
        diagrams.ctc_lattice("", 2)


def test_a_tree_keeps_its_words_and_labels():
    words = texts(diagrams.tree("(S (A a_b) (B c (C d)))"))
    assert sorted(words) == sorted(["S", "A", "a_b", "B", "c", "C", "d"])


@pytest.mark.parametrize(
    "bracketed",
    ["", "S", "(S", "(S a", "(S a))", "(S)", "()", "(S a) b", "((S a))"],
)
def test_brackets_that_do_not_match_are_refused(bracketed):
    with pytest.raises(ValueError, match=re.escape(repr(bracketed))):
        diagrams.tree(bracketed)


def test_the_gradient_shows_the_sizes_it_has_reached():
    norms = [0.125, 0.25, 0.5]
    assert {"0.25", "0.5"} < set(texts(diagrams.gradient_walk(norms, 1)))
    assert "0.12" not in texts(diagrams.gradient_walk(norms, 1))
    assert "0.12" in texts(diagrams.gradient_walk(norms, 0))
    with pytest.raises(ValueError, match="norms contains NaN"):
        diagrams.gradient_walk([1.0, np.nan], 0)


def test_stack_walk_refuses_arrays_that_do_not_fit():
    stacks, actions = np.eye(4, 3), np.ones((4, 3)) / 3
    with pytest.raises(ValueError, match=r"stacks has shape \(3, 3\)"):
        diagrams.stack_walk("aabb", stacks[1:], actions, 0)
    with pytest.raises(ValueError, match=r"expected \(4, 2\)"):
        diagrams.stack_walk("aabb", stacks, actions, 0, names=["a", "b"])


def test_a_caption_can_be_replaced():
    picture = diagrams.gru().captioned("Two gates.")
    assert ">Two gates.</figcaption>" in picture._repr_html_()
    assert diagrams.gru().caption != "Two gates."


# Words have the height of a capital letter here, about their middle: a line of
# text is as high as the tallest letter of its font. A shape that holds the
# middle of a word is its box; a valve is none, its word stands on it.
LAID_OUT = """svg => {
  const size = svg.viewBox.baseVal, found = [];
  const place = e => {
    const moved = svg.getScreenCTM().inverse().multiply(e.getScreenCTM());
    const own = e.getBBox(), x = own.x + moved.e, y = own.y + moved.f;
    return {left: x, right: x + own.width, top: y, bottom: y + own.height};
  };
  const shapes = [...svg.querySelectorAll('rect, circle, polygon')]
    .map(e => ({...place(e), name: e.tagName}));
  const boxes = [...svg.querySelectorAll('text')].map(e => {
    const own = place(e), y = (own.top + own.bottom) / 2;
    const high = 0.3 * e.getAttribute('font-size');
    return {...own, words: e.textContent, x: (own.left + own.right) / 2, y,
            top: y - high, bottom: y + high};
  });
  const over = (a, b) => [
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
  boxes.forEach((a, i) => {
    if (a.left < 0 || a.right > size.width
        || a.top < 0 || a.bottom > size.height)
      found.push(a.words + ' leaves the picture');
    boxes.slice(i + 1).forEach(b => {
      const [wide, high] = over(a, b);
      if (wide > 1 && high > 0) found.push(a.words + ' on ' + b.words);
    });
    for (const b of shapes) {
      const [wide, high] = over(a, b);
      const within = b.left <= a.x && a.x <= b.right
        && b.top <= a.y && a.y <= b.bottom;
      if (within && b.name !== 'polygon' && b.right - b.left > 10
          && (a.left < b.left + 1 || a.right > b.right - 1))
        found.push(a.words + ' leaves its ' + b.name);
      if (!within && wide > 0.5 && high > 0.5)
        found.push(a.words + ' touches a ' + b.name);
    }
  });
  return found;
}"""

LONG = ["mmmm", "WWWW", "Ouagadougou", "%%%", "好棒棒"]

#: What readers write themselves, in letters that are wide.
WIDE = {
    "walk": (LONG, np.ones((5, 3)), 2),
    "remembered": (LONG, np.ones((5, 5)), 1),
    "encoder_decoder": (("is", "it", "cold"), ("so", "it", "is")),
    "ctc_lattice": ("好棒棒", 8),
    "tree": ("(SENTENCE (MWP mmm) (VP WWW (N 好棒 Togo)))",),
}


def faults(page, picture):
    page.locator("main").evaluate(
        "(main, html) => { main.innerHTML = html; }", picture._repr_html_()
    )
    page.evaluate("() => document.fonts.ready")
    return page.locator("svg").evaluate(LAID_OUT)


@pytest.fixture(params=typefaces.NAMES)
def page(browser, request):
    """A phone's page that is set in one of the fonts."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    rules = typefaces.rules(request.param, "Tried")
    page.set_content(
        f"<style>{rules} body {{ font-family: Tried }}</style>"
        "<main>all <b>of</b> <i>it</i></main>"
    )
    page.evaluate("() => document.fonts.ready")
    loaded = page.evaluate("() => [...document.fonts].map(f => f.status)")
    assert set(loaded) == {"loaded"} and len(loaded) in (2, 3)
    yield page
    page.close()


def test_words_stay_inside_and_apart_in_every_font(page):
    found = {name: faults(page, drawn(name)) for name in diagrams.__all__}
    assert {name: x for name, x in found.items() if x} == {}


def test_wide_words_have_room_in_every_font(page):
    found = {
        name: faults(page, getattr(diagrams, name)(*given))
        for name, given in WIDE.items()
    }
    assert {name: x for name, x in found.items() if x} == {}


def test_a_word_that_leaves_its_place_is_found(page):
    """What would show that the two tests above see anything."""
    canvas = Canvas(100, 80)
    canvas.box(50, 40, 20, 20)
    canvas.word(50, 40, "outgrown")
    canvas.text(60, 70, "far to the right")
    canvas.text(70, 66, "on it")
    found = faults(page, canvas.picture("A trial", "Three words too wide."))
    assert {
        "outgrown leaves its rect",
        "far to the right leaves the picture",
        "far to the right on on it",
    } <= set(found)


def test_no_letter_is_wider_than_its_room():
    import matplotlib.font_manager as manager
    from matplotlib.ft2font import LoadFlags

    letters = "".join(map(chr, range(32, 127))) + "αβγδθλμσ−×·…→←–⟨⟩“”’"
    for bold in (False, True):
        weight = "bold" if bold else "normal"
        properties = manager.FontProperties(
            family="DejaVu Sans", weight=weight
        )
        font = manager.get_font(manager.findfont(properties))
        font.set_size(100, 72)
        for letter in letters:
            glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            width = glyph.linearHoriAdvance / 65536
            given = room(letter, 100, bold)
            assert width <= given + 0.5, (letter, bold)
            assert given < 2 * width + 15, (letter, bold)  # nor much narrower


def test_words_too_wide_for_a_phone_are_refused():
    for words in (["a" * 60], ["ok", "a" * 60]):
        with pytest.raises(ValueError, match="cannot be read on a phone"):
            diagrams.walk(words, np.ones((len(words), 3)), 0)
    with pytest.raises(ValueError, match="cannot be read on a phone"):
        diagrams.encoder_decoder(("a", "b", "ouagadougou"))


def test_the_scans_tree_joins_neighbours_until_all_states_are_known():
    known = [
        int(re.search(r"rounds (\d) of 8", diagrams.scan_tree(n).alt)[1])
        for n in range(6)
    ]
    assert known == [1, 2, 3, 4, 5, 8]
    names = texts(diagrams.scan_tree(2))
    assert names[-2:] == ["1–4", "5–8"] and names.count("3–4") == 1
    ends = diagrams.scan_tree().alt.partition("Now: ")[2]
    assert ends == "1, 1–2, 1–3, 1–4, 1–5, 1–6, 1–7, 1–8."
    with pytest.raises(ValueError, match="done contains 6"):
        diagrams.scan_tree(6)
