"""What a convention is: a way to read arrays, and to write them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnncourse.cells import GRU


class Gate(NamedTuple):
    """One gate's share: ``x @ W_x + b_x`` and ``h @ W_h + b_h``."""

    W_x: np.ndarray  # (D, H)
    W_h: np.ndarray  # (H, H)
    b_x: np.ndarray  # (H,)
    b_h: np.ndarray  # (H,), inside the reset where it comes after

    @property
    def b(self):
        """Both biases as one."""
        return self.b_x + self.b_h


@dataclass(frozen=True, repr=False, eq=False)
class Convention:
    """One way to write a GRU down.

    Parameters
    ----------
    name : whose it is
    cell : GRU (reset after the product) or GRUCho (before)
    order : the gates in the order they stand, a permutation of "rzn"
    z_keeps : whether z near one keeps the past
    biases : how many numbers each unit has, in words
    pack : ``pack(gates) -> weights``, from a dict of `Gate`
    unpack : ``unpack(weights) -> gates``
    """

    name: str
    cell: object
    order: str
    z_keeps: bool
    biases: str
    pack: Callable
    unpack: Callable

    def __repr__(self):
        return self.name

    def write(self, params):
        """Write our parameters in this convention.

        Parameters
        ----------
        params : dict of `cell`

        Returns
        -------
        dict of arrays, with the library's names

        Raises
        ------
        ValueError
            for the parameters of the other place of the reset
        """
        if params.keys() != self.cell.shapes(1, 1).keys():
            raise ValueError(
                f"params has {', '.join(params)}; {self} resets "
                f"{reset(self)}, expected those of {self.cell}: "
                f"{', '.join(self.cell.shapes(1, 1))}"
            )
        two = {"b_x": np.zeros_like(params["b_h"]), **params}
        gates = cut("rzn", *(two[n] for n in ("W_xh", "W_hh", "b_x", "b_h")))
        return self.pack(gates if self.z_keeps else turn(gates))

    def read(self, weights):
        """Return our parameters for weights in this convention.

        Parameters
        ----------
        weights : dict of arrays, as given by `write`

        Returns
        -------
        dict, parameters of `cell`; copies
        """
        gates = self.unpack(weights)
        gates = gates if self.z_keeps else turn(gates)
        params = {"W_xh": side_by_side("rzn", gates, "W_x")}
        params["W_hh"] = side_by_side("rzn", gates, "W_h")
        if self.cell is GRU:
            params["b_x"] = side_by_side("rzn", gates, "b_x")
            params["b_h"] = side_by_side("rzn", gates, "b_h")
        else:
            params["b_h"] = side_by_side("rzn", gates, "b")
        return params


def convert(weights, source, target):
    """Rewrite weights so that `target` computes what `source` did.

    Parameters
    ----------
    weights : dict of arrays with the names of `source`; see its `write`
    source, target : Convention

    Returns
    -------
    dict of arrays with the names of `target`

    Raises
    ------
    ValueError
        if one resets before the product and the other after: no weights
        make them equal, except by chance

    >>> from rnncourse.gru_conventions import KERAS, TORCH
    >>> params = GRU.init(np.random.default_rng(0), D=2, H=7)
    >>> theirs = convert(TORCH.write(params), TORCH, KERAS)
    >>> {name: a.shape for name, a in theirs.items()}
    {'kernel': (2, 21), 'recurrent_kernel': (7, 21), 'bias': (2, 21)}
    """
    if source.cell is not target.cell:
        raise ValueError(
            f"{source} resets {reset(source)} and {target} {reset(target)}: "
            "no conversion makes them equal; expected two of a kind"
        )
    return target.write(source.read(weights))


def reset(convention):
    """Say where a convention resets h.

    Parameters
    ----------
    convention : Convention

    Returns
    -------
    "before" or "after" (the product)
    """
    return "after" if convention.cell is GRU else "before"


def turn(gates):
    """Turn z round: ``1 - sigmoid(a) = sigmoid(-a)``."""
    return {**gates, "z": Gate(*(-a for a in gates["z"]))}


def cut(order, W_x, W_h, b_x, b_h):
    """Cut arrays whose columns hold three gates into a dict of `Gate`."""
    thirds = (np.split(a, 3, axis=-1) for a in (W_x, W_h, b_x, b_h))
    return {g: Gate(*of) for g, *of in zip(order, *thirds, strict=True)}


def side_by_side(order, gates, field):
    """Put one array of each gate side by side; a copy."""
    return np.concatenate([getattr(gates[g], field) for g in order], axis=-1)
