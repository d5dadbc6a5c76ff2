"""The one place that knows where a browser is, and how it is started.

    python3 tools/find_browser.py

prints the path of a Chromium, or says how to get one and exits 1. It runs
with any Python, before anything is set up.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
ON_MACOS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
HOW = (
    "no Chromium: install one (Debian: apt install chromium; Ubuntu, "
    "macOS: Google Chrome) or name it: make test CHROMIUM=/path/to/it"
)
FIREFOX = [
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
]
NO_FIREFOX = "no Firefox: install one (Debian: apt install firefox-esr)"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]


def find():
    """Return the path of a Chromium, or None.

    The environment's CHROMIUM names one; then only that one counts.
    """
    asked = os.environ.get("CHROMIUM")
    if asked:
        return shutil.which(asked)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in ON_MACOS if Path(path).exists()), None)


def find_firefox():
    """Return the path of a Firefox, or None."""
    return next(filter(None, map(shutil.which, FIREFOX)), None)


def launch(playwright):
    """Start it without a window; where none is found, Playwright's own.

    One that was asked for by name is never replaced by another.
    """
    path = find() or os.environ.get("CHROMIUM") or None
    return playwright.chromium.launch(executable_path=path, args=OPTIONS)


if __name__ == "__main__":
    print(find() or sys.exit(HOW))
