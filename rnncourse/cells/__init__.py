"""The cells of the course. Each is a value that `rnncourse.bptt` unrolls."""

from rnncourse.cells._cell import Cell
from rnncourse.cells.clockwork import Clockwork, clockwork
from rnncourse.cells.gru import GRU
from rnncourse.cells.gru_before import GRUCho, GRUChung, gru_reset_before
from rnncourse.cells.jordan import Jordan, jordan
from rnncourse.cells.lstm import LSTM
from rnncourse.cells.peephole import PeepholeLSTM
from rnncourse.cells.rnn import RNN, RNN_RELU
from rnncourse.cells.scrn import SCRN, scrn
from rnncourse.cells.stack import StackRNN, stack_rnn

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "RNN_RELU",
    "SCRN",
    "Cell",
    "Clockwork",
    "GRUCho",
    "GRUChung",
    "Jordan",
    "PeepholeLSTM",
    "StackRNN",
    "clockwork",
    "gru_reset_before",
    "jordan",
    "scrn",
    "stack_rnn",
]
