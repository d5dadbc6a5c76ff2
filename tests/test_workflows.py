"""The workflows call the two commands, and name branches as the tools do."""

from pathlib import Path

import pytest
import repository
import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "workflows"
PATHS = sorted(FOLDER.glob("*.yml"))
# what a workflow may call: an action's name must be one of GitHub's own
ACTIONS = "actions/"


def read(path):
    """Return the workflow; YAML 1.1 reads the key `on` as True."""
    content = yaml.safe_load(path.read_text())
    content["on"] = content.pop(True)
    return content


def steps(path):
    """Return all steps of all jobs."""
    jobs = read(path)["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_workflow_is_bounded_and_asks_for_little(path):
    content = read(path)
    assert content["permissions"] == {"contents": "read"}
    for job in content["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert job["timeout-minutes"] <= 120


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_step_is_a_command_or_an_action_with_a_version(path):
    for step in steps(path):
        assert ("run" in step) != ("uses" in step)
        if "uses" in step:
            name, _, version = step["uses"].partition("@")
            assert name.startswith(ACTIONS) and version


def test_they_call_the_two_commands():
    runs = {p.stem: [s.get("run") for s in steps(p)] for p in PATHS}
    assert [r for r in runs["test"] if r] == ["make book", "make test"]
    assert "make book" in runs["site"]
    assert runs["weekly"][2] == "make upgrade"


def test_the_branch_of_readers_starts_no_workflow():
    for path in PATHS:
        if push := read(path)["on"].get("push"):
            assert push["branches-ignore"] == [repository.READERS_BRANCH]
