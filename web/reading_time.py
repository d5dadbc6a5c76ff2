"""Minutes at the top of each page, counted from its words and its code.

A newcomer's *first reading* leaves out the sections that are marked *second
reading*, by their heading or by the line below it, and the exercises.
"""

import json
import re
from pathlib import Path

from docutils import nodes

WORDS, LINES = 220, 12  # a minute
HIDDEN = {"remove-cell", "remove-input", "hide-input", "hide-cell"}
SECOND = re.compile(r"## (Second reading: |.*\n+\*Second reading\*)")
EXERCISES = "## Exercises"


def sections(notebook):
    """Return [Markdown, lines of visible code, code] for each section.

    A section begins with a heading of the second level; the first is what
    stands before any.
    """
    found = [["", 0, []]]
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            head, *rest = re.split(r"(?m)^(?=## )", source)
            found[-1][0] += head + "\n"
            found += [[part + "\n", 0, []] for part in rest]
            continue
        tags = set(cell["metadata"].get("tags", ()))
        if "remove-cell" not in tags:  # what no page shows, nobody misses
            found[-1][2].append(source)
        if not HIDDEN & tags:
            lines = [line for line in source.splitlines() if line.strip()]
            found[-1][1] += len(lines)
    return found


def is_second(section):
    """Whether a newcomer may skip a section."""
    return bool(SECOND.match(section[0]))


def minutes(notebook):
    """Return the minutes of the first reading, and of the second."""
    read = {False: 0, True: 0}
    for section in sections(notebook):
        text, lines, _ = section
        if not text.startswith(EXERCISES):
            read[is_second(section)] += (
                len(text.split()) / WORDS + lines / LINES
            )
    return read[False], read[True]


def said(first, second):
    """Return the sentence for the top of a page."""
    text = f"First reading: about {max(1, round(first))} min"
    if second:
        text += f"; second reading: {max(1, round(second))} min more"
    return text + "."


def show(app, doctree):
    """Put the minutes below the title of a page that is a notebook."""
    path = Path(app.env.doc2path(app.env.docname))
    title = next(doctree.findall(nodes.title), None)
    if path.suffix != ".ipynb" or title is None:
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))
    # in a container: no description of the page begins with its minutes
    line = nodes.paragraph("", said(*minutes(notebook)))
    box = nodes.container("", line, classes=["reading-time"])
    title.parent.insert(title.parent.index(title) + 1, box)


def setup(app):
    app.connect("doctree-read", show)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
