"""How fast the workbench trains: in Chromium, and the same loop outside.

    python -m benchmarks.workbench [--seconds N]

Opens the page of the built site, on this machine, for a tanh network and for
an LSTM (64 units, windows of 50, batches of 16, float32), trains for some
seconds and prints updates a second beside their budgets, and the seconds from
opening the page to the first point of the curve. It asserts nothing: a busy
machine is slow.
"""

import argparse
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import find_browser
from serve import SITE, Server

from rnncourse.workbench import Settings, TextSession, built_in

BUDGETS = {"tanh": 12, "lstm": 5}
STATUS = "document.querySelector('#bench-of-text [role=status]')"
POINT = "/this network/.test(document.querySelector('.bench').innerText)"


def outside(cell, seconds):
    """Updates a second of the same loop in this Python."""
    session = TextSession(built_in(), Settings(cell, rate=0.01))
    for news in session.run():
        if news["kind"] == "update" and news["seconds"] > seconds:
            return news["updates"] / news["seconds"]


def inside(browser, base, cell, seconds):
    """First point after so many seconds, then updates a second."""
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{base}book/workbench.html#text/{cell}/64")
    page.wait_for_function(f"/Press Train/.test({STATUS}?.innerText)")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(POINT)
    first = time.perf_counter() - start
    time.sleep(seconds)
    words = page.locator(".bench-now").first.inner_text()
    stop = time.perf_counter()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_function(f"/^Stopped/.test({STATUS}.innerText)")
    stop = time.perf_counter() - stop
    context.close()
    return first, float(re.search(r"([\d.]+) a second", words)[1]), stop


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15)
    seconds = parser.parse_args().seconds
    with Server(SITE) as server, sync_playwright() as started:
        browser = find_browser.launch(started)
        for cell, budget in BUDGETS.items():
            first, pace, stop = inside(browser, server.url, cell, seconds)
            here = outside(cell, seconds / 3)
            print(
                f"{cell:5s} {pace:6.1f} updates a second in the page (budget "
                f"{budget}), {here:6.1f} outside; first point after "
                f"{first:.1f} s, Stop after {stop:.2f} s"
            )


if __name__ == "__main__":
    main()
