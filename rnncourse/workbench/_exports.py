"""The same training in the course's own calls: a script, and a notebook."""

import json
import textwrap

from rnncourse.workbench._training import CLIP, LOOK

TEXT = '''
"""{name}: a {cell}, as the workbench trained it.

Needs rnncourse, and beside it the text as {file}.
"""

from itertools import repeat

import numpy as np

from rnncourse import ops, optim, train
from rnncourse.cells import {code}
from rnncourse.data import streams, text
from rnncourse.heads import readout
from rnncourse.networks import {parts}
from rnncourse.workbench import characters, read_text

# --- The last tenth is held out.
with open("{file}", "rb") as file:
    given = read_text(file.read())
cut = len(given) - max(len(given) // 10, 16)
vocabulary = characters(given[:cut])
V = len(vocabulary)
ids = text.encode(given[:cut], vocabulary)
held = text.encode(given[cut:], vocabulary)
one_hot = np.eye(V, dtype=np.float32)

# --- The network, and windows drawn from the text.
model = Labelled({network})
rng = np.random.default_rng({seed})
params = model.init(rng, V, {H}, V, dtype=np.float32)


def batch():
    xs, targets = streams.batch(rng, ids, T={T}, B={B})
    return one_hot[xs], targets


# --- Bits per character of the held-out part: eight columns, side by side.
def bits(params):
    rows = streams.columns(held[:4096], 8)
    hs, _, _ = model.network.unroll(params["network"], one_hot[rows[:-1]])
    log_p = ops.log_softmax(readout.forward(params["readout"], hs))
    came = np.take_along_axis(log_p, rows[1:, :, None], axis=-1)
    return float(-came.mean(dtype=np.float64) / np.log(2))


# --- Training.
params, history = train.fit(
    model.loss_and_grads,
    params,
    (batch() for _ in repeat(None)),
    optim.Adam({rate!r}),
    updates={updates},
    clip={clip},
    evaluate=bits,
    evaluate_every={look},
)
for updates, value in history.evaluations:
    print(f"{{updates:6d}} updates  {{value:.6f}} bits per character")
'''

FILE = "workbench-text.txt"  #: The text's name beside script and notebook.


def script(session):
    """Write the training of a text as a script of the course's own calls.

    From the same seed it gives the same numbers.

    Parameters
    ----------
    session : TextSession

    Returns
    -------
    str, Python
    """
    s = session.settings
    name = " ".join(session.name.split())
    name = name.replace("\\", "").replace('"', "") or "text"
    return TEXT.lstrip().format(
        name=textwrap.shorten(name, 40, placeholder=" …"),
        cell=s.cell,
        file=FILE,
        code=s.code if s.layers == 1 else s.code[8:-1].split(",")[0],
        network=s.code,
        parts="Labelled" if s.layers == 1 else "Labelled, Stacked",
        seed=s.seed,
        H=s.H,
        T=s.T,
        B=s.B,
        rate=s.rate,
        updates=max(session.updates, 1),
        clip=CLIP,
        look=LOOK,
    )


def notebook(session):
    """Write the same as a notebook, a cell for each part.

    Parameters
    ----------
    session : TextSession

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
