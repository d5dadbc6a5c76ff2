"""Diagrams of every architecture of the course, in one visual language.

Each function draws one diagram by code and returns a
`rnncourse.pictures.picture.Picture` that notebooks display::

    diagrams.unrolled(T=4)
"""

from rnncourse.pictures.diagrams._attention import attention_block, looking
from rnncourse.pictures.diagrams._backward import gradient_walk
from rnncourse.pictures.diagrams._gated import (
    gate,
    gru,
    lstm,
    lstm_now,
)
from rnncourse.pictures.diagrams._language import language
from rnncourse.pictures.diagrams._lattice import ctc_lattice
from rnncourse.pictures.diagrams._lstm import lstm_chain, lstm_step
from rnncourse.pictures.diagrams._matrices import (
    batched_projection,
    concatenation,
)
from rnncourse.pictures.diagrams._memories import clockwork, scrn
from rnncourse.pictures.diagrams._networks import (
    bidirectional,
    encoder_decoder,
    pyramid,
    stacked,
)
from rnncourse.pictures.diagrams._recurrent import (
    elman,
    elman_and_jordan,
    feed_forward_and_recurrent,
    jordan,
    unrolled,
)
from rnncourse.pictures.diagrams._scan import linear_step, scan_tree
from rnncourse.pictures.diagrams._stack import stack, stack_walk
from rnncourse.pictures.diagrams._stretches import columns, origins
from rnncourse.pictures.diagrams._tasks import tasks
from rnncourse.pictures.diagrams._tree import tree
from rnncourse.pictures.diagrams._walk import remembered, walk

__all__ = [
    "attention_block",
    "batched_projection",
    "bidirectional",
    "clockwork",
    "columns",
    "concatenation",
    "ctc_lattice",
    "elman",
    "elman_and_jordan",
    "encoder_decoder",
    "feed_forward_and_recurrent",
    "gate",
    "gradient_walk",
    "gru",
    "jordan",
    "language",
    "linear_step",
    "looking",
    "lstm",
    "lstm_chain",
    "lstm_now",
    "lstm_step",
    "origins",
    "pyramid",
    "remembered",
    "scan_tree",
    "scrn",
    "stack",
    "stack_walk",
    "stacked",
    "tasks",
    "tree",
    "unrolled",
    "walk",
]
