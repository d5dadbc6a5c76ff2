"""What tests of several folders share."""

import os

import find_browser
import pytest


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium, where one is found."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        try:
            browser = find_browser.launch(started)
        except playwright.Error as error:
            reason = f"{find_browser.HOW} ({error.message.splitlines()[0]})"
            if os.environ.get("CI", "").lower() in ("true", "1"):
                pytest.fail(reason)
            pytest.skip(reason)
        yield browser
        browser.close()
