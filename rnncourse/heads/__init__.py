"""Heads turn states into predictions and predictions into a loss.

One module each, every forward function with its backward beneath.
"""

from rnncourse.heads import (
    attention,
    cross_entropy,
    ctc,
    ctc_decoding,
    readout,
    squared_error,
)

__all__ = [
    "attention",
    "cross_entropy",
    "ctc",
    "ctc_decoding",
    "readout",
    "squared_error",
]
