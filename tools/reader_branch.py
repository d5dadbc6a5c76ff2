"""The branch that Binder, Colab and GitHub open: what stands in it.

    python tools/reader_branch.py FOLDER

writes into an empty folder the package, what Binder reads, and in `book/` the
notebooks for readers in the place of the sources. Publishing commits that
folder as the branch `notebooks`: nothing there is edited, and Binder starts
from it without building anything.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# what `pip install .` and Binder need, and what a reader may want to read
FILES = (
    "CITATION.cff",
    "LICENSE",
    "LICENSE-text",
    "README.md",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
)
FOLDERS = ("binder", "book/images", "book/results", "rnncourse")


def write(root, target):
    """Write the branch's files below `target`.

    Parameters
    ----------
    root : Path of the repository, with a built book
    target : Path of a folder; its own files are replaced, others stay
    """
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    for name in FOLDERS:
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(root / name, target / name, ignore=skip)
    for name in FILES:
        shutil.copy(root / name, target / name)
    for path in sorted((root / "_build" / "notebooks").glob("*.ipynb")):
        shutil.copy(path, target / "book")


def main():
    """Write the branch into the folder of the command line."""
    if len(sys.argv) != 2:
        sys.exit("reader_branch: which folder? It must be empty, or git's")
    if not (ROOT / "_build" / "notebooks").exists():
        sys.exit("reader_branch: no notebooks for readers yet: `make book`")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write(ROOT, target)
    print(f"reader_branch: wrote {target}")


if __name__ == "__main__":
    main()
