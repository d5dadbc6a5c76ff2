"""What the cells share whose state is handed on by a product alone."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rnncourse import arguments, linear
from rnncourse.cells._cell import Cell, rows


@dataclass(frozen=True, repr=False)
class Linear(Cell):
    """A cell that is linear in its state: ``h = a * h + b``.

    Both a and b are made of the input alone, by `coefficients`. So they are
    known for all steps before the first state is, and `rnncourse.linear`
    finds the states by a scan. `rnncourse.bptt` takes one step after the
    other, as with any cell; both get the same.

    The sums that a and b are made of, one for each name in `sums`::

        x @ W_xz + b_z          W_xz (D, H), b_z (H,)
    """

    sums: ClassVar[tuple] = ()
    """The names of the sums a unit has, such as "z" and "n"."""

    def coefficients(self, params, axs):
        """Return a and b, and what is kept, for one step or for many.

        Parameters
        ----------
        params : from ``prepare``
        axs : (..., A), from `project`; (B, A) or (T, B, A)

        Returns
        -------
        a, b : (..., H)
        kept : dict of arrays (..., H)
        """
        raise NotImplementedError

    def coefficients_backward(self, params, kept, da, db):
        """Return the deltas: the gradients of what `coefficients` began with.

        Parameters
        ----------
        params : from ``prepare``
        kept : from `coefficients`
        da, db : (..., H), the gradients of a and b

        Returns
        -------
        deltas : dict of arrays (..., H)
        """
        raise NotImplementedError

    def read(self, h):
        """Show a state as the numbers that a multiplies.

        Parameters
        ----------
        h : (..., width)

        Returns
        -------
        (..., H)
        """
        return h

    def write(self, h):
        """Show the numbers that a multiplies as a state.

        Parameters
        ----------
        h : (..., H)

        Returns
        -------
        (..., width)
        """
        return h

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run the cell over time as a network does; see `linear.unroll`."""
        return linear.unroll(self, params, xs, state, lengths)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back in time; see `linear.unroll_backward`."""
        return linear.unroll_backward(self, params, tape, dhs, dstate_T)

    def shapes(self, D, H):
        """One matrix and one bias for each sum."""
        matrices = {f"W_x{name}": (D, H) for name in self.sums}
        return matrices | {f"b_{name}": (H,) for name in self.sums}

    def project(self, params, xs):
        """All sums side by side: one product for all T steps."""
        W = np.hstack([params[f"W_x{name}"] for name in self.sums])
        b = np.hstack([params[f"b_{name}"] for name in self.sums])
        return (rows(xs) @ W + b).reshape(*xs.shape[:2], -1)

    def step(self, params, ax, state):
        """One product and one sum, element by element."""
        a, b, kept = self.coefficients(params, ax)
        h = a * self.read(state[0]) + b
        return (self.write(h),), {**kept, "a": a}

    def step_backward(self, params, before, after, kept, dstate):
        """The state hands its gradient to b, a and the state before."""
        db = self.read(dstate[0])
        da = db * self.read(before[0]).conj()
        dh = db * kept["a"].conj()
        deltas = self.coefficients_backward(params, kept, da, db)
        return deltas, (self.write(dh),)

    def collect(self, params, xs, before, after, kept, deltas):
        """One product over all steps for each matrix, and for dxs."""
        dxs, grads = 0, {}
        for name in self.sums:
            delta, W = rows(deltas[f"d_{name}"]), params[f"W_x{name}"]
            grads[f"W_x{name}"] = rows(xs).T @ delta
            grads[f"b_{name}"] = delta.sum(axis=0)
            dxs = dxs + delta @ W.T
        return dxs.reshape(xs.shape), grads


def ring(r_min, r_max):
    """Check between which sizes of a the units start.

    Raises
    ------
    ValueError
        for sizes out of order or of 1 and more, which would explode
    """
    for name, r in ("r_min", r_min), ("r_max", r_max):
        if not 0 <= arguments.amount(name, r) < 1:
            raise ValueError(
                f"{name} is {r!r}; expected it below 1: a unit with "
                "|a| >= 1 does not forget, or explodes"
            )
    if r_max <= r_min:
        raise ValueError(f"r_max is {r_max!r}; expected more than r_min")


def uniform(params, name):
    """Turn fresh parameters, uniform in ±1/sqrt(H), into draws from 0 to 1."""
    fresh = params[name]
    return (1 + fresh * np.sqrt(fresh.size)) / 2
