"""A reader's notebook in a real JupyterLab: run all, move, answer, write.

    python -m benchmarks.reader_notebook [CHAPTER] [--pictures FOLDER]

Copies `_build/notebooks` (`make book` makes it) to a folder of its own, opens
a chapter in JupyterLab with a headless Chromium and does what a reader in
Binder does: chooses Run All, moves a slider, answers a question, does an
exercise. Prints the seconds of each step; ends with 1 where one fails.
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

from playwright.sync_api import expect, sync_playwright

from rnncourse.exercises import chapters

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import find_browser

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600_000  # milliseconds: a chapter may take minutes
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
    (settings / TRACKER).parent.mkdir(parents=True)
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
    page.wait_for_function(RAN, timeout=PATIENCE)


def move_a_slider(page):
    """Move the first slider by a step, from the keyboard."""
    slider = page.locator(".rnn-slider").first
    says = slider.locator("output")
    before = says.inner_text()
    slider.locator("input").press("ArrowRight")
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


def errors(path):
    """Return the errors in the outputs of a saved notebook."""
    cells = json.loads(path.read_text())["cells"]
    outputs = [x for cell in cells for x in cell.get("outputs", [])]
    return [x["evalue"] for x in outputs if x["output_type"] == "error"]


def visit(folder, chapter, pictures, python=sys.executable):
    """Do all of it, say how long each step took; return what broke."""
    with jupyterlab(folder, python) as address, sync_playwright() as started:
        browser = find_browser.launch(started)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/lab/tree/{chapter}.ipynb")
        page.wait_for_function(READY)
        exercise = chapters.of_chapter(chapter)[0]

        def picture(number):
            if pictures:
                page.screenshot(path=pictures / f"{chapter}-{number}.png")

        picture(0)
        steps = {
            "run all": lambda: run_all(page),
            "move a slider": lambda: move_a_slider(page),
            "answer a question": lambda: answer_a_question(page),
            "do an exercise": lambda: do_an_exercise(page, exercise),
            "save": lambda: page.keyboard.press("ControlOrMeta+s"),
        }
        for number, (name, step) in enumerate(steps.items()):
            start = time.monotonic()
            try:
                step()
            finally:
                picture(number + 1)
            print(f"{name:>18} {time.monotonic() - start:6.1f} s", flush=True)
        page.wait_for_timeout(2000)
        browser.close()
    return errors(folder / f"{chapter}.ipynb")


def asked():
    """Return the chapter, and the folder for pictures or None."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("chapter", nargs="?", default="deep")
    arguments.add_argument("--pictures", type=Path)
    given = arguments.parse_args()
    return given.chapter, given.pictures


def main():
    """Visit the chapter that the command line names."""
    chapter, pictures = asked()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        shutil.copytree(ROOT / "_build/notebooks", folder, dirs_exist_ok=True)
        faults = visit(folder, chapter, pictures)
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
