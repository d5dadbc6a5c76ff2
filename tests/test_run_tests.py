"""The summary of `make test` hides nothing."""

import os

import find_browser
import pytest
import run_tests
from run_tests import Part, summarise


@pytest.fixture
def no_browser(tmp_path, monkeypatch):
    """An empty path, where a browser can be put."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "ON_MACOS", [])
    return tmp_path


def program(path):
    """Put a program at a path."""
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def ran(code):
    """Return a part that has run the given Python code."""
    part = Part("a part", ["-c", code])
    part.run(dict(os.environ))
    return part


def test_a_part_keeps_its_counts_and_what_was_skipped(capfd):
    part = ran(
        "print('SKIPPED [2] tests/test_a.py:3: no torch');"
        "print('\\x1b[32m7 passed\\x1b[0m, 2 skipped in 1.50s')"
    )
    assert summarise([part]) == 0
    said = capfd.readouterr().out
    assert "ok  a part: 7 passed, 2 skipped (" in said
    assert "a part: 2 × tests/test_a.py:3: no torch" in said
    assert "nothing was left out" not in said


@pytest.mark.parametrize(
    "code", ["import sys; print('1 failed in 0.1s'); sys.exit(1)", "1 / 0"]
)
def test_a_part_that_fails_fails_the_whole(capfd, code):
    parts = [ran("print('7 passed in 1.50s')"), ran(code)]
    assert summarise(parts) == 1
    said = capfd.readouterr().out
    assert "FAILED  a part:" in said
    assert said.endswith("make test: FAILED\n")


@pytest.mark.parametrize("on_server, code", [(False, 0), (True, 1)])
def test_a_missing_browser_is_said_and_fails_on_a_server(
    no_browser, monkeypatch, capfd, on_server, code
):
    monkeypatch.setattr(run_tests, "ON_SERVER", on_server)
    monkeypatch.setattr(run_tests.Part, "run", lambda part, environment: None)
    with pytest.raises(SystemExit) as ended:
        run_tests.main()
    assert ended.value.code == code
    said = capfd.readouterr().out
    assert "site in a browser: did not run" in said
    assert "apt install chromium" in said and "CHROMIUM=" in said


def test_a_book_that_is_not_built_leaves_the_browser_out(
    no_browser, monkeypatch, capfd
):
    program(no_browser / "chromium")

    def run(part, environment):
        part.failed = part.name == "book"

    monkeypatch.setattr(run_tests.Part, "run", run)
    with pytest.raises(SystemExit) as ended:
        run_tests.main()
    assert ended.value.code == 1
    assert "the book was not built" in capfd.readouterr().out
