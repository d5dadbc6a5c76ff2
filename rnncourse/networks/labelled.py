"""A network, a readout and a loss: what a task with labels is learned by."""

from dataclasses import dataclass
from types import ModuleType

import numpy as np

from rnncourse import arguments
from rnncourse.heads import cross_entropy, readout
from rnncourse.networks._network import (
    Network,
    check_inputs,
    check_part,
    inside,
    split,
)

NAMES = ("network", "readout")


@dataclass(frozen=True)
class Labelled:
    """Read a sequence, answer at every step or after the last one.

    ``hs = network(xs)``, ``ys = readout(hs)``, ``loss = head(ys, targets)``,
    with ys at every step, (T, B, K), or at each sequence's own last output,
    (B, K). A chapter writes these five lines once for each idea; here they
    are for all that only uses them.

    Parameters
    ----------
    network : a cell or a network
    head : a module with ``loss_and_grad(ys, targets, mask)``, such as
        `rnncourse.heads.cross_entropy`, taken for None, or
        `rnncourse.heads.squared_error`
    reads : "every" step or the "last"

    Raises
    ------
    ValueError
        for a part that is neither cell nor network, a head without a loss,
        or another word

    >>> from rnncourse.cells import LSTM
    >>> model = Labelled(LSTM, reads="last")
    >>> params = model.init(np.random.default_rng(0), D=2, H=7, K=4)
    >>> model.outputs(params, np.zeros((5, 3, 2))).shape
    (3, 4)
    """

    network: Network
    head: ModuleType = None
    reads: str = "every"

    def __post_init__(self):
        check_part("network", self.network)
        if self.head is None:
            object.__setattr__(self, "head", cross_entropy)
        if not hasattr(self.head, "loss_and_grad"):
            raise ValueError(
                f"head is {self.head!r}; expected a module with loss_and_grad"
            )
        arguments.choice("reads", self.reads, ("every", "last"))

    def init(self, rng, D, H, K, *, dtype=np.float64):
        """Draw the network's parameters, then the readout's.

        Parameters
        ----------
        rng : np.random.Generator
        D, H, K : sizes of the input, of the hidden layers, of the answer
        dtype : float64 or float32

        Returns
        -------
        dict: "network" and "readout"
        """
        network = self.network.init(rng, D, H, dtype=dtype)
        width = self.network.width(H)
        return {
            "network": network,
            "readout": readout.init(rng, width, K, dtype=dtype),
        }

    def outputs(self, params, xs, lengths=None):
        """Answer, without dropout.

        Parameters
        ----------
        params : from `init`
        xs : (T, B, D)
        lengths : (B,) ints from 1 to T, or None if all have length T

        Returns
        -------
        ys : (T', B, K), or (B, K) if the last is read

        Raises
        ------
        ValueError
            naming the part, the argument, its shape and the expected one
        """
        ys, *_ = self._forward(params, xs, lengths, None)
        return ys

    def loss_and_grads(self, params, batch, rng=None):
        """The loss of one batch, and the gradient of every parameter.

        Parameters
        ----------
        params : from `init`
        batch : (xs, targets), (xs, targets, lengths) or (xs, targets,
            lengths, counts): xs (T, B, D); targets and counts as the head
            takes them; None for lengths: all have length T; without counts,
            every step inside its sequence counts
        rng : np.random.Generator for dropout, or None: no dropout

        Returns
        -------
        loss : float
        grads : nested as params

        Raises
        ------
        ValueError
            naming the part, the argument, its shape and the expected one
        """
        if not 2 <= len(batch) <= 4:
            raise ValueError(
                f"batch has {len(batch)} parts; "
                "expected xs, targets, lengths, counts, or the first of them"
            )
        xs, targets, lengths, counts = (*batch, None, None)[:4]
        ys, read, hs, at, ends, tape = self._forward(params, xs, lengths, rng)
        if counts is None and self.reads == "every" and ends is not None:
            counts = inside(len(hs), ends)
        loss, dys = self.head.loss_and_grad(ys, targets, counts)
        dread, d_readout = readout.backward(params["readout"], read, dys)
        dhs = np.zeros_like(hs)
        dhs[at] = dread
        _, _, d_network = self.network.unroll_backward(
            params["network"], tape, dhs
        )
        return loss, {"network": d_network, "readout": d_readout}

    def _forward(self, params, xs, lengths, rng):
        """Return ys; what was read, of what, and where; lengths; the tape."""
        inner, outer = split("params", params, NAMES)
        xs, lengths = check_inputs(xs, lengths)
        hs, _, tape = self.network.unroll(inner, xs, None, lengths, rng)
        ends = self.network.output_lengths(lengths)
        at = slice(None)
        if self.reads == "last":
            B = xs.shape[1]
            last = np.full(B, len(hs)) if ends is None else ends
            at = last - 1, np.arange(B)
        return readout.forward(outer, hs[at]), hs[at], hs, at, ends, tape
