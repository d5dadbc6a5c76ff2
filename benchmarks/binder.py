"""What Binder does, without Docker: install, start, open, run, answer.

    python -m benchmarks.binder [CHAPTER ...] [--pictures FOLDER]

Writes the branch of the readers' notebooks to an empty folder, asks
repo2docker for the steps it would run there, and runs the one that is ours,
as it stands, in an environment that is empty but for the JupyterLab that
Binder brings. Then a browser opens a chapter as `reader_notebook` does. Needs
the network and some minutes; `make book` first.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import repo2docker

from benchmarks.reader_notebook import ROOT, asked, visit

sys.path.insert(0, str(ROOT / "tools"))
import reader_branch

OURS = re.compile(
    r"^RUN \$\{KERNEL_PYTHON_PREFIX\}/bin/pip (install .*binder/.*)$", re.M
)
BROUGHT = re.compile(r"/(jupyterlab|notebook|ipykernel)-([\d.]+)-")
LOCK = "environment.py-3.11-linux-64.lock"


def rendered(folder):
    """Return the Dockerfile of a folder."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug"]
    done = subprocess.run(
        [*command, "."], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def environment(folder):
    """Make an environment with what Binder brings; return its Python."""
    venv.create(folder, with_pip=True)
    [lock] = Path(repo2docker.__file__).parent.rglob(LOCK)
    pins = {f"{x}=={v}" for x, v in BROUGHT.findall(lock.read_text())}
    print("Binder brings", *sorted(pins), flush=True)
    python = folder / "bin" / "python"
    command = [python, "-m", "pip", "install", "-q", *pins]
    subprocess.run(command, env=bare(folder), check=True)
    return str(python)


def bare(home):
    """Return variables with nothing of ours but how to reach the network."""
    network = re.compile(r"PIP_|SSL_|.*_proxy$", re.I)
    kept = {k: v for k, v in os.environ.items() if network.match(k)}
    return {**kept, "HOME": str(home), "PATH": "/usr/bin:/bin"}


def main():
    """Do what Binder and its reader do."""
    names, pictures = asked()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        course = folder / "course"
        course.mkdir()
        reader_branch.write(ROOT, course)
        step = OURS.search(rendered(course))[1]
        python = environment(folder / "env")
        print("pip", step, flush=True)
        start = time.monotonic()
        command = f"{python} -m pip {step}"
        home = bare(folder / "env")
        subprocess.run(command, shell=True, cwd=course, env=home, check=True)
        print(f"installed in {time.monotonic() - start:.0f} s", flush=True)
        subprocess.run([python, "-m", "pip", "check"], check=True)
        faults = []
        for chapter in names:
            faults += visit(course / "book", chapter, pictures, python)
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
