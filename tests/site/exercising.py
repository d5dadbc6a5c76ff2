"""Do an exercise of a page as a reader would."""

import json
import subprocess
import sys

from serving import ROOT

PATIENCE = 240_000  # milliseconds for Python to come, on a busy machine
ENDED = """status => /^(?!Waiting|Running|Checking|Starting)./.test(
  status.innerText)"""


def ask(*words):
    """Ask the package about its exercises, as the site's build does."""
    command = [sys.executable, "-m", "rnncourse.exercises", *words, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return json.loads(done.stdout)


class Exercise:
    """One exercise of a page that is open in a browser."""

    def __init__(self, page, id):
        self.page, self.id = page, id
        self.element = page.locator(f'[data-exercise="{id}"]')
        self.status = self.element.get_by_role("status")
        self.editor = self.element.locator(".cm-content")
        self.editor.wait_for()

    def button(self, name):
        return self.element.get_by_role("button", name=name, exact=True)

    def press(self, name):
        self.button(name).click()

    @property
    def code(self):
        lines = self.editor.locator(".cm-line").all_inner_texts()
        return "\n".join(line.rstrip("\n") for line in lines)

    def type(self, code):
        """Put code in place of what is there."""
        self.editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def wait(self):
        """Return what the status says once Run or Check has ended."""
        handle = self.status.element_handle()
        self.page.wait_for_function(ENDED, arg=handle, timeout=PATIENCE)
        return self.status.inner_text()

    def check(self, code=None):
        """Type, check, and return what the status says."""
        if code is not None:
            self.type(code)
        self.press("Check")
        return self.wait()

    def run(self, code=None):
        """Type, run, and return what the status says."""
        if code is not None:
            self.type(code)
        self.press("Run")
        return self.wait()

    @property
    def printed(self):
        return self.element.locator(".live-printed").inner_text()


def first_page(site):
    """Return the first chapter's page and the ids of its exercises.

    Its exercises have all there is: a mistake answered with a picture and a
    table, and gaps in a starter.
    """
    text = (site / "book" / "rnn.html").read_text()
    ids = [x["id"] for x in ask("list")]
    ids = [id for id in ids if f'data-exercise="{id}"' in text]
    if ids:
        return "book/rnn.html", ids
    raise AssertionError("the page rnn has no exercise")
