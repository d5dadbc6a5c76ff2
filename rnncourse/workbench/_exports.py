"""The same training in the course's own calls: a script, and a notebook."""

import json
import textwrap

from rnncourse.workbench import _scripts
from rnncourse.workbench._numbers import ORIGINS
from rnncourse.workbench._settings import CODE
from rnncourse.workbench._toys import TESTED
from rnncourse.workbench._training import CLIP, LOOK

FILES = {"text": "workbench-text.txt", "numbers": "workbench-numbers.txt"}
"""The names of what lies beside script and notebook."""


def script(session):
    """Write the training of a session as a script of the course's own calls.

    From the same seed it gives the same numbers.

    Parameters
    ----------
    session : TextSession, NumbersSession or ToysSession

    Returns
    -------
    str, Python
    """
    s = session.settings
    filled = {
        "file": FILES.get(session.kind),
        "seed": s.seed,
        "B": s.B,
        "updates": max(session.updates, 1),
        "clip": CLIP,
        "look": LOOK,
        **PARTS[session.kind](session),
    }
    return getattr(_scripts, session.kind.upper()).lstrip().format(**filled)


def _one(session):
    """What a script of a single network says of it."""
    s = session.settings
    name = " ".join(session.name.split())
    name = name.replace("\\", "").replace('"', "") or session.kind
    return {
        "name": textwrap.shorten(name, 40, placeholder=" …"),
        "cell": s.cell,
        "code": CODE[s.cell],
        "network": s.code,
        "parts": "Labelled" if s.layers == 1 else "Labelled, Stacked",
        "H": s.H,
        "T": s.T,
        "rate": s.rate,
    }


def _numbers(session):
    looked = session.curve[-1]["updates"] if session.curve else 0
    return _one(session) | {
        "horizon": session.horizon,
        "origins": ORIGINS,
        "updates": max(looked, 1),  # a look more could choose others
    }


def _toys(session):
    networks = session.networks.items()
    title = session.task.title
    stacked = any(s.layers > 1 for _, s in networks)
    return {
        "title": title[0].upper() + title[1:],
        "task": session.name,
        "distance": session.distance,
        "tested": TESTED,
        "cells": ", ".join(sorted({CODE[s.cell] for _, s in networks})),
        "stacked": "\nfrom rnncourse.networks import Stacked" * stacked,
        "networks": "\n".join(
            f'    ("{name}", {s.code}, {s.H}, {s.rate!r}),'
            for name, s in networks
        ),
    }


PARTS = {"text": _one, "numbers": _numbers, "toys": _toys}


def notebook(session):
    """Write the same as a notebook, a cell for each part.

    Parameters
    ----------
    session : TextSession, NumbersSession or ToysSession

    Returns
    -------
    str, the content of an ``.ipynb`` file
    """
    head, *parts = script(session).split("# --- ")
    _, words, imports = head.split('"""', 2)
    cells = [_markdown(f"# {words.strip()}"), _code(imports)]
    for part in parts:
        title, code = part.split("\n", 1)
        cells += [_markdown(f"## {title.rstrip('.')}"), _code(code)]
    for k, cell in enumerate(cells):
        cell["id"] = f"part-{k}"
    kernel = {"display_name": "Python 3", "language": "python"}
    return json.dumps(
        {
            "cells": cells,
            "metadata": {"kernelspec": {**kernel, "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
        ensure_ascii=False,
    )


def _markdown(words):
    return {"cell_type": "markdown", "metadata": {}, "source": words}


def _code(code):
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": code.strip(),
    }
