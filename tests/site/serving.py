"""Serve a folder as a host of static pages would; build small books."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Quiet, and answers 404 with the site's own page."""

    def log_message(self, *args):
        pass

    def send_error(self, code, message=None, explain=None):
        page = Path(self.server.root) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Server:
    """A folder on localhost, for the length of a `with` block.

    `below` is the path the site lives at, such as "/rnncourse": what lies
    outside it is not found, as on a host that many projects share.
    """

    def __init__(self, folder, below=""):
        class Handler(_Handler):
            def translate_path(self, path):
                if not path.startswith(below + "/"):
                    return os.devnull + "/none"  # is never there
                return super().translate_path(path.removeprefix(below))

        handler = functools.partial(Handler, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), handler
        )
        self._server.root = folder
        self._server.handle_error = lambda *_: None  # the browser left
        self.url = f"http://127.0.0.1:{self._server.server_port}{below}/"

    def __enter__(self):
        thread = threading.Thread(target=self._server.serve_forever)
        thread.daemon = True
        thread.start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._server.server_close()


def small_book(folder, *sources):
    """Write a book of one notebook with the repository's configuration."""
    for name in ("_config.yml", "package-lock.json", "package.json"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(
        ROOT / "web",
        folder / "web",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (folder / "_build").mkdir()
    for name in ("node_modules", "rnncourse"):
        (folder / name).symlink_to(ROOT / name)
    for stamp in ROOT.glob("_build/*/.stamp"):  # prepared by web/build.py
        (folder / "_build" / stamp.parent.name).symlink_to(stamp.parent)
    shutil.copytree(ROOT / "book" / "images", folder / "book" / "images")
    shutil.copy(ROOT / "book" / "references.bib", folder / "book")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/page\n")
    cells = [nbformat.v4.new_markdown_cell("# A page\n\nA first paragraph.")]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    page = nbformat.v4.new_notebook(cells=cells)
    page.metadata["kernelspec"] = {"name": "python3", "display_name": "P"}
    nbformat.write(page, folder / "book" / "page.ipynb")


def build(folder):
    """Run Jupyter Book strictly; return what it said and the site."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "."]
    done = subprocess.run(
        [*command, "-W", "-n", "--keep-going"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout, folder / "_build" / "html"
