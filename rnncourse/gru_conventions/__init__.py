"""How papers and libraries write a GRU down: their arrays to ours and back.

They disagree in four things: which end of z keeps the past, whether h is
reset before or after its matrix, how many biases there are, and the order in
which the gates stand in an array. All but the reset can be converted without
a change of the network.

A convention's weights are a dict with the library's own names. Ours are those
of `rnncourse.cells.GRU` (reset after) or `rnncourse.cells.GRUCho` (before).
"""

from rnncourse.gru_conventions._convention import (
    Convention,
    convert,
    reset,
)
from rnncourse.gru_conventions._libraries import (
    EQUINOX,
    FLAX,
    KERAS,
    KERAS_BEFORE,
    ONNX,
    ONNX_BEFORE,
    TORCH,
)
from rnncourse.gru_conventions._papers import (
    CHO,
    CHUNG,
    D2L,
    HAIKU,
    MAKEMORE,
    N4,
)

#: All of them, those that reset after the product first.
CONVENTIONS = (
    TORCH, EQUINOX, FLAX, KERAS, ONNX,
    KERAS_BEFORE, ONNX_BEFORE, CHO, D2L, HAIKU, CHUNG, MAKEMORE, N4,
)  # fmt: skip

__all__ = [
    "CHO",
    "CHUNG",
    "CONVENTIONS",
    "D2L",
    "EQUINOX",
    "FLAX",
    "HAIKU",
    "KERAS",
    "KERAS_BEFORE",
    "MAKEMORE",
    "N4",
    "ONNX",
    "ONNX_BEFORE",
    "TORCH",
    "Convention",
    "convert",
    "reset",
]
