"""Numbers: tables recognised, rivals scored, forecasts kept and graded."""

import base64
import json
import subprocess
import sys

import numpy as np
import pytest

from rnncourse import forecast, workbench
from rnncourse import params as parameters
from rnncourse.data import series
from rnncourse.workbench import NumbersSession, Settings, read_table

SMALL = Settings("gru", H=6, T=8, B=9, rate=0.01)
COLUMN = [f"{np.sin(k / 3):.3f}" for k in range(80)]


def table(*rows, copies=80):
    return "\n".join([*rows[:-1], *[rows[-1]] * copies])


@pytest.mark.parametrize(
    "given, words",
    [
        ("", "nothing here"),
        ("1.5", "one row"),
        ("value\n1.5", "1 rows"),
        (table("word"), "no column of numbers"),
        (table("a,b", "x,y"), "no column of numbers"),
        (b"\x89PNG\0\xff" * 99, "not a text"),
        ("1\n" * 100_002, "at most 100,000"),
        ("1\n" * 1_000_000, "1,000,000 rows"),
        (table("1;2", "1;2;3"), "Row 2 has 3 fields"),
    ],
    ids=range(9),
)
def test_what_is_no_series_is_refused_in_a_sentence(given, words):
    with pytest.raises(ValueError, match=words) as caught:
        read_table(given)
    assert str(caught.value)[-1] == "."


