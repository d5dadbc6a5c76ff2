"""A scan is the loop, its backward is right, and it refuses in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse import gradcheck, scan

T, B, H = 5, 3, 7
LENGTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33]
METHODS = ("tree", "loop")
KINDS = ("real", "complex", "mixed", "matrix", "complex matrix")
every_kind = pytest.mark.parametrize("kind", KINDS)
every_method = pytest.mark.parametrize("method", METHODS)


def drawn(kind, sizes=(T, B, H), seed=0):
    """Return a, b and h_0 of that kind."""
    rng = np.random.default_rng(seed)
    T, B, H = sizes
    shape = (T, B, H, H) if "matrix" in kind else sizes
    a, b, h_0 = (
        rng.standard_normal(s) + 1j * rng.standard_normal(s)
        for s in (shape, sizes, (B, H))
    )
    if "matrix" in kind:
        a = a / np.sqrt(H)
    if kind == "mixed":
        return a.real, b, h_0.real
    if "complex" in kind:
        return a, b, h_0
    return a.real, b.real, h_0.real


def stepped(a, b, h_0, lengths=None):
    """The recurrence as one reads it, sequence by sequence."""
    hs = np.zeros(b.shape, np.result_type(a, b, h_0))
    for n in range(b.shape[1]):
        h = h_0[n]
        for t in range(len(b) if lengths is None else lengths[n]):
            h = (h @ a[t, n] if a.ndim == 4 else a[t, n] * h) + b[t, n]
            hs[t, n] = h
    return hs


@every_kind
@every_method
@pytest.mark.parametrize("steps", LENGTHS)
def test_all_states_are_the_loops(kind, method, steps):
    a, b, h_0 = drawn(kind, (steps, B, H))
    hs = scan.scan(a, b, h_0, method=method)
    assert hs.shape == (steps, B, H)
    np.testing.assert_allclose(hs, stepped(a, b, h_0), rtol=1e-9, atol=1e-10)
    zeros = np.zeros_like(h_0)
    np.testing.assert_array_equal(
        scan.scan(a, b, method=method), scan.scan(a, b, zeros, method=method)
    )


@every_kind
@every_method
def test_past_its_end_a_sequence_is_zero(kind, method):
    a, b, h_0 = drawn(kind)
    lengths = [5, 2, 1]
    hs = scan.scan(a, b, h_0, lengths, method)
    close = {"rtol": 1e-10, "atol": 1e-12}
    np.testing.assert_allclose(hs, stepped(a, b, h_0, lengths), **close)
    for n, length in enumerate(lengths):
        assert not hs[length:, n].any()
        alone = scan.scan(
            a[:length, n : n + 1],
            b[:length, n : n + 1],
            h_0[n : n + 1],
            method=method,
        )
        np.testing.assert_allclose(hs[:length, n : n + 1], alone, **close)


def split(arrays):
    """Complex arrays as pairs of real ones: what a check can move."""
    return {
        name: {"re": x.real.copy(), "im": x.imag.copy()}
        if np.iscomplexobj(x)
        else {"re": x}
        for name, x in arrays.items()
    }


def joined(halves):
    return {
        name: h["re"] + 1j * h["im"] if "im" in h else h["re"]
        for name, h in halves.items()
    }


class Case:
    """Coefficients, and a loss that reads all states."""

    def __init__(self, kind, method, sizes=(T, B, 2), lengths=None):
        a, b, h_0 = drawn(kind, sizes)
        self.arrays = {"a": a, "b": b, "h_0": h_0}
        self.more = lengths, method
        self.dhs = drawn(kind, sizes, seed=1)[1]

    def loss(self, halves):
        x = joined(halves)
        hs = scan.scan(x["a"], x["b"], x["h_0"], *self.more)
        return (hs * self.dhs.conj()).real.sum()

    def grads(self):
        a, b, h_0 = self.arrays.values()
        hs = scan.scan(a, b, h_0, *self.more)
        da, db, dh_0 = scan.scan_backward(a, hs, h_0, self.dhs, *self.more)
        return {"a": da, "b": db, "h_0": dh_0}

    def check(self, grads):
        return gradcheck.check(self.loss, split(self.arrays), split(grads))


@every_kind
@every_method
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_every_gradient_is_right(kind, method, lengths):
    case = Case(kind, method, lengths=lengths)
    report = case.check(case.grads())
    assert report, report
    assert report.error < 1e-8, report


@every_kind
@every_method
@pytest.mark.parametrize("sizes", [(1, 3, 2), (2, 1, 1), (4, 1, 3), (9, 2, 1)])
def test_gradients_at_the_corners(kind, method, sizes):
    case = Case(kind, method, sizes)
    report = case.check(case.grads())
    assert report, report


@every_kind
def test_one_percent_in_any_gradient_is_caught(kind):
    case = Case(kind, "tree", (4, 2, 3))
    right = case.grads()
    for name in right:
        report = case.check({**right, name: 1.01 * right[name]})
        assert not report
        assert report.error > 5e-3
        assert report.worst.split("/")[0] == name


@settings(deadline=None, max_examples=40, derandomize=True)
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 3), st.integers(1, 3)),
    st.sampled_from(KINDS),
    st.data(),
)
def test_tree_and_loop_agree_both_ways(sizes, kind, data):
    steps, batch, _ = sizes
    lengths = data.draw(
        st.none()
        | st.lists(st.integers(1, steps), min_size=batch, max_size=batch)
    )
    results = []
    for method in METHODS:
        a, b, h_0 = drawn(kind, sizes)
        a /= 1 + np.abs(a)  # products of larger ones differ by more
        dhs = drawn(kind, sizes, seed=1)[1]
        hs = scan.scan(a, b, h_0, lengths, method)
        back = scan.scan_backward(a, hs, h_0, dhs, lengths, method)
        results.append([hs, *back])
    for tree, loop in zip(*results, strict=True):
        np.testing.assert_allclose(tree, loop, rtol=1e-10, atol=1e-11)


@every_kind
@every_method
def test_twice_is_the_same_and_nothing_is_changed(kind, method):
    case = Case(kind, method, lengths=[5, 2, 1])
    copies = {name: x.copy() for name, x in case.arrays.items()}
    first, again = case.grads(), case.grads()
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
        np.testing.assert_array_equal(case.arrays[name], copies[name])
        assert first[name].shape == copies[name].shape


@every_method
@pytest.mark.parametrize(
    "dtypes, expected",
    [
        ("fff", "f"),
        ("ddd", "d"),
        ("fdd", "d"),
        ("fFf", "F"),
        ("DDD", "D"),
        ("ffF", "F"),
    ],
)
def test_the_dtype_is_what_numpy_makes_of_the_three(method, dtypes, expected):
    a, b, h_0 = (
        x.astype(d)
        for x, d in zip(drawn("real", (T, B, H)), dtypes, strict=True)
    )
    hs = scan.scan(a, b, h_0, method=method)
    assert hs.dtype == np.dtype(expected)
    da, db, dh_0 = scan.scan_backward(a, hs, h_0, hs, method=method)
    assert db.dtype == hs.dtype
    assert np.iscomplexobj(da) == np.iscomplexobj(a)
    assert np.iscomplexobj(dh_0) == np.iscomplexobj(h_0)


@every_kind
@every_method
@pytest.mark.parametrize("steps", [1, 7, 8, 9])
def test_in_32_bits_the_states_are_the_same_to_five_digits(
    kind, method, steps
):
    arrays = drawn(kind, (steps, B, H))
    wanted = stepped(*arrays)
    short = [
        x.astype(np.complex64 if np.iscomplexobj(x) else np.float32)
        for x in arrays
    ]
    hs = scan.scan(*short, method=method)
    assert hs.dtype in (np.float32, np.complex64)
    scale = np.abs(wanted).max()
    np.testing.assert_allclose(hs, wanted, rtol=0, atol=1e-5 * scale)


@every_kind
@every_method
@pytest.mark.parametrize("lengths", [None, [5, 2, 1]])
def test_the_same_as_torch(kind, method, lengths):
    torch = pytest.importorskip("torch")
    a, b, h_0 = drawn(kind)
    leaves = [torch.tensor(x, requires_grad=True) for x in (a, b, h_0)]
    ta, tb, h = leaves
    inside = np.full((T, B, 1), True)
    if lengths is not None:
        inside = np.arange(T)[:, None, None] < np.array(lengths)[:, None]
    kind_of_all = (ta[0, 0, 0].sum() + tb.sum() + h.sum()).dtype
    h, outputs = h.to(kind_of_all), []
    for t in range(T):
        x = ta[t].to(kind_of_all)
        after = (h[:, None] @ x)[:, 0] if a.ndim == 4 else x * h
        h = torch.where(torch.tensor(inside[t]), after + tb[t], h)
        outputs.append(torch.where(torch.tensor(inside[t]), h, 0 * h))
    dhs = drawn(kind, seed=1)[1]
    torch.stack(outputs).backward(torch.tensor(dhs))
    hs = scan.scan(a, b, h_0, lengths, method)
    grads = scan.scan_backward(a, hs, h_0, dhs, lengths, method)
    for ours, leaf in zip(grads, leaves, strict=True):
        theirs = leaf.grad.numpy()
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize(
    "kind, H, expected",
    [("real", 128, "tree"), ("real", 129, "loop"), ("matrix", 2, "loop")],
)
def test_small_steps_take_the_tree(monkeypatch, kind, H, expected):
    taken = []

    def noting(name, run):
        return lambda *given: taken.append(name) or run(*given)

    for name in METHODS:
        run = getattr(scan, f"_{name}")
        monkeypatch.setattr(scan, f"_{name}", noting(name, run))
    a, b, h_0 = drawn(kind, (4, 1, H))
    hs = scan.scan(a, b, h_0)
    scan.scan_backward(a, hs, h_0, b)
    assert set(taken) == {expected}


def test_numbers_that_only_the_loop_survives():
    """The tree multiplies the a's: 10 ** 512 is inf, and inf * 0 is NaN."""
    a, b = np.full((1024, 1, 1), 10.0), np.zeros((1024, 1, 1))
    assert not scan.scan(a, b, method="loop").any()
    with pytest.warns(RuntimeWarning):
        hs = scan.scan(a, b, method="tree")
    assert np.isnan(hs).any()


