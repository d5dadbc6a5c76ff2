"""Stored results keep the rules of evidence: see CONTRIBUTING."""

import importlib
import json

import pytest

from rnncourse import results

MEASURED = {"performance", "scan_times"}  # milliseconds: nothing is chosen
NAMES = sorted(path.stem for path in results.FOLDERS[0].glob("*.json"))
BY_RULE = [n for n in NAMES if n not in MEASURED]


def test_every_result_tells_how_it_was_made():
    """Settings, rates that were tried, seeds, versions; but for times."""
    silent = {name for name in NAMES if "made" not in results.load(name)}
    assert silent == MEASURED


def edge(entry):
    """Whether an entry's rate lies at the edge of what was tried."""
    tried = sorted(map(float, entry["tried"]))
    return not tried[0] < entry["rate"] < tried[-1]


def unequal(made):
    """Groups of settings that compete, with unequal numbers of updates."""
    groups = {}
    for entry in made["settings"]:
        setting = entry["setting"]
        apart = {*made["compares"], "updates", "rate"}
        rest = {k: v for k, v in setting.items() if k not in apart}
        updates = groups.setdefault(json.dumps(rest, sort_keys=True), set())
        updates.add(setting["updates"])
    return [group for group, updates in groups.items() if len(updates) > 1]


@pytest.mark.parametrize("name", BY_RULE)
def test_no_chosen_rate_lies_at_the_edge(name):
    made = results.load(name)["made"]
    chosen = [entry for entry in made["settings"] if "tried" in entry]
    assert chosen, "nothing was chosen: what competes needs its own rate"
    excused = made.get("edge", [])
    for entry in chosen:
        assert entry["setting"] in excused or not edge(entry), entry


@pytest.mark.parametrize("name", BY_RULE)
def test_what_competes_has_equal_budgets(name):
    made = results.load(name)["made"]
    assert "unequal" in made or not unequal(made)


def alone(name):
    """What an experiment trains once, on purpose: nothing to compare with."""
    plan = importlib.import_module(f"experiments.{name}").SETTINGS
    once = [setting for setting in plan if setting.get("seeds") == 1]
    return [{k: v for k, v in s.items() if k != "seeds"} for s in once]


@pytest.mark.parametrize("name", BY_RULE)
def test_how_it_was_made_is_told(name):
    made = results.load(name)["made"]
    assert made["command"].startswith(f"python -m experiments run {name}")
    for entry in made["settings"]:
        assert entry["seeds"] >= 3 or entry["setting"] in alone(name)
        assert len(entry["test"]) == entry["seeds"]  # every seed is there
    for by in made["by"]:
        assert {"commit", "rnncourse", "python", "numpy", "blas"} <= set(by)


@pytest.mark.parametrize("name", BY_RULE)
def test_a_rate_is_chosen_as_the_experiment_says(name):
    """By as many seeds as it declares now: else another run gives another."""
    made = results.load(name)["made"]
    now = importlib.import_module(f"experiments.{name}")
    assert f"first {now.CHOSEN_BY} seeds" in made["rate chosen by"]
    for entry in made["settings"]:
        if "tried" in entry:
            by = {len(marks) for marks in entry["tried"].values()}
            assert by == {now.CHOSEN_BY}, entry


def test_the_rules_can_fail():
    entry = {"rate": 0.1, "tried": {"0.01": [], "0.1": [], "0.03": []}}
    assert edge(entry) and not edge(entry | {"rate": 0.03})
    runs = [({"cell": "a"}, 300), ({"cell": "b"}, 400)]
    settings = [{"setting": s | {"updates": n}} for s, n in runs]
    assert unequal({"compares": ["cell"], "settings": settings})
    assert not unequal({"compares": [], "settings": settings})
