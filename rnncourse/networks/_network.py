"""What every network offers; a cell over time is the smallest one."""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.cells import Cell
from rnncourse.tape import same


@dataclass(frozen=True, repr=False, eq=False)
class NetworkTape:
    """What a network's `unroll` wrote for its backward pass and for plots.

    Parameters
    ----------
    network : the network
    parts : dict of tapes, named as the network's parameters
    kept : dict of what else the backward pass needs
    """

    network: object
    parts: dict
    kept: dict

    def __eq__(self, other):
        return same(self, other)

    __hash__ = None


class Network:
    """The contract of all networks; a cell keeps it, too.

    Parameters and states are nested dicts of one layout, for example
    ``{"layer0": {"forward": ..., "backward": ...}, "layer1": ...}``, with the
    dict or tuple of a cell at the bottom.
    """

    causal = True  # no output depends on a later input

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw parameters.

        Parameters
        ----------
        rng : np.random.Generator
        D, H : sizes of the input and of the hidden layers
        dtype : float64 or float32

        Returns
        -------
        nested dict of arrays
        """
        raise NotImplementedError

    def zero_state(self, B, H, *, dtype=np.float64):
        """Return the state before the first step.

        Parameters
        ----------
        B, H : sizes of the batch and of the hidden layers
        dtype : float64 or float32

        Returns
        -------
        nested as the parameters; zeros, (B, ·) each
        """
        raise NotImplementedError

    def width(self, H):
        """Return the size of the outputs.

        Parameters
        ----------
        H : int, the size of the hidden layers

        Returns
        -------
        int
        """
        raise NotImplementedError

    def output_lengths(self, lengths):
        """Return how many outputs each sequence has.

        Parameters
        ----------
        lengths : (B,) ints, how many inputs it has, or None

        Returns
        -------
        (B,) ints, or None for None
        """
        return lengths

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run the network over time.

        Parameters
        ----------
        params : from `init`
        xs : inputs, (T, B, D)
        state : before the first step, nested as params; zeros if None
        lengths : (B,) ints from 1 to T, or None if all have length T
        rng : np.random.Generator for dropout in training, or None: no dropout

        Returns
        -------
        hs : (T, B, width), zero past each sequence's end
        state_T : each sequence's own last state, nested as params
        tape : for `unroll_backward`

        Raises
        ------
        ValueError
            naming the part, the argument, its shape and the expected one
        """
        raise NotImplementedError

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back in time.

        Parameters
        ----------
        params : as given to `unroll`
        tape : from `unroll`; not changed, so a second call gives the same
        dhs : ∂loss/∂hs, (T, B, width); ignored past each sequence's end
        dstate_T : ∂loss/∂state_T, nested as params, or None for zeros

        Returns
        -------
        dxs : (T, B, D)
        dstate_0 : the gradient of the state before the first step
        grads : nested as params

        Raises
        ------
        ValueError
            as `unroll`, or for the tape of another network
        """
        raise NotImplementedError


def check_part(name, part):
    """Return `part` if it is a cell or a network, else refuse it."""
    if isinstance(part, type):
        raise ValueError(
            f"{name} is the class {part.__name__}; "
            f"expected {part.__name__}(...)"
        )
    if not isinstance(part, (Cell, Network)):
        raise ValueError(f"{name} is {part!r}, neither a cell nor a network")
    return part


def check_inputs(xs, lengths):
    """Return xs and lengths as arrays once they fit each other."""
    xs = arguments.array("xs", xs, ("T", "B", "D"))
    T, B, _ = xs.shape
    if lengths is not None:
        lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
        lengths = lengths.copy()  # what the caller does later is not ours
    return xs, lengths


def inside(T, lengths):
    """Return booleans (T, B): False past each length."""
    return np.arange(T)[:, None] < lengths


def split(name, nested, names):
    """Return the values of a state's parts in order; all None if it is."""
    if nested is None:
        return [None] * len(names)
    arguments.names(name, nested, names)
    return [nested[part] for part in names]


def check_tape(network, tape):
    """Refuse a tape that another network wrote."""
    if not isinstance(tape, NetworkTape) or tape.network != network:
        raise ValueError(f"tape is not from {network}.unroll")


@contextmanager
def naming(part):
    """Say in which part of a network an argument does not fit."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{part}: {error}") from None
