"""A check whose answer runs in a process of its own.

The right results stay in this process and are compared here; the answer's
process gets arguments and sends back what its function returned, as text
that is read and never executed. So there is nothing in it to replace, to
print or to look up that would make an answer correct, but the right results.
`limits` says what it may do, and how long.

What a malicious answer can still do, on a machine without containers: read
every file that its user can read, the solutions among them, if it goes around
Python's own functions, and so write elsewhere, too, or end this process;
use four processes and a gigabyte of memory each, for as long as a check lasts;
as root, start programs that multiply until then. Who checks answers of people
unknown should do it in a container, as a user who owns nothing.
"""

import json
import os
import re
import secrets
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import rnncourse
from rnncourse.exercises.checking import check as checker
from rnncourse.exercises.isolation import limits, processes
from rnncourse.exercises.running import endings, wire
from rnncourse.exercises.running.answer import About
from rnncourse.exercises.running.run import FILE, Call

REPLY = 2**26  # bytes that are read of one reply
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
LINE = re.compile(rf'File "{re.escape(FILE)}", line (\d+)')


def check(exercise, text, before):
    """Check a source as `check.source` does, apart from this process."""
    with Apart() as answer:
        return checker.source(exercise, text, before, answer)


class Gone(Exception):
    """The answer's process has ended; says why, and at which line."""


class Apart:
    """An answer in a process of its own, which ends with this context."""

    def __init__(self):
        self.printed, self.has_ended = "", False
        self.known, self.process = About(""), None

    def __enter__(self):
        self.folder = processes.new_folder()
        self.trace = tempfile.TemporaryFile()
        return self

    def __exit__(self, *_):
        if self.process is not None:
            processes.end(self.process)
        self.trace.close()
        processes.remove(self.folder)

    def define(self, exercise, text, before):
        """Execute a source that defines the exercise's function."""
        self._start()
        names = [array.name for array in exercise.arguments]
        try:
            reply = self._ask(
                do="define",
                text=text,
                name=exercise.name,
                arguments=names,
                example=wire.pack(list(exercise.example().values())),
                before={other.name: other.solution for other in before},
            )
            if "about" in reply:
                self.known = About(*reply["about"])
            return Call(error=str(reply["error"]), line=_line(reply))
        except Gone as gone:
            return self._gone(gone)

    def about(self, arguments):
        """Return the About that came with the definition."""
        return self.known

    def call(self, case, silent=False):
        """Call the function; return a Call."""
        return self._call(do="call", case=wire.pack(case), silent=silent)

    def trial(self, text, case):
        """Define and call a variant of the answer; return a Call."""
        return self._call(do="trial", case=wire.pack(case), text=text)

    def _call(self, **request):
        try:
            reply = self._ask(**request)
            call = Call(
                error=str(reply["error"]),
                line=_line(reply),
                kind=str(reply.get("kind", "")),
            )
            if not call.error:
                call.value = wire.unpack(reply["value"])
                call.after = wire.unpack(reply["after"])
            self.has_ended = reply["has_ended"] is True
            return call
        except Gone as gone:
            return self._gone(gone)

    def _gone(self, gone):
        self.has_ended = True
        sentence, line = gone.args
        return Call(error=sentence, line=line)

    def _start(self):
        numbers = [self.trace.fileno(), limits.BUSY]
        module = "rnncourse.exercises.isolation.inside"
        paths = [str(Path(rnncourse.__file__).resolve().parents[1])]
        paths += [os.path.abspath(path) for path in sys.path if path]
        own = {name: os.environ[name] for name in KEPT if name in os.environ}
        own |= dict.fromkeys(["HOME", "TMPDIR", "TEMP", "TMP"], self.folder)
        own |= dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
        own |= {"PYTHONPATH": os.pathsep.join(paths)}
        own |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        more = {} if os.name == "nt" else {"pass_fds": numbers[:1]}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, self.folder, *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=own,
            start_new_session=True,
            **more,
        )

    def _ask(self, **request):
        """Send a request; return the reply, or raise Gone."""
        token = secrets.token_hex(8)
        line = json.dumps(request | {"token": token}) + "\n"
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            reply = json.loads(self._line())
            if not isinstance(reply, dict) or reply["token"] != token:
                raise ValueError("not the reply to this request")
            self.printed = str(reply["printed"])
            reply.setdefault("has_ended", False)
            return reply
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            raise Gone(endings.ENDED, None) from None

    def _line(self):
        """Return the next line of the process; raise Gone if none comes."""
        if os.name == "nt":
            return self._waited_line()
        pipe, pieces, size = self.process.stdout, [], 0
        watch = processes.Watch(self.process.pid)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while not watch.is_over():
                if not selector.select(1):
                    continue
                piece = os.read(pipe.fileno(), 2**16)
                pieces.append(piece)
                size += len(piece)
                if piece.endswith(b"\n"):
                    return b"".join(pieces)
                if not piece or size > REPLY:
                    raise Gone(*self._why())
        raise Gone(endings.WAITS, None)

    def _waited_line(self):
        """Do the same on Windows, where nobody can look into a pipe."""
        timer = threading.Timer(processes.PATIENCE, self.process.kill)
        timer.start()
        try:
            line = self.process.stdout.readline(REPLY)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise Gone(*self._why())
        return line

    def _why(self):
        """Say why the process has ended by itself."""
        code, seconds = processes.ended(self.process)
        busy = code == -getattr(signal, "SIGXCPU", 0) != 0
        if busy or seconds >= limits.BUSY:
            self.trace.seek(0)
            words = self.trace.read(10_000).decode(errors="replace")
            lines = LINE.findall(words)
            return endings.BUSY, int(lines[0]) if lines else None
        return endings.ENDED, None


def _line(reply):
    """The reader's line in a reply, or None."""
    line = reply.get("line")
    return line if isinstance(line, int) else None
