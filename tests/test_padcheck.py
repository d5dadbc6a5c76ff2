"""What leaks is found and named; what does not leak passes."""

import numpy as np
import pytest

from rnncourse import padcheck
from rnncourse.cells import GRU, LSTM, RNN
from rnncourse.networks import (
    Bidirectional,
    Stacked,
    pyramidal,
    reverse,
)

T, B, D, H = 5, 3, 2, 7
LENGTHS = np.array([5, 1, 4])


def rng(seed=0):
    return np.random.default_rng(seed)


def inputs():
    xs = rng(1).normal(size=(T, B, D))
    xs[np.arange(T)[:, None] >= LENGTHS] = 0
    return xs


def outputs(network, params):
    def run(xs, lengths):
        hs, _, _ = network.unroll(params, xs, lengths=lengths)
        ends = network.output_lengths(lengths)
        return [hs[:n, b] for b, n in enumerate(ends)]

    return run


@pytest.mark.parametrize(
    "network",
    [
        RNN,
        Bidirectional(LSTM),
        Bidirectional(GRU, "sum"),
        Stacked(Bidirectional(RNN), GRU, residual=False),
        pyramidal(Bidirectional(RNN), RNN, RNN),
    ],
    ids=str,
)
def test_the_package_does_not_leak(network):
    params = network.init(rng(), D, H)
    xs = inputs()
    before = xs.copy()
    for _ in range(2):
        report = padcheck.check(outputs(network, params), xs, LENGTHS, rng())
        assert report and max(report.errors.values()) < 1e-12
    np.testing.assert_array_equal(xs, before)
    assert "padding does not leak" in str(report)


def leaky(kind, params):
    """Networks with one fault each."""

    def run(xs, lengths):
        if kind == "last step":
            hs, _, _ = RNN.unroll(params["forward"], xs)
            return list(hs[-1])
        if kind == "reversed with its pads":
            bs, _, _ = RNN.unroll(params["backward"], xs[::-1])
            return [bs[::-1][:n, b] for b, n in enumerate(lengths)]
        if kind == "mean over pads":
            hs, _, _ = RNN.unroll(params["forward"], xs, lengths=lengths)
            return list(hs.mean(axis=0))
        assert kind == "noise alone"  # pads add, and zeros add nothing
        return list(xs.sum(axis=0))

    return run


@pytest.mark.parametrize(
    "kind, silent",
    [
        ("last step", []),
        ("reversed with its pads", []),
        ("mean over pads", []),
        ("noise alone", ["in a batch", "more pads"]),
    ],
)
def test_each_leak_is_found(kind, silent):
    params = Bidirectional(RNN).init(rng(), D, H)
    report = padcheck.check(leaky(kind, params), inputs(), LENGTHS, rng())
    assert not report
    for name, error in report.errors.items():
        assert (error < 1e-12) == (name in silent)
    assert f"LEAKS: {report.worst}: sequence {report.sequence}" in str(report)


def test_a_small_leak_is_found_and_its_sequence_named():
    def run(xs, lengths):
        return [
            xs[:n, b].sum() + 1e-6 * (b == 1) * xs[n:, b].sum()
            for b, n in enumerate(lengths)
        ]

    report = padcheck.check(run, inputs(), LENGTHS, rng())
    assert not report and report.sequence == 1
    assert report.worst == "noise in pads"
    assert padcheck.check(run, inputs(), LENGTHS, rng(), tolerance=1e-4)


def test_ids_get_ids_as_noise():
    ids = np.array([[1, 4], [2, 0], [3, 0]])
    seen = []

    def run(xs, lengths):
        seen.append(xs)
        assert xs.dtype.kind == "i"
        return list(reverse(xs, lengths).sum(axis=0))

    report = padcheck.check(run, ids, [3, 1], rng(3))
    assert not report and set(np.unique(seen[3])) <= {0, 1, 2, 3, 4}


def test_another_shape_and_nan_are_infinitely_wrong():
    report = padcheck.check(
        lambda xs, lengths: list(xs.swapaxes(0, 1)), inputs(), LENGTHS, rng()
    )
    assert report.errors["in a batch"] == np.inf
    report = padcheck.check(
        lambda xs, n: [np.full(2, np.nan)] * len(n), inputs(), LENGTHS, rng()
    )
    assert not report


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="lengths"):
        padcheck.check(lambda xs, n: list(xs[0]), inputs(), [5, 0, 4], rng())
    with pytest.raises(ValueError, match="returned 5 results; expected 1"):
        padcheck.check(lambda xs, n: [0] * 5, inputs(), LENGTHS, rng())


def test_results_of_few_bits_differ_as_far_as_they_do():
    xs = np.array([[[1], [2]], [[250], [0]]], np.uint8)

    def total(xs, lengths):
        return list(np.where(xs > 9, 3, xs)[0].astype(np.uint8))

    def padded(xs, lengths):
        return [np.uint8(255 if len(xs) > 2 else 1)] * len(lengths)

    assert padcheck.check(total, xs, [2, 1], np.random.default_rng(0))
    report = padcheck.check(padded, xs, [2, 1], np.random.default_rng(0))
    assert report.errors["more pads"] == 254

    def right(xs, lengths):  # booleans have no difference of their own
        return [xs[n - 1, b] > 9 for b, n in enumerate(lengths)]

    assert padcheck.check(right, xs, [2, 1], np.random.default_rng(0))


@pytest.mark.parametrize(
    "options, message",
    [
        (dict(xs=np.ones(3)), r"^xs has shape \(3,\) and dtype float64"),
        (dict(xs=np.ones((2, 2), complex)), "^xs has .* dtype complex128"),
        (dict(xs=np.ma.ones((2, 2, 1))), "^xs is a masked array"),
        (dict(rng=0), "^rng is 0; expected a generator"),
        (dict(tolerance=np.nan), "^tolerance is nan; expected"),
        (dict(tolerance="1"), "^tolerance is '1'; expected"),
        (dict(more=-1), "^more is -1; expected"),
        (dict(run=lambda xs, lengths: ["a"] * len(lengths)), "^run returned"),
        (dict(run=lambda xs, lengths: [[1, [2]]] * len(lengths)), "is ragged"),
    ],
)
def test_what_is_refused(options, message):
    given = dict(
        run=lambda xs, lengths: [xs[0, b] for b in range(len(lengths))],
        xs=np.ones((2, 2, 1)), lengths=[2, 1], rng=np.random.default_rng(0),
    ) | options  # fmt: skip
    with pytest.raises(ValueError, match=message):
        padcheck.check(**given)
