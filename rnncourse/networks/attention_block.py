"""One block of attention: look around, then think, and add both."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.heads import cache, layer_norm, readout, self_attention
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_inputs,
    check_tape,
    inside,
    naming,
)
from rnncourse.networks.positioned import Positioned
from rnncourse.networks.stacked import Stacked

_NAMES = ("look_norm", "look", "think_norm", "into", "out_of")


@dataclass(frozen=True)
class AttentionBlock(Network):
    """Self-attention and two layers, each behind a norm and beside a road.

    The block of Vaswani et al. (2017), with the norm first (Xiong et al.
    2020)::

        looked = xs + look(norm(xs))                 steps mix here alone
        hs = looked + relu(norm(looked) @ into) @ out_of

    The state is the cache of `rnncourse.heads.cache`, and grows
    with every step read. See `Network` for the methods; outputs have the
    size of the inputs, so ``D == H``.

    Parameters
    ----------
    heads : int that divides H
    causal : bool; if False every step sees the whole sequence
    wide : int, the units between the two layers, as a multiple of H

    Raises
    ------
    ValueError
        for a size below 1, or, in `init`, D and H that differ or that the
        heads do not divide

    >>> block = AttentionBlock(heads=2)
    >>> params = block.init(np.random.default_rng(0), D=4, H=4)
    >>> hs, cache, tape = block.unroll(params, np.zeros((5, 3, 4)))
    >>> hs.shape, cache[0].shape
    ((5, 3, 4), (3, 5, 4))
    """

    heads: int = 1
    causal: bool = True
    wide: int = 4

    def __post_init__(self):
        arguments.size("heads", self.heads)
        arguments.size("wide", self.wide)

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw the parameters of both halves."""
        arguments.rng("rng", rng)
        H = arguments.size("H", H)
        if D != H:
            raise ValueError(f"D is {D}; expected H, {H}: inputs are added")
        if H % self.heads:
            raise ValueError(f"heads is {self.heads}; expected to divide {H}")
        return {
            "look_norm": layer_norm.init(H, dtype),
            "look": self_attention.init(rng, H, dtype),
            "think_norm": layer_norm.init(H, dtype),
            "into": readout.init(rng, H, self.wide * H, dtype),
            "out_of": readout.init(rng, self.wide * H, H, dtype),
        }

    def zero_state(self, B, H, *, dtype=np.float64):
        """Return an empty cache."""
        return cache.empty(B, H, dtype)

    def width(self, H):
        """Return H."""
        return H

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Let all steps look around at once; there is no loop over time."""
        p = arguments.names("params", params, _NAMES)
        xs, lengths = check_inputs(xs, lengths)
        T, B, H = xs.shape
        state = cache.check(state, B, H, xs.dtype, "state")
        normed, look_norm = layer_norm.forward(p["look_norm"], xs)
        with naming("look"):
            seen, state_T, look = self_attention.forward(
                p["look"], normed, self.heads, self.causal, lengths, state
            )
        looked = xs + seen
        normed, think_norm = layer_norm.forward(p["think_norm"], looked)
        thought = np.maximum(readout.forward(p["into"], normed), 0)
        hs = looked + readout.forward(p["out_of"], thought)
        within = True if lengths is None else inside(T, lengths)[..., None]
        hs = np.where(within, hs, hs.dtype.type(0))
        kept = {
            "look_norm": look_norm,
            "look": look,
            "think_norm": think_norm,
            "normed": normed,
            "thought": thought,
            "inside": within,
        }
        return hs, state_T, NetworkTape(self, {}, kept)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back; what was there of a cache has no gradient, but 0."""
        check_tape(self, tape)
        p = arguments.names("params", params, _NAMES)
        look_norm, look, think_norm, normed, thought, within = (
            tape.kept.values()
        )
        dhs = arguments.array("dhs", dhs, normed.shape)
        dhs = np.where(within, dhs, dhs.dtype.type(0))
        grads = dict.fromkeys(_NAMES)
        dthought, grads["out_of"] = readout.backward(p["out_of"], thought, dhs)
        dthought *= thought > 0
        dnormed, grads["into"] = readout.backward(p["into"], normed, dthought)
        dlooked, grads["think_norm"] = layer_norm.backward(
            p["think_norm"], think_norm, dnormed
        )
        dlooked += dhs
        dnormed, dcache, grads["look"] = self_attention.backward(
            p["look"], look, dlooked, dstate_T
        )
        dxs, grads["look_norm"] = layer_norm.backward(
            p["look_norm"], look_norm, dnormed
        )
        dthere = np.zeros(dcache[0].shape[:2], dhs.dtype)
        return dxs + dlooked, (*dcache, dthere), grads


def attentive(
    blocks=1, heads=1, causal=True, positions="waves", longest=512, wide=4
):
    """Put blocks on inputs that know their places.

    Parameters
    ----------
    blocks : int, how many blocks
    heads, causal, wide : as in `AttentionBlock`
    positions, longest : ``kind`` and ``longest`` of `Positioned`

    Returns
    -------
    Stacked

    Raises
    ------
    ValueError
        for a size below 1 or an unknown kind

    >>> params = attentive(heads=2).init(np.random.default_rng(0), D=3, H=4)
    >>> list(params)
    ['layer0', 'layer1']
    """
    block = AttentionBlock(heads, causal, wide)
    blocks = [block] * arguments.size("blocks", blocks)
    return Stacked(Positioned(positions, longest), *blocks)
