"""Diagrams of every architecture of the course, in one visual language.

Each function draws one diagram by code and returns a `Picture` that
notebooks display::

    diagrams.unrolled(T=4)
"""

from rnncourse.diagrams._matrices import batched_projection, concatenation
from rnncourse.diagrams._recurrent import (
    elman,
    elman_and_jordan,
    feed_forward_and_recurrent,
    jordan,
    unrolled,
)
from rnncourse.diagrams._walk import remembered, walk

__all__ = [
    "batched_projection",
    "concatenation",
    "elman",
    "elman_and_jordan",
    "feed_forward_and_recurrent",
    "jordan",
    "remembered",
    "unrolled",
    "walk",
]
