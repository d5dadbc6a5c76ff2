"""web/build.py: quiet when done, clear when it cannot, small when served."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path):
    """A checkout in which nothing has been installed yet."""
    for name in (".npmrc", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "web", tmp_path / "web")
    (tmp_path / "rnncourse").symlink_to(ROOT / "rnncourse")
    return tmp_path


def run(root, **environment):
    return subprocess.run(
        [sys.executable, "web/build.py"],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def written(root):
    """When each file of what is prepared was written, the marks apart."""
    return {
        path: path.stat().st_mtime_ns
        for folder in (root / "_build").iterdir()
        for path in folder.resolve().rglob("*")
        if path.is_file() and path.name != ".stamp"
    }


def test_a_second_run_does_nothing(copy):
    if not (ROOT / "_build" / "assets" / ".stamp").exists():
        pytest.skip("nothing prepared yet: `python web/build.py`")
    (copy / "_build").mkdir()
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    for stamp in ROOT.glob("_build/*/.stamp"):
        (copy / "_build" / stamp.parent.name).symlink_to(stamp.parent)
    before = written(copy)
    done = run(copy, npm_config_registry="http://127.0.0.1:9")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert written(copy) == before


def test_without_a_network_it_says_so_in_one_line(copy):
    done = run(
        copy,
        npm_config_registry="http://127.0.0.1:9",
        npm_config_cache=str(copy / "cache"),
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "connect to the network once" in done.stderr
    assert "127.0.0.1:9" in (copy / "_build" / "npm.log").read_text()
    assert not (copy / "_build" / "assets").exists()


def test_the_lock_file_names_no_place_to_download_from():
    text = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in text
    packages = re.findall(r'\n    "node_modules/', text)
    assert text.count('"integrity": "sha512-') == len(packages) > 3
