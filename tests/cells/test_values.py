"""Cells, networks and their tapes are values: equal, copied, pickled."""

import copy
import pickle

import numpy as np
import pytest

from rnncourse import bptt, cells
from rnncourse.networks import Bidirectional, EncoderDecoder, Stacked

T, B, D, H = 5, 3, 2, 7
CELLS = [
    getattr(cells, name)
    for name in cells.__all__
    if isinstance(getattr(cells, name), cells.Cell)
]
CELLS += [
    cells.ClockworkCell((1, 3)),
    cells.JordanCell("softmax"),
    cells.SCRNCell(0.5),
    cells.StackRNNCell(depth=4, no_op=False),
    cells.ListRNNCell(depth=4, no_op=False),
]
NETWORKS = [
    Stacked(cells.LSTM, Bidirectional(cells.GRU), dropout=0.5),
    Bidirectional(cells.ClockworkCell((1, 2)), "sum"),
]
copies = pytest.mark.parametrize(
    "again",
    [copy.deepcopy, copy.copy, lambda a: pickle.loads(pickle.dumps(a))],
    ids=["deepcopy", "copy", "pickle"],
)


@copies
@pytest.mark.parametrize("value", CELLS + NETWORKS, ids=repr)
def test_a_copy_is_equal_and_hashes_alike(value, again):
    other = again(value)
    assert other == value and hash(other) == hash(value)
    assert repr(other) == repr(value)


def test_values_with_other_settings_differ():
    for k, one in enumerate(CELLS):
        twins = [repr(o) for o in CELLS[:k] + CELLS[k + 1 :] if o == one]
        assert not twins, one
    assert Stacked(cells.LSTM) != Stacked(cells.GRU)
    assert Stacked(cells.LSTM) != Stacked(cells.LSTM, dropout=0.1)
    assert cells.LSTMCell() == cells.LSTM != cells.PeepholeLSTM


def test_a_cell_with_its_usual_settings_is_written_by_its_name():
    ready = {x for x in cells.__all__ if not isinstance(vars(cells)[x], type)}
    unusual = {"RNN_RELU", "GRUCho", "GRUChung"}
    assert {repr(getattr(cells, x)) for x in ready} >= ready - unusual


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_a_cell_is_written_as_it_is_made(cell):
    assert eval(repr(cell), vars(cells)) == cell


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_no_setting_can_be_changed(cell):
    with pytest.raises(AttributeError):
        cell.periods = (1,)


@copies
@pytest.mark.parametrize("network", CELLS + NETWORKS, ids=repr)
def test_a_tape_serves_its_copies(network, again):
    rng = np.random.default_rng(0)
    params, xs = network.init(rng, D, H), rng.normal(size=(T, B, D))
    dropout = np.random.default_rng(1)
    hs, _, tape = network.unroll(params, xs, lengths=[5, 2, 1], rng=dropout)
    other = again(tape)
    assert other == tape
    right = network.unroll_backward(params, tape, np.ones_like(hs))
    wrong = again(network).unroll_backward(params, other, np.ones_like(hs))
    np.testing.assert_array_equal(right[0], wrong[0])


def test_tapes_of_other_inputs_differ():
    params = cells.LSTM.init(np.random.default_rng(0), D, H)
    xs = np.zeros((T, B, D))
    _, _, one = bptt.unroll(cells.LSTM, params, xs)
    _, _, other = bptt.unroll(cells.LSTM, params, xs + 1)
    _, _, third = bptt.unroll(cells.LSTM, params, xs)
    _, _, few = bptt.checkpointed(cells.LSTM, params, xs)
    assert one != other and one == third and one != few
    assert few == bptt.checkpointed(cells.LSTM, params, xs)[2] != "few"


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_a_cell_keeps_the_contract_of_a_network(cell):
    rng = np.random.default_rng(0)
    params, xs = cell.init(rng, D, H), rng.normal(size=(T, B, D))
    hs, _, tape = bptt.unroll(cell, params, xs, lengths=[5, 2, 1])
    again, _, _ = cell.unroll(params, xs, lengths=[5, 2, 1])
    close = {"rtol": 1e-10, "atol": 1e-12}  # a linear cell may scan
    np.testing.assert_allclose(hs, again, **close)
    assert hs.shape == (T, B, cell.width(H))
    assert cell.output_lengths(None) is None and cell.causal
    one = bptt.unroll_backward(cell, params, tape, hs)
    two = cell.unroll_backward(params, tape, hs)
    np.testing.assert_allclose(one[0], two[0], **close)


def test_what_is_no_cell_is_told_what_to_call():
    params, xs = {}, np.zeros((T, B, D))
    wrongs = {
        r"^cell is Stacked\(.*a network; call its own methods": Stacked(
            cells.LSTM
        ),
        r"^cell is the class LSTMCell; expected LSTMCell\(...\)$": (
            cells.LSTMCell
        ),
        r"^cell is None; expected a cell such as LSTM$": None,
        r"^cell is 'LSTM'; expected a cell": "LSTM",
        r"^cell is EncoderDecoder\(.*network.unroll": EncoderDecoder(
            cells.RNN, cells.RNN
        ),
    }
    for message, wrong in wrongs.items():
        for call in (bptt.unroll, bptt.checkpointed):
            with pytest.raises(ValueError, match=message):
                call(wrong, params, xs)
        with pytest.raises(ValueError, match=message):
            bptt.unroll_backward(wrong, params, None, xs)
    with pytest.raises(ValueError, match="^layer0 is the class LSTMCell"):
        Stacked(cells.LSTMCell)
    with pytest.raises(ValueError, match="^layer is 'LSTM', neither a cell"):
        Bidirectional("LSTM")
