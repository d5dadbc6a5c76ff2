"""Build the site: run the chapters, then let Jupyter Book make the pages.

    python tools/build_book.py [FOLDER]

The chapters run two at a time and land in Jupyter Book's own cache, where
`jupyter-book build . -W -n --keep-going` finds them. Doing it here shows how
far they are and, when one breaks, names the notebook and the cell.

Two things a plain `jupyter-book build` does not see are seen here: that the
package or a results file changed, so that all chapters must run again; and
that one page changed, so that a link to it from another may now be dead:
every page is read again unless nothing at all has changed.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
import reader_notebooks
import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))

from stamps import digest, digest_tree

# What the chapters compute from, and what else the pages are made of.
CODE = ["rnncourse/**/*.py", "book/results/**/*", "requirements.txt"]
PAGES = ["book/**/*", "web/**/*", "tools/reader_*.py"]
PAGES += ["_config.yml", "_toc.yml", "package*.json"]


def say(text):
    """Print a line now, also into a pipe."""
    print(text, flush=True)


def state(root, patterns):
    """Hash all files that match, and the Python that runs them."""
    return digest(sys.version, digest_tree(root, *patterns))


def chapters(root):
    """Return the notebooks the table of contents names, in its order."""
    toc = yaml.safe_load((root / "_toc.yml").read_text())
    names = [toc["root"]]
    for part in [toc, *toc.get("parts", [])]:
        names += [page["file"] for page in part.get("chapters", [])]
    paths = [root / f"{name}.ipynb" for name in names]
    return [path for path in paths if path.exists()]


def describe(error):
    """Return the last line of an error: in a traceback, what was raised."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", str(error))
    lines = [x for x in plain.splitlines() if x.strip()]
    return lines[-1].strip() if lines else type(error).__name__


def run(path, timeout, clients):
    """Run a notebook; return it, what it took, and what broke, if anything.

    Its client joins `clients`, for the one who may have to stop it.
    """
    notebook = nbformat.read(path, as_version=4)
    at, took = {"index": 0}, {}

    def remember(cell, cell_index):
        at["index"] = cell_index

    def measure(**_):
        if peak := peak_megabytes(client.km.provisioner.process.pid):
            took["peak_megabytes"] = peak

    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        # every kernel greets with a warning otherwise
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=remember,
        on_cell_complete=measure,
        record_timing=False,  # the cache compares metadata, too
    )
    clients.append(client)
    start = time.monotonic()
    fault = None
    try:
        client.execute()
    except Exception as error:  # a cell, a kernel, a timeout: all break it
        cell = notebook.cells[at["index"]]
        first = cell.source.strip().partition("\n")[0]
        fault = f"cell {at['index'] + 1} ({first})\n    {describe(error)}"
    took["execution_seconds"] = time.monotonic() - start
    return notebook, took, fault


def peak_megabytes(pid):
    """Return the most memory a process has had, where Linux counts it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) // 1024
    except (OSError, TypeError):
        return None


def run_chapters(root, cache, timeout):
    """Run the chapters the cache does not have; return what broke."""
    waiting = []
    for path in chapters(root):
        try:
            cache.match_cache_notebook(nbformat.read(path, as_version=4))
        except KeyError:
            waiting.append(path)
    if not waiting:
        return []
    many = "chapter" if len(waiting) == 1 else "chapters"
    say(f"book 2/3: running {len(waiting)} {many}")
    clients = []
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        jobs = {pool.submit(run, p, timeout, clients): p for p in waiting}
        try:
            return keep(cache, root, jobs)
        except KeyboardInterrupt:
            stop(jobs, clients)
            raise


def keep(cache, root, jobs):
    """Put into the cache what has run; return what broke."""
    faults = []
    for number, job in enumerate(as_completed(jobs), start=1):
        path = jobs[job]
        notebook, took, fault = job.result()
        name = path.relative_to(root)
        word = "FAILED after" if fault else "ran in"
        seconds = f"{took['execution_seconds']:.1f} s"
        memory = f", {took.get('peak_megabytes', '?')} MB"
        say(f"  {number}/{len(jobs)} {name} {word} {seconds}{memory}")
        if fault:
            faults.append(f"{name}, {fault}")
            continue
        bundle = CacheBundleIn(notebook, str(path), data=took)
        cache.cache_notebook_bundle(
            bundle, check_validity=False, overwrite=True
        )
    return faults


def stop(jobs, clients):
    """Start no other chapter, and end the kernels of those that run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
    for job in jobs:
        job.cancel()
    while not all(job.done() for job in jobs):
        for client in clients:  # its kernel may be still to come
            provisioner = getattr(client.km, "provisioner", None)
            if process := getattr(provisioner, "process", None):
                process.kill()
        time.sleep(0.1)


def finish(root):
    """Say where the site is and how to look at it."""
    say(f"\nThe book: {(root / '_build/html/index.html').as_uri()}")
    say("`make serve` serves it on this machine; search needs that.")
    say(f"Notebooks for readers: {root / '_build/notebooks'}")


def main():
    """Build the site in the given folder, or in this repository."""
    here = Path(__file__).resolve().parent.parent
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here
    build = root / "_build"
    mark = build / "built.json"
    config = yaml.safe_load((root / "_config.yml").read_text())
    code, pages = state(root, CODE), state(root, PAGES)
    last = json.loads(mark.read_text()) if mark.exists() else {}
    made = (build / "html" / "index.html").exists()
    made = made and (build / "notebooks").exists()
    if made and last == {"code": code, "pages": pages}:
        say("book: nothing has changed since it was built")
        finish(root)
        return
    mark.unlink(missing_ok=True)

    # One BLAS thread a kernel: two lose to one at the sizes of a chapter.
    for name in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    say("book 1/3: what the site serves from itself")
    done = subprocess.run([sys.executable, "web/build.py"], cwd=root)
    if done.returncode:
        sys.exit(done.returncode)  # it has said why

    cache_folder = build / ".jupyter_cache"
    marked = cache_folder / "code.txt"
    if not marked.exists() or marked.read_text() != code:
        shutil.rmtree(cache_folder, ignore_errors=True)
        cache_folder.mkdir()
        marked.write_text(code)
    cache = get_cache(cache_folder)
    timeout = (config.get("execute") or {}).get("timeout", 30)
    faults = run_chapters(root, cache, timeout)
    if faults:
        say("\nbook: not built. These cells are broken:\n")
        sys.exit("\n".join(f"  {fault}" for fault in faults))

    say("book 3/3: making the pages")
    # a page that was renamed or dropped must not stay behind
    shutil.rmtree(build / "html", ignore_errors=True)
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "."]
    command += ["--all", "-W", "-n", "--keep-going"]
    done = subprocess.run(command, cwd=root)
    if done.returncode:
        sys.exit("\nbook: not built; each line above with WARNING is a fault")
    try:
        reader_notebooks.publish(root)
    except reader_notebooks.Unreadable as error:
        sys.exit(f"\nbook: no notebook for readers of {error}")
    mark.write_text(json.dumps({"code": code, "pages": pages}))
    finish(root)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nbook: stopped; the next `make book` goes on from here")
