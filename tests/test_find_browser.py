"""One finder of the browser, whoever asks: tests, make, the build server."""

import os
import subprocess
import sys
from pathlib import Path

import find_browser
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """An empty path, where a browser can be put."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "ON_MACOS", [])
    return tmp_path


def program(path, script=""):
    """Put a program at a path."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_browser_is_found_by_its_usual_names(alone):
    assert find_browser.find() is None
    chrome = program(alone / "google-chrome")
    assert find_browser.find() == chrome
    chromium = program(alone / "chromium")
    assert find_browser.find() == chromium


def test_a_firefox_is_found_by_its_usual_names(alone):
    with_names = [x for x in find_browser.FIREFOX if "/" not in x]
    for name in reversed(with_names):
        path = program(alone / name)
        assert find_browser.find_firefox() == path


def test_the_browser_asked_for_is_the_only_one(alone, monkeypatch):
    program(alone / "chromium")
    own = program(alone / "my-own")
    monkeypatch.setenv("CHROMIUM", own)
    assert find_browser.find() == own
    monkeypatch.setenv("CHROMIUM", own + "-gone")
    assert find_browser.find() is None


def test_a_shell_learns_it_by_the_exit_code(alone):
    command = [sys.executable, "-S", ROOT / "tools" / "find_browser.py"]
    if not any(Path(path).exists() for path in find_browser.ON_MACOS):
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("no Chromium: install one")
    chrome = program(alone / "google-chrome")
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, chrome + "\n")


def test_nothing_else_looks_for_a_browser():
    places = [*ROOT.glob("t*/**/*.py"), *ROOT.glob("benchmarks/*.py")]
    places += [ROOT / ".ci" / "run", ROOT / "Makefile"]
    mine = {ROOT / "tools" / "find_browser.py", Path(__file__)}
    assert len(places) > 100
    for path in set(places) - mine:
        text = path.read_text()
        assert "which(" not in text or "chrom" not in text.lower(), path
        assert "have chromium" not in text, path
        assert "chromium.launch" not in text, path


@pytest.mark.site
def test_chrome_alone_on_the_path_is_enough_by_hand(browser, tmp_path):
    """As on many a laptop: no Chromium, none of Playwright's own."""
    real, log = find_browser.find(), tmp_path / "started"
    program(
        tmp_path / "google-chrome",
        f'echo yes >"{log}"\nPATH="{os.environ["PATH"]}" exec "{real}" "$@"',
    )
    kept = {k: v for k, v in os.environ.items() if k != "CHROMIUM"}
    kept |= {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        + ["tests/site/test_planted.py", "-k", "sound_page"],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert log.exists()
