"""What Binder would build, rendered without Docker, is what we mean."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import reader_branch

ROOT = Path(__file__).resolve().parent.parent
pytest.importorskip("repo2docker")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The files Binder builds from, in a folder of their own."""
    folder = tmp_path_factory.mktemp("binder") / "course"
    folder.mkdir()
    reader_branch.write(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def rendered(repository):
    """The Dockerfile repo2docker makes of the repository."""
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
        cwd=repository,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_it_takes_the_python_of_runtime_txt(rendered):
    assert (ROOT / "binder" / "runtime.txt").read_text() == "python-3.11\n"
    assert "environment for python=3.11" in rendered
    assert "python_2d3" in rendered or "py-2d3-2e11" in rendered


def test_it_installs_our_requirements_after_the_repository_is_there(rendered):
    copied = rendered.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    installed = re.search(
        r"^RUN \$\{KERNEL_PYTHON_PREFIX\}/bin/pip install .*"
        r'-r "binder/requirements.txt"$',
        rendered,
        re.M,
    )
    assert installed and installed.start() > copied
    assert rendered.count("/bin/pip install") == 1


def test_its_environment_has_jupyterlab(rendered):
    import repo2docker

    name = "environment.py-3.11-linux-64.lock"
    assert "environment-2epy-2d3-2e11-2dlinux-2d64-2elock" in rendered
    [lock] = Path(repo2docker.__file__).parent.rglob(name)
    assert re.search(r"/jupyterlab-4\.", lock.read_text())


def test_it_installs_the_package_and_pytorch_for_the_cpu_as_pinned():
    lines = (ROOT / "binder" / "requirements.txt").read_text().splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    pins = (ROOT / "requirements.txt").read_text()
    torch = re.search(r"^torch==(\S+)$", pins, re.M)[1]
    assert lines == [
        "--extra-index-url https://download.pytorch.org/whl/cpu",
        "--constraint ../requirements.txt",
        f"torch=={torch}+cpu",
        "--editable .[plots]",
    ]


def test_the_root_requirements_name_no_index():
    pins = (ROOT / "requirements.txt").read_text()
    lines = [x for x in pins.splitlines() if x and not x.startswith("#")]
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; .+)?")
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert not re.search(r"^(nvidia|cuda|triton)", pins, re.M)


def test_the_branch_holds_all_that_an_installation_needs(repository):
    text = (repository / "setup.py").read_text()
    for source in re.findall(r'": "(book/\w+)"', text):
        assert any((repository / source).iterdir())
    assert (repository / "rnncourse/data/series").is_dir()
    assert not list(repository.rglob("__pycache__"))


def test_its_notebooks_are_those_for_readers_and_no_sources(tmp_path):
    copy = tmp_path / "root"
    for name in (*reader_branch.FOLDERS, "_build/notebooks"):
        (copy / name).mkdir(parents=True)
    for name in reader_branch.FILES:
        (copy / name).touch()
    (copy / "book" / "rnn.ipynb").write_text("a source")
    (copy / "book" / "next.md").write_text("a source")
    (copy / "_build" / "notebooks" / "rnn.ipynb").write_text("for readers")
    reader_branch.write(copy, tmp_path / "branch")
    book = tmp_path / "branch" / "book"
    assert (book / "rnn.ipynb").read_text() == "for readers"
    assert not (book / "next.md").exists()