@pytest.mark.parametrize(
    "given, separator, decimal, header, dates, names",
    [
        ("\n".join(COLUMN), "", ".", False, None, ["column 1"]),
        (table("co2", "1.5"), "", ".", True, None, ["co2"]),
        (table("1,5"), "", ",", False, None, ["column 1"]),
        (table("day,x", "2020-01-02,7"), ",", ".", True, "day", ["x"]),
        (table("Tag;x;y", "02.01.2020;1,5;8"), ";", ",", True, "Tag",
         ["x", "y"]),
        (table("a\tb\tc", "1.5\tword\t3"), "\t", ".", True, None, ["a", "c"]),
        (table("a,b", '"Ulm, Main",2'), ",", ".", True, None, ["b"]),
        (table("2020/01;1.234,5"), ";", ",", False, "column 1", ["column 2"]),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_table_is_recognised(
    given, separator, decimal, header, dates, names
):
    found = read_table(given)
    assert (found.separator, found.decimal) == (separator, decimal)
    assert (found.header, found.dates) == (header, dates)
    assert list(found.columns) == names
    assert len(found.columns[names[0]]) == 80
    assert "80 rows" in found.about()


def test_gaps_are_counted_and_numbers_read():
    found = read_table("x\n" + "\n".join(["1.5", "NA", "", "-2e3"] * 30))
    assert np.nansum(found.columns["x"]) == 30 * (1.5 - 2000)
    assert "gaps: 30 in x" in found.about()  # an empty line is none
    thousand = read_table(table("x;y", "1.234,5;2"))
    assert thousand.columns["x"][0] == 1234.5


def wave(N=400):
    rng = np.random.default_rng(0)
    return np.sin(np.arange(N) / 4) + 0.1 * rng.normal(size=N)


def test_it_learns_to_beat_persistence():
    session = NumbersSession(wave(), 3, 25, SMALL)
    list(session.run(300))
    rivals = session.rivals()
    assert session.curve[-1]["error"] < 0.7 * rivals[0]["valid"]
    verdict = session.verdict(rivals)
    assert 0.3 < verdict["coverage"] <= 1 and verdict["error"] > 0
    assert "best rival" in verdict["sentence"]


def test_a_random_walk_is_copied_and_it_says_so():
    walk = np.random.default_rng(1).normal(size=600).cumsum()
    session = NumbersSession(walk, settings=SMALL)
    list(session.run(50))
    verdict = session.verdict(session.rivals())
    assert verdict["lag"] == 1
    assert "repeats what was 1 step before" in verdict["sentence"]


def test_the_rivals_are_those_of_the_chapter():
    values = series.read("sunspots").column("sunspots")
    session = NumbersSession(values, 1, 11, SMALL)
    test = forecast.rolling_origin(
        values, forecast.persistence, session.first["test"]
    )
    found = session.rivals()[0]
    expected = forecast.mae(test.forecasts, test.targets)
    assert found["test"] == pytest.approx(expected, rel=1e-12)


def test_the_test_part_is_not_looked_at_in_training():
    values, other = wave(), wave()
    other[-80:] = 100.0
    sessions = [NumbersSession(v, settings=SMALL) for v in (values, other)]
    curves = []
    for session in sessions:
        list(session.run(60))
        curves.append([p["error"] for p in session.curve])
    assert curves[0] == curves[1]


def test_a_session_that_was_saved_goes_on_as_if_not():
    whole, first = (NumbersSession(wave(), settings=SMALL) for _ in "ab")
    one = [x["loss"] for x in whole.run(60) if x["kind"] == "update"]
    list(first.run(23))
    second = NumbersSession.load(first.save())
    rest = [x["loss"] for x in second.run(37) if x["kind"] == "update"]
    assert rest == one[23:] and second.best[0] == whole.best[0]


@pytest.mark.parametrize("form", ["script", "notebook"])
@pytest.mark.parametrize("horizon, layers, updates", [(1, 2, 100), (3, 1, 73)])
def test_the_export_gives_the_same_numbers(
    tmp_path, form, horizon, layers, updates
):
    values = wave()
    values[7:9] = np.nan  # the script is given what the gaps were filled with
    settings = Settings("lstm", H=6, layers=layers, T=8, B=9, rate=0.02)
    session = NumbersSession(values, horizon, 25, settings, 'a "column"')
    list(session.run(updates))
    code = getattr(workbench, form)(session)
    if form == "notebook":
        cells = json.loads(code)["cells"]
        parts = [c["source"] for c in cells if c["cell_type"] == "code"]
        code = "\n".join(parts)
    (tmp_path / "workbench-numbers.txt").write_text(session.source())
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *looks, test = [line.split() for line in done.stdout.splitlines()]
    found = {int(line[0]): float(line[2]) for line in looks}
    assert list(found) == [p["updates"] for p in session.curve[1:]]
    for point in session.curve[1:]:
        assert abs(found[point["updates"]] - point["error"]) < 1e-6
    error = session.verdict(session.rivals())["error"]
    assert abs(float(test[-1]) - error) < 1e-6


def test_the_weights_are_those_that_the_test_looks_at(tmp_path):
    session = NumbersSession(wave(), settings=SMALL)
    list(session.run(73))
    (tmp_path / "w.npz").write_bytes(session.weights())
    read = parameters.load(tmp_path / "w.npz")
    said = session.forecasts("valid", read)[..., 1]
    error = forecast.mae(said, session.targets("valid"))
    assert error == session.best[0]


@pytest.mark.parametrize(
    "values, words",
    [
        (np.ones(200), "does not change"),
        (np.full(200, np.nan), "no numbers"),
        (wave(40), "too few"),
    ],
    ids=range(3),
)
def test_a_series_that_teaches_nothing_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        NumbersSession(values, 10, 1, SMALL)


def test_gaps_and_a_hundred_thousand_rows_work():
    values = np.tile(wave(1000), 100)
    values[:3] = values[500:600] = np.nan
    session = NumbersSession(values, 2, 25, SMALL)
    list(session.run(2))
    assert len(session.rivals()) == 3


def test_the_desk_forecasts_what_is_there_to_begin_with():
    def ask(do, **more):
        asked = {"do": do, "at": "numbers", **more}
        said = json.loads(workbench.answer(json.dumps(asked)))
        return said["ok"]

    assert "309 rows" in ask("table")["about"]
    opened = ask(
        "numbers", column="sunspots", horizon=2, season=11,
        settings={"cell": "tanh", "H": 4, "T": 12},
    )  # fmt: skip
    assert opened["steps"] == 309
    assert ask("train", until=5)["looks"][0]["error"] > 0
    rivals = ask("rivals")
    assert "best rival" in ask("grade", rivals=rivals)["sentence"]
    drawn = ask("forecast")
    assert len(drawn["said"][0]) == len(drawn["at"]) == len(drawn["came"])
    script = base64.b64decode(ask("script")).decode()
    assert script.startswith('"""sunspots: a tanh')
    again = ask("open", file=ask("save"))
    assert again["updates"] >= 5 and (again["horizon"], again["season"]) == (
        2,
        11,
    )
    assert again["table"]["columns"] == {
        "sunspots": [5.0, 11.0, 16.0, 23.0, 36.0]
    }
    # its series can be trained on anew, with other choices
    anew = ask(
        "numbers", column="sunspots", horizon=1, season=1,
        settings={"cell": "gru", "H": 3},
    )  # fmt: skip
    assert anew["updates"] == 0 and anew["steps"] == 309
