"""The page "Claims on trial" gets its numbers in notebooks, too."""

import sys
from pathlib import Path

from nbformat.v4 import new_markdown_cell

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))

import claims_page


def shown(*cells):
    """Yield the outputs of cells that are HTML."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                yield output.data["text/html"]


def measured(notebooks):
    """Return what all notebooks measure: {claim: [(page, sentence), …]}."""
    found = {}
    for name, notebook in notebooks.items():
        for html in shown(*notebook.cells):
            for n, sentence in claims_page.SHOWN.findall(html):
                found.setdefault(int(n), []).append((name, sentence))
    return found


def fill(notebook, measured, titles):
    """Put what was measured below its claim, with a link to the notebook.

    It becomes prose: whoever runs the cell would lose it, for one notebook
    does not know what the others have measured.
    """
    for place, cell in enumerate(notebook.cells):
        for html in shown(cell):
            full, _ = claims_page.fill(html, measured, titles.__getitem__)
            if full == html:
                continue
            full = full.replace(".html#claim-", ".ipynb#claim-")
            # a blank line would end the HTML, and Markdown begin
            lines = [line for line in full.split("\n") if line.strip()]
            prose = new_markdown_cell("\n".join(lines), id=cell.id)
            notebook.cells[place] = prose
