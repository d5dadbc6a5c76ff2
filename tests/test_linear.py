"""A linear cell by the scan is the cell by the loop, both ways."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import bptt, cells, gradcheck, linear
from rnncourse.networks import Stacked

T, B, D, H = 5, 3, 2, 7
CELLS = {
    "LeakySum": cells.LeakySum,
    "LRU": cells.LRU,
    "MinGRU": cells.MinGRU,
    "MinLSTM": cells.MinLSTM,
}
every_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS.keys())
every_method = pytest.mark.parametrize("method", ["tree", "loop", None])
CLOSE = {"rtol": 1e-10, "atol": 1e-11}


class Case:
    """Random parameters, inputs and gradients from above."""

    def __init__(self, cell, sizes=(T, B, D, H), lengths=None, seed=0):
        rng = np.random.default_rng(seed)
        T, B, D, H = sizes
        width = cell.width(H)
        self.cell, self.lengths = cell, lengths
        self.params = cell.init(rng, D, H)
        self.xs = rng.standard_normal((T, B, D))
        self.state = (rng.standard_normal((B, width)),)
        self.dhs = rng.standard_normal((T, B, width))
        self.dstate_T = (rng.standard_normal((B, width)),)

    def arguments(self):
        return self.cell, self.params, self.xs, self.state, self.lengths

    def by_loop(self):
        hs, state_T, tape = bptt.unroll(*self.arguments())
        return hs, state_T, tape, self.back(bptt.unroll_backward, tape)

    def by_scan(self, method=None):
        hs, state_T, tape = linear.unroll(*self.arguments(), method)
        back = self.back(linear.unroll_backward, tape, method)
        return hs, state_T, tape, back

    def back(self, unroll_backward, tape, *more):
        return unroll_backward(
            self.cell, self.params, tape, self.dhs, self.dstate_T, *more
        )


def leaves(tree):
    return dict(gradcheck._leaves(tree))


def assert_close(one, other):
    one, other = leaves(one), leaves(other)
    assert one.keys() == other.keys()
    for name, a in one.items():
        np.testing.assert_allclose(a, other[name], err_msg=name, **CLOSE)


@every_cell
@every_method
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_the_scan_is_the_loop(cell, method, lengths):
    case = Case(cell, lengths=lengths)
    loop, scan = case.by_loop(), case.by_scan(method)
    for k in 0, 1, 3:
        assert_close(loop[k], scan[k])
    assert_close(loop[2].states, scan[2].states)
    inside = np.ones((T, B, 1)) if lengths is None else ~scan[2].done
    for name, kept in loop[2].kept.items():
        ours = scan[2].kept[name]
        np.testing.assert_allclose(ours * inside, kept * inside, **CLOSE)


@every_cell
@settings(deadline=None, max_examples=20, derandomize=True)
@given(st.data())
def test_the_scan_is_the_loop_at_any_size(cell, data):
    sizes = data.draw(st.tuples(*[st.integers(1, n) for n in (35, 4, 4, 6)]))
    lengths = data.draw(
        st.none()
        | st.lists(
            st.integers(1, sizes[0]), min_size=sizes[1], max_size=sizes[1]
        )
    )
    case = Case(cell, sizes, lengths)
    loop, scan = case.by_loop(), case.by_scan("tree")
    for k in 0, 1, 3:
        assert_close(loop[k], scan[k])


@every_cell
def test_either_backward_reads_either_tape(cell):
    case = Case(cell, lengths=[5, 2, 1])
    _, _, of_loop, back = case.by_loop()
    _, _, of_scan, _ = case.by_scan()
    assert_close(case.back(linear.unroll_backward, of_loop), back)
    assert_close(case.back(bptt.unroll_backward, of_scan), back)


@every_cell
def test_gradients_by_differences(cell):
    case = Case(cell, lengths=[5, 2, 1])
    arrays = {"params": case.params, "xs": case.xs, "state": case.state}

    def loss(a):
        hs, (h_T,), _ = linear.unroll(
            cell, a["params"], a["xs"], a["state"], case.lengths
        )
        return (hs * case.dhs).sum() + (h_T * case.dstate_T[0]).sum()

    dxs, dstate_0, grads = case.by_scan()[3]
    right = {"params": grads, "xs": dxs, "state": dstate_0}
    report = gradcheck.check(loss, arrays, right)
    assert report.error < 1e-8, report
    for name in grads:
        wrong = {**right, "params": {**grads, name: 1.01 * grads[name]}}
        assert not gradcheck.check(loss, arrays, wrong), name


@every_cell
def test_twice_is_the_same_and_nothing_is_changed(cell):
    case = Case(cell, lengths=[5, 2, 1])
    before = copy.deepcopy(case)
    first, again = case.by_scan(), case.by_scan()
    for k in 0, 1, 3:
        for name, a in leaves(first[k]).items():
            np.testing.assert_array_equal(a, leaves(again[k])[name])
    assert not first[0].flags.writeable
    for name in "params", "xs", "state", "dhs", "dstate_T":
        for part, a in leaves(getattr(case, name)).items():
            kept = leaves(getattr(before, name))[part]
            np.testing.assert_array_equal(a, kept)


@every_cell
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_everything_has_the_dtype_of_the_parameters(cell, dtype):
    params = cell.init(np.random.default_rng(0), D, H, dtype=dtype)
    hs, state_T, tape = linear.unroll(cell, params, np.ones((T, B, D)))
    back = linear.unroll_backward(cell, params, tape, np.ones_like(hs))
    arrays = [hs, *state_T, *leaves(back).values()]
    assert {a.dtype for a in arrays} == {np.dtype(dtype)}


@every_cell
def test_in_a_network_it_is_scanned(cell):
    net = Stacked(cell, cells.RNN, cell)
    rng = np.random.default_rng(0)
    params, xs = net.init(rng, D, H), rng.standard_normal((T, B, D))
    hs, _, tape = net.unroll(params, xs, lengths=[5, 2, 1])
    below = xs
    for name, layer in zip(params, (cell, cells.RNN, cell), strict=True):
        below, _, _ = bptt.unroll(layer, params[name], below, None, [5, 2, 1])
    np.testing.assert_allclose(hs, below, **CLOSE)
    dhs = rng.standard_normal(hs.shape)
    _, _, grads = net.unroll_backward(params, tape, dhs)

    def loss(params):
        return (net.unroll(params, xs, lengths=[5, 2, 1])[0] * dhs).sum()

    assert gradcheck.check_direction(loss, params, grads, rng)


@every_cell
def test_a_tape_can_be_sent(cell):
    case = Case(cell)
    _, _, tape, back = case.by_scan()
    again = pickle.loads(pickle.dumps(tape))
    assert again == tape
    assert_close(case.back(linear.unroll_backward, again), back)


def test_what_is_not_linear_is_refused():
    params = cells.GRU.init(np.random.default_rng(0), D, H)
    xs = np.zeros((T, B, D))
    hs, _, tape = bptt.unroll(cells.GRU, params, xs)
    message = "cell is GRU; expected one that is linear in its state"
    with pytest.raises(ValueError, match=message):
        linear.unroll(cells.GRU, params, xs)
    with pytest.raises(ValueError, match=message):
        linear.unroll_backward(cells.GRU, params, tape, hs)


def test_refusals():
    case = Case(cells.MinGRU)
    params, xs = case.params, case.xs
    _, _, tape = linear.unroll(cells.MinGRU, params, xs)
    nan = {**params, "W_xz": np.full((D, H), np.nan)}
    for call, message in [
        (lambda: linear.unroll(cells.MinGRU, nan, xs), "W_xz contains NaN"),
        (lambda: linear.unroll(cells.MinGRU, params, xs[0]), "xs has shape"),
        (
            lambda: linear.unroll(cells.MinGRU, params, xs, method="fast"),
            "method is 'fast'",
        ),
        (
            lambda: linear.unroll(cells.MinGRU, params, xs, lengths=[9, 1, 1]),
            "lengths contains 9",
        ),
        (
            lambda: linear.unroll_backward(cells.LRU, params, tape, xs),
            "tape is not from",
        ),
        (
            lambda: linear.unroll_backward(cells.MinGRU, params, tape, xs),
            "dhs has shape",
        ),
    ]:
        with pytest.raises(ValueError, match=message):
            call()


@pytest.mark.parametrize("cell", [cells.LeakySumCell, cells.LRUCell])
def test_units_that_would_explode_are_refused(cell):
    for r in (1.0, 1.5):
        with pytest.raises(ValueError, match=f"r_max is {r}; expected it bel"):
            cell(r_max=r)
    with pytest.raises(ValueError, match="r_min is 1; expected it below 1"):
        cell(r_min=1)
    with pytest.raises(ValueError, match="r_min is -0.1; expected a number"):
        cell(r_min=-0.1)
    with pytest.raises(ValueError, match="r_max is 0.3; expected more than"):
        cell(r_min=0.6, r_max=0.3)


def test_the_ring_is_where_it_was_asked_for():
    cell = cells.LRUCell(r_min=0.8, r_max=0.95, phase=np.pi / 10)
    params = cell.init(np.random.default_rng(0), D, 2000)
    a, scale = cell.eigenvalues(params)
    assert 0.8 <= abs(a).min() < 0.81 and 0.94 < abs(a).max() <= 0.95
    angle = np.angle(a)
    assert 0 <= angle.min() < 0.01 and 0.3 < angle.max() <= np.pi / 10
    middle = np.sqrt((0.8**2 + 0.95**2) / 2)  # halves the ring's area
    assert abs(np.mean(abs(a) < middle) - 0.5) < 0.03
    np.testing.assert_allclose(scale**2 + abs(a) ** 2, 1)


def test_the_leaks_are_where_they_were_asked_for():
    cell = cells.LeakySumCell(r_min=0.9, r_max=0.99)
    keep = cell.init(np.random.default_rng(0), D, 2000)["keep"]
    a = 1 / (1 + np.exp(-keep))
    assert 0.9 <= a.min() < 0.901 and 0.9899 < a.max() <= 0.99
    middle = 1 - np.sqrt(0.1 * 0.01)
    assert abs(np.mean(a < middle) - 0.5) < 0.03


def test_noise_keeps_its_size_in_a_linear_recurrent_unit():
    """What the factor of the inputs is for, whatever the size of a."""
    cell = cells.LRUCell(r_min=0.5, r_max=0.99)
    rng = np.random.default_rng(0)
    params = cell.init(rng, 1, 50)
    xs = rng.standard_normal((2000, 50, 1))
    hs, _, _ = linear.unroll(cell, params, xs)
    size = np.sqrt(np.mean(abs(cell.read(hs[1000:])) ** 2, axis=(0, 1)))
    wanted = np.hypot(params["W_re"][0], params["W_im"][0])
    np.testing.assert_allclose(size, wanted, rtol=0.1)
