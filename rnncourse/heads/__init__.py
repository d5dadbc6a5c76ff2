"""Heads turn states into predictions and predictions into a loss.

One module each, every forward function with its backward beneath. Attention,
which reads many states at once, has its parts here too.
"""

from rnncourse.heads import (
    additive_attention,
    attention,
    cache,
    cross_entropy,
    ctc,
    ctc_decoding,
    dot_product,
    layer_norm,
    masks,
    positions,
    readout,
    self_attention,
    squared_error,
)

__all__ = [
    "additive_attention",
    "attention",
    "cache",
    "cross_entropy",
    "ctc",
    "ctc_decoding",
    "dot_product",
    "layer_norm",
    "masks",
    "positions",
    "readout",
    "self_attention",
    "squared_error",
]
