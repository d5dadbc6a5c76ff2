"""The command line: list, check, export, sources, write."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from exercise_cases import EVERY

from rnncourse.exercises import __main__ as commands
from rnncourse.exercises import check_source
from rnncourse.exercises.pages import notebook


def run(*words, **options):
    """Run the command as a reader does; return exit code, out, err."""
    command = [sys.executable, "-m", "rnncourse.exercises", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", **options
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def answer(tmp_path):
    """Write a source to a file."""

    def write(source):
        path = tmp_path / "answer.py"
        path.write_text(source, encoding="utf-8")
        return path

    return write


def test_list_as_json():
    code, out, err = run("list", "--json")
    assert code == 0 and err == ""
    assert json.loads(out) == [
        {
            "id": exercise.id,
            "chapter": exercise.chapter,
            "title": exercise.title,
            "hints": len(exercise.hints),
            "mistakes": len(exercise.mistakes),
        }
        for exercise in EVERY
    ]


def test_check_exits_0_only_if_correct(answer):
    first = EVERY[0]
    code, out, _ = run("check", first.id, answer(first.solution))
    assert code == 0 and out.startswith("✓ Correct.")
    code, out, _ = run("check", first.id, answer(first.starter))
    assert code == 1 and out.startswith("· Not attempted.")
    code, out, err = run("check", first.id, answer("oops("))
    assert code == 1 and out.startswith("○ Not yet.") and err == ""


def test_what_cannot_be_checked_is_said_in_one_line(answer, tmp_path):
    path = answer("x = 1")
    code, out, err = run("check", "rnn.elman_stp", path)
    assert code == 2 and out == ""
    assert err == (
        "exercises: there is no exercise 'rnn.elman_stp'; did you mean "
        "'rnn.elman_step'?\n"
    )
    code, _, err = run("check", "rnn.elman_step", tmp_path / "none.py")
    assert code == 2 and "cannot read" in err and "No such file" in err
    path.write_bytes(b"\xff\xfe\x00")
    code, _, err = run("check", "rnn.elman_step", path)
    assert code == 2 and "not a text file" in err
    code, _, err = run("list", "nothing")
    assert code == 2 and "no exercises for a chapter 'nothing'" in err
    code, _, err = run("check", "rnn.elman_step")
    assert code == 2 and "FILE" in err


def test_a_file_as_an_editor_on_windows_saves_it(answer):
    path = answer("")
    path.write_bytes(
        b"\xef\xbb\xbf" + EVERY[0].solution.replace("\n", "\r\n").encode()
    )
    code, out, _ = run("check", EVERY[0].id, path)
    assert code == 0 and out.startswith("✓ Correct.")


def test_export_has_what_a_page_needs(capsys):
    assert commands.main(["export", "--json", "rnn"]) == 0
    found = json.loads(capsys.readouterr().out)
    mine = [x for x in EVERY if x.chapter == "rnn"]
    assert [x["id"] for x in found] == [x.id for x in mine]
    for row, exercise in zip(found, mine, strict=True):
        assert row["starter"] == exercise.starter
        assert row["solution"] == exercise.solution
        assert row["hints"] == exercise.hints
        assert row["statement"] == exercise.statement
        assert row["function"] == exercise.name
        assert row["tags"] == notebook.tags(exercise)


def test_sources_get_the_outcome_they_say(capsys):
    assert commands.main(["sources", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    kinds = [row["kind"] for row in rows]
    assert kinds.count("solution") == kinds.count("starter") == len(EVERY)
    assert kinds.count("mistake") == sum(len(x.mistakes) for x in EVERY)
    for row in rows:
        outcome = check_source(row["id"], row["source"])
        assert outcome.status == row["status"], row
        assert row["message"] in (None, outcome.message)


def test_list_for_people_and_write_check(capsys):
    assert commands.main(["list", "rnn"]) == 0
    assert "rnn.elman_step" in capsys.readouterr().out
    assert commands.main(["write", "--check"]) == 0  # all chapters


def test_numpy_is_all_that_a_check_needs():
    code = (
        "import sys, rnncourse.exercises as e\n"
        "e.check_source('rnn.latch', 'def latch(): return 1 / 0')\n"
        "e.check_source('rnn.all_states', 'def all_states(a, b, c, d): 1')\n"
        "e.quiz('rnn')._repr_html_(), e.hint('rnn.latch')\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(*sorted(names - sys.stdlib_module_names - {'rnncourse'}))"
    )
    command = [sys.executable, "-S", "-c", code]
    paths = [path for path in sys.path if path]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    found = {name for name in done.stdout.split() if name[0] != "_"}
    assert found - {"cython_runtime"} == {"numpy"}, done.stderr


TEACHING = Path(__file__).resolve().parents[2] / "book" / "teaching.md"
MINE = re.search(r"```python\n(.*?)```", TEACHING.read_text("utf-8"), re.S)[1]


@pytest.fixture
def mine(tmp_path):
    """A folder with the exercise that the page for teachers shows."""
    folder = tmp_path / "my own"
    folder.mkdir()
    (folder / "week3.py").write_text(MINE)
    return folder


def test_exercises_of_ones_own_are_listed_proven_checked_graded(mine, answer):
    code, out, _ = run("--own", mine, "list", "week3")
    assert code == 0 and out.split() == ["week3.mean", "A", "mean"]
    code, out, _ = run("--own", mine, "prove", "week3")
    assert code == 0 and "3 sources tried" in out
    path = answer("def mean(xs):\n    return xs.mean(1)\n")
    code, out, _ = run("--own", mine, "check", "week3.mean", path)
    assert code == 1 and "You average over the batch" in out
    handed = path.parent / "class"
    (handed / "ada").mkdir(parents=True)
    path.rename(handed / "ada" / "week3.mean.py")
    code, out, _ = run("--own", mine, "grade", handed)
    assert code == 0 and "1 × You average over the batch" in out


def test_a_mistake_that_is_none_is_told(mine):
    (mine / "week3.py").write_text(MINE.replace("axis=1", "axis=0"))
    code, out, _ = run("--own", mine, "prove", "week3")
    assert code == 1
    assert "week3.mean: mistake over_batch gets\n    correct" in out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (None, "is not a folder"),
        ("", "holds no file of Python"),
        ("rnn.py", "chapter 'rnn', and so has the book"),
    ],
)
def test_a_folder_that_does_not_do_is_refused(tmp_path, name, words):
    folder = tmp_path / "mine"
    if name is not None:
        folder.mkdir()
    if name:
        (folder / name).write_text(MINE)
    code, out, err = run("--own", folder, "list")
    assert code == 2 and out == "" and words in err
