"""Series: read as they are, cut in time, scaled by the training part."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from rnncourse.data import series
from rnncourse.data.series import _made, _reading


def rng(seed=0):
    return np.random.default_rng(seed)


def refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@pytest.mark.parametrize(
    "name, D, first, last, gaps",
    [
        ("sunspots", 1, ("1700", 5), ("2008", 2.9), 0),
        ("elnino", 1, ("1950-01", 23.11), ("2010-12", 22.07), 0),
        ("co2", 1, ("1958-03-29", 316.1), ("2001-12-29", 371.5), 59),
        ("weather", 4, ("2012-01-01", 12.8), ("2015-12-31", 5.6), 0),
    ],
)
def test_a_measured_series_is_whole(name, D, first, last, gaps):
    read, again = series.read(name), series.read(name)
    N = len(read.times)
    assert read.values.shape == (N, D) and len(read.columns) == D
    for at, (time, value) in [(0, first), (-1, last)]:
        assert str(read.times[at]) == time and read.values[at, 0] == value
    assert np.isnan(read.values).sum() == gaps
    assert len(set(np.diff(read.times))) == 1  # equally far apart
    np.testing.assert_array_equal(read.values, again.values)
    read.column(read.columns[0])[:] = 0
    np.testing.assert_array_equal(read.values, again.values)


def test_the_months_follow_one_another():
    elnino = series.read("elnino")
    line = (Path(_reading.__file__).parent / "elnino.csv").read_text()
    second = [float(x) for x in line.splitlines()[2].split(",")]
    np.testing.assert_array_equal(elnino.values[12:24, 0], second[1:])
    assert str(elnino.times[12]) == f"{second[0]:.0f}-01"


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    folder = Path(_reading.__file__).parent
    for path in folder.glob("*.csv"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(_reading, "__file__", str(tmp_path / "_reading.py"))
    path = tmp_path / "sunspots.csv"
    windows_lines = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(windows_lines)
    assert len(series.read("sunspots").times) == 309
    path.write_bytes(windows_lines.replace(b"1701,11", b"1701,12"))
    refused(lambda: series.read("sunspots"), "sunspots.csv has the SHA-256")


def test_a_table_with_gaps():
    times, values = series.parse("t,a,b\n1,2,x\n\n2, ,y\n", ["a"])
    assert times == ["1", "2"]
    np.testing.assert_array_equal(values, [[2], [np.nan]])


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "rain.csv has no column 'mm'; expected it among none"),
        ("day,cm\n1,2\n", "no column 'mm'; expected it among day, cm"),
        ("day,mm\n", "rain.csv has no rows"),
        ("day,mm\n1,2\n2\n", "rain.csv, line 3 has 1 fields; expected 2"),
        ("day,mm\n1,2\n2,wet\n", "line 3, column mm is 'wet'"),
        ("day,mm\n1,2\n\n2,wet\n", "line 4, column mm is 'wet'"),
        ("day,mm\n1,nan\n", "line 2, column mm is 'nan'"),
        ("day,mm\n1,inf\n", "line 2, column mm is 'inf'"),
    ],
)
def test_a_bad_table_says_where(text, said):
    refused(lambda: series.parse(text, ["mm"], "rain.csv"), said)


@pytest.mark.parametrize("shape", [(50,), (50, 3)])
def test_parts_follow_one_another(shape):
    values = rng().normal(size=shape)
    before = values.copy()
    parts = series.split(values, valid=0.1, test=0.3)
    assert [len(part) for part in parts] == [30, 5, 15]
    np.testing.assert_array_equal(np.concatenate(parts), values)
    train, valid, test = series.split(values, 0.1, 0.3, context=7)
    np.testing.assert_array_equal(train, values[:30])
    np.testing.assert_array_equal(valid, values[23:35])
    np.testing.assert_array_equal(test, values[28:])
    np.testing.assert_array_equal(values, before)


def test_a_later_part_changes_nothing_in_training():
    values = rng().normal(size=50)
    other = values.copy()
    other[30:] = 99
    T = 4
    for part in range(2):
        one, two = [
            series.split(v, valid=0.2, test=0.2, context=T)[part][T:]
            for v in (values, other)
        ]
        assert (one == two).all() == (part == 0)
    scalers = [series.Scaler.of(series.split(v)[0]) for v in (values, other)]
    assert scalers[0].mean == scalers[1].mean
    assert scalers[0].std == scalers[1].std


@pytest.mark.parametrize("T, horizon, D", [(5, 1, 2), (1, 1, 1), (3, 4, 2)])
def test_windows_are_neighbours(T, horizon, D):
    values = rng().normal(size=(11, D))
    xs, targets = series.windows(values, T, horizon)
    n = 11 - T - horizon + 1
    assert xs.shape == (T, n, D) and targets.shape == (horizon, n, D)
    for b in range(n):
        np.testing.assert_array_equal(xs[:, b], values[b : b + T])
        after = values[b + T : b + T + horizon]
        np.testing.assert_array_equal(targets[:, b], after)
    flat, _ = series.windows(values[:, 0], T, horizon)
    np.testing.assert_array_equal(flat, xs[..., :1])


def test_windows_whose_target_was_not_measured_are_left_out():
    filled, known = series.fill(
        np.array([[1.0], [np.nan], [3.0], [4.0], [np.nan]])
    )
    xs, targets = series.windows(filled, 1, known=known[:, 0])
    np.testing.assert_array_equal(xs[0, :, 0], [1, 3])
    np.testing.assert_array_equal(targets[0, :, 0], [3, 4])


def test_a_gap_is_filled_from_the_past_alone():
    values = rng().normal(size=(20, 2))
    values[3, 0] = values[7:9, 1] = np.nan
    before = values.copy()
    filled, known = series.fill(values)
    assert not known[3, 0] and known.sum() == 37
    assert filled[3, 0] == values[2, 0]
    assert (filled[7:9, 1] == values[6, 1]).all()
    np.testing.assert_array_equal(filled[known], values[known])
    np.testing.assert_array_equal(series.fill(values[:8])[0], filled[:8])
    np.testing.assert_array_equal(values, before)


@pytest.mark.parametrize("shape", [(50,), (50, 3), (50, 1)])
def test_a_scaler_there_and_back(shape):
    values = 5 + 3 * rng().normal(size=shape)
    scaler = series.Scaler.of(values)
    scaled = scaler.apply(values)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1)
    np.testing.assert_allclose(scaler.undo(scaled), values)


def test_a_walk_has_steps_that_nothing_foretells():
    steps = np.diff(series.random_walk(rng(), 20001))
    assert abs(steps.mean()) < 0.03 and abs(steps.std() - 1) < 0.03
    assert abs(np.corrcoef(steps[1:], steps[:-1])[0, 1]) < 0.03


def test_mackey_glass_is_the_same_with_half_the_step():
    fine = _made._integrate(1.2, 4000, 340, h=0.05)[340::2]
    coarse = _made._integrate(1.2, 2000, 170)[170:]
    assert np.ptp(coarse) > 0.5
    np.testing.assert_allclose(coarse, fine[: len(coarse)], atol=2e-3)


def test_mackey_glass_where_the_answer_is_known():
    decays = _made._integrate(1.0, 100, 1, gain=0.0)[1:]
    wanted = np.exp(-0.1 * 0.1 * np.arange(101))
    np.testing.assert_allclose(decays, wanted, rtol=1e-4)
    still = _made._integrate(1.0, 100, 170)  # 0.2 / 2 is fed, 0.1 is lost
    np.testing.assert_allclose(still, 1.0, rtol=1e-12)


def test_mackey_glass_is_sampled_as_asked():
    often = series.mackey_glass(rng(), 25, every=1)
    seldom = series.mackey_glass(rng(), 5, every=6)
    np.testing.assert_array_equal(often[::6], seldom)
    assert 0.1 < often.min() and often.max() < 1.5
    assert (series.mackey_glass(rng(1), 5) != seldom).any()


def test_nonsense_arguments_are_named():
    v, gap = np.arange(10.0), np.array([1.0, np.nan])
    many, two = np.ones((4, 2)), np.array([[1.0, 2.0], [2.0, 2.0]])
    none, some = np.zeros(10, bool), np.ones(9, bool)
    for call, said in [
        (lambda: series.read("moon"), "name is 'moon'; expected one of sun"),
        (lambda: series.read("co2").column("CO"), "name is 'CO'"),
        (lambda: series.split(v, valid=0), "valid is 0; expected 0 <"),
        (lambda: series.split(v, test=1), "test is 1; expected 0 < test"),
        (lambda: series.split(v, 0.5, 0.5), "which gives 0 for training"),
        (lambda: series.split(v[:2]), "values has 2 steps"),
        (lambda: series.split(v, context=7), "context, 7, for training"),
        (lambda: series.split(v, context=-1), "context is -1"),
        (lambda: series.split([[[1.0]]]), "values has shape"),
        (lambda: series.windows(gap, 1), r"values has a gap \(NaN\) at \[1"),
        (lambda: series.windows(v, 0), "T is 0"),
        (lambda: series.windows(v, 5, 0), "horizon is 0"),
        (lambda: series.windows(v, 10), "least T . horizon, 11"),
        (lambda: series.windows(v, 2, known=some), "known has shape"),
        (lambda: series.windows(v, 2, known=v), "known has dtype float64"),
        (lambda: series.windows(v, 2, known=none), "known leaves no window"),
        (lambda: series.windows(np.arange(9), 2), "values has dtype int"),
        (lambda: series.fill(gap[::-1]), "values begins with a gap"),
        (lambda: series.Scaler.of(many), "column 0 of train is constant"),
        (lambda: series.Scaler.of(two), "column 1 of train is constant"),
        (lambda: series.Scaler.of(many[:, 0]), "^train is constant"),
        (lambda: series.Scaler.of(gap), "train has a gap"),
        (lambda: series.random_walk(0, 5), "rng is 0"),
        (lambda: series.random_walk(rng(), 0), "N is 0"),
        (lambda: series.mackey_glass(rng(), 5, 0), "every is 0"),
        (lambda: series.mackey_glass(rng(), 5, delay=0), "delay is 0"),
    ]:
        refused(call, said)
