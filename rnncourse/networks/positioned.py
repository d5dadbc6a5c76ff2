"""What stands below attention: inputs brought to size, and their places."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.heads import positions, readout
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_inputs,
    check_tape,
    inside,
)

KINDS = ("waves", "learned", "none")  #: What a place can be told by.


@dataclass(frozen=True)
class Positioned(Network):
    """Each input, mapped to H numbers, plus the vector of its place. ::

        hs[t] = xs[t] @ W_hy + b_y + position[t]

    No step sees another. The state is one number a sequence, how many steps
    were read, so a sequence may come in parts. See `Network` for the
    methods; parameters are ``{"map": ..., "positions": ...}``, the latter if
    they are learned.

    Parameters
    ----------
    kind : "waves" (`rnncourse.heads.positions.sinusoidal`), "learned", or
        "none"
    longest : int, how many places a learned table has

    Raises
    ------
    ValueError
        for another kind, no place, or, in `unroll`, a place beyond the table
    """

    kind: str = "waves"
    longest: int = 512

    def __post_init__(self):
        arguments.choice("kind", self.kind, KINDS)
        arguments.size("longest", self.longest)

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw the map, and the table if it is learned."""
        arguments.rng("rng", rng)
        params = {"map": readout.init(rng, D, H, dtype)}
        if self.kind == "learned":
            table = positions.init(rng, self.longest, H, dtype)
            params["positions"] = table
        return params

    def zero_state(self, B, H, *, dtype=np.float64):
        """Return a tuple: the steps read, (B, 1) ints, all 0."""
        return (np.zeros((arguments.size("B", B), 1), int),)

    def width(self, H):
        """Return H."""
        return H

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Map and place every step, all at once."""
        self._names(params)
        xs, lengths = check_inputs(xs, lengths)
        T, B, _ = xs.shape
        (read,) = self._state(state, B)
        places = read[:, 0] + np.arange(T)[:, None]  # (T, B)
        if self.kind == "learned" and places.max() >= self.longest:
            raise ValueError(
                f"xs reaches place {places.max()}; expected at most "
                f"{self.longest - 1}, the last of the table"
            )
        hs = readout.forward(params["map"], xs)
        if self.kind == "waves":
            H = hs.shape[2]
            hs += positions.sinusoidal(places, H, hs.dtype)
        elif self.kind == "learned":
            hs += positions.forward(params["positions"], places)
        ends = np.full(B, T) if lengths is None else lengths
        within = inside(T, ends)[..., None]
        hs = np.where(within, hs, hs.dtype.type(0))
        kept = {"xs": xs.copy(), "places": places, "inside": within}
        return hs, (read + ends[:, None],), NetworkTape(self, {}, kept)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back; a count of steps has no gradient, so its is 0."""
        check_tape(self, tape)
        self._names(params)
        xs, places, within = tape.kept.values()
        shape = (*places.shape, params["map"]["b_y"].size)
        dhs = arguments.array("dhs", dhs, shape)
        dhs = np.where(within, dhs, dhs.dtype.type(0))
        grads = {}
        dxs, grads["map"] = readout.backward(params["map"], xs, dhs)
        if self.kind == "learned":
            grads["positions"] = positions.backward(
                params["positions"], places, dhs
            )
        return dxs, (np.zeros((places.shape[1], 1), dhs.dtype),), grads

    def _names(self, params):
        learned = ("positions",) if self.kind == "learned" else ()
        arguments.names("params", params, ("map", *learned))

    def _state(self, state, B):
        if state is None:
            return self.zero_state(B, 1)
        if not isinstance(state, tuple) or len(state) != 1:
            raise ValueError("state is no tuple of one array, the steps read")
        return (arguments.integers("state", state[0], (B, 1), 0),)
