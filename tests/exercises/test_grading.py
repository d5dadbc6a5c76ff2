"""A class is graded: whatever was handed in, to the end, and only once."""

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from rnncourse.exercises import __main__ as commands
from rnncourse.exercises import chapters, grading, handed_in
from rnncourse.exercises.isolation import processes
from rnncourse.exercises.pages import notebook

STEP, LATCH = chapters.find("rnn.elman_step"), chapters.find("rnn.latch")
HEAD = "def elman_step(x, h, W_xh, W_hh, b):\n    "
KNOWN = {STEP.id, LATCH.id}
OUTSIDE = Path(tempfile.gettempdir(), "x_of_answer")
HOSTILE = {
    "endless": ("while True: pass", "on and on"),
    "forking": ("import os\n    while True: os.fork()", "no more processes"),
    "huge": ("return np.ones(10**10)", "more memory"),
    "writing": (f"open({str(OUTSIDE)!r}, 'w')", "in its own folder"),
    "lying": (
        "print('Correct.')\n    import os\n    os._exit(0)",
        "cannot be",
    ),
    "wrong": ("return h", "every number differs"),
}


def hand_in(folder):
    """Write what a small class may hand in; return {(student, id): word}."""
    expected = {}
    for name, (body, words) in HOSTILE.items():
        (folder / name).mkdir(parents=True)
        (folder / name / f"{STEP.id}.py").write_text(
            f"import os\n{HEAD}{body}"
        )
        expected[name, STEP.id] = words
    (folder / "ada").mkdir()
    (folder / "ada" / f"{STEP.id}.py").write_text(STEP.solution)
    answers = {LATCH.id: {"code": LATCH.solution, "solved": True},
               STEP.id: {"code": "not this one"}}  # fmt: skip
    file = {"course": "rnncourse", "version": 1, "answers": answers}
    (folder / "ada" / "answers.json").write_text(json.dumps(file))
    answers = {LATCH.id: {"solved": True}, STEP.id: {"code": STEP.starter}}
    (folder / "bob.json").write_text(json.dumps({"answers": answers}))
    expected |= {("ada", STEP.id): "whole network", ("ada", LATCH.id): "swi",
                 ("bob", STEP.id): "in place of the dots"}  # fmt: skip
    return expected


def test_every_layout_is_read(tmp_path):
    expected = hand_in(tmp_path)
    cells = notebook.cells(LATCH)
    cells[1]["source"] = ["x = 1\n", "y = 2"]
    (tmp_path / "cy.ipynb").write_text(json.dumps({"cells": cells}))
    (tmp_path / "dee").mkdir()
    (tmp_path / "dee" / f"{STEP.id}.py").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "dee" / f"{LATCH.id}.py").write_text("x" * 200_000)
    (tmp_path / "dee" / "helpers.py").write_text("x = 1")
    (tmp_path / "dee" / "broken.json").write_text("{")
    (tmp_path / "dee" / "other.json").write_text("[3]")
    os.symlink(tmp_path / "ada", tmp_path / "eve")
    answers, passed = handed_in.read(tmp_path, KNOWN)
    found = {(a.student, a.id): a for a in answers}
    new = {("cy", LATCH.id), ("dee", STEP.id), ("dee", LATCH.id)}
    assert set(found) == set(expected) | new
    assert list(found) == sorted(found)
    assert found["ada", STEP.id].text == STEP.solution  # its own file counts
    assert found["cy", LATCH.id].text == "x = 1\ny = 2"
    assert "UTF-8" in found["dee", STEP.id].problem
    assert "100,000 letters" in found["dee", LATCH.id].problem
    assert len({a.fingerprint for a in answers}) == len(answers)
    assert len(passed) == 3
    assert "no exercise 'helpers'" in " ".join(passed)


