"""What an answer's own process may do, set by it before the answer runs.

The kernel holds the limits on the processor's time, memory, the size of files
and, for anybody but root, the number of processes. An audit hook holds the
rest for code that goes through Python: it writes nowhere but in its folder,
starts four processes at most, reaches no network, ends nobody else, and does
not read the files of the exercises.
"""

import faulthandler
import mmap
import os
import signal
import sys

BUSY = 10  # seconds of the processor
MEMORY = 2**30  # bytes of addresses
WRITTEN = 2**24  # bytes of a file
PROCESSES = 4  # that it may start
SECRET = os.path.join("exercises", "chapters", "")

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = set(
    "os.remove os.rename os.mkdir os.rmdir os.link os.symlink os.truncate "
    "os.chmod os.chown shutil.rmtree shutil.move".split()
)
TWO = {"os.rename", "os.link", "os.symlink", "shutil.move"}  # paths
STARTS = set(
    "os.fork os.forkpty os.posix_spawn os.spawn os.system subprocess.Popen "
    "_winapi.CreateProcess os.startfile".split()
)
NETWORK = set(
    "socket.connect socket.bind socket.sendto socket.sendmsg".split()
)
ENDS = {"os.kill", "os.killpg"}
NO_EXERCISES = "the exercises' own files are not there during a check"


def set_limits(folder, trace, busy):
    """Set all limits; there is no way back.

    Parameters
    ----------
    folder : the only one to write in
    trace : number of a file, for the line where the processor's time ended
    busy : seconds of the processor
    """
    _kernel(trace, busy)
    sys.addaudithook(_hook(os.path.realpath(folder)))


def _kernel(trace, busy):
    try:
        import resource
    except ImportError:  # Windows has none of them
        return
    faulthandler.register(signal.SIGXCPU, trace, all_threads=False, chain=True)
    wanted = [
        ("RLIMIT_CPU", busy, busy + 2),
        ("RLIMIT_AS", MEMORY, MEMORY),
        ("RLIMIT_FSIZE", WRITTEN, WRITTEN),
        ("RLIMIT_CORE", 0, 0),
    ]
    if os.getuid() != 0 and (tasks := _tasks_of_mine()):
        wanted.append(("RLIMIT_NPROC", tasks + 20, tasks + 20))
    for name, soft, hard in wanted:
        number = getattr(resource, name)
        most = resource.getrlimit(number)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        try:
            resource.setrlimit(number, (soft, hard))
        except (OSError, ValueError):  # macOS does not limit addresses
            continue


def _tasks_of_mine():
    """How many tasks this user has, or 0 where nobody says."""
    count = 0
    try:
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.stat(f"/proc/{name}").st_uid == os.getuid():
                    count += len(os.listdir(f"/proc/{name}/task"))
            except OSError:  # it has ended
                continue
    except OSError:
        return 0
    return count


def _hook(folder):
    """Return the audit hook; it refuses by an exception."""
    started = mmap.mmap(-1, 1)  # one counter for all that it starts
    me = os.getpid()

    def is_inside(path):
        if isinstance(path, int):  # a file that is open
            return True
        path = os.path.realpath(os.fsdecode(path))
        return path == os.devnull or path.startswith(folder + os.sep)

    def hook(event, args):
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & WRITING:
                if not is_inside(path):
                    raise PermissionError(
                        "the check lets your code write in its own folder "
                        "alone"
                    )
            if isinstance(path, (str, bytes)) and (
                SECRET in os.path.realpath(os.fsdecode(path))
            ):
                raise PermissionError(NO_EXERCISES)
        elif event == "import":
            if args[0].startswith("rnncourse.exercises.chapters."):
                raise ImportError(NO_EXERCISES)
        elif event in CHANGES:
            paths = args[:2] if event in TWO else args[:1]
            if not all(map(is_inside, paths)):
                raise PermissionError(
                    "the check lets your code change its own folder alone"
                )
        elif event in STARTS:
            started[0] = min(started[0] + 1, 255)
            if started[0] > PROCESSES:
                raise PermissionError(
                    "the check lets your code start no more processes"
                )
        elif event in NETWORK:
            raise PermissionError("the check lets your code reach no network")
        elif event in ENDS and args[0] != me:
            raise PermissionError("the check lets your code end nothing else")

    return hook
