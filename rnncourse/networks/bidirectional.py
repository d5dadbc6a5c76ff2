"""Bidirectional networks (Schuster & Paliwal 1997)."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_inputs,
    check_part,
    check_tape,
    naming,
    split,
)

WAYS = ("forward", "backward")


def reverse(xs, lengths=None):
    """Turn each sequence around within its own length; padding stays last.

    ``reversed[t, b] = xs[lengths[b] - 1 - t, b]``. It is its own inverse and,
    as any permutation, its own backward pass.

    Parameters
    ----------
    xs : (T, B, ...)
    lengths : (B,) ints from 1 to T, or None if all have length T

    Returns
    -------
    (T, B, ...)

    Raises
    ------
    ValueError
        for lengths that do not fit xs

    >>> reverse(np.array([[1, 1], [2, 2], [3, 0]]), [3, 2]).T
    array([[3, 2, 1],
           [2, 1, 0]])
    """
    xs = arguments.as_array("xs", xs)
    if lengths is None:
        return xs[::-1]
    T, B = xs.shape[:2]
    lengths = arguments.integers("lengths", lengths, (B,), 1, T + 1)
    t = np.arange(T)[:, None]  # (T, 1)
    mirrored = lengths - 1 - t
    source = np.where(mirrored >= 0, mirrored, t)  # (T, B)
    return xs[source, np.arange(B)]


@dataclass(frozen=True)
class Bidirectional(Network):
    """Two networks of one kind, one along time and one against it.

    The two share no weights. At every step meet the states of both that have
    just read it: with ``bs`` the backward network's states over the
    reversed sequence, turned around once more, ::

        concat: hs[t] = [fs[t], bs[t]]      sum: fs[t] + bs[t]
        mean:   hs[t] = (fs[t] + bs[t]) / 2

    See `Network` for the methods. Parameters and states are nested as
    ``{"forward": ..., "backward": ...}``. In ``state_T`` the backward part
    has read a sequence's first step last.

    Parameters
    ----------
    layer : a cell or a network
    combine : "concat", "sum" or "mean"

    Raises
    ------
    ValueError
        for another ``combine``, or a layer that is neither

    >>> from rnncourse.cells import RNN
    >>> Bidirectional(RNN).width(7), Bidirectional(RNN, "sum").width(7)
    (14, 7)
    """

    layer: Network
    combine: str = "concat"
    causal = False

    def __post_init__(self):
        check_part("layer", self.layer)
        if self.combine not in ("concat", "sum", "mean"):
            raise ValueError(
                f"combine is {self.combine!r}; expected concat, sum or mean"
            )

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw both directions' parameters, the forward one's first."""
        return {way: self.layer.init(rng, D, H, dtype=dtype) for way in WAYS}

    def zero_state(self, B, H, *, dtype=np.float64):
        """Return zeros for both directions."""
        return {way: self.layer.zero_state(B, H, dtype=dtype) for way in WAYS}

    def width(self, H):
        """Twice the layer's width if concatenated, else the layer's."""
        return self.layer.width(H) * (2 if self.combine == "concat" else 1)

    def output_lengths(self, lengths):
        """As the layer's."""
        return self.layer.output_lengths(lengths)

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run one direction on xs, the other on xs reversed."""
        xs, lengths = check_inputs(xs, lengths)
        forward, backward = split("params", params, WAYS)
        state_f, state_b = split("state", state, WAYS)
        with naming("forward"):
            fs, end_f, tape_f = self.layer.unroll(
                forward, xs, state_f, lengths, rng
            )
        with naming("backward"):
            bs, end_b, tape_b = self.layer.unroll(
                backward, reverse(xs, lengths), state_b, lengths, rng
            )
        bs = reverse(bs, self.output_lengths(lengths))
        if self.combine == "concat":
            hs = np.concatenate([fs, bs], axis=2)
        else:
            hs = (fs + bs) * self._share
        parts = {"forward": tape_f, "backward": tape_b}
        state_T = {"forward": end_f, "backward": end_b}
        kept = {"lengths": lengths, "shape": hs.shape}
        return hs, state_T, NetworkTape(self, parts, kept)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back in both directions; what both read adds up."""
        check_tape(self, tape)
        lengths = tape.kept["lengths"]
        dhs = arguments.array("dhs", dhs, tape.kept["shape"])
        forward, backward = split("params", params, WAYS)
        dend_f, dend_b = split("dstate_T", dstate_T, WAYS)
        if self.combine == "concat":
            dfs, dbs = np.split(dhs, 2, axis=2)
        else:
            dfs = dbs = dhs * self._share
        dxs_f, dstate_f, grads_f = self.layer.unroll_backward(
            forward, tape.parts["forward"], dfs, dend_f
        )
        dbs = reverse(dbs, self.output_lengths(lengths))
        dxs_b, dstate_b, grads_b = self.layer.unroll_backward(
            backward, tape.parts["backward"], dbs, dend_b
        )
        dstate_0 = {"forward": dstate_f, "backward": dstate_b}
        grads = {"forward": grads_f, "backward": grads_b}
        return dxs_f + reverse(dxs_b, lengths), dstate_0, grads

    @property
    def _share(self):
        """What each direction's states are multiplied with."""
        return 0.5 if self.combine == "mean" else 1