def test_what_lies_past_the_end_does_not_even_overflow():
    a, b = np.full((400, 2, 1), 10.0), np.ones((400, 2, 1))
    for method in METHODS:
        hs = scan.scan(a, b, lengths=[3, 1], method=method)
        np.testing.assert_allclose(hs[:3, 0, 0], [1, 11, 111])


def wrong(**changes):
    a, b, h_0 = drawn("real")
    given = {"a": a, "b": b, "h_0": h_0, "lengths": None, "method": "tree"}
    return {**given, **changes}


NAN = np.full((T, B, H), np.nan)
REFUSED = [
    ({"a": np.ones((T, B))}, r"a has shape (5, 3); expected (T, B, H)"),
    (
        {"a": np.ones((T, B, H, 2))},
        "a has shape (5, 3, 7, 2); expected (T, B, H, H)",
    ),
    ({"a": np.ones((T, B, H), int)}, "a has dtype int64; expected float"),
    ({"a": NAN}, "a contains NaN, first at [0, 0, 0]"),
    ({"a": 1j * NAN}, "a contains NaN, first at [0, 0, 0]"),
    ({"a": np.full((T, B, H), complex(0, np.inf))}, "a contains inf, first"),
    ({"b": NAN}, "b contains NaN, first at [0, 0, 0]"),
    ({"b": np.ones((T, B, 2))}, "b has shape (5, 3, 2); expected (5, 3, 7)"),
    ({"b": np.ones((0, B, H))}, "b has shape (0, 3, 7); expected (5, 3, 7)"),
    ({"h_0": np.ones(H)}, "h_0 has shape (7,); expected (3, 7)"),
    ({"h_0": np.full((B, H), np.inf)}, "h_0 contains inf"),
    ({"lengths": [5, 2]}, "lengths has shape (2,); expected (3,)"),
    ({"lengths": [5, 2, 0]}, "lengths contains 0 at [2]; expected integers"),
    ({"lengths": [6, 2, 1]}, "lengths contains 6 at [0]; expected integers"),
    ({"method": "fast"}, "method is 'fast'; expected one of tree, loop"),
]


@pytest.mark.parametrize("changes, message", REFUSED)
def test_it_says_what_does_not_fit(changes, message):
    with pytest.raises(ValueError) as error:
        scan.scan(**wrong(**changes))
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("name", ["hs", "dhs"])
def test_the_backward_says_so_too(name):
    a, b, h_0 = drawn("real")
    right = {"a": a, "hs": scan.scan(a, b, h_0), "h_0": h_0, "dhs": b}
    for value, message in [
        (NAN, "contains NaN"),
        (np.ones((T, B)), "has shape (5, 3); expected (5, 3, 7)"),
    ]:
        with pytest.raises(ValueError) as error:
            scan.scan_backward(**{**right, name: value})
        assert str(error.value).startswith(f"{name} {message}")


def test_the_depth_is_logarithmic_and_the_work_is_not_more():
    """Three products at every halving, each half as long as above."""
    rounds = []

    def counted(h, a):
        rounds.append(len(a))
        return h * a

    for steps in (2, 16, 17, 1024):
        rounds.clear()
        ones = np.ones((steps, 1, 1))
        scan._tree(ones, ones.copy(), counted)
        levels = int(np.log2(steps))
        assert len(rounds) == 3 * levels
        assert sum(rounds) <= 3 * steps
