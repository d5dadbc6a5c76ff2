"""What tests of several folders share."""

import functools
import os

import find_browser
import pytest

PATIENCE = 300_000  # milliseconds for one step, on a busy machine


def patient(make):
    """`make` as it is; what it opens waits longer before it gives up.

    A service worker would hide from a test what goes over the network.
    """

    @functools.wraps(make)
    def made(**options):
        options.setdefault("service_workers", "block")
        opened = make(**options)
        opened.set_default_timeout(PATIENCE)
        return opened

    return made


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
        browser.new_page = patient(browser.new_page)
        browser.new_context = patient(browser.new_context)
        yield browser
        browser.close()
