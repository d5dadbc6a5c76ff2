"""The page "Claims on trial" gets its numbers in notebooks, too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))

import claims_page


def shown(notebook):
    """Yield the outputs of a notebook that are HTML."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                yield output.data


def measured(notebooks):
    """Return what all notebooks measure: {claim: [(page, sentence), …]}."""
    found = {}
    for name, notebook in notebooks.items():
        for data in shown(notebook):
            for n, sentence in claims_page.SHOWN.findall(data["text/html"]):
                found.setdefault(int(n), []).append((name, sentence))
    return found


def fill(notebook, measured, titles):
    """Put what was measured below its claim, with a link to the notebook."""
    for data in shown(notebook):
        html, _ = claims_page.fill(
            data["text/html"], measured, titles.__getitem__
        )
        if html != data["text/html"]:
            data["text/html"] = html.replace(".html#claim-", ".ipynb#claim-")
