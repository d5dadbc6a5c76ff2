"""A network that forecasts many steps: directly, step by step, or decoded."""

import numpy as np

from rnncourse import bptt
from rnncourse.heads import readout


class Network:
    """An encoder and a readout; a decoder of its own, or the same cell."""

    def __init__(self, cell, H, rng, outputs, decodes):
        self.cell, self.decodes = cell, decodes
        width = cell.width(H)
        self.params = {"network": cell.init(rng, 1, H, dtype=np.float32)}
        self.params["readout"] = readout.init(rng, width, outputs, np.float32)
        if decodes:
            self.params["decoder"] = cell.init(rng, 1, H, dtype=np.float32)

    def loss_and_grads(self, params, batch):
        """Squared error, the mean over what counts, and gradients.

        xs (T, B, 1), targets and counts (T, B, K). A decoder has fewer
        targets than there are steps: it reads the last ones, from the state
        in which the encoder has left the steps before.
        """
        xs, targets, counts = batch
        at = len(xs) - len(targets) if self.decodes else len(xs)
        hs, state, tape = bptt.unroll(self.cell, params["network"], xs[:at])
        if self.decodes:
            hs, _, inner = bptt.unroll(
                self.cell, params["decoder"], xs[at:], state
            )
        gaps = (readout.forward(params["readout"], hs) - targets) * counts
        dys = (2 / max(1, counts.sum()) * gaps).astype(hs.dtype)
        grads, dstate = {}, None
        dhs, grads["readout"] = readout.backward(params["readout"], hs, dys)
        if self.decodes:
            _, dstate, grads["decoder"] = bptt.unroll_backward(
                self.cell, params["decoder"], inner, dhs
            )
            dhs = np.zeros((at, *dhs.shape[1:]), dhs.dtype)
        _, _, grads["network"] = bptt.unroll_backward(
            self.cell, params["network"], tape, dhs, dstate
        )
        return float((dys * gaps).sum() / 2), grads

    def say(self, params, xs, K):
        """Forecast K steps from the end of each window, (B, K)."""
        state, cell = None, params["network"]
        if self.decodes:
            _, state, _ = bptt.unroll(self.cell, cell, xs[:-1])
            xs, cell = xs[-1:], params["decoder"]
        said = []
        while sum(y.shape[1] for y in said) < K:
            hs, state, _ = bptt.unroll(self.cell, cell, xs, state)
            said.append(readout.forward(params["readout"], hs[-1]))
            xs = said[-1][None, :, -1:]
        return np.concatenate(said, axis=1).astype(float)
