"""Stored results are found, and a wrong name gets the right ones."""

import json

import pytest

from rnncourse import results


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


def test_a_wrong_name_is_told_the_right_ones():
    with pytest.raises(FileNotFoundError, match="'adding'.*adding_rnn"):
        results.load("adding")
