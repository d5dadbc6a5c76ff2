"""The site of a class whose teacher keeps the solutions back.

With `exercise_solutions: false` in `_config.yml` no page, no notebook to
download and no search shows a solution; hints stay, and the checks work. The
course's package, which checks, still holds them for those who look there.
"""

import json
import re
from pathlib import Path

SOLUTION = re.compile(
    r"<details(?: class=\"exercise-aid exercise-solution\"[^>]*)?>\s*"
    r"<summary>(?:Solution|Answer|One way to do it)</summary>"
    r".*?</details>\s*",
    re.DOTALL,
)


def without(text):
    """Return the text of a notebook or page without its solutions.

    Parameters
    ----------
    text : JSON of a notebook, or Markdown

    Returns
    -------
    the same kind of text
    """
    try:
        notebook = json.loads(text)
    except ValueError:
        return SOLUTION.sub("", text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            kept = SOLUTION.sub("", "".join(cell["source"]))
            cell["source"] = kept.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def read(app, docname, source):
    """Take the solutions out of what Sphinx has read."""
    if not app.config.exercise_solutions:
        source[0] = without(source[0])


def clean_copies(app, error):
    """Take them out of the notebooks that pages offer to download."""
    if error or app.config.exercise_solutions:
        return
    for path in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        path.write_text(without(path.read_text("utf-8")), "utf-8")


def setup(app):
    app.add_config_value("exercise_solutions", True, "env", types=[bool])
    app.connect("source-read", read)
    app.connect("build-finished", clean_copies)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
