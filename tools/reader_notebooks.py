"""Notebooks for readers: what Binder, Colab, GitHub and a download show.

    python tools/reader_notebooks.py

The chapters in `book/` are sources: without outputs, and with markup that
only the site understands. After the site is built, this writes what a reader
meets elsewhere to `_build/notebooks/<slug>.ipynb`: outputs in, numbers in
their sentences, hidden code folded, and at the top how long a run takes. It
takes the outputs from the run the site is made of, and runs nothing. Pages
in Markdown become notebooks of one cell, so that links lead somewhere.
"""

import shutil
import sys
from pathlib import Path

import nbformat
import reader_book
import reader_claims
import reader_outputs
import reader_plumbing
import yaml
from jupyter_cache import get_cache
from nbformat.v4 import new_markdown_cell, new_notebook
from reader_markdown import Unreadable, labelled, plain

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "web"))

import solutions  # noqa: E402

HIDE = {"colab", "hide-input", "remove-cell", "remove-input"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
HEAD = """\
*This notebook has been run; its numbers come from that run. To run it \
yourself, choose **Run All**: it takes {time} on a machine like the one that \
built this. Cells that only draw or prepare are folded; a click opens them.*"""
MEMORY = " *It needs {peak} MB of memory.*"


def in_words(seconds):
    """Return a time as a person says it."""
    if seconds < 20:
        return "less than half a minute"
    if seconds < 75:
        return "about a minute"
    return f"about {round(seconds / 60 + 0.2)} minutes"


def code_cell(cell):
    """Return a code cell as a reader meets it, or None if nothing is left."""
    tags = set(cell.metadata.get("tags", []))
    cell = nbformat.from_dict(cell)
    if "colab" not in tags:
        cell.source = reader_plumbing.without_glue(cell.source)
    if not any(x.strip() and x[0] != "#" for x in cell.source.split("\n")):
        return None
    cell.outputs = reader_outputs.still(cell)
    if tags & HIDE:
        cell.metadata["jupyter"] = {"source_hidden": True}
        cell.metadata["cellView"] = "form"  # Colab's word for it
    return cell


def for_reader(notebook, book, head):
    """Return an executed notebook as a reader meets it.

    Parameters
    ----------
    notebook : with outputs
    book : Book, what its prose points at
    head : a line of Markdown below the title
    """
    cells = notebook.cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    served = reader_plumbing.only_for_numbers(cells)
    values = reader_outputs.glued(cells)
    equations = labelled(cell.source for cell in prose)
    kept = []
    for number, cell in enumerate(cells):
        if cell.cell_type == "code":
            kept.append(None if number in served else code_cell(cell))
            continue
        text = plain(cell.source, book, values, equations)
        kept.append(nbformat.from_dict({**cell, "source": text}))
    if head:
        kept.insert(1, new_markdown_cell(head, id="how-long"))
    made = new_notebook(cells=[cell for cell in kept if cell])
    made.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    nbformat.validate(made)
    return made


def make(root):
    """Write the readers' notebooks of a built book; return their folder."""
    build = root / "_build"
    cache = get_cache(build / ".jupyter_cache")
    target = build / "notebooks"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    book, paths = reader_book.read(root)
    run = {name: executed(path, cache) for name, path in paths.items()}
    measured = reader_claims.measured(
        {name: notebook for name, (notebook, _) in run.items()}
    )
    for name, (notebook, head) in run.items():
        reader_claims.fill(notebook, measured, book.pages)
        try:
            made = for_reader(notebook, book, head)
        except Unreadable as error:
            raise Unreadable(f"{paths[name].name}: {error}") from None
        text = nbformat.writes(made) + "\n"
        if not keeps_solutions(root):
            text = solutions.without(text)
        (target / f"{name}.ipynb").write_text(text, "utf-8")
    return target


def keeps_solutions(root):
    """Tell whether `_config.yml` lets the site show solutions."""
    config = yaml.safe_load((root / "_config.yml").read_text())
    return config["sphinx"]["config"].get("exercise_solutions", True)


def publish(root):
    """Make the notebooks, and let the site's download button give them."""
    downloads = root / "_build/html/_sources/book"
    for path in make(root).iterdir():
        if (downloads / path.name).exists():
            shutil.copy(path, downloads)


def executed(path, cache):
    """Return a page with its outputs, and the line below its title."""
    notebook = reader_book.source(path)
    if path.suffix != ".ipynb":
        return notebook, ""
    data = cache.match_cache_notebook(notebook).data
    # the prose as it is now; the cache knows code and outputs
    _, notebook = cache.merge_match_into_notebook(notebook)
    head = HEAD.format(time=in_words(data["execution_seconds"]))
    if peak := data.get("peak_megabytes"):
        head += MEMORY.format(peak=round(peak, -1))
    return notebook, head


if __name__ == "__main__":
    publish(ROOT)
