"""The cells of the course. Each is a value that `rnncourse.bptt` unrolls.

A cell without settings is ready: ``LSTM``. One with settings is a class to
be called, ``ClockworkCell((1, 2, 4))``, and ready with the usual ones:
``Clockwork``.
"""

from rnncourse.cells._cell import Cell
from rnncourse.cells._gated import Gated
from rnncourse.cells._linear import Linear
from rnncourse.cells.clockwork import Clockwork, ClockworkCell
from rnncourse.cells.gru import GRU, GRUCell
from rnncourse.cells.gru_before import GRUBeforeCell, GRUCho, GRUChung
from rnncourse.cells.jordan import Jordan, JordanCell
from rnncourse.cells.leaky import LeakySum, LeakySumCell
from rnncourse.cells.linked_list import ListRNN, ListRNNCell
from rnncourse.cells.lru import LRU, LRUCell
from rnncourse.cells.lstm import LSTM, LSTMCell
from rnncourse.cells.min_gated import (
    MinGRU,
    MinGRUCell,
    MinLSTM,
    MinLSTMCell,
)
from rnncourse.cells.peephole import PeepholeLSTM, PeepholeLSTMCell
from rnncourse.cells.rnn import RNN, RNN_RELU, RNNCell
from rnncourse.cells.scrn import SCRN, SCRNCell
from rnncourse.cells.stack import StackRNN, StackRNNCell

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "RNN_RELU",
    "SCRN",
    "Cell",
    "Clockwork",
    "ClockworkCell",
    "GRUBeforeCell",
    "GRUCell",
    "GRUCho",
    "GRUChung",
    "Gated",
    "Jordan",
    "JordanCell",
    "LSTMCell",
    "ListRNN",
    "ListRNNCell",
    "PeepholeLSTM",
    "PeepholeLSTMCell",
    "RNNCell",
    "SCRNCell",
    "StackRNN",
    "StackRNNCell",
    "LeakySum",
    "LeakySumCell",
    "LRU",
    "LRUCell",
    "MinGRU",
    "MinGRUCell",
    "MinLSTM",
    "MinLSTMCell",
    "Linear",
]
