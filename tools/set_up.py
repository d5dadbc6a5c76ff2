"""Make `.venv` with everything in requirements.txt and the package itself.

    python3 tools/set_up.py

Run with a Python outside `.venv`. Does nothing when `.venv` already is what
requirements.txt and pyproject.toml ask for, so it needs the network once.

PyTorch on Linux is a case of its own: PyPI's brings several GB of CUDA, so
only the CPU build is installed, from PyTorch's own index or from wherever
pip is configured to look. Where no CPU build can be had the set-up goes on
without PyTorch and says so; TORCH=any in the environment accepts PyPI's.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))

from stamps import digest

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "set-up.json"
LOG = VENV / "set-up.log"
PINS = ROOT / "requirements.txt"

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PATIENCE = 20  # seconds the CPU index has for a sign of life
ALIVE = ("Downloading", "Using cached", "Processing", "Installing collected")
TORCH = ["torch", "torchgen", "functorch", "torch-*.dist-info"]
NEEDS_TORCH = re.compile(r"torch(recurrent)?==")
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolution|Timeout|ProxyError"
    r"|Network is unreachable|connection broken|Connection aborted"
)
NO_TORCH = (
    "set-up: PyTorch is left out: no CPU build of it can be reached, and the "
    "one on PyPI brings several GB of CUDA. Pages and tests that compare "
    "with PyTorch leave that out. `make torch` tries again; "
    "`make torch TORCH=any` takes PyPI's."
)


def say(text):
    """Print a line now, also into a pipe."""
    print(text, flush=True)


def wanted():
    """Return what makes a set-up current: its files, Python and place."""
    return {
        "files": digest(PINS, ROOT / "pyproject.toml", Path(__file__)),
        "python": sys.version.split()[0],
        "folder": str(ROOT),
    }


def is_kept(last):
    """Tell whether `.venv` stays: made here, of the Python asked for."""
    asked = os.environ.get("PYTHON")
    return (
        PYTHON.exists()
        and last.get("folder") == str(ROOT)
        and (not asked or last["python"] == wanted()["python"])
    )


def stamped():
    """Return what the last finished set-up wrote down, or nothing."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def pip(*arguments, patience=None):
    """Run pip install in `.venv`, its words in the log; tell if it worked.

    With `patience`, give up when nothing has been found after so many
    seconds. What has begun to download or to be written is never cut short.
    """
    command = [str(PYTHON), "-m", "pip", "install", *arguments]
    command += ["--disable-pip-version-check", "--no-input"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = threading.Timer(patience or 0, process.kill)
    if patience:
        watch.start()
    count = 0
    with LOG.open("a") as log, process:
        print("$", *command[2:], file=log)
        for line in process.stdout:
            log.write(line)
            if line.lstrip().startswith(ALIVE):
                watch.cancel()
            if line.startswith("Collecting"):
                count += 1
                show(f"   {count} packages found: {line.split()[1]}")
            if line.startswith("Installing collected"):
                show(f"   writing {count} packages …")
    watch.cancel()
    show("")
    return process.returncode == 0


def show(text):
    """Rewrite the line of progress, for people only."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text[:78]}", end="", flush=True)


def pinned(name):
    """Return the version requirements.txt pins `name` to."""
    return re.search(rf"^{name}==(\S+)", PINS.read_text(), re.M)[1]


def has_torch():
    """Tell whether `.venv` has PyTorch in the pinned version, and it loads."""
    code = "import torch; print(torch.__version__)"
    done = subprocess.run(
        [PYTHON, "-c", code], capture_output=True, text=True, check=False
    )
    return done.stdout.strip().split("+")[0] == pinned("torch")


def install_torch():
    """Install PyTorch; leave it whole or not at all, and tell which."""
    if has_torch():
        return True
    remove_torch()
    if download_torch() and has_torch():
        return True
    remove_torch()
    return False


def remove_torch():
    """Remove what an interrupted or another installation left of PyTorch."""
    for pattern in TORCH:
        for path in VENV.glob(f"lib/python3*/site-packages/{pattern}"):
            shutil.rmtree(path)


def download_torch():
    """Install a build of PyTorch without CUDA; tell if pip says it worked."""
    if not sys.platform.startswith("linux"):
        return pip(f"torch=={pinned('torch')}")  # PyPI's is without CUDA
    # "+cpu" names the build: PyPI's, with CUDA, cannot answer to it. The
    # packages it needs stand in requirements.txt and are there already.
    cpu = ["--no-deps", "--retries", "1", f"torch=={pinned('torch')}+cpu"]
    here = ["--index-url", CPU_INDEX, "--timeout", "5"]
    if pip(*here, *cpu, patience=PATIENCE) or pip(*cpu, patience=PATIENCE):
        return True
    if os.environ.get("TORCH") == "any":
        say("set-up: no CPU build of PyTorch found; taking PyPI's, with CUDA")
        return pip(f"torch=={pinned('torch')}")
    return False


def install_pins():
    """Install requirements.txt but for PyTorch and what needs it."""
    lines = PINS.read_text().splitlines()
    pins = VENV / "requirements-without-torch.txt"
    kept = [line for line in lines if not NEEDS_TORCH.match(line)]
    pins.write_text("\n".join(kept) + "\n")
    return pip("-r", str(pins))


def fail(what):
    """Say in one line what went wrong and what to do, and stop."""
    words = LOG.read_text() if LOG.exists() else ""
    log = LOG.relative_to(ROOT)
    if NO_NETWORK.search(words):
        sys.exit(
            f"set-up: {what}, the package index cannot be reached; "
            f"connect to the network and run again (pip's words: {log})"
        )
    errors = [x for x in words.splitlines() if x.startswith("ERROR")]
    reason = errors[0][7:] if errors else "see there"
    sys.exit(f"set-up: {what}: {reason} (pip's words: {log})")


def make_venv():
    """Create `.venv`, or keep the one that is there."""
    last = stamped()
    python = last.get("python") if is_kept(last) else wanted()["python"]
    if not is_kept(last):
        say(f"set-up: making .venv with Python {python}")
        if VENV.is_symlink():  # what it leads to is somebody else's
            VENV.unlink()
        venv.create(VENV, clear=True, with_pip=True)
    STAMP.unlink(missing_ok=True)
    LOG.unlink(missing_ok=True)
    return python


def main():
    """Set up what is missing."""
    again = "torch" in sys.argv[1:]  # `make torch`: look for PyTorch again
    last = stamped()
    want = wanted()
    if is_kept(last) and last["files"] == want["files"]:
        if last["torch"]:
            return
        if not again:
            say(NO_TORCH)
            return
    start = time.monotonic()
    want["python"] = make_venv()
    say("set-up 1/3: the packages of requirements.txt (about 240 MB)")
    if not install_pins():
        fail("installing requirements.txt")
    say("set-up 2/3: PyTorch for the CPU (about 190 MB)")
    torch = install_torch()
    if torch and not pip("-r", str(PINS)):
        fail("installing what needs PyTorch")
    say("set-up 3/3: the course's own package")
    if not pip("--no-deps", "--no-build-isolation", "--editable", "."):
        fail("installing the course's own package")
    STAMP.write_text(json.dumps({**want, "torch": torch}))
    say(f"set-up: done in {time.monotonic() - start:.0f} s")
    if not torch:
        say(NO_TORCH)


if __name__ == "__main__":
    main()
