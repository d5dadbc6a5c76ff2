"""Encoder–decoders that the tests of two files go through."""

import numpy as np
import pytest
from network_cases import (
    B,
    D,
    H,
    T,
    draw,
)

from rnncourse.cells import LSTM, RNN
from rnncourse.networks import (
    Bidirectional,
    EncoderDecoder,
    Stacked,
    pyramidal,
)

K, L = 4, 3
TARGETS = np.array([[1, 3, 2], [2, 0, 2], [3, 0, 0]])
TARGET_LENGTHS = np.array([3, 1, 2])
MODELS = {
    "plain": EncoderDecoder(RNN, RNN),
    "attention": EncoderDecoder(RNN, RNN, attention=True),
    "LSTM": EncoderDecoder(LSTM, LSTM, attention=True),
    "attention alone": EncoderDecoder(
        Bidirectional(RNN), RNN, attention=True, hand_over=False
    ),
    "deep": EncoderDecoder(
        Stacked(RNN, RNN, dropout=0.5), Stacked(RNN, RNN, residual=True)
    ),
    "pyramid": EncoderDecoder(
        pyramidal(Bidirectional(RNN), RNN),
        Stacked(RNN, RNN),
        attention=True,
        hand_over=False,
    ),
}
every = pytest.mark.parametrize("name", MODELS)


class Case:
    """A model, its inputs, and a loss that reads all its logits."""

    def __init__(self, model, seed, T=T, B=B, D=D, H=H, U=4, padded=False):
        rng = np.random.default_rng(seed)
        self.model = model
        self.lengths = rng.integers(1, T + 1, B) if padded else None
        self.token_lengths = rng.integers(1, U + 1, B) if padded else None
        self.arrays = {
            "params": model.init(rng, D, H, K),
            "xs": rng.normal(size=(T, B, D)),
            "state": draw(rng, model.encoder.zero_state(B, H)),
        }
        self.tokens = rng.integers(0, K, (U, B))
        self.dlogits = rng.normal(size=(U, B, K))

    def unroll(self, arrays):
        return self.model.unroll(
            **arrays,
            tokens=self.tokens,
            lengths=self.lengths,
            token_lengths=self.token_lengths,
            rng=np.random.default_rng(9),
        )

    def loss(self, arrays):
        return np.sum(self.unroll(arrays)[0] * self.dlogits)

    def grads(self):
        _, _, tape = self.unroll(self.arrays)
        dxs, dstate_0, grads = self.model.unroll_backward(
            self.arrays["params"], tape, self.dlogits
        )
        return {"params": grads, "xs": dxs, "state": dstate_0}
