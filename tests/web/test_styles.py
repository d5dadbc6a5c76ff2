"""The site's colours: the figures' names, legible in light and in dark."""

import re
from pathlib import Path

import pytest

from rnncourse.pictures import plots

STYLES = Path(__file__).resolve().parents[2] / "web" / "static" / "site.css"
THEME = re.compile(
    r'html\[data-theme(?:="(dark)")?\] \{\s+color-scheme(.*?)\}', re.S
)
COLOUR = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")
THEMES = {
    name or "light": dict(COLOUR.findall(body))
    for name, body in THEME.findall(STYLES.read_text())
}


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in channels
    ]
    return sum(
        w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_define_the_same_colours():
    assert set(THEMES) == {"light", "dark"}
    assert set(THEMES["light"]) == set(THEMES["dark"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_legible(theme):
    colours = THEMES[theme]
    for name, colour in colours.items():
        if name in ("--paper", "--surface", "--line", "--mark"):
            continue
        least = 3 if name.startswith("--rnn-") else 4.5  # lines, words
        for ground in ("--paper", "--surface"):
            if least == 3 and ground == "--surface":
                continue  # pictures stand on the page itself
            assert contrast(colour, colours[ground]) >= least, (name, ground)
    assert contrast(colours["--ink"], colours["--mark"]) >= 4.5


def test_every_architecture_has_its_colour_in_both_themes():
    used = {
        variable
        for name in plots.STYLE
        for variable in re.findall(r"var\((--[\w-]+)", plots.css_colour(name))
    }
    assert used
    assert used == {n for n in THEMES["light"] if n.startswith("--rnn-")}
