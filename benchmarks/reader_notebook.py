"""A reader's notebook in a real JupyterLab: run all, move, answer, write.

    python -m benchmarks.reader_notebook [CHAPTER ...] [--pictures FOLDER]

Copies `_build/notebooks` (`make book` makes it) to a folder of its own, opens
each chapter (`all`: every notebook with code) in JupyterLab with a headless
Chromium and does what a reader in Binder does: reads, chooses Run All, reads
again, moves the sliders, answers a question, does an exercise. Prints the
seconds of each step; ends with 1 where one fails, after the others.
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Error, expect, sync_playwright

from benchmarks import reading
from rnncourse.exercises import chapters

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import find_browser
from reader_outputs import ANSWER, MOVE

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "_build/notebooks"
PATIENCE = 1_800_000  # milliseconds: a busy machine takes many minutes
TRACKER = "@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
READY = """() => {
  const name = document.querySelector(".jp-Toolbar-kernelName")?.innerText;
  const idle = ".jp-Notebook-ExecutionIndicator[data-status=idle]";
  return /Python/.test(name) && document.querySelector(idle);
}"""
WAITS = ".jp-CodeCell .jp-InputPrompt:has-text('[*]')"
RAN = """() => {
  const all = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  const says = all.map((x) => x.textContent).filter(Boolean);
  return /\\d/.test(says.at(-1)) && !says.some((x) => x.includes("*"));
}"""


@contextlib.contextmanager
def jupyterlab(folder, python):
    """Serve a folder with a Python's JupyterLab; yield the address."""
    settings = folder / ".settings"
    (settings / TRACKER).parent.mkdir(parents=True, exist_ok=True)
    # every cell is drawn, not those in sight alone
    (settings / TRACKER).write_text(json.dumps({"windowingMode": "none"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "jupyterlab", "--no-browser"]
    command += [f"--ServerApp.port={port}", "--IdentityProvider.token="]
    command += ["--allow-root", f"--ServerApp.root_dir={folder}"]
    places = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own = {f"JUPYTER_{x}": str(folder / f".{x.lower()}") for x in places}
    own["JUPYTERLAB_SETTINGS_DIR"] = str(settings)
    if python != sys.executable:  # what it has installed is what counts
        own["PYTHONPATH"] = ""
    log = (folder / ".log").open("w")
    with subprocess.Popen(
        command, env={**os.environ, **own}, stdout=log, stderr=log
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            while True:
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(address + "/api").close()
                    break
                if server.poll() is not None:
                    sys.exit((folder / ".log").read_text())
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()


def choose(page, menu, *entries):
    """Choose an entry of a menu."""
    bar = page.locator("#jp-MainMenu")
    bar.get_by_role("menuitem", name=menu, exact=True).click()
    for entry in entries:
        page.get_by_role("menuitem", name=entry).first.click()


def run_all(page):
    """Forget what was stored, run every cell, and wait for the last."""
    choose(page, "Edit", "Clear Outputs of All Cells")
    choose(page, "Run", "Run All Cells")
    page.wait_for_selector(WAITS)
    # asked seldom: a page of a hundred cells is long to look through
    page.wait_for_function(RAN, timeout=PATIENCE, polling=1000)


def move_the_sliders(page, count):
    """Move each slider by a step, from the keyboard."""
    sliders = page.locator(".rnn-slider")
    expect(sliders).to_have_count(count)
    for slider in sliders.all():
        says, knob = slider.locator("output"), slider.locator("input")
        before = says.inner_text()
        at_end = knob.input_value() == knob.get_attribute("max")
        knob.press("ArrowLeft" if at_end else "ArrowRight")
        expect(says).not_to_have_text(before)


def answer_a_question(page):
    """Choose what is right, and read that it is."""
    form = page.locator(".rnn-quiz form:has([data-right='1'])").first
    for right in form.locator("input[data-right='1']").all():
        right.check()
    form.get_by_role("button").click()
    expect(form.locator("output")).to_contain_text("Correct")


def do_an_exercise(page, exercise):
    """Write the solution into the first exercise's cell, and run it."""
    call = f'check("{exercise.id}", {exercise.name})'
    cell = page.locator(".jp-CodeCell", has_text=call).first
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(f"{exercise.solution}\n\n\n{call}")
    page.keyboard.press("Shift+Enter")
    expect(cell.locator(".rnn-outcome")).to_contain_text("Correct")


def read(page, folded):
    """Look for what a reader would stumble on, once all is drawn."""
    for _ in range(20):
        if not (found := reading.faults(page, folded)):
            return
        page.wait_for_timeout(1000)
    raise AssertionError("\n".join(found))


def save(page):
    """Save the notebook, and wait until it is saved."""
    page.keyboard.press("ControlOrMeta+s")
    page.wait_for_timeout(2000)


def steps(page, path):
    """Return {name: what a reader does} for a notebook as it is stored."""
    text, chapter = path.read_text(), path.stem
    cells = json.loads(text)["cells"]
    folded = sum("source_hidden" in str(cell["metadata"]) for cell in cells)
    sliders = text.count(MOVE)
    done = {
        "read": lambda: read(page, folded),
        "run all": lambda: run_all(page),
        "read again": lambda: read(page, folded),
    }
    if sliders:
        done["move sliders"] = lambda: move_the_sliders(page, sliders)
    if ANSWER in text:
        done["answer a question"] = lambda: answer_a_question(page)
    if chapter in chapters.names():
        exercise = chapters.of_chapter(chapter)[0]
        done["do an exercise"] = lambda: do_an_exercise(page, exercise)
    done["save"] = lambda: save(page)
    return done


def errors(path):
    """Return the errors in the outputs of a saved notebook."""
    cells = json.loads(path.read_text())["cells"]
    outputs = [x for cell in cells for x in cell.get("outputs", [])]
    return [x["evalue"] for x in outputs if x["output_type"] == "error"]


def visit(folder, chapter, pictures, python=sys.executable):
    """Do all of it, say how long each step took; return what broke."""
    path = folder / f"{chapter}.ipynb"
    faults = []
    with jupyterlab(folder, python) as address, sync_playwright() as started:
        browser = find_browser.launch(started)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/lab/tree/{path.name}")
        page.wait_for_function(READY)
        print(chapter, flush=True)
        for number, (name, step) in enumerate(steps(page, path).items()):
            start = time.monotonic()
            try:
                step()
            except (AssertionError, Error) as error:
                faults.append(f"{chapter}: {name}: {error}")
            if pictures:
                page.screenshot(path=pictures / f"{chapter}-{number}.png")
            print(f"{name:>18} {time.monotonic() - start:6.1f} s", flush=True)
        browser.close()
    return faults + errors(path)


def with_code():
    """Return the names of all notebooks with code."""
    found = [(x.stem, x.read_text()) for x in NOTEBOOKS.iterdir()]
    return sorted(x for x, text in found if '"cell_type": "code"' in text)


def asked():
    """Return the chapters, and the folder for pictures or None."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("chapters", nargs="*", default=["deep"])
    arguments.add_argument("--pictures", type=Path)
    given = arguments.parse_args()
    every = given.chapters == ["all"]
    return with_code() if every else given.chapters, given.pictures


def main():
    """Visit the chapters that the command line names."""
    names, pictures = asked()
    faults = []
    for chapter in names:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True)
            new = visit(folder, chapter, pictures)
        print(*new, sep="\n", flush=True)
        faults += new
    sys.exit(f"{len(faults)} faults" if faults else None)


if __name__ == "__main__":
    main()
