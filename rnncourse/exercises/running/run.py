"""Run a reader's code: catch what it prints, where it stops, if it ends."""

import ast
import builtins
import contextlib
import copy
import linecache
import re
import sys
import threading
import time
import warnings
from dataclasses import dataclass

import numpy as np

from rnncourse.exercises.running import endings, errors
from rnncourse.exercises.running.sandbox import Output, checking, kept

FILE = "<your code>"
CELL = re.compile(r"<ipython-input-|.*[/\\](ipykernel|xpython)_\d+[/\\]")
STEPS = 500_000  # of the interpreter in one check; a solution needs thousands
PAUSES = 10  # seconds that a reader's code may ask to sleep; nobody waits


class TooLong(BaseException):
    """The reader's code did not come to an end. Not theirs to catch.

    Its arguments are the sentence, and the reader's line.
    """


@dataclass
class Call:
    """What came of one piece of the reader's code."""

    value: object = None
    error: str = ""  # the sentence for what stopped it
    line: int | None = None
    kind: str = ""  # the exception's own words, to compare two calls by
    after: list | None = None  # the arguments, as the call left them


class Runner:
    """Runs one reader's code with one budget and one record of printing.

    Parameters
    ----------
    write : called with each piece of text that is printed; None to keep it
        in `printed`
    file : the file name of the code
    steps : how many the code may take; None if somebody else can stop it.
        Steps are counted, not seconds: they are the same on a busy machine
    """

    def __init__(self, write=None, file=FILE, steps=STEPS):
        self.file = file
        self.output = Output(write)
        self.left = steps
        self.pauses = PAUSES

    @property
    def printed(self):
        """What was printed and not written elsewhere."""
        return self.output.getvalue()

    def define(self, source, namespace, show=False):
        """Execute a source; return a Call whose value is the namespace.

        With `show`, the value of the last line is printed, as in a notebook.
        """
        lines = source.splitlines(keepends=True)
        linecache.cache[self.file] = (len(source), None, lines, self.file)

        def execute():
            tree = ast.parse(source, self.file)
            last = None
            if show and tree.body and isinstance(tree.body[-1], ast.Expr):
                last = ast.Expression(tree.body.pop().value)
            exec(compile(tree, self.file, "exec"), namespace)
            if last is not None:
                value = eval(compile(last, self.file, "eval"), namespace)
                if value is not None:
                    print(repr(value))
            return namespace

        return self.call(execute)

    def call(self, function, *args):
        """Call the reader's function on copies; return a Call."""
        sandbox = (
            contextlib.redirect_stdout(self.output),
            contextlib.redirect_stderr(self.output),
            np.errstate(all="ignore"),
            warnings.catch_warnings(),
            kept(np),
            self._awake(),
            checking(),
        )
        with contextlib.ExitStack() as stack:
            for part in sandbox:
                stack.enter_context(part)
            warnings.simplefilter("ignore")
            try:
                with self._budget():
                    return Call(value=function(*args))
            except KeyboardInterrupt:
                raise
            except TooLong as stop:
                self.left = 0
                return Call(error=stop.args[0], line=stop.args[1])
            except BaseException as error:  # SystemExit, too
                sentence, line = errors.explain(error, self.is_readers)
                kind = f"{type(error).__name__}: {error}"
                return Call(error=sentence, line=line, kind=kind)

    @contextlib.contextmanager
    def silent(self):
        """Forget what is printed meanwhile: it was printed before."""
        output, self.output = self.output, Output(lambda text: None)
        try:
            yield
        finally:
            self.output = output

    def is_readers(self, file):
        """Tell whether a file name is that of the reader's code."""
        return file == self.file or CELL.match(file) is not None

    @contextlib.contextmanager
    def _budget(self):
        """Count the steps; raise TooLong at the end of the budget."""
        if self.left is None or sys.gettrace() is not None:
            yield  # in the second case a debugger is at work
            return

        def count(frame, event, arg):
            self.left -= 1
            if self.left < 0:
                raise TooLong(*endings.too_long(self._readers(frame)))
            return count

        def enter(frame, event, arg):
            if not self.is_readers(frame.f_code.co_filename):
                return None
            frame.f_trace_opcodes = True  # while True: pass has one line
            return count

        sys.settrace(enter)
        try:
            yield
        finally:
            sys.settrace(None)

    @contextlib.contextmanager
    def _awake(self):
        """Let time.sleep return at once, and end what would sleep for long."""
        if self.left is None:  # a run: who wants to wait may
            yield
            return
        real, thread = time.sleep, threading.get_ident()

        def sleep(seconds):
            mine = threading.get_ident() == thread
            if not mine or not isinstance(seconds, (int, float)):
                return real(seconds)
            self.pauses -= abs(seconds)
            if self.pauses < 0:
                frames = self._readers(sys._getframe(1))
                raise TooLong(endings.SLEEPS, frames[0][1] if frames else None)

        time.sleep = sleep
        try:
            yield
        finally:
            time.sleep = real

    def _readers(self, frame):
        """Return (code, line, names) of the reader's frames, from within."""
        found = []
        while frame is not None:
            if self.is_readers(frame.f_code.co_filename):
                names = {**frame.f_globals, **frame.f_locals}
                found.append((frame.f_code, frame.f_lineno, names))
            frame = frame.f_back
        return found


def namespace(**more):
    """Return a fresh namespace for a reader's code."""
    return {
        "__name__": "__exercise__",
        "__builtins__": builtins,
        "np": np,
        **more,
    }


def copied(values):
    """Return copies that a reader's code may spoil."""
    return copy.deepcopy(values)
