"""How the workbench does: in Chromium, and the same loop outside.

    python -m benchmarks.workbench [--seconds N] [--minutes N]

Opens the page of the built site, on this machine, for a tanh network and for
an LSTM (64 units, windows of 50, batches of 16, float32), trains for some
seconds and prints beside its budgets

- updates a second, in the page, by the clock and by what the processor gave
  to the worker, and in this Python, by its processor;
- seconds from opening the page to the first point of the curve: cold, with
  nothing kept by the browser; warm, when it was there before; and at the
  third visit, when the browser may have kept what it compiled of Python;
- how long Stop takes until the page says so, and until all is at rest;
- the longest task of the page's own thread while it trained: by the clock,
  and what the processor had to do for it, which a busy machine leaves as it
  is.

With ``--minutes`` (120: two hours) it then goes on with the LSTM and prints
the memory of the tab, page and worker, as it starts, at its least and at its
most. It asserts nothing: a busy machine is slow. So it prints the load, too.
"""

import argparse
import json
import os
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import find_browser
from serve import SITE, Server

from rnncourse.workbench import Settings, TextSession, built_in

SETTLED = 2000  # ms: opening a window keeps a browser busy for a while
BUDGETS = {"tanh": 12, "lstm": 5}
STATUS = "document.querySelector('#bench-of-text [role=status]')"
POINT = """() =>
  /this network/.test(document.querySelector('.bench').innerText)"""
STOP = f"""() => new Promise((resolve) => {{
  const status = {STATUS}, start = performance.now();
  let said = null;
  const look = () => {{
    const words = status.innerText;
    if (said === null && words.startsWith("Stopped"))
      said = performance.now() - start;
    if (/^Stopped. A/.test(words)) // "After …", or "An update took too long"
      resolve([said / 1000, (performance.now() - start) / 1000]);
  }};
  new MutationObserver(look).observe(status, {{ childList: true }});
  [...document.querySelectorAll("#bench-of-text button")].find(
    (x) => x.innerText === "Stop").click();
}})"""


def outside(cell, seconds):
    """Updates a second of the processor of the same loop in this Python."""
    session = TextSession(built_in(), Settings(cell, rate=0.01))
    start = time.process_time()
    for news in session.run():
        passed = time.process_time() - start
        if news["kind"] == "update" and passed > seconds:
            return news["updates"] / passed


def begun(context, base, cell):
    """Open the page and train; return it, and the first point's seconds.

    The curve begins with what the network says before it has learned.
    """
    page = context.new_page()
    page.wait_for_timeout(SETTLED)
    start = time.perf_counter()
    page.goto(f"{base}book/workbench.html#text/{cell}/64")
    page.wait_for_function(POINT)
    seconds = time.perf_counter() - start
    page.wait_for_function(f"() => /Press Train/.test({STATUS}?.innerText)")
    page.get_by_label("Updates").first.fill("1000000")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("() => /Update \\d/.test(document.body.innerText)")
    return page, seconds


def longest(trace):
    """Return the longest task of the page's thread, in ms: clock, processor.

    Each is the largest of its own kind; they may be two tasks.
    """
    events = json.loads(trace)["traceEvents"]
    pages = {
        (e["pid"], e["tid"])
        for e in events
        if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        e for e in events if e["ph"] == "X" and (e["pid"], e["tid"]) in pages
    ]
    return [
        max((e.get(key, 0) for e in tasks), default=0) / 1000
        for key in ("dur", "tdur")
    ]


def made(page):
    """Updates that the page says it has made."""
    words = page.locator(".bench-now").first.inner_text()
    return int(re.search(r"Update ([\d,]+)", words)[1].replace(",", ""))


def inside(browser, base, cell, seconds):
    """Return what the page does: a dict of numbers."""
    context = browser.new_context()
    page, cold = begun(context, base, cell)
    page.close()
    page, warm = begun(context, base, cell)
    browser.start_tracing(page=page, categories=["toplevel"])
    before = made(page), worked(browser)
    time.sleep(seconds)
    updates, alone = made(page) - before[0], worked(browser) - before[1]
    clock, processor = longest(browser.stop_tracing())
    said, rest = page.evaluate(STOP)
    page.close()
    _, third = begun(context, base, cell)
    context.close()
    return {
        "pace": updates / seconds, "alone": updates / alone, "cold": cold,
        "warm": warm, "third": third, "said": said, "rest": rest,
        "clock": clock, "processor": processor,
    }  # fmt: skip


def renderers(browser):
    """Yield the folders in /proc of the processes that hold the pages."""
    session = browser.new_browser_cdp_session()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if process["type"] == "renderer":
            yield Path(f"/proc/{process['id']}")
    session.detach()


def worked(browser):
    """Seconds that the processor has given to the pages' workers."""
    ticks = 0
    for folder in renderers(browser):
        for stat in folder.glob("task/*/stat"):
            name, rest = stat.read_text().rsplit(")", 1)
            if "Dedicated" in name:
                ticks += sum(map(int, rest.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def resident(browser):
    """Megabytes of the pages and their workers."""
    total = 0
    for folder in renderers(browser):
        lines = (folder / "smaps_rollup").read_text()
        total += int(re.search(r"^Pss: +(\d+) kB", lines, re.M)[1])
    return total / 1000


def memory(browser, base, minutes):
    """Print the memory of a tab that trains for so long."""
    context = browser.new_context()
    page, _ = begun(context, base, "lstm")
    time.sleep(20)  # until a sample has been written and a session kept
    seen = [resident(browser)]
    for minute in range(1, minutes + 1):
        time.sleep(60)
        seen.append(resident(browser))
        if minute % max(1, minutes // 12) == 0:
            print(f"  after {minute:3d} min {seen[-1]:6.0f} MB", flush=True)
    words = page.locator(".bench-now").first.inner_text()
    print(
        f"memory over {minutes} min: {seen[0]:.0f} MB at first, "
        f"{min(seen):.0f} to {max(seen):.0f} since, {seen[-1]:.0f} at last "
        f"({seen[-1] / seen[0] - 1:+.0%}; asked for: within 20 %)\n  {words}"
    )
    context.close()


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--minutes", type=int, default=0)
    given = parser.parse_args()
    with Server(SITE) as server, sync_playwright() as started:
        browser = find_browser.launch(started)
        for cell, budget in BUDGETS.items():
            found = inside(browser, server.url, cell, given.seconds)
            here = outside(cell, given.seconds / 3)
            print(
                f"{cell}, load {os.getloadavg()[0]:.1f}\n"
                f"  updates a second: {found['pace']:.1f} in the page (at "
                f"least {budget}), {found['alone']:.1f} a second of the "
                f"processor; {here:.1f} outside\n"
                f"  first point: {found['cold']:.1f} s cold (at most 6), "
                f"{found['warm']:.1f} s warm (1.5), {found['third']:.1f} s "
                f"at the third visit\n"
                f"  Stop: said after {found['said']:.3f} s, at rest after "
                f"{found['rest']:.2f} s (0.3)\n"
                f"  longest task of the page: {found['clock']:.0f} ms, of "
                f"the processor {found['processor']:.0f} ms (100)",
                flush=True,
            )
        if given.minutes:
            memory(browser, server.url, given.minutes)


if __name__ == "__main__":
    main()
