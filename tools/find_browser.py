"""Find a Chromium for the tests that look at the built site."""

import os
import shutil
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
