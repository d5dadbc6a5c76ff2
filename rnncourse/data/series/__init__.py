"""Series in time: four that were measured, two that are made.

``read("sunspots")`` and its like come from small public-domain tables beside
this module (sources and licences: ``README.md`` there). `split`, `windows`
and `Scaler` turn a series into examples without a look into the future.
"""

from rnncourse.data.series._made import mackey_glass, random_walk
from rnncourse.data.series._prepare import fill, split, windows
from rnncourse.data.series._reading import NAMES, Series, read
from rnncourse.data.series._scaler import Scaler
from rnncourse.data.series._table import parse

__all__ = [
    "NAMES",
    "Scaler",
    "Series",
    "fill",
    "mackey_glass",
    "parse",
    "random_walk",
    "read",
    "split",
    "windows",
]
