"""The pyramid: each layer halves time (Chan et al. 2015)."""

from dataclasses import dataclass

import numpy as np

from rnncourse import arguments
from rnncourse.networks._network import (
    Network,
    NetworkTape,
    check_inputs,
    check_part,
    check_tape,
    inside,
)
from rnncourse.networks.stacked import Stacked


def pyramidal(*layers, dropout=0.0):
    """Stack layers so that each but the first reads pairs of the one below.

    The first layer takes all T steps, the next ``ceil(T / 2)``, and so on;
    ``output_lengths`` tells what is left of every length.

    Parameters
    ----------
    layers : cells or networks, the lowest first, each its own argument;
        bidirectional ones in "Listen, attend and spell"
    dropout : float in [0, 1), as for `Stacked`

    Returns
    -------
    Stacked

    >>> from rnncourse.cells import RNN
    >>> network = pyramidal(RNN, RNN, RNN)
    >>> params = network.init(np.random.default_rng(0), D=2, H=7)
    >>> hs, state_T, tape = network.unroll(params, np.zeros((9, 3, 2)))
    >>> hs.shape, network.output_lengths(np.array([9, 4, 1]))
    ((3, 3, 7), array([3, 1, 1]))
    """
    above = map(Halved, layers[1:])
    return Stacked(*layers[:1], *above, dropout=dropout)


def join_pairs(xs, lengths=None):
    """Concatenate every two steps: ``pairs[t] = [xs[2 t], xs[2 t + 1]]``.

    A sequence of odd length is paired with zeros at its end, whatever the
    padding holds there.

    Parameters
    ----------
    xs : (T, B, D)
    lengths : (B,) ints from 1 to T, or None if all have length T

    Returns
    -------
    (ceil(T / 2), B, 2 D), zero past each length

    >>> join_pairs(np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1))[:, 0]
    array([[1., 2.], [3., 0.]])
    """
    T, B, D = xs.shape
    even = np.zeros((T + T % 2, B, D), xs.dtype)
    even[:T] = _zero_padding(xs, lengths)
    return even.reshape(-1, 2, B, D).swapaxes(1, 2).reshape(-1, B, 2 * D)


def part_pairs(dpairs, T, lengths=None):
    """The backward pass of `join_pairs`: (ceil(T / 2), B, 2 D) to (T, B, D).

    >>> part_pairs(np.array([[[1.0, 2.0]], [[3.0, 4.0]]]), T=3)[:, 0, 0]
    array([1., 2., 3.])
    """
    _, B, width = dpairs.shape
    dxs = dpairs.reshape(-1, B, 2, width // 2).swapaxes(1, 2)
    return _zero_padding(dxs.reshape(-1, B, width // 2)[:T], lengths)


def _half(lengths):
    """Return how many pairs each sequence has."""
    if lengths is None:
        return None
    return (arguments.integers("lengths", lengths, ("B",), 1) + 1) // 2


def _zero_padding(xs, lengths):
    """Return xs with zeros past each length."""
    if lengths is None:
        return xs
    return np.where(inside(len(xs), lengths)[..., None], xs, 0)


@dataclass(frozen=True)
class Halved(Network):
    """A network that reads two steps at a time: ``layer(join_pairs(xs))``.

    See `Network` for the methods. Its parameters and states are those of the
    layer, its outputs (ceil(T / 2), B, width).

    Parameters
    ----------
    layer : a cell or a network
    """

    layer: Network
    causal = False

    def __post_init__(self):
        check_part("layer", self.layer)

    def init(self, rng, D, H, *, dtype=np.float64):
        """Draw the layer's parameters, for inputs of size 2 D."""
        return self.layer.init(rng, 2 * D, H, dtype=dtype)

    def zero_state(self, B, H, *, dtype=np.float64):
        """As the layer's."""
        return self.layer.zero_state(B, H, dtype=dtype)

    def width(self, H):
        """As the layer's."""
        return self.layer.width(H)

    def output_lengths(self, lengths):
        """Halve, rounding up, then what the layer makes of it."""
        return self.layer.output_lengths(_half(lengths))

    def unroll(self, params, xs, state=None, lengths=None, rng=None):
        """Run the layer over pairs."""
        xs, lengths = check_inputs(xs, lengths)
        hs, state_T, tape = self.layer.unroll(
            params, join_pairs(xs, lengths), state, _half(lengths), rng
        )
        kept = {"T": len(xs), "lengths": lengths}
        return hs, state_T, NetworkTape(self, {"layer": tape}, kept)

    def unroll_backward(self, params, tape, dhs, dstate_T=None):
        """Walk back over pairs, then part them."""
        check_tape(self, tape)
        dpairs, dstate_0, grads = self.layer.unroll_backward(
            params, tape.parts["layer"], dhs, dstate_T
        )
        return part_pairs(dpairs, **tape.kept), dstate_0, grads