def test_a_class_is_graded_and_nothing_is_left(tmp_path, capsys):
    expected = hand_in(tmp_path / "class")
    path = tmp_path / "grades.csv"
    words = ["grade", str(tmp_path / "class"), "--to", str(path)]
    assert commands.main([*words, "--jobs", "2"]) == 0
    said = capsys.readouterr().out
    rows = grading.rows_of(path)
    assert {(r["student"], r["exercise"]) for r in rows} == set(expected)
    for row in rows:
        who = row["student"]
        assert expected[who, row["exercise"]] in row["sentence"], row
        outcome = {"ada": "correct", "bob": "not attempted"}
        assert row["outcome"] == outcome.get(who, "not yet"), row
        assert float(row["seconds"]) >= 0
    assert f"{STEP.id}: 1 of 8 correct, 1 not attempted" in said
    assert "1 × Your code went on and on" in said
    assert "3 × something else" in said
    assert "9 rows" in said and not OUTSIDE.exists()
    assert sorted(x.name for x in tmp_path.iterdir()) == [
        "class",
        "grades.csv",
    ]

    # again: nothing is checked twice but what has changed
    before = path.read_bytes()
    assert commands.main(words) == 0
    assert "9 rows were there before" in capsys.readouterr().out
    assert path.read_bytes() == before
    (tmp_path / "class" / "wrong" / f"{STEP.id}.py").write_text(STEP.solution)
    assert commands.main(words) == 0
    assert "8 rows were there before" in capsys.readouterr().out
    changed = [r for r in grading.rows_of(path) if r["student"] == "wrong"]
    assert [row["outcome"] for row in changed] == ["correct"]


@pytest.mark.skipif(os.name == "nt", reason="ends it with a signal")
def test_what_was_killed_half_way_goes_on(tmp_path):
    for i in range(6):
        (tmp_path / f"s{i}").mkdir()
        (tmp_path / f"s{i}" / f"{LATCH.id}.py").write_text(
            f"{LATCH.solution}\n# {i}"
        )
    path = tmp_path / "grades.csv"
    command = [sys.executable, "-m", "rnncourse.exercises", "grade",
               str(tmp_path), "--jobs", "1"]  # fmt: skip
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while len(grading.rows_of(path)) < 2:
        assert first.poll() is None
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    kept = grading.rows_of(path)
    with open(path, "a") as file:
        file.write("s5,rnn.la")  # a row that was cut off
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = grading.rows_of(path)
    assert [row["student"] for row in rows] == [f"s{i}" for i in range(6)]
    assert all(row in rows for row in kept)
    again = int(done.stdout.partition("; ")[2].partition(" ")[0])
    assert len(kept) <= again < 6  # one may have been written meanwhile
    for left in Path(tempfile.gettempdir()).glob(f"{processes.PREFIX}*"):
        assert f"{processes.PREFIX}{first.pid}-" not in str(left)


def test_who_ends_the_checker_is_blamed_and_nobody_else(monkeypatch):
    class Workers:
        """As a pool whose worker dies of one answer."""

        def __init__(self, jobs, *_):
            self.broken = False

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def submit(self, function, answer):
            self.broken |= answer.text == "deadly"
            future = Future()
            if self.broken:
                future.set_exception(BrokenProcessPool())
            else:
                future.set_result(grading._row(answer, "correct", "", 0))
            return future

    monkeypatch.setattr(grading, "ProcessPoolExecutor", Workers)
    monkeypatch.setattr(grading, "as_completed", list)
    answers = [
        handed_in.Answer(str(i), LATCH.id, text)
        for i, text in enumerate(["a", "deadly", "c", "d"])
    ]
    rows = list(grading._checked(answers, 4))
    found = {row["student"]: row["outcome"] for row in rows}
    assert found == {
        "0": "correct", "1": "not yet", "2": "correct", "3": "correct"
    }  # fmt: skip


def test_what_cannot_be_graded_is_said(tmp_path, capsys):
    assert commands.main(["grade", str(tmp_path / "none")]) == 2
    assert "is not a folder" in capsys.readouterr().err
    assert commands.main(["grade", str(tmp_path)]) == 2
    assert "holds no answers" in capsys.readouterr().err
    hand_in(tmp_path)
    words = ["grade", str(tmp_path), "--to", str(tmp_path / "no" / "a.csv")]
    assert commands.main(words) == 2
    assert "cannot write" in capsys.readouterr().err


def test_a_csv_of_something_else_is_no_row(tmp_path):
    path = tmp_path / "x.csv"
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([["a", "b"], [1, 2]])
    assert grading.rows_of(path) == []
    assert grading.rows_of(tmp_path / "none.csv") == []
