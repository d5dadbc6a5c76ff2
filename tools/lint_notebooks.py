"""The rules a chapter's notebook keeps, checked without running it.

    python tools/lint_notebooks.py [NOTEBOOK ...]

Without arguments, every notebook below book/. Prints one line a fault and
exits 1 if there is one. `--clear` removes stored outputs and counts first.
"""

import json
import re
import statistics
import sys
from pathlib import Path

from repository import colab_cell, configured

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 20  # lines of a code cell
MEDIAN = 5

NO_ALT = {
    "a picture without alt text": re.compile(r"!\[\s*\]\("),
    "an <img> without alt text": re.compile(r"<img\b(?![^>]*\balt=\"[^\"])"),
}
DIRECTIVE = re.compile(r"^([`:]{3,})\{(image|figure)\}(.*?)^\1", re.M | re.S)
TORCH = re.compile(r"^(import|from) torch\b", re.M)  # not inside an `if`
SHOWN = re.compile(r"\bplt\.show\(|\bdisplay\(fig\b")


def cell_faults(number, cell):
    """Yield what is wrong with one cell."""
    source = "".join(cell["source"])
    where = f"cell {number}"
    if cell["cell_type"] == "code":
        if cell.get("outputs"):
            yield f"{where}: stored outputs; `make clear` removes them"
        if cell.get("execution_count") is not None:
            yield f"{where}: an execution count; `make clear` removes it"
        lines = len(source.splitlines())
        if lines > LONGEST:
            yield f"{where}: {lines} lines, {LONGEST} are allowed"
        if not source.strip():
            yield f"{where}: empty"
        if SHOWN.search(source):
            yield f"{where}: a figure shown without plots.show and alt text"
        if TORCH.search(source):
            yield f"{where}: PyTorch may be missing; ask find_spec first"
    else:
        for fault, pattern in NO_ALT.items():
            if pattern.search(source):
                yield f"{where}: {fault}"
        for match in DIRECTIVE.finditer(source):
            if not re.search(r":alt:\s*\S", match[3]):
                yield f"{where}: {{{match[2]}}} without :alt:"


def faults(text, url):
    """Yield what is wrong with a notebook, given as its text."""
    try:
        notebook = json.loads(text)
        cells = notebook["cells"]
    except (ValueError, KeyError, TypeError) as error:
        yield f"no notebook: {error!r}"
        return
    if (notebook["nbformat"], notebook["nbformat_minor"]) != (4, 5):
        yield "not in notebook format 4.5"
    metadata = notebook["metadata"]
    if metadata.get("kernelspec", {}).get("name") != "python3":
        yield "its kernel is not named python3"
    if "version" in metadata.get("language_info", {}):
        yield "names a Python version; `make clear` removes it"
    if "widgets" in metadata:
        yield "stored widget states; `make clear` removes them"
    for number, cell in enumerate(cells, start=1):
        yield from cell_faults(number, cell)
    yield from first_cell_faults(cells, url)
    codes = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    codes = [c for c in codes[1:] if c.strip()]
    if codes:
        median = statistics.median(len(c.splitlines()) for c in codes)
        if median > MEDIAN:
            yield f"the median cell has {median:g} lines, not ≤ {MEDIAN}"
    ids = [cell.get("id") for cell in cells]
    if len(set(ids)) != len(ids):
        yield "two cells with the same id"


def first_cell_faults(cells, url):
    """Yield what is wrong with the cell that installs the package."""
    codes = [c for c in cells if c["cell_type"] == "code"]
    if not any("rnncourse" in "".join(c["source"]) for c in codes):
        return
    if "".join(codes[0]["source"]) != colab_cell(url):
        yield "its first code cell is not the one of tools/repository.py"
    elif "remove-cell" not in codes[0]["metadata"].get("tags", []):
        yield "its first code cell lacks the tag remove-cell"


def clear(path):
    """Remove what running a notebook leaves in it."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    notebook["metadata"] = {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    if text != path.read_text():
        path.write_text(text)


def main():
    """Check the notebooks; say what is wrong."""
    names = [x for x in sys.argv[1:] if x != "--clear"]
    found = sorted((ROOT / "book").glob("**/*.ipynb"))
    found = [p for p in found if ".ipynb_checkpoints" not in p.parts]
    paths = [Path(name) for name in names] or found
    url = configured(ROOT)
    lines = []
    for path in paths:
        if "--clear" in sys.argv[1:]:
            clear(path)
        lines += [f"{path.name}: {x}" for x in faults(path.read_text(), url)]
    for line in lines:
        print(line)
    checked = f"{len(paths)} notebooks"
    print(f"{checked}: {len(lines)} faults" if lines else f"{checked}: fine")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
