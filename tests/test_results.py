"""Stored results are found wherever they are; what is stored is whole."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from rnncourse import results

ROOT = Path(__file__).resolve().parent.parent


def test_every_stored_file_loads():
    names = [path.stem for path in results.FOLDERS[0].glob("*.json")]
    assert "adding_rnn" in names
    for name in names:
        assert results.load(name)


def test_an_installed_package_finds_its_copy(tmp_path, monkeypatch):
    (tmp_path / "here.json").write_text(json.dumps({"n": 3}))
    nowhere = tmp_path / "nowhere"
    monkeypatch.setattr(results, "FOLDERS", [nowhere, tmp_path])
    assert results.load("here") == {"n": 3}


def test_a_wheel_brings_the_results(tmp_path):
    """Wherever pip puts the package, by --user or not, they lie in it."""
    pytest.importorskip("setuptools")
    source = tmp_path / "source"
    for part in ("rnncourse", "book/results"):
        for path in (ROOT / part).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                copy = source / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet"]
    command += ["--no-build-isolation", "--wheel-dir", str(tmp_path)]
    done = subprocess.run(
        [*command, "--no-index", str(source)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    place = tmp_path / "somewhere"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    for path in (ROOT / "rnncourse").rglob("*.csv"):  # and so do the data
        assert (place / path.relative_to(ROOT)).is_file()
    code = "from rnncourse.results import load; print(load('adding_rnn')['H'])"
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, text=True,
        env=os.environ | {"PYTHONPATH": str(place)}, capture_output=True,
    )  # fmt: skip
    assert told.stdout == "32\n", told.stderr


def test_a_wrong_name_is_told_the_right_ones():
    with pytest.raises(FileNotFoundError, match="'adding'.*adding_rnn"):
        results.load("adding")


@pytest.mark.parametrize("text", ["", '{"n": 3', "\x00"])
def test_a_damaged_file_is_named(tmp_path, monkeypatch, text):
    monkeypatch.setattr(results, "FOLDERS", [tmp_path])
    (tmp_path / "half.json").write_text(text)
    with pytest.raises(ValueError, match="half.json is damaged.*run it"):
        results.load("half")


def test_what_is_saved_comes_back(tmp_path):
    data = {"n": np.int64(3), "a": np.eye(2, dtype=np.float32), "s": "é"}
    path = results.save("found", data, tmp_path / "new")
    assert results.read(path) == {"n": 3, "a": [[1, 0], [0, 1]], "s": "é"}
    assert [p.name for p in path.parent.iterdir()] == ["found.json"]


@pytest.mark.parametrize("bad", [float("nan"), np.inf, object()])
def test_what_cannot_be_saved_harms_nothing(tmp_path, bad):
    path = results.save("found", {"n": 1}, tmp_path)
    with pytest.raises((ValueError, TypeError)):
        results.save("found", {"n": bad}, tmp_path)
    assert results.read(path) == {"n": 1}
    assert len(list(tmp_path.iterdir())) == 1
