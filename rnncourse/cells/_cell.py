"""What a cell is to the rest of the package: one step, and its backward."""

from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np

from rnncourse import arguments, bptt, initialisers


@dataclass(frozen=True, repr=False)
class Cell:
    """One step of a recurrent network: everything but time.

    A cell is a small frozen value: its fields are its settings, its
    parameters are passed in. `rnncourse.bptt` owns the loop and calls the
    five methods that a cell of your own has to write: `shapes`, `project`,
    `step`, `step_backward` and `collect`. All arrays have a batch axis,
    written B; a state is a tuple of arrays (B, ·), in the order of `states`.
    """

    sizes: ClassVar[dict] = {"D": ("W_xh", 0), "H": ("W_hh", 0)}
    """Where each size is read off the parameters: a name and an axis."""

    states: ClassVar[tuple] = ("h",)
    """The names of the states; the first one is the output."""

    blank: ClassVar[dict] = {}
    """The states that begin with another number than zero."""

    gates: ClassVar[tuple] = ()
    """The names under which `step` keeps its gates, for `Tape.gates`."""

    causal: ClassVar[bool] = True
    """No output depends on a later input."""

    def __repr__(self):
        """The name of the ready value, or the call that makes the cell."""
        set_to = {f.name: getattr(self, f.name) for f in fields(self)}
        changed = [
            f"{f.name}={set_to[f.name]!r}"
            for f in fields(self)
            if set_to[f.name] != f.default
        ]
        name = type(self).__name__
        if not changed:
            return name.removesuffix("Cell")
        return f"{name}({', '.join(changed)})"

    # What a cell of your own writes.

    def shapes(self, *sizes):
        """Return each parameter's shape: ``{"W_xh": (D, H), ...}``.

        Parameters
        ----------
        sizes : ints, in the order of `sizes`

        Returns
        -------
        dict of tuples of ints
        """
        raise NotImplementedError

    def widths(self, D, H, *more):
        """Return the width of each state, in their order; H each by default.

        Parameters
        ----------
        D, H, more : ints, in the order of `sizes`; D may be None

        Returns
        -------
        tuple of ints
        """
        return (H,) * len(self.states)

    def prepare(self, params):
        """Return what the methods below get in the place of `params`.

        Parameters
        ----------
        params : dict of arrays

        Returns
        -------
        dict of arrays, by default the same
        """
        return params

    def project(self, params, xs):
        """Do all that depends on the inputs alone, for all steps at once.

        Parameters
        ----------
        params : from ``prepare``
        xs : (T, B, D)

        Returns
        -------
        axs : (T, B, A)
        """
        raise NotImplementedError

    def step(self, params, ax, state):
        """Take one step.

        Parameters
        ----------
        params : from ``prepare``
        ax : (B, A), this step's part of axs, not to be changed
        state : tuple of arrays (B, ·)

        Returns
        -------
        state : tuple of new arrays
        kept : dict of arrays (B, ·) for the backward pass and for plots
        """
        raise NotImplementedError

    def step_backward(self, params, before, after, kept, dstate):
        """Take one step back.

        Parameters
        ----------
        params : from ``prepare``
        before, after : the state before and after the step
        kept : what the step kept
        dstate : the gradient of the state after it

        Returns
        -------
        deltas : dict of arrays (B, ·), the gradients of the sums that the
            step began with
        dstate : the gradient of the state before it
        """
        raise NotImplementedError

    def collect(self, params, xs, before, after, kept, deltas):
        """Turn deltas into gradients: one product each, for all steps.

        Parameters
        ----------
        params : from ``prepare``
        xs : (T, B, D)
        before, after, kept, deltas : as in `step_backward`, over time

        Returns
        -------
        dxs : (T, B, D)
        grads : dict with the names of `shapes`
        """
        raise NotImplementedError

    def adjust(self, params):
        """Change fresh parameters in place, where a cell starts otherwise.

        Parameters
        ----------
        params : dict of arrays
        """

    # What every cell has.

    def init(self, rng, D, H, *more, dtype=np.float64):
        """Draw parameters as torch does: uniform in ±1/sqrt(H).

        Parameters
        ----------
        rng : np.random.Generator
        D, H : sizes of the input and of the hidden layer
        more : further sizes, for the cells that have them; H by default
        dtype : float64 (gradient checks need it) or float32

        Returns
        -------
        dict of arrays

        Raises
        ------
        ValueError
            for a size below 1 or a seed in the place of the generator
        """
        sizes = [arguments.size("D", D), *self._sizes(H, *more)]
        dtype = arguments.dtype("dtype", dtype)
        params = {
            name: initialisers.uniform(rng, shape, H**-0.5, dtype)
            for name, shape in self.shapes(*sizes).items()
        }
        self.adjust(params)
        return params

    def zero_state(self, B, H, *more, dtype=np.float64):
        """Return the state before the first step.

        Zeros, unless the cell's ``blank`` says otherwise.

        Parameters
        ----------
        B, H : sizes of the batch and of the hidden layer
        more, dtype : as in `init`

        Returns
        -------
        tuple of arrays (B, ·)

        Raises
        ------
        ValueError
            for a size below 1 or one too many

        >>> from rnncourse.cells import RNN
        >>> RNN.zero_state(1, 2)
        (array([[0., 0.]]),)
        """
        B = arguments.size("B", B)
        dtype = arguments.dtype("dtype", dtype)
        widths = self.widths(None, *self._sizes(H, *more))
        return tuple(
            np.full((B, width), self.blank.get(name, 0), dtype)
            for name, width in zip(self.states, widths, strict=True)
        )

    def width(self, H):
        """Return the size of the outputs: the width of the first state.

        Parameters
        ----------
        H : int, the size of the hidden layer

        Returns
        -------
        int
        """
        return self.widths(None, *self._sizes(H))[0]

    def output_lengths(self, lengths):
        """Return how many outputs each sequence has: as many as inputs.

        Parameters
        ----------
        lengths : (B,) ints, or None

        Returns
        -------
        (B,) ints, or None
        """
        return lengths

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run the cell over time as a network does; see `bptt.unroll`.

        Parameters
        ----------
        params, xs, state, lengths : as in `bptt.unroll`
        rng : what networks draw dropout from; a cell has none

        Returns
        -------
        hs, state_T, tape
        """
        return bptt.unroll(self, params, xs, state, lengths)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back in time; see `bptt.unroll_backward`.

        Parameters
        ----------
        params, tape, dhs, dstate_T : as in `bptt.unroll_backward`

        Returns
        -------
        dxs, dstate_0, grads
        """
        return bptt.unroll_backward(self, params, tape, dhs, dstate_T)

    def _sizes(self, *given):
        names = list(self.sizes)[1:]
        if len(given) > len(names):
            raise ValueError(f"{self} has the sizes {', '.join(names)} alone")
        given += given[:1] * (len(names) - len(given))
        return [
            arguments.size(n, v) for n, v in zip(names, given, strict=True)
        ]


def rows(a):
    """View (T, B, n) as (T·B, n): time and batch are alike to a product."""
    return a.reshape(-1, a.shape[-1])
