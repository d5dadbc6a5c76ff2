"""`make mutants` tells a noticed fault from one that no test notices."""

import json
import subprocess
import sys
from pathlib import Path

import mutant_runs
import mutants
import pytest

ROOT = Path(__file__).resolve().parent.parent
TRY = """
import json, sys
sys.path[:0] = ["tools", "web", "."]
from mutant_watch import tried
text = open("rnncourse/ops.py").read()
assert text.count({old!r}) == 1
mutant = {{"path": "rnncourse/ops.py", "code": text.replace({old!r}, {new!r})}}
tests = [x for x in sys.argv[1:]]
print("\\n", json.dumps(tried(mutant, dict.fromkeys(tests, 0.1))))
"""


def tried(old, new, *tests):
    """Try a fault in rnncourse/ops.py in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", TRY.format(old=old, new=new), *tests],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "old, new, status",
    [
        ("0.5 * np.as", "0.4 * np.as", "killed"),
        ("0.5 * np.as", "1 / 2 * np.as", "survived"),
        ("0.5 * np.as", "max(0 for _ in iter(int, 1)) * np.as", "timeout"),
    ],
)
def test_a_fault_meets_its_tests(old, new, status):
    tests = ["tests/test_ops.py::test_sigmoid"]
    if status != "timeout":  # a doctest, too: it names the file itself
        tests += ["rnncourse/ops.py::rnncourse.ops.sigmoid"]
    found = tried(old, new, *tests)
    assert found["status"] == status
    assert (found.get("by") is None) is (status == "survived")


def test_a_line_belongs_to_its_statement(tmp_path, monkeypatch):
    monkeypatch.setattr(mutant_runs, "ROOT", tmp_path)
    (tmp_path / "m.py").write_text(
        "def f(a,\n      b=1):\n    c = (a +\n         b)\n    for x in (\n"
        "        range(3)\n    ):\n        c += x\n    return c\n"
    )
    lines = [mutant_runs.statement("m.py", n) for n in range(1, 10)]
    assert lines[0] is lines[1] is None  # runs when the module is imported
    assert lines[2] == lines[3] == (3, 4)
    assert lines[4] == lines[5] == (5, 7)
    assert lines[7] == (8, 8) and lines[8] == (9, 9)


KNOWN = [
    {
        "seconds": {"t.py::slow": 99, "t.py::b": 2, "t.py::a": 1},
        "lines": {"m.py": {"2": ["", "t.py::a", "t.py::slow"]}},
    },
    {
        "seconds": {"u.py::c": 0.5},
        "lines": {"m.py": {"3": ["u.py::c"], "2": ["u.py::c"]}},
    },
]


@pytest.mark.parametrize(
    "line, tests",
    [
        (2, ["u.py::c", "t.py::a"]),
        (3, ["u.py::c"]),
        (4, ["u.py::c", "t.py::a", "t.py::b"]),  # all who import it
    ],
)
def test_only_tests_that_run_the_line_run_quick_ones_first(
    tmp_path, monkeypatch, line, tests
):
    monkeypatch.setattr(mutant_runs, "ROOT", tmp_path)
    (tmp_path / "m.py").write_text("def f():\n    a = 1\n    b = 2\nc = 3\n")
    found = mutant_runs.tests_of({"path": "m.py", "line": line}, KNOWN)
    assert list(found) == tests


MUTANT = {
    "path": "m.py",
    "within": "f",
    "diff": ["- a + 0", "+ a - 0"],
    "line": 3,
    "tests": 2,
}


def test_the_summary_counts_equivalents_apart(tmp_path, monkeypatch, capsys):
    listed = tmp_path / "equivalent.txt"
    monkeypatch.setattr(mutants, "EQUIVALENT", listed)
    listed.write_text(
        "# what changes nothing\n\nm.py f\n- a + 0\n+ a - 0\n"
        "because: 0 has no sign\n"
    )
    known = mutants.equivalents()
    assert known == {"m.py f\n- a + 0\n+ a - 0": "0 has no sign"}
    rows = [("f", "survived"), ("g", "survived"), ("f", "killed")]
    rows += [("g", "timeout"), ("g", "killed")]
    found = [{**MUTANT, "within": x, "status": y} for x, y in rows]
    assert mutants.summarise(found, known) == 1
    said = capsys.readouterr().out
    assert "2 killed, 1 timeout, 1 survived, 1 equivalent, 0 not run" in said
    assert "75.0% noticed" in said
    assert "m.py g\n- a + 0" in said and "m.py f" not in said


def test_every_named_equivalent_has_its_reason_and_its_place():
    for name, why in mutants.equivalents().items():
        place, *diff = name.splitlines()
        path, _, _ = place.partition(" ")
        text = (ROOT / path).read_text()
        assert why, name
        for line in diff:
            assert line[0] in "+-"
            assert (line[2:] in text) is (line[0] == "-"), name


def test_what_is_named_is_there():
    assert all(path.exists() for path in mutants.modules())
    assert len(mutants.modules()) > 25
    assert {
        x
        for x in mutants.TESTS
        if not any(
            path.stem == f"test_{x}" or path.parent.name == x
            for path in mutants.tests()
        )
    } <= {"tape"}
