"""What tests of several folders share."""

import os
import shutil

import pytest


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; CHROMIUM names one that is not on the path."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with playwright.sync_playwright() as started:
        try:
            browser = started.chromium.launch(
                executable_path=path,
                args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
            )
        except playwright.Error:
            reason = "no Chromium that Playwright can start"
            if os.environ.get("CI", "").lower() in ("true", "1"):
                pytest.fail(reason)
            pytest.skip(reason)
        yield browser
        browser.close()
