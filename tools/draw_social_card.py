"""Draw book/images/social-card.png, what a link to the course looks like.

Run it again when the logo or the title changes::

    python tools/draw_social_card.py

It needs a Chromium that Playwright can start; CHROMIUM names another one.
The letters are the site's own, which `python web/build.py` fetches.
"""

import base64
from pathlib import Path

import find_browser
from playwright.sync_api import sync_playwright

from rnncourse.pictures.diagrams._canvas import Canvas

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "book" / "images"
FONT = "_build/assets/fonts/source-sans-3-latin-wght-normal.woff2"
PAGE = """<!doctype html><meta charset="utf-8">
<style>@font-face {{ font-family: Site; font-weight: 200 900;
src: url(data:font/woff2;base64,{font}) }}</style>
<body style="margin:0;background:#fdfdfc;color:#24292e;font-family:Site">
<div style="position:absolute;left:80px;top:64px;width:170px">{logo}</div>
<div style="width:1200px">{card}</div>"""


def card():
    """The words, and a state fading along a sentence."""
    canvas = Canvas(480, 252)
    canvas.text(112, 46, "Recurrent networks", 32, "start", font_weight="bold")
    canvas.text(112, 81, "from scratch", 32, "start", font_weight="bold")
    canvas.text(
        33, 128, "Code you can read, numbers you can check", 18, "start"
    )
    before = None
    for t in range(7):
        state = canvas.state(52 + 60 * t, 196, r=17, fill=0.62**t)
        if before:
            canvas.arrow(before.right, state.left, colour="rnn", width=2.5)
        before = state
    canvas.arrow(before.right, (461, 196), colour="rnn", width=2.5)
    return canvas.picture("Recurrent networks from scratch", "A course").svg


def main():
    """Rasterise the card at 1200 × 630."""
    html = PAGE.format(
        font=base64.b64encode((ROOT / FONT).read_bytes()).decode(),
        logo=(IMAGES / "logo.svg").read_text(),
        card=card(),
    )
    with sync_playwright() as playwright:
        browser = find_browser.launch(playwright)
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.set_content(html)
        page.evaluate("() => document.fonts.ready")
        page.screenshot(path=IMAGES / "social-card.png")
        browser.close()


if __name__ == "__main__":
    main()
