"""Build small books with the repository's own configuration."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]


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
