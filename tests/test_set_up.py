"""What the set-up says on a machine that lacks something: one clear line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
import set_up

ROOT = Path(__file__).resolve().parent.parent
FIND = ROOT / "tools" / "find_python.sh"

# Python 3.8, Python without venv, and one that does not start
OLD = "echo 'old Python 3.8'"
BARE = "echo 'bare Python 3.12'"
BROKEN = "echo 'not for this machine' >&2; exit 127"


@pytest.fixture
def machine(tmp_path):
    """Put programs on an otherwise empty path; run the search there."""
    programs = tmp_path / "a folder"
    programs.mkdir()

    def search(*asked, **scripts):
        for name, script in scripts.items():
            path = programs / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        asked = [word.format(programs) for word in asked]
        return subprocess.run(
            ["/bin/sh", FIND, *asked],
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
        )

    return search


def fine(path):
    """Return a script that answers as a fitting Python would."""
    return f"echo 'fine {path}'"


def test_the_first_python_that_fits_is_taken(machine):
    done = machine(
        python3=OLD, python=BROKEN, python3_13=BARE, python3_12=fine("/b/c d")
    )
    assert done.returncode == 0
    assert done.stdout == "/b/c d\n"


def test_this_very_python_fits(machine):
    done = machine(sys.executable)
    assert done.stdout.strip() == sys.executable


def test_a_python_asked_for_is_the_only_one_tried(machine):
    done = machine("{}/python3.9", python3_9=OLD, python3=fine("/b"))
    assert done.returncode == 1


@pytest.mark.parametrize(
    "asked, scripts, words",
    [
        ([], {"python3": OLD}, ["python3 is Python 3.8", "needs 3.10"]),
        ([], {"python3": BARE}, ["Python 3.12", "python3-venv"]),
        ([], {"python3": BROKEN}, ["no Python found", "PYTHON="]),
        (["{}/none"], {}, ["none does not start", "3.10"]),
        (["{}/python3"], {"python3": OLD}, ["Python 3.8", "needs 3.10"]),
    ],
)
def test_a_machine_without_one_is_told_in_one_line(
    machine, asked, scripts, words
):
    done = machine(*asked, **scripts)
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    for word in words:
        assert word in done.stderr


HERE = {"folder": str(set_up.ROOT), "python": "3.9.0"}
THIS = sys.version.split()[0]


@pytest.mark.parametrize(
    "stamp, asked, kept",
    [
        (HERE, None, True),  # whatever Python the path has first today
        (HERE, sys.executable, False),
        (HERE | {"python": THIS}, sys.executable, True),
        (HERE | {"folder": "/moved/away"}, None, False),
        ({}, None, False),
    ],
)
def test_an_environment_is_kept_while_it_fits(monkeypatch, stamp, asked, kept):
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.delenv("PYTHON", raising=False)
    if asked:
        monkeypatch.setenv("PYTHON", asked)
    assert set_up.is_kept(stamp) is kept


def test_an_environment_whose_python_is_gone_is_not_kept(monkeypatch):
    monkeypatch.setattr(set_up, "PYTHON", Path("/gone/python"))
    assert not set_up.is_kept(HERE)


def test_an_environment_that_is_a_link_is_not_emptied(tmp_path, monkeypatch):
    theirs, link = tmp_path / "theirs", tmp_path / "mine"
    theirs.mkdir()
    (theirs / "kept").touch()
    link.symlink_to(theirs)
    monkeypatch.setattr(set_up, "VENV", link)
    monkeypatch.setattr(set_up, "STAMP", link / "set-up.json")
    monkeypatch.setattr(set_up, "LOG", link / "set-up.log")
    monkeypatch.setattr(set_up.venv.EnvBuilder, "_setup_pip", mock.Mock())
    set_up.make_venv()
    assert (theirs / "kept").exists()
    assert not link.is_symlink() and (link / "bin").is_dir()


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An environment whose Python is a script; pip says what it prints."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (tmp_path / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", programs / "python")
    monkeypatch.setattr(set_up, "LOG", tmp_path / "set-up.log")

    def python(script):
        set_up.PYTHON.write_text(f"#!/bin/sh\n{script}\n")
        set_up.PYTHON.chmod(0o755)

    return python


@pytest.mark.parametrize(
    "says, alive",
    [
        ("Looking in indexes: …", False),
        ("Collecting torch", False),
        ("  Downloading torch.whl (190 MB)", True),
        ("Processing ./torch.whl", True),
        ("Installing collected packages: torch", True),
    ],
)
def test_pip_is_cut_short_only_while_nothing_has_been_found(
    venv, monkeypatch, says, alive
):
    watch = mock.Mock()
    monkeypatch.setattr(set_up.threading, "Timer", watch)
    venv(f"echo '{says}'")
    assert set_up.pip("torch", patience=20)
    assert watch.call_args.args[0] == 20
    # when pip has ended, in any case
    assert watch.return_value.cancel.call_count == 1 + alive


def test_a_torch_half_written_is_taken_away(venv, monkeypatch):
    folder = set_up.VENV / "lib" / "python3.11" / "site-packages"
    monkeypatch.setattr(set_up, "PATIENCE", 0)
    half = [folder / x for x in ("torch", "functorch", "torch-2.0.dist-info")]
    other = folder / "torchrecurrent"
    parts = " ".join(f"'{path}'" for path in half)
    # it writes, says that all went well, and does not load
    venv(f'[ "$1" = -c ] && exit 1\nmkdir -p {parts}')
    other.mkdir()
    half[0].mkdir()  # of an earlier try
    assert not set_up.install_torch()
    assert not any(path.exists() for path in half)
    assert other.exists()


def test_a_torch_that_loads_is_kept(venv):
    pinned = set_up.pinned("torch")
    venv(f'[ "$1" = -c ] && echo {pinned}+cpu')
    folder = set_up.VENV / "lib" / "python3.11" / "site-packages" / "torch"
    folder.mkdir()
    assert set_up.install_torch()
    assert folder.exists()


@pytest.fixture
def clone(tmp_path):
    """What the set-up reads, in a folder with a space in its name."""
    folder = tmp_path / "the course"
    shutil.copytree(ROOT / "tools", folder / "tools")
    (folder / "web").mkdir()
    shutil.copy(ROOT / "web" / "stamps.py", folder / "web")
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def test_no_network_at_the_first_install_is_said_in_one_line(clone):
    # nobody listens there; pip tells why as it tries again
    nowhere = "http://127.0.0.1:9"
    environment = {k: v for k, v in os.environ.items() if "PIP" not in k}
    environment |= {"HTTPS_PROXY": nowhere, "https_proxy": nowhere}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1"}
    environment |= {"PYTHON": sys.executable, "MAKEFLAGS": ""}
    done = subprocess.run(
        ["make", "set-up"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    said = [x for x in done.stderr.splitlines() if x.startswith("set-up:")]
    assert len(said) == 1, done.stdout + done.stderr
    assert "cannot be reached; connect to the network" in said[0]
    assert "Traceback" not in done.stderr
    assert (clone / ".venv" / "set-up.log").exists()
    assert not (clone / ".venv" / "set-up.json").exists()
