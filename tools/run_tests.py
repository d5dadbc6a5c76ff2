"""Prove the course: lint, tests, chapters, the built site in a browser.

    python tools/run_tests.py

Every part runs, whatever broke before it (the browser needs a built book);
the end says what ran, what was left out and why. Exits 1 if a part failed.
On a build server (CI=true) a missing browser or PyTorch counts as failed: a
proof with a hole is no proof there.
"""

import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import find_browser

ROOT = Path(__file__).resolve().parent.parent
ON_SERVER = os.environ.get("CI", "").lower() in ("true", "1")
PYTEST = ["-m", "pytest", "-q", "-rs", "-n", "2", "--dist", "loadfile"]
OUTCOME = re.compile(r"^=*\s*((?:\d+ [a-z]+,? ?)+) in [\d.]+s", re.M)
SKIPPED = re.compile(r"^SKIPPED \[(\d+)\] (.*)", re.M)
COLOURS = re.compile(r"\x1b\[[\d;]*m")


class Part:
    """One part of the proof: its name, commands and how it went."""

    def __init__(self, name, *commands, needs=None):
        self.name, self.commands, self.needs = name, commands, needs
        self.outcome, self.skips, self.failed = "", [], False

    def run(self, environment):
        """Run the commands, show their words and keep the outcome."""
        print(f"\n── {self.name} ──", flush=True)
        start = time.monotonic()
        for command in self.commands:
            code, words = stream([sys.executable, *command], environment)
            self.failed |= code != 0
            if counts := OUTCOME.findall(words):
                self.outcome = counts[-1].strip()
            self.skips += [f"{n} × {why}" for n, why in SKIPPED.findall(words)]
        self.outcome = self.outcome or ("failed" if self.failed else "passed")
        self.outcome += f" ({time.monotonic() - start:.0f} s)"

    def leave_out(self, why, failed):
        """Note that this part did not run, and why."""
        self.outcome, self.failed = "did not run", failed
        self.skips = [why]


def stream(command, environment):
    """Run a command; return its exit code and words, shown as they come."""
    words = b""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        while piece := os.read(process.stdout.fileno(), 4096):
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
            words += piece
    text = words.decode(errors="replace")
    return process.returncode, COLOURS.sub("", text)


def summarise(parts):
    """Say what ran, what was left out and why; return the exit code."""
    print("\n── summary ──")
    for part in parts:
        mark = "FAILED" if part.failed else "ok"
        print(f"{mark:>6}  {part.name}: {part.outcome}")
    skips = [(part.name, why) for part in parts for why in part.skips]
    if skips:
        print("\nleft out:")
        for name, why in skips:
            print(f"  {name}: {why}")
    else:
        print("\nnothing was left out")
    failed = any(part.failed for part in parts)
    print("\nmake test: " + ("FAILED" if failed else "all that ran passed"))
    return int(failed)


def main():
    """Run all parts."""
    lint = Part(
        "lint", ["-m", "ruff", "check", "."], ["tools/lint_notebooks.py"]
    )
    unit = Part("tests", [*PYTEST, "--ignore=tests/site"])
    cells = Part("chapters, cell by cell", [*PYTEST, "--nbval-lax", "book"])
    book = Part("book", ["tools/build_book.py"])
    # one file's tests may go to both: pages take most of the time
    site = Part("site in a browser", [*PYTEST[:-1], "worksteal", "tests/site"])

    browser = find_browser.find()
    environment = {**os.environ, "CHROMIUM": browser or ""}
    for part in (lint, book, unit, cells):
        part.run(environment)
    if book.failed:
        site.leave_out("the book was not built", failed=True)
    elif browser is None:
        site.leave_out(find_browser.HOW, failed=ON_SERVER)
    else:
        site.run(environment)
    if importlib.util.find_spec("torch") is None:
        unit.failed |= ON_SERVER
        unit.skips.append("PyTorch is not installed: `make torch`")
    sys.exit(summarise([lint, book, unit, cells, site]))


if __name__ == "__main__":
    main()
