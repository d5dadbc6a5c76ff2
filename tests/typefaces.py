"""Fonts for test pages, the same on every machine: packages bring them.

What a machine has installed decides nothing here. DejaVu Sans comes with
matplotlib. Arimo, from npm, has the widths of Liberation Sans, of Arial and
of Helvetica. "site" is what the site itself serves.
"""

import base64
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "node_modules"
ARIMO = "@fontsource/arimo/files/arimo-latin"
SITE = "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght"

#: Names of the fonts to try.
NAMES = ("site", "DejaVu", "Liberation")


def faces(name):
    """[(file, weight, style)] of a font; the test fails without the files."""
    if name == "DejaVu":
        import matplotlib

        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        found = [
            (folder / "DejaVuSans.ttf", "400", "normal"),
            (folder / "DejaVuSans-Bold.ttf", "700", "normal"),
            (folder / "DejaVuSans-Oblique.ttf", "400", "italic"),
        ]
    elif name == "Liberation":
        found = [
            (NPM / f"{ARIMO}-400-normal.woff2", "400", "normal"),
            (NPM / f"{ARIMO}-700-normal.woff2", "700", "normal"),
            (NPM / f"{ARIMO}-400-italic.woff2", "400", "italic"),
        ]
    else:
        found = [
            (NPM / f"{SITE}-normal.woff2", "200 900", "normal"),
            (NPM / f"{SITE}-italic.woff2", "200 900", "italic"),
        ]
    for path, _, _ in found:
        if not path.exists():
            _missing(path)
    return found


def _missing(path):
    reason = f"{path.name} is not there: `python web/build.py` fetches it"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(reason)
    pytest.skip(reason)


def rules(name, family):
    """CSS that makes `family` this font, without a file to load."""
    return "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight}; "
        f"font-style: {style}; src: url(data:font/{path.suffix[1:]};base64,"
        f"{base64.b64encode(path.read_bytes()).decode()}) }}"
        for path, weight, style in faces(name)
    )
