"""Watch an answer's process, end it with all it has started, clear up."""

import contextlib
import ctypes
import os
import shutil
import signal
import stat
import tempfile
import time
from pathlib import Path

PREFIX = "rnncourse-answer-"
PATIENCE = 300  # seconds on the clock, for a very busy machine
IDLE = 10  # seconds in which a process that waits has done nothing
SUBREAPER, DIES_WITH_PARENT = 36, 1  # of Linux's prctl


class Watch:
    """Tells when to wait no longer for a process.

    The kernel ends what keeps the processor busy. What waits uses none of
    it: it is over once it has slept for long, where the system says so, and
    anyway after minutes.
    """

    def __init__(self, pid):
        self.pid = pid
        self.start = self.moved = time.monotonic()
        self.ticks = None

    def is_over(self):
        """Tell whether the process will not answer any more."""
        now = time.monotonic()
        state, ticks = _state(self.pid)
        if state != "S" or ticks != self.ticks:
            self.ticks, self.moved = ticks, now
        return now - self.start > PATIENCE or now - self.moved > IDLE


def _state(pid):
    """The state and the processor time of a process, where Linux tells."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:
        return "", None
    state, *numbers = fields.split()
    return state, int(numbers[10]) + int(numbers[11])


def ended(process):
    """Wait for a process that has closed its pipe, or end it.

    Returns
    -------
    its exit code, and the seconds it took of the processor (0 on Windows)
    """
    try:
        import resource
    except ImportError:
        process.kill()
        return process.wait(), 0

    def seconds():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = seconds()
    with contextlib.suppress(TimeoutError):
        _wait(process, 5)
    process.kill()
    code = process.wait()
    return code, seconds() - before


def _wait(process, most):
    """Wait for a process, some seconds at most."""
    start = time.monotonic()
    while process.poll() is None and time.monotonic() - start < most:
        time.sleep(0.01)


def adopt():
    """Let what an answer has started, and left, become this one's child.

    For a process that does nothing but check answers; Linux alone has it.
    """
    _prctl(SUBREAPER, 1)


def die_together():
    """End this process when the one that started it ends; Linux alone."""
    _prctl(DIES_WITH_PARENT, getattr(signal, "SIGKILL", 0))


def _prctl(what, value):
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def end(process):
    """End a process, its session, and what it left behind, if adopted."""
    with contextlib.suppress(OSError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
    for _ in range(100):  # those of those that it started, one by one
        left = _orphans()
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        if not left:
            break


def _orphans():
    """Children of this process that an answer has left to it.

    They have a session of their own or the answer's, this process's other
    children have not.
    """
    found = []
    mine = os.getpid()
    for name in filter(str.isdigit, _listed("/proc")):
        try:
            words = Path(f"/proc/{name}/stat").read_text()
        except OSError:
            continue
        _, parent, _, theirs = words.rpartition(")")[2].split()[:4]
        if int(parent) == mine and int(theirs) != os.getsid(0):
            found.append(int(name))
    return found


def _listed(folder):
    with contextlib.suppress(OSError):
        return os.listdir(folder)
    return []


def new_folder():
    """Return a new empty folder; remove those that nobody is left to."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = path.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _is_alive(int(owner)):
            remove(path)
    return tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")


def _is_alive(pid):
    if os.name == "nt":  # where kill with 0 ends a process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def remove(folder):
    """Remove a folder, whatever was made of its permissions."""
    for path, folders, _ in os.walk(folder):
        for name in ("", *folders):
            with contextlib.suppress(OSError):
                inner = os.path.join(path, name)
                if not os.path.islink(inner):
                    os.chmod(inner, stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)
