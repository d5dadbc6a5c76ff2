"""Killed, stopped, failed, damaged, full: what is finished stays finished."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rnncourse import results

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def listen():
    """Hear Ctrl-C; a shell makes what runs in the background deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Desk:
    """A folder in which the toy experiment of `toys.squares` is run."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder / "log"
        self.runs, self.into = folder / "runs", folder / "into"
        self.log.touch()

    def start(self, *more, env_patience="30", **options):
        """Start the command; do not wait for it."""
        command = [sys.executable, "-m", "experiments", "run", "toys.squares"]
        command += ["--runs", str(self.runs), "--into", str(self.into), *more]
        path = os.pathsep.join([str(ROOT), str(HERE)])
        more = {"TOY_LOG": str(self.log), "PYTHONPATH": path}
        more |= {"RNNCOURSE_PATIENCE": env_patience}
        return subprocess.Popen(
            command, cwd=ROOT, env=os.environ | more,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, **{"preexec_fn": listen, **options},
        )  # fmt: skip

    def run(self, *more, **options):
        """Run the command; return exit code and all its words."""
        process = self.start(*more, **options)
        out, err = process.communicate(timeout=60)
        return process.returncode, out + err

    def slowly(self, seconds):
        """From now on, each run takes so long."""
        (self.folder / "pause").write_text(str(seconds))

    def begun(self):
        """The runs that were begun: a line each."""
        return self.log.read_text().splitlines()

    def kept(self):
        return list(self.runs.glob("squares/*.json"))

    def wait_for(self, kept):
        """Wait until so many runs are kept."""
        for _ in range(600):
            if len(self.kept()) >= kept:
                return
            time.sleep(0.05)
        raise AssertionError(f"only {len(self.kept())} runs after 30 s")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_all_runs_once_and_then_none(desk):
    code, words = desk.run()
    assert code == 0 and "squares.json" in words
    assert len(desk.begun()) == len(set(desk.begun())) == 18
    first = (desk.into / "squares.json").read_bytes()
    code, words = desk.run()
    assert code == 0 and len(desk.begun()) == 18  # nothing was repeated
    assert (desk.into / "squares.json").read_bytes() == first
    (desk.into / "squares.json").unlink()
    desk.run()
    assert (desk.into / "squares.json").read_bytes() == first


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_and_started_again(desk, how):
    desk.slowly(0.2)
    process = desk.start()
    desk.wait_for(kept=3)
    process.send_signal(how)
    _, words = process.communicate(timeout=60)
    if how == signal.SIGINT:
        assert process.returncode == 130 and "goes on" in words
        assert "Traceback" not in words
    assert not desk.into.exists()  # a result is whole, or it is not there
    kept = len(desk.kept())
    desk.slowly(0)
    code, _ = desk.run()
    assert code == 0 and kept >= 3
    assert len(desk.begun()) <= 18 + 1  # the run in hand alone came twice
    assert results.read(desk.into / "squares.json")["good"] == [0, 1, 2]


def test_ctrl_c_with_two_processes(desk):
    desk.slowly(0.5)
    process = desk.start("-j", "2")
    desk.wait_for(kept=2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130 and "experiments: stopped" in words
    desk.slowly(0)
    assert desk.run("-j", "2")[0] == 0
    assert len(desk.begun()) <= 18 + 4  # in hand, and handed out: two each


def children(pid):
    """The processes whose parent has this id."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except OSError:  # gone by now
            continue
        found += [int(path.parent.name)] if int(words[1]) == pid else []
    return found


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_killed_worker(desk):
    desk.slowly(0.5)
    process = desk.start("-j", "2")
    desk.wait_for(kept=2)
    for child in children(process.pid):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"popen_loky" in command or b"LokyProcess" in command:
            os.kill(child, signal.SIGKILL)
            break
    _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "a worker process was killed" in words and "goes on" in words
    assert "Traceback" not in words and len(desk.kept()) >= 2
    desk.slowly(0)
    assert desk.run()[0] == 0 and len(desk.begun()) <= 18 + 3


def full():
    """The system lets no file grow beyond 600 bytes: a run has more."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))


def test_a_full_disk(desk):
    desk.run("--seeds", "2")
    before = (desk.into / "squares.json").read_bytes()
    kept = len(desk.kept())
    code, words = desk.run(preexec_fn=full)  # the third seeds
    assert code == 1 and "cannot write" in words and "goes on" in words
    assert "Traceback" not in words
    assert (desk.into / "squares.json").read_bytes() == before
    assert len(desk.kept()) == kept  # and no half of a file beside them
    assert not list(desk.runs.rglob("*.draft"))
    assert desk.run()[0] == 0


def test_a_full_disk_at_the_result(desk):
    desk.run()
    before = (desk.into / "squares.json").read_bytes()
    code, words = desk.run(preexec_fn=full)
    assert code == 1 and "squares.json" in words and "Traceback" not in words
    assert (desk.into / "squares.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["", "{", '{"setting": 3}', "\x00\xff"])
def test_a_damaged_run_is_set_aside_and_done_again(desk, damage):
    desk.run()
    sick, *_ = desk.kept()
    sick.write_text(damage)
    code, words = desk.run()
    assert code == 0 and "is damaged" in words
    assert len(desk.begun()) == 18 + 1 and len(desk.kept()) == 18
    assert sick.with_suffix(".damaged").exists()


def test_a_run_that_fails_does_not_take_the_others_along(desk):
    desk.slowly("nonsense")  # float("nonsense") raises in every run
    code, words = desk.run("--seeds", "1")
    assert code == 1 and "of the runs failed" in words
    assert "ValueError" in words and not desk.into.exists()
    desk.slowly(0)
    assert desk.run("--seeds", "1")[0] == 0


def test_a_wrong_name(desk):
    command = [sys.executable, "-m", "experiments", "run", "nobody"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "no experiment named 'nobody'" in done.stderr
    assert "Traceback" not in done.stderr
