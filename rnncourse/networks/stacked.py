"""Deep networks: each layer reads the states of the one below."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_part,
    check_tape,
    naming,
    split,
)


@dataclass(frozen=True, init=False)
class Stacked(Network):
    """Layers on top of each other, each any cell or network.

    With ``hs`` the outputs below, ``xs`` for the first layer::

        hs = layer(drop(hs))           the first layer: no drop
        hs = layer(drop(hs)) + hs      if residual, from the second layer on

    In training (``rng`` given) `drop` sets a share of the numbers to 0 and
    divides the others by what is left, between layers only, never along
    time (Zaremba et al. 2014, who drop the lowest inputs and the topmost
    outputs, too; here, as in torch, not). See `Network` for the methods;
    parameters and states are nested as ``{"layer0": ..., "layer1": ...}``.

    Parameters
    ----------
    layers : cells or networks, the lowest first, each its own argument
    residual : bool; then the outputs of all layers must have one size
    dropout : float in [0, 1), the share that is dropped

    Raises
    ------
    ValueError
        for no layers, a dropout out of range, or, in `init`, residual layers
        whose sizes differ

    >>> from rnncourse.cells import RNN
    >>> params = Stacked(RNN, RNN).init(np.random.default_rng(0), D=2, H=7)
    >>> params["layer1"]["W_xh"].shape
    (7, 7)
    """

    layers: tuple
    residual: bool
    dropout: float

    def __init__(self, *layers, residual=False, dropout=0.0):
        if not layers:
            raise ValueError("layers is empty; expected at least one")
        dropout = arguments.fraction("dropout", dropout)
        for k, layer in enumerate(layers):
            check_part(f"layer{k}", layer)
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "residual", residual)
        object.__setattr__(self, "dropout", dropout)

    @property
    def causal(self):
        """Whether no output depends on a later input."""
        return all(layer.causal for layer in self.layers)

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw every layer's parameters, the lowest layer's first."""
        params = {}
        for k, (name, layer) in enumerate(self._named()):
            params[name] = layer.init(rng, D, H, dtype=dtype)
            if self.residual and k and layer.width(H) != D:
                raise ValueError(
                    f"{name} turns size {D} into {layer.width(H)}; "
                    "expected one size for a residual connection"
                )
            D = layer.width(H)
        return params

    def zero_state(self, B, H, *, dtype=np.float64):
        """Return zeros for every layer."""
        return {
            n: layer.zero_state(B, H, dtype=dtype)
            for n, layer in self._named()
        }

    def width(self, H):
        """Return the width of the last layer."""
        return self.layers[-1].width(H)

    def output_lengths(self, lengths):
        """Return what is left of the lengths above the last layer."""
        for layer in self.layers:
            lengths = layer.output_lengths(lengths)
        return lengths

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run layer after layer, each over all of time."""
        params = split("params", params, self._names())
        states = split("state", state, self._names())
        hs, ends, parts, scales = xs, {}, {}, {}
        for k, (name, layer) in enumerate(self._named()):
            below = hs
            if k and rng is not None and self.dropout:
                kept = (
                    arguments.rng("rng", rng).random(hs.shape) >= self.dropout
                )
                scales[name] = (kept / (1 - self.dropout)).astype(hs.dtype)
                below = hs * scales[name]
            with naming(name):
                above, ends[name], parts[name] = layer.unroll(
                    params[k], below, states[k], lengths, rng
                )
                if self.residual and k:
                    above = hs + arguments.shaped("hs", above, hs.shape)
            hs, lengths = above, layer.output_lengths(lengths)
        return hs, ends, NetworkTape(self, parts, scales)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back through the layers, the last one first."""
        check_tape(self, tape)
        params = split("params", params, self._names())
        dends = split("dstate_T", dstate_T, self._names())
        dstate_0, grads = {}, {}
        for k, (name, layer) in reversed(list(enumerate(self._named()))):
            dbelow, dstate_0[name], grads[name] = layer.unroll_backward(
                params[k], tape.parts[name], dhs, dends[k]
            )
            if name in tape.kept:
                dbelow = dbelow * tape.kept[name]
            dhs = dbelow + dhs if self.residual and k else dbelow
        return dhs, _sorted(dstate_0), _sorted(grads)

    def _names(self):
        return tuple(f"layer{k}" for k in range(len(self.layers)))

    def _named(self):
        return list(zip(self._names(), self.layers, strict=True))


def _sorted(nested):
    """Return a dict that was filled backwards in the order of its layers."""
    return dict(reversed(nested.items()))
