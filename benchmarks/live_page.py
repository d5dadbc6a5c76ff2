"""What the live page costs a reader: seconds and bytes, beside its budgets.

    python -m benchmarks.live_page [--rounds N] [--id EXERCISE]

Serves the built site on this machine, text packed as most servers do it, and
does an exercise in a headless Chromium that has never been there. Each round
is a new visitor; what is printed is the median and the worst of the rounds. A
second visitor has a slow line, 50 KB a second and 400 ms to an answer: when
is all the text there, and which was the longest task of the page? It asserts
nothing: a busy machine is slow.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import find_browser
from serve import SITE, Handler, Server

ROOT = Path(__file__).resolve().parents[1]
DONE = """e => /^(Correct|Not|Ran|Error|Stopped)/.test(
  e.querySelector("[role=status]").innerText)"""
BUDGETS = {
    "page usable": 1,
    "first Check": 5,
    "warm Check": 0.3,
    "Stop": 1,
    "next Run after Stop": None,
    "first Check, second visit": None,
    "moved until usable": 12e6,
    "moved in all": 12e6,
    "text, on a slow line": 12,
    "longest task": 0.5,
}
PACKED = {".html", ".css", ".js", ".svg", ".json"}
LINE = {"offline": False, "latency": 400, "uploadThroughput": 50_000}
LINE["downloadThroughput"] = 50_000  # bytes a second
LOOK = """window.tasks = [0]; new PerformanceObserver((list) =>
  tasks.push(...list.getEntries().map((x) => x.duration))
).observe({ type: "longtask", buffered: true })"""
TEXT = """() => document.readyState !== "loading" &&
  performance.getEntriesByName("first-contentful-paint").length"""


class Counting(Handler):
    """Serves files, text as gzip, and counts their bytes."""

    moved = 0

    def copyfile(self, source, target):
        Counting.moved += os.fstat(source.fileno()).st_size
        super().copyfile(source, target)

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        content = gzip.compress(path.read_bytes())
        Counting.moved += len(content)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Visitor:
    """Someone with one exercise of a page before them."""

    def __init__(self, context, url, id):
        self.page = context.new_page()
        start = time.perf_counter()
        self.page.goto(url, wait_until="commit")
        self.element = self.page.locator(f'[data-exercise="{id}"]')
        self.editor = self.element.locator(".cm-content")
        self.editor.wait_for()
        self.seconds = time.perf_counter() - start

    def type(self, code):
        self.editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def press(self, name, expect):
        """Press a button; return the seconds until the status says so."""
        start = time.perf_counter()
        self.element.get_by_role("button", name=name, exact=True).click()
        handle = self.element.element_handle()
        self.page.wait_for_function(DONE, arg=handle, timeout=120_000)
        seconds = time.perf_counter() - start
        said = self.element.get_by_role("status").inner_text()
        if not said.startswith(expect):
            sys.exit(f"{name}: expected {expect}, and the page says: {said}")
        return seconds


def visit(browser, url, id, solution):
    """Return what one new visitor measures, by the names of BUDGETS."""
    context = browser.new_context()
    Counting.moved = 0
    reader = Visitor(context, url, id)
    result = {"page usable": reader.seconds}
    result["moved until usable"] = Counting.moved
    reader.type(solution)
    result["first Check"] = reader.press("Check", "Correct")
    warm = [reader.press("Check", "Correct") for _ in range(7)]
    result["warm Check"] = statistics.median(warm)
    result["moved in all"] = Counting.moved
    reader.type("sum(iter(int, 1))")
    reader.element.get_by_role("button", name="Run", exact=True).click()
    reader.page.wait_for_timeout(500)
    result["Stop"] = reader.press("Stop", "Stopped")
    reader.type("print(1)")
    result["next Run after Stop"] = reader.press("Run", "Ran")
    reader.page.close()
    again = Visitor(context, url, id)
    again.type(solution)
    result["first Check, second visit"] = again.press("Check", "Correct")
    context.close()
    return result


def visit_slowly(browser, url):
    """Return what a visitor with a slow line measures."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", LINE)
    page.add_init_script(LOOK)
    start = time.perf_counter()
    page.goto(url, wait_until="commit", timeout=60_000)
    page.wait_for_function(TEXT, timeout=120_000)
    seconds = time.perf_counter() - start
    page.wait_for_load_state("load", timeout=120_000)
    longest = page.evaluate("Math.max(...tasks)") / 1000
    context.close()
    return {"text, on a slow line": seconds, "longest task": longest}


def shown(name, value):
    """Return a number with its unit."""
    if "moved" in name:
        return f"{value / 1e6:.1f} MB"
    return f"{value:.2f} s"


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--id", default="rnn.elman_step")
    options = parser.parse_args()
    export = ["-m", "rnncourse.exercises", "export", "--json"]
    words = subprocess.run(
        [sys.executable, *export], cwd=ROOT, capture_output=True, check=True
    ).stdout
    (exercise,) = [x for x in json.loads(words) if x["id"] == options.id]
    if not (SITE / "index.html").exists():
        sys.exit("the site is not built: `make book`")

    rounds = []
    with (
        sync_playwright() as playwright,
        Server(SITE, handler=Counting) as server,
    ):
        url = f"{server.url}book/{exercise['chapter']}.html"
        for _ in range(options.rounds):  # a new browser: nothing is cached
            browser = find_browser.launch(playwright)
            solution = exercise["solution"]
            rounds.append(visit(browser, url, options.id, solution))
            rounds[-1] |= visit_slowly(browser, url)
            browser.close()
    print(f"{'':28}{'median':>10}{'worst':>10}{'budget':>10}")
    for name, budget in BUDGETS.items():
        values = [x[name] for x in rounds]
        row = [statistics.median(values), max(values)]
        row = [shown(name, x) for x in row]
        row.append(shown(name, budget) if budget else "")
        print(f"{name:28}" + "".join(f"{x:>10}" for x in row))
    load = os.getloadavg()[0]
    print(
        f"{options.rounds} rounds on {os.cpu_count()} cores, load {load:.1f}"
    )


if __name__ == "__main__":
    main()
