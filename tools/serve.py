"""Serve the built site on this machine: python tools/serve.py [PORT].

The tests and the benchmark of the site serve it with the same `Server`, as a
host of static pages would.
"""

import functools
import os
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"


class Handler(SimpleHTTPRequestHandler):
    """Serve files, and the site's own page for what is not there."""

    def translate_path(self, path):
        """Return the file of a path, which has to lie below the site's."""
        below = self.server.below
        if not path.startswith(below + "/"):
            return os.devnull + "/none"  # is never there
        return super().translate_path(path.removeprefix(below))

    def send_error(self, code, message=None, explain=None):
        """Answer with 404.html where a static host would."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *words):
        """Say nothing: the browser shows what matters."""


class Server(ThreadingHTTPServer):
    """A folder on localhost; in a `with` block it serves by itself.

    `below` is the path the site lives at, such as "/rnncourse": what lies
    outside it is not found, as on a host that many projects share. Port 0
    takes any that is free.
    """

    def __init__(self, folder, below="", port=0, handler=Handler):
        self.below = below
        handler = functools.partial(handler, directory=str(folder))
        super().__init__(("127.0.0.1", port), handler)
        self.url = f"http://127.0.0.1:{self.server_port}{below}/"

    def handle_error(self, *_):
        """Say nothing: the browser has left."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


def main():
    """Serve until interrupted, on the port asked for or the next free."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    for port in range(first, first + 20):
        try:
            server = Server(SITE, port=port)
            break
        except OSError:
            continue
    else:
        sys.exit(f"serve: no free port from {first} on; name one as PORT=…")
    print(f"{server.url} (Ctrl-C ends it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
