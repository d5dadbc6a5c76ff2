"""A lamp that is switched on and off, and one who is asked about it.

Two tasks share their inputs. In one the answer is the lamp's state at every
step, so the answers carry all there is to remember. In the other the answer
is "nothing" except where somebody asks, so the answers reveal nothing. What
can be remembered in the hidden layer (Elman 1990) and what in the output
(Jordan 1986) tells the two apart.
"""

import numpy as np

from rnncourse import arguments

#: What may happen; an id is a place in it.
INPUTS = ("wait", "on", "off", "ask")
#: What may be said; a target is a place in it.
OUTPUTS = ("nothing", "lit", "dark")
WAIT, ON, OFF, ASK = range(4)  #: Id of an input.
NOTHING, LIT, DARK = range(3)  #: Id of an output.


def batch(rng, T, B, asked):
    """Draw B sequences of T inputs, and what to say at each step.

    The first input is "on" or "off", and nobody asks twice in a row.

    Parameters
    ----------
    rng : np.random.Generator
    T : int, the length of every sequence
    B : int, how many sequences
    asked : bool; False: always say "lit" or "dark"; True: say it where the
        input is "ask", and "nothing" elsewhere

    Returns
    -------
    ids : (T, B) ints, places in INPUTS
    targets : (T, B) ints, places in OUTPUTS

    Raises
    ------
    ValueError
        if `T` or `B` is below 1 or no integer

    >>> ids, targets = batch(np.random.default_rng(0), 6, 1, asked=True)
    >>> for i, k in zip(ids[:, 0], targets[:, 0], strict=True):
    ...     print(f"{INPUTS[i]:4} -> {OUTPUTS[k]}")
    off  -> nothing
    wait -> nothing
    wait -> nothing
    wait -> nothing
    ask  -> dark
    wait -> nothing
    """
    arguments.rng("rng", rng)
    T, B = arguments.size("T", T), arguments.size("B", B)
    ids = rng.choice(4, size=(T, B), p=[0.5, 0.125, 0.125, 0.25])
    ids[0] = rng.choice([ON, OFF], size=B)
    for t in range(1, T):
        ids[t, (ids[t] == ASK) & (ids[t - 1] == ASK)] = WAIT
    lamp = np.select([ids == ON, ids == OFF], [LIT, DARK], NOTHING)
    for t in range(1, T):
        lamp[t] = np.where(lamp[t] == NOTHING, lamp[t - 1], lamp[t])
    return ids, np.where(ids == ASK, lamp, NOTHING) if asked else lamp


def mirror(ids, targets):
    """Swap "on" with "off" and "lit" with "dark": as likely a batch.

    Whoever does not remember the switch answers a question and its mirror
    image alike, and so is right on half of them.

    Parameters
    ----------
    ids, targets : (T, B) ints, from `batch`

    Returns
    -------
    ids, targets : (T, B) ints

    >>> mirror(np.array([[ON], [ASK]]), np.array([[NOTHING], [LIT]]))[1]
    array([[0],
           [2]])
    """
    inputs, outputs = np.array([WAIT, OFF, ON, ASK]), np.array([0, DARK, LIT])
    return inputs[ids], outputs[targets]
