"""What a cell is to the rest of the package: one step, and its backward."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rnncourse import arguments, initialisers


def rows(a):
    """View (T, B, n) as (T·B, n): time and batch are alike to a product."""
    return a.reshape(-1, a.shape[-1])


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Cell:
    """One step of a recurrent network: everything but time.

    `bptt` owns the loop. It calls the functions below; a cell of your own
    needs nothing else. All arrays have a batch axis, written B.

    Parameters
    ----------
    name : str
    sizes : dict, where each size is read off the parameters, for example
        ``{"D": ("W_xh", 0), "H": ("W_hh", 0)}``
    shapes : ``shapes(*sizes) -> {"W_xh": (D, H), ...}``
    states : dict from each state's name to its width,
        ``{"h": lambda D, H: H}``; the first one is the output
    blank : dict of the states that begin with another number than zero
    gates : names of the equal parts of ``kept[0]``, or ()
    prepare : ``prepare(params) -> params``, what the functions below get,
        if it is not the parameters as they are
    project : ``project(params, xs) -> axs``, all that depends on the inputs
        alone: xs (T, B, D) to axs (T, B, A), one product for all T steps
    step : ``step(params, ax, state) -> (state, kept)``, one step; `kept` is
        a tuple of arrays (B, ...) for the backward pass
    slopes : ``slopes(params, before, after, kept) -> tuple of arrays``, local
        derivatives, for many steps at once: arrays are (n, B, ...)
    step_backward : ``step_backward(params, slopes, dstate) -> (deltas,
        dstate_before)``, one step back; `deltas` are the gradients of the
        sums that the step began with
    collect : ``collect(params, xs, before, after, kept, deltas) -> (dxs,
        grads)``, for many steps at once: one product for each weight
    adjust : ``adjust(params) -> None``, changes fresh parameters in place
    """

    name: str
    sizes: dict
    shapes: Callable
    states: dict
    blank: dict = field(default_factory=dict)
    gates: tuple = ()
    prepare: Callable = dict
    project: Callable
    step: Callable
    slopes: Callable
    step_backward: Callable
    collect: Callable
    adjust: Callable | None = None

    def __repr__(self):
        return self.name

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
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"dtype is {dtype}; expected float32 or float64")
        params = {
            name: initialisers.uniform(rng, shape, H**-0.5, dtype)
            for name, shape in self.shapes(*sizes).items()
        }
        if self.adjust:
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
        sizes = self._sizes(H, *more)
        return tuple(
            np.full((B, width(None, *sizes)), self.blank.get(name, 0), dtype)
            for name, width in self.states.items()
        )

    def _sizes(self, *given):
        names = list(self.sizes)[1:]
        if len(given) > len(names):
            raise ValueError(f"{self} has the sizes {', '.join(names)} alone")
        given += given[:1] * (len(names) - len(given))
        return [
            arguments.size(n, v) for n, v in zip(names, given, strict=True)
        ]
