"""The cells of the course. Each is a value that `rnncourse.bptt` unrolls."""

from rnncourse.cells._cell import Cell
from rnncourse.cells.jordan import Jordan, jordan
from rnncourse.cells.rnn import RNN, RNN_RELU

__all__ = ["RNN", "RNN_RELU", "Cell", "Jordan", "jordan"]
