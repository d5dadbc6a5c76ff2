"""tools/upgrade.py: the newest versions are tried beside what stands."""

import subprocess
from types import SimpleNamespace

import pytest
import upgrade


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A repository with one pin and one file that git does not know."""
    root = tmp_path / "root"
    root.mkdir()
    (root / upgrade.PINS).write_text("a==1\nb==2\n")
    (root / ".gitignore").write_text("left-behind\n")
    (root / "left-behind").write_text("")
    (root / "sub").mkdir()
    (root / "sub" / "new file").write_text("not yet added")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    monkeypatch.setattr(upgrade, "ROOT", root)

    def pin(folder):
        assert (folder / "sub" / "new file").exists()
        assert not (folder / "left-behind").exists()
        (folder / upgrade.PINS).write_text("a==1\nb==3\n")

    monkeypatch.setattr(upgrade, "pin", pin)
    return root


@pytest.mark.parametrize("code", [0, 2])
@pytest.mark.parametrize("keep", [False, True])
def test_pins_are_kept_only_if_asked_and_all_passed(
    course, monkeypatch, capsys, code, keep
):
    run = subprocess.run

    def instead(command, **options):
        if command[0] != "make":
            return run(command, **options)
        assert command == ["make", "test"] and options["cwd"] != course
        return SimpleNamespace(returncode=code)

    monkeypatch.setattr(upgrade.subprocess, "run", instead)
    assert upgrade.main(["--keep"] if keep else []) == code
    kept = (course / upgrade.PINS).read_text()
    assert kept == ("a==1\nb==3\n" if keep and code == 0 else "a==1\nb==2\n")
    said = capsys.readouterr().out
    assert "-b==2\n+b==3" in said and ("FAILED" in said) is (code != 0)
