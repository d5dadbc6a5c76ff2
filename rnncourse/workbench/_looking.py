"""Looking inside: what it writes, expects, watches, and how far it learns."""

import numpy as np

from rnncourse import ops
from rnncourse.data import text
from rnncourse.heads import cross_entropy, readout
from rnncourse.workbench._settings import CELLS

LONGEST = 2000  #: Characters that are looked at in one go.


def write(session, beginning, length, temperature=1.0, seed=0):
    """Write on from a beginning, a few characters at a time.

    Parameters
    ----------
    session : TextSession
    beginning : str; empty: a line's start
    length : int, characters to write
    temperature : float above 0; small: the likeliest, 1: as it believes
    seed : int

    Yields
    ------
    str, one character after the other
    """
    rng = np.random.default_rng(seed)
    ids = text.encode(beginning[-200:] or "\n", session.vocabulary)
    log_p, state = session.steps(ids[:, None])
    for _ in range(length):
        scores = log_p[-1, 0].astype(float) / max(temperature, 0.05)
        scores[0] = -np.inf  # what stands for the rare ones is no letter
        p = ops.softmax(scores)
        k = int(rng.choice(len(p), p=p / p.sum()))
        yield session.vocabulary[k]
        log_p, state = session.steps(np.array([[k]]), state)


def likeliest(session, given, most=5):
    """Say for every place of a text which characters could follow.

    Parameters
    ----------
    session : TextSession
    given : str, of which `LONGEST` characters are read
    most : int, how many to name

    Returns
    -------
    list of dicts, one a character: ``character``, the ``bits`` it cost (None
    for the first), and what was expected ``next``: pairs of a character and
    its probability
    """
    given = given[:LONGEST]
    ids = text.encode(given, session.vocabulary)
    log_p = session.steps(ids[:, None])[0][:, 0]
    best = np.argsort(-log_p, axis=1)[:, :most]
    cost = [None] + [
        float(-log_p[t, ids[t + 1]] / np.log(2)) for t in range(len(ids) - 1)
    ]
    return [
        {
            "character": c,
            "bits": cost[t],
            "next": [
                [session.vocabulary[k], float(np.exp(log_p[t, k]))]
                for k in best[t]
            ],
        }
        for t, c in enumerate(given)
    ]


def watched(session):
    """List what a unit can be coloured by: its state, or one of its gates.

    Parameters
    ----------
    session : TextSession

    Returns
    -------
    list of strings, "state" first
    """
    return ["state", *CELLS[session.settings.cell].gates]


def colours(session, given, unit, layer=0, what="state"):
    """Return a number for every character: what does this unit watch?

    Parameters
    ----------
    session : TextSession
    given : str, of which `LONGEST` characters are read
    unit, layer : ints, from 0
    what : one of `watched`

    Returns
    -------
    list of floats, as many as characters

    Raises
    ------
    ValueError
        with a sentence for the reader, for a unit that is not there
    """
    settings = session.settings
    if not (0 <= unit < settings.H and 0 <= layer < settings.layers):
        raise ValueError(
            f"There is no unit {unit} in layer {layer}: this network has "
            f"units 0 to {settings.H - 1} in {settings.layers} layer(s)."
        )
    if what not in watched(session):
        raise ValueError(f"This cell has no {what!r}.")
    ids = text.encode(given[:LONGEST], session.vocabulary)
    xs = session.one_hot(ids[:, None])
    _, _, tape = session.model.network.unroll(session.params["network"], xs)
    if settings.layers > 1:
        tape = tape.parts[f"layer{layer}"]
    if what == "state":
        (first, *_) = tape.states.values()
        values = first[1:]
    else:
        values = tape.gates[what]
    return [float(v) for v in values[:, 0, unit]]


def reach(session, T=100, B=16):
    """Measure how much gradient arrives how far back, in this network.

    The loss is asked at the last character alone; the norm of its gradient
    at the input k steps before says how much those k steps let through.

    Parameters
    ----------
    session : TextSession
    T, B : ints, steps and windows that are read

    Returns
    -------
    list of floats, the mean norm k = 0, 1, ... steps back
    """
    ids = session.held_ids if len(session.held_ids) > T else session.ids
    T = min(T, len(ids) - 1)
    starts = np.linspace(0, len(ids) - T - 1, B).astype(int)
    pieces = ids[starts + np.arange(T + 1)[:, None]]
    network, params = session.model.network, session.params
    hs, _, tape = network.unroll(
        params["network"], session.one_hot(pieces[:-1])
    )
    ys = readout.forward(params["readout"], hs[-1])
    _, dys = cross_entropy.loss_and_grad(ys, pieces[-1])
    dhs = np.zeros_like(hs)
    dhs[-1] = readout.backward(params["readout"], hs[-1], dys)[0]
    dxs, _, _ = network.unroll_backward(params["network"], tape, dhs)
    norms = np.linalg.norm(dxs.astype(float) * B, axis=2).mean(axis=1)
    return [float(n) for n in norms[::-1]]
