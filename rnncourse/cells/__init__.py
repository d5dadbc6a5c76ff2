"""The cells of the course. Each is a value that `rnncourse.bptt` unrolls."""

from rnncourse.cells._cell import Cell
from rnncourse.cells.clockwork import Clockwork, clockwork
from rnncourse.cells.gru import GRU
from rnncourse.cells.jordan import Jordan, jordan
from rnncourse.cells.lstm import LSTM
from rnncourse.cells.peephole import PeepholeLSTM
from rnncourse.cells.rnn import RNN, RNN_RELU

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "RNN_RELU",
    "Cell",
    "Clockwork",
    "Jordan",
    "PeepholeLSTM",
    "clockwork",
    "jordan",
]
