"""The same command over a Dask cluster: a scheduler and two workers here."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from test_interruptions import HERE, ROOT, Desk

from rnncourse import results

pytest.importorskip("distributed")


class Cluster:
    """A scheduler on the loopback, and what workers one wants."""

    def __init__(self, desk):
        path = os.pathsep.join([str(ROOT), str(HERE)])
        more = {"PYTHONPATH": path, "TOY_LOG": str(desk.log)}
        self.options = {"cwd": desk.folder, "env": os.environ | more}
        self.file = desk.folder / "scheduler.json"
        self.processes = []
        # port 0: a free one, which the file tells
        quiet = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self.start(
            "distributed.cli.dask_scheduler", *quiet, "--no-show",
            "--scheduler-file", str(self.file),
        )  # fmt: skip
        for _ in range(600):
            if self.file.exists() and self.file.read_text():
                break
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, module, *more):
        with open(self.file.with_suffix(".log"), "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *more],
                stdout=log, stderr=log, **self.options,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def worker(self):
        """Start a worker; its processes end with it."""
        return self.start(
            "distributed.cli.dask_worker", self.address, "--nthreads", "1",
            "--no-nanny", "--no-dashboard", "--host", "127.0.0.1",
        )  # fmt: skip

    def stop(self):
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def cluster(desk):
    cluster = Cluster(desk)
    yield cluster
    cluster.stop()


def asked(cluster):
    return ["--backend", "dask", "--scheduler", cluster.address]


def test_two_workers_do_what_one_process_does(desk, cluster, tmp_path):
    cluster.worker(), cluster.worker()
    code, words = desk.run(*asked(cluster))
    assert code == 0, words
    assert len(desk.begun()) == 18
    (tmp_path / "alone").mkdir()
    alone = Desk(tmp_path / "alone")
    alone.run()
    found = [results.read(d.into / "squares.json") for d in (desk, alone)]
    for each in found:
        for entry in each["made"]["settings"]:
            entry.pop("seconds")
    assert found[0]["good"] == found[1]["good"]
    assert found[0]["made"]["settings"] == found[1]["made"]["settings"]


def test_a_worker_is_killed_and_the_other_goes_on(desk, cluster):
    one, _ = cluster.worker(), cluster.worker()
    desk.slowly(0.5)
    process = desk.start(*asked(cluster))
    desk.wait_for(kept=2)
    one.send_signal(signal.SIGKILL)
    desk.slowly(0)
    out, err = process.communicate(timeout=90)
    assert process.returncode == 0, out + err
    assert len(desk.kept()) == 18


def test_the_scheduler_is_killed(desk, cluster):
    cluster.worker()
    desk.slowly(0.3)
    process = desk.start(*asked(cluster))
    desk.wait_for(kept=2)
    cluster.scheduler.kill()
    out, err = process.communicate(timeout=90)
    assert process.returncode == 1, out + err
    assert "has gone" in err and "goes on" in err
    kept = len(desk.kept())
    desk.slowly(0)
    assert kept >= 2 and desk.run()[0] == 0


def test_no_scheduler(desk):
    address = "tcp://127.0.0.1:1"
    more = ["--backend", "dask", "--scheduler", address]
    code, words = desk.run(*more, env_patience="2")
    assert code == 1 and f"no scheduler answers at {address}" in words
    assert "dask scheduler" in words and not desk.begun()


def test_no_worker(desk, cluster):
    code, words = desk.run(*asked(cluster), env_patience="2")
    assert code == 1 and "has had no worker" in words
    assert "dask worker" in words and not desk.begun()


def test_an_address_is_needed():
    command = [sys.executable, "-m", "experiments", "run", "ctc"]
    done = subprocess.run(
        [*command, "--backend", "dask"], cwd=ROOT, capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 2 and "go together" in done.stderr
