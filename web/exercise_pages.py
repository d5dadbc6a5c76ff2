"""Where a notebook has an exercise, the page gets what makes it live.

- The exercise's cell becomes an element with `data-exercise`, which holds
  the starter for the editor, and says how to run it where there is none.
- Every page knows which chapter has which exercises, for the marks beside
  the chapters.
- A page with exercises knows the files that Python is loaded from; files of
  an older build go.
"""

import json
import os
import re
from html import escape
from pathlib import Path

from sphinx.errors import ConfigError
from stamps import digest

from rnncourse.exercises import chapters
from rnncourse.exercises.__main__ import exported

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "_build" / "live" / "live.json"
WORKBENCH = "book/workbench"  # which has Python, too, and no exercises
# pages with a script of their own, in the place of the usual one
SCRIPTS = {
    WORKBENCH: "live/workbench.js",
    "book/progress": "live/progress.js",
    "book/review": "live/review.js",
}
# what a chapter's links to it open, in their order: a tab and its choices
OPENS = {
    "book/applications": ["text/gru/64"],
    "book/forecasting": ["numbers/gru/32"],
    "book/gradients": ["text/tanh/64", "toys/adding/tanh+lstm/40"],
    "book/linear": ["toys/parity/mingru+gru/20"],
    "book/lstm": ["toys/adding/lstm+tanh/80"],
    "book/memories": ["text/mingru/64", "toys/copying/lstm+tanh/20"],
}
CELL = re.compile(
    r'<div class="(cell [^"]*\btag_exercise-id-([\w.]+)[^"]*)">',
)
SECTION = re.compile(r'<section id="([^"]+)"')
STATIC = (
    "To type and check your answer here, this page needs JavaScript and "
    "WebAssembly<span data-on-disk hidden>, and a server, such as <code>make "
    "serve</code>: it was opened from a disk</span>. The notebook works "
    "without."
)


def read_exercises(app, config):
    """Ask the package for its exercises, and which page has which."""
    every = [x for name in chapters.names() for x in chapters.of_chapter(name)]
    exercises = exported(every)
    app.exercises = {exercise["id"]: exercise for exercise in exercises}
    app.exercises_of_pages = {}
    for exercise in exercises:
        page = f"book/{exercise['chapter']}"
        app.exercises_of_pages.setdefault(page, []).append(exercise["id"])
    # Sphinx compares it with the last build's, and rewrites the pages
    config.exercise_fingerprint = digest(
        json.dumps([exercises, OPENS]), SERVED
    )


def in_script(data):
    """Return data as the text of a script element."""
    return json.dumps(data).replace("<", "\\u003c")


def add_data(app, name, data):
    """Put data into the page that is being made, for its scripts."""
    attributes = {"type": "application/json", "id": name}
    app.add_js_file(None, body=in_script(data), **attributes)


def opened(pagename, body):
    """Return the body of a page, its links to the workbench with an aim."""
    plain, aims = 'href="workbench.html"', OPENS.get(pagename, [])
    parts = body.split(plain)
    if len(parts) == 1:
        return body  # a book without the workbench
    if pagename in OPENS and len(parts) != len(aims) + 1:
        raise ConfigError(
            f"{pagename} has {len(parts) - 1} links to the workbench; OPENS "
            f"has {len(aims)} for it"
        )
    links = [f'href="workbench.html#{aim}"' for aim in aims]
    links += [plain] * (len(parts) - 1 - len(links))
    return parts[0] + "".join(
        link + part for link, part in zip(links, parts[1:], strict=True)
    )


def make_live(app, pagename, templatename, context, doctree):
    """Mark the exercises of a page; give it what they need."""
    found = []

    def mark(cell):
        classes, name = cell.groups()
        exercise = app.exercises.get(name)
        if exercise is None:
            raise ConfigError(f"{pagename}: there is no exercise {name}")
        found.append(name)
        given = {key: exercise[key] for key in ("title", "starter")}
        return (
            f'<div class="{classes}" id="exercise-{escape(name)}" '
            f'data-exercise="{escape(name)}">'
            f'<script type="application/json">{in_script(given)}</script>'
            f'<p class="live-static">{STATIC}</p>'
        )

    body = CELL.sub(mark, context.get("body", ""))
    context["body"] = opened(pagename, body)
    if found:  # a reader with a keyboard can go there at once
        before = body[: body.index("data-exercise=")]
        context["exercises_at"] = SECTION.findall(before)[-1]
    # before MathJax, which takes its time
    bench = pagename == WORKBENCH
    usual = "live/page.js" if found else "live/live.js"
    script = SCRIPTS.get(pagename, usual)
    app.add_js_file(script, type="module", priority=100)
    add_data(app, "exercises-of-pages", app.exercises_of_pages)
    if found or bench:
        root = os.path.relpath(".", os.path.dirname(pagename) or ".")
        served = json.loads(SERVED.read_text())
        served["base"] = f"{root}/live/"
        if bench:  # which has no use without Python: its head begins
            context["python_at_once"] = in_script(served)
        else:
            add_data(app, "python-in-the-page", served)


def drop_old_files(app, error):
    """Remove what an older build served under another name."""
    folder = Path(app.outdir) / "live"
    if error or not folder.exists():
        return
    served = json.loads(SERVED.read_text())
    keep = {x["name"] for x in served["files"].values()} | {served["worker"]}
    for path in folder.iterdir():
        if path.name not in keep:
            path.unlink()


def setup(app):
    app.add_config_value("exercise_fingerprint", "", "html")
    # after web/build.py, which runs at the usual 500
    app.connect("config-inited", read_exercises, priority=600)
    app.connect("html-page-context", make_live)
    app.connect("build-finished", drop_old_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
