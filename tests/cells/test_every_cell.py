"""What holds for every cell: gradients, lengths, purity, refusals.

What `rnncourse.cells` exports is here by itself; other settings are added.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import bptt, cells, gradcheck

T, B, D, H = 5, 3, 2, 7
SMALL = {"K": 4, "S": 4, "N": 2}  # sizes beside D and H, where there are
CELLS = {
    name: value
    for name in cells.__all__
    if isinstance(value := getattr(cells, name), cells.Cell)
} | {  # and with other settings
    "Clockwork": cells.ClockworkCell((1, 2, 4)),
    "jordan-sigmoid": cells.JordanCell("sigmoid"),
    "jordan-tanh": cells.JordanCell("tanh"),
    "jordan-softmax": cells.JordanCell("softmax"),
    "StackRNN": cells.StackRNNCell(depth=4),
    "stack-plain": cells.StackRNNCell(
        depth=3, read=1, no_op=False, recurrent=False
    ),
    "ListRNN": cells.ListRNNCell(depth=3),
    "list-plain": cells.ListRNNCell(
        depth=3, read=3, no_op=False, recurrent=False
    ),
    "stack-argmax": cells.StackRNNCell(depth=4, argmax=True),
}
CELLS = {
    name: (cell, tuple(SMALL[size] for size in list(cell.sizes)[2:]))
    for name, cell in CELLS.items()
}
every_cell = pytest.mark.parametrize(
    "cell, more", CELLS.values(), ids=CELLS.keys()
)


class Case:
    """Random parameters, inputs, and a loss that reads all outputs."""

    def __init__(
        self, cell, more=(), sizes=(T, B, D, H), seed=0, lengths=None
    ):
        rng = np.random.default_rng(seed)
        T, B, D, H = sizes
        self.cell, self.lengths = cell, lengths
        params = cell.init(rng, D, H, *more)
        xs = rng.standard_normal((T, B, D))
        zeros = cell.zero_state(B, H, *more)
        state = tuple(draw_like(rng, cell, zeros))
        self.arrays = {"params": params, "xs": xs, "state": state}
        hs, state_T, _ = self.forward(self.arrays)
        self.dhs = rng.standard_normal(hs.shape)
        self.dstate_T = tuple(rng.standard_normal(s.shape) for s in state_T)

    def forward(self, a):
        return bptt.unroll(
            self.cell, a["params"], a["xs"], a["state"], self.lengths
        )

    def loss(self, a):
        hs, state_T, _ = self.forward(a)
        ends = zip(state_T, self.dstate_T, strict=True)
        return (hs * self.dhs).sum() + sum((s * d).sum() for s, d in ends)

    def grads(self):
        _, _, tape = self.forward(self.arrays)
        dxs, dstate_0, grads = bptt.unroll_backward(
            self.cell, self.arrays["params"], tape, self.dhs, self.dstate_T
        )
        return {"params": grads, "xs": dxs, "state": dstate_0}

    def check(self):
        return gradcheck.check(self.loss, self.arrays, self.grads())


def draw_like(rng, cell, zeros):
    return [rng.standard_normal(s.shape) for s in zeros]


def leaves(tree):
    return dict(gradcheck._leaves(tree))


@every_cell
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_every_gradient_is_right(cell, more, lengths):
    report = Case(cell, more, lengths=lengths).check()
    assert report, report
    assert report.error < 1e-8, report


@every_cell
@pytest.mark.parametrize("sizes", [(1, 3, 2, 7), (5, 1, 2, 7), (1, 1, 1, 1)])
def test_gradients_of_one_step_and_of_one_sequence(cell, more, sizes):
    report = Case(cell, more, sizes).check()
    assert report, report


@every_cell
@settings(deadline=None, max_examples=10, derandomize=True)
@given(st.data())
def test_gradients_at_any_size(cell, more, data):
    sizes = data.draw(st.tuples(*[st.integers(1, n) for n in (6, 4, 4, 6)]))
    sizes_more = tuple(data.draw(st.integers(1, 5)) for _ in more)
    lengths = data.draw(
        st.none()
        | st.lists(
            st.integers(1, sizes[0]), min_size=sizes[1], max_size=sizes[1]
        )
    )
    case = Case(cell, sizes_more, sizes, seed=1, lengths=lengths)
    report = case.check()
    assert report, report


@every_cell
def test_one_percent_in_any_gradient_is_caught(cell, more):
    case = Case(cell, more)
    everything, grads = leaves(case.arrays), leaves(case.grads())
    assert everything.keys() == grads.keys()
    for name, a in everything.items():
        here = a.copy()

        def loss(moved, a=a, here=here):
            a[...] = moved["one"]
            value = case.loss(case.arrays)
            a[...] = here
            return value

        wrong = 1.01 * grads[name]
        if not wrong.any():  # true of the choice of a maximum
            wrong = np.full_like(wrong, 0.01)
        planted = {"one": wrong}
        report = gradcheck.check(loss, {"one": here}, planted)
        assert not report, name
        assert report.error > 5e-3
        rng = np.random.default_rng(0)
        assert not gradcheck.check_direction(loss, {"one": here}, planted, rng)


@every_cell
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_twice_is_the_same_and_nothing_is_changed(cell, more, lengths):
    case = Case(cell, more, lengths=lengths)
    copy = {name: a.copy() for name, a in leaves(case.arrays).items()}
    ends = leaves((case.dhs, case.dstate_T))
    ends_copy = {name: a.copy() for name, a in ends.items()}
    hs, state_T, tape = case.forward(case.arrays)
    hs_copy = hs.copy()
    args = cell, case.arrays["params"], tape, case.dhs, case.dstate_T
    first = leaves(bptt.unroll_backward(*args))
    again = leaves(bptt.unroll_backward(*args))
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
    hs_again, state_again, _ = case.forward(case.arrays)
    np.testing.assert_array_equal(hs, hs_again)
    np.testing.assert_array_equal(hs, hs_copy)
    for s, s_again in zip(state_T, state_again, strict=True):
        np.testing.assert_array_equal(s, s_again)
    for name, a in leaves(case.arrays).items():
        np.testing.assert_array_equal(a, copy[name])
    for name, a in ends.items():
        np.testing.assert_array_equal(a, ends_copy[name])


@every_cell
def test_grads_have_the_keys_shapes_and_dtype_of_params(cell, more):
    rng = np.random.default_rng(0)
    for dtype in (np.float32, np.float64):
        params = cell.init(rng, D, H, *more, dtype=dtype)
        xs = rng.standard_normal((T, B, D))
        hs, state_T, tape = bptt.unroll(cell, params, xs)
        dxs, dstate_0, grads = bptt.unroll_backward(
            cell, params, tape, np.ones_like(hs)
        )
        assert grads.keys() == params.keys()
        for name in grads:
            assert grads[name].shape == params[name].shape
        arrays = [hs, dxs, *state_T, *dstate_0, *grads.values()]
        assert {a.dtype for a in arrays} == {np.dtype(dtype)}


@every_cell
def test_padding_changes_nothing(cell, more):
    """Padded, or one by one without padding: equal numbers."""
    lengths = [5, 2, 1]
    case = Case(cell, more, lengths=lengths)
    a = case.arrays
    hs, state_T, _ = case.forward(a)
    padded = case.grads()
    total = {name: 0 for name in a["params"]}
    for b, n in enumerate(lengths):
        one = Case(cell, more, (n, 1, D, H))
        one.arrays = {
            "params": a["params"],
            "xs": a["xs"][:n, b : b + 1],
            "state": tuple(s[b : b + 1] for s in a["state"]),
        }
        one.dhs = case.dhs[:n, b : b + 1]
        one.dstate_T = tuple(d[b : b + 1] for d in case.dstate_T)
        hs_one, state_one, _ = one.forward(one.arrays)
        np.testing.assert_allclose(hs[:n, b : b + 1], hs_one, rtol=1e-12)
        assert not hs[n:, b].any()
        for s, s_one in zip(state_T, state_one, strict=True):
            np.testing.assert_allclose(s[b : b + 1], s_one, rtol=1e-12)
        grads = one.grads()
        close = {"rtol": 1e-10, "atol": 1e-12}
        np.testing.assert_allclose(
            padded["xs"][:n, b : b + 1], grads["xs"], **close
        )
        assert not padded["xs"][n:, b].any()
        for s, s_one in zip(padded["state"], grads["state"], strict=True):
            np.testing.assert_allclose(s[b : b + 1], s_one, **close)
        for name in total:
            total[name] = total[name] + grads["params"][name]
    for name in total:
        np.testing.assert_allclose(
            padded["params"][name], total[name], **close
        )


@every_cell
def test_two_halves_make_a_whole(cell, more):
    """State in, state out: the second half continues where the first ends."""
    case = Case(cell, more)
    a = case.arrays
    hs, state_T, _ = case.forward(a)
    first, state, _ = bptt.unroll(cell, a["params"], a["xs"][:2], a["state"])
    second, state, _ = bptt.unroll(cell, a["params"], a["xs"][2:], state)
    np.testing.assert_allclose(np.concatenate([first, second]), hs)
    for s, s_T in zip(state, state_T, strict=True):
        np.testing.assert_allclose(s, s_T)


@every_cell
def test_gates_on_the_tape_have_names(cell, more):
    _, _, tape = Case(cell, more).forward(Case(cell, more).arrays)
    assert tuple(tape.gates) == cell.gates
    for gate in tape.gates.values():
        assert gate.shape[:2] == (T, B)
    assert list(tape.states) == list(cell.states)
    for s, first in zip(
        tape.states.values(), cell.zero_state(B, H, *more), strict=True
    ):
        assert s.shape == (T + 1, *first.shape)


@every_cell
def test_unknown_missing_and_misshapen_parameters(cell, more):
    case = Case(cell, more)
    a = case.arrays
    for name, right in list(a["params"].items()):
        wrongs = {
            f"params has an unknown name 'odd_{name}'": {f"odd_{name}": right},
            f"params lacks '{name}'": None,
            f"{name} has shape": {name: np.ones(right.shape + (2,))},
            f"{name} has dtype int64": {name: np.ones(right.shape, int)},
            f"{name} contains NaN": {name: np.full(right.shape, np.nan)},
            f"{name} contains inf": {name: np.full(right.shape, np.inf)},
        }
        for message, wrong in wrongs.items():
            params = {**a["params"], **(wrong or {})}
            if wrong is None:
                del params[name]
            with pytest.raises(ValueError) as error:
                bptt.unroll(cell, params, a["xs"])
            assert str(error.value).startswith(message)


@every_cell
@pytest.mark.parametrize("every", [None, 1, 2, 4, 9])
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_checkpoints_change_no_gradient(cell, more, every, lengths):
    case = Case(cell, more, lengths=lengths)
    a = case.arrays
    arguments = cell, a["params"], a["xs"], a["state"], lengths
    hs, state_T, tape = bptt.unroll(*arguments)
    hs_c, state_c, tape_c = bptt.checkpointed(*arguments, every)
    np.testing.assert_allclose(hs, hs_c, rtol=1e-12, atol=1e-14)
    for s, s_c in zip(state_T, state_c, strict=True):
        np.testing.assert_allclose(s, s_c, rtol=1e-12, atol=1e-14)
    ends = case.dhs, case.dstate_T
    grads = leaves(bptt.unroll_backward(cell, a["params"], tape, *ends))
    for _ in range(2):
        grads_c = bptt.unroll_backward(cell, a["params"], tape_c, *ends)
        assert leaves(grads_c).keys() == grads.keys()
        for name, g in leaves(grads_c).items():
            np.testing.assert_allclose(
                g, grads[name], rtol=1e-10, atol=1e-12, err_msg=name
            )


@every_cell
def test_truncation_is_windows_with_the_state_carried_on(cell, more):
    case = Case(cell, more)
    a = case.arrays
    whole, state_T, _ = case.forward(a)
    steps = bptt.truncated(cell, a["params"], a["xs"], 2, a["state"])
    seen, state = [], a["state"]
    for window, hs, after, tape in steps:
        alone, _, tape_alone = bptt.unroll(
            cell, a["params"], a["xs"][window], state
        )
        dhs = case.dhs[window]
        one = bptt.unroll_backward(cell, a["params"], tape, dhs)
        two = bptt.unroll_backward(cell, a["params"], tape_alone, dhs)
        for name, g in leaves(one).items():
            np.testing.assert_array_equal(g, leaves(two)[name])
        seen.append(hs)
        state = after
    np.testing.assert_allclose(np.concatenate(seen), whole, rtol=1e-12)
    for s, s_T in zip(state, state_T, strict=True):
        np.testing.assert_allclose(s, s_T, rtol=1e-12)
