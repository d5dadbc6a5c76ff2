"""The linear recurrent unit of Orvieto et al. (2023): numbers that turn."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.cells._cell import rows
from rnncourse.cells._gated import parts
from rnncourse.cells._linear import Linear, ring, uniform


@dataclass(frozen=True, repr=False)
class LRUCell(Linear):
    """Each unit turns and shrinks a complex number: a is an eigenvalue.

    Parameters
    ----------
    r_min, r_max : floats, 0 <= r_min < r_max < 1; ``init`` draws the a evenly
        from the ring between these two circles
    phase : float, the largest angle by which they turn at first

    Raises
    ------
    ValueError
        for a ring out of order, or of 1 and more

    >>> LRUCell(r_max=1.0)
    Traceback (most recent call last):
        ...
    ValueError: r_max is 1.0; expected it below 1: a unit with |a| >= 1 does
    not forget, or explodes
    """

    r_min: float = 0.5
    r_max: float = 0.999
    phase: float = 2 * np.pi

    sizes = {"D": ("W_re", 0), "H": ("W_re", 1)}

    def __post_init__(self):
        ring(self.r_min, self.r_max)
        arguments.amount("phase", self.phase)

    def shapes(self, D, H):
        """A complex matrix in two parts; size and angle of each a."""
        return {"W_re": (D, H), "W_im": (D, H), "nu": (H,), "theta": (H,)}

    def widths(self, D, H):
        """The real parts, and beside them the imaginary parts."""
        return (2 * H,)

    def read(self, h):
        """Two real numbers a unit as one complex number."""
        re, im = parts(h, 2)
        return re + 1j * im

    def write(self, h):
        """One complex number a unit as two real numbers."""
        return np.concatenate([h.real, h.imag], axis=-1)

    def eigenvalues(self, params):
        """Say by what a state is multiplied, and what scales the inputs.

        Parameters
        ----------
        params : dict of arrays

        Returns
        -------
        a : (H,), complex
        scale : (H,), ``sqrt(1 - abs(a) ** 2)``
        """
        e = np.exp(params["nu"])
        a = np.exp(-e) * np.exp(1j * params["theta"])
        return a, np.sqrt(-np.expm1(-2 * e))  # above 0 where |a| rounds to 1

    def project(self, params, xs):
        """Real and imaginary parts of ``x @ W``, side by side."""
        W = np.hstack([params["W_re"], params["W_im"]])
        return (rows(xs) @ W).reshape(*xs.shape[:2], -1)

    def coefficients(self, params, axs):
        """The same a at all steps; b is scaled so that h stays of one size."""
        a, scale = self.eigenvalues(params)
        ax = self.read(axs)
        return np.broadcast_to(a, ax.shape), scale * ax, {"ax": ax}

    def coefficients_backward(self, params, kept, da, db):
        """Through the factor to the inputs, and by nu and theta to a."""
        a, scale = self.eigenvalues(params)
        along = (da.conj() * a).real  # to a larger |a|
        across = -(da.conj() * a).imag  # to a larger angle
        d_scale = (db.conj() * kept["ax"]).real
        e = np.exp(params["nu"])
        d_nu = -e * along + d_scale * e * np.abs(a) ** 2 / scale
        return {"d_ax": scale * db, "d_nu": d_nu, "d_theta": across}

    def collect(self, params, xs, before, after, kept, deltas):
        """All steps share the a, so their gradients are sums."""
        d_ax, x = rows(deltas["d_ax"]), rows(xs)
        dx = d_ax.real @ params["W_re"].T + d_ax.imag @ params["W_im"].T
        return dx.reshape(xs.shape), {
            "W_re": x.T @ d_ax.real,
            "W_im": x.T @ d_ax.imag,
            "nu": deltas["d_nu"].sum(axis=(0, 1)),
            "theta": deltas["d_theta"].sum(axis=(0, 1)),
        }

    def adjust(self, params):
        """Draw the a from a ring, evenly by its area."""
        inner, outer = self.r_min**2, self.r_max**2
        size = np.sqrt(inner + uniform(params, "nu") * (outer - inner))
        params["nu"][...] = np.log(-np.log(size))
        params["theta"][...] = self.phase * uniform(params, "theta")


LRU = LRUCell()
"""Orvieto et al. (2023); state (h,), with h (B, 2H).

Complex numbers, H of them: their real parts and beside them their imaginary
parts, so that a readout sees both::

    a = exp(-exp(nu) + 1j * theta)
    h = a * h + sqrt(1 - abs(a) ** 2) * x @ (W_re + 1j * W_im)

The size of a is below 1 whatever nu is. In the paper the factor of the inputs
starts there and is then learned on its own.
"""
