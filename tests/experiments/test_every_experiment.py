"""Every experiment declares its runs, and takes two updates of each."""

import ast
import importlib
from pathlib import Path

import numpy as np
import pytest

from experiments import runner
from experiments.runner import choice
from rnncourse import results

HERE = Path(__file__).resolve().parents[2] / "experiments"
NAMES = sorted(path.stem for path in HERE.glob("[!_]*.py"))
#: What an experiment may import of the others: no constants, no tasks.
SHARED = {"runner", "_deep", "_far", "_series", "_worlds"}


def test_there_are_experiments():
    assert "adding_rnn" in NAMES and len(NAMES) > 15


@pytest.mark.parametrize("name", NAMES)
def test_two_updates_of_every_setting(name, tmp_path):
    module = importlib.import_module(f"experiments.{name}")
    found = runner.quick(module)
    results.save(name, found, tmp_path)  # JSON can hold it
    assert found["made"]["settings"] and found.keys() > {"made"}


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_does(name):
    module = importlib.import_module(f"experiments.{name}")
    assert module.__doc__.partition("\n")[0].endswith((".", "?"))
    assert all(s["updates"] > 0 for s in module.SETTINGS)
    compares = np.atleast_1d(module.COMPARES)
    assert all(any(k in s for k in compares) for s in module.SETTINGS[:1])
    given = all("rate" in s for s in module.SETTINGS)
    assert given != hasattr(module, "RATES")


@pytest.mark.parametrize("name", NAMES)
def test_it_imports_no_other_experiment(name):
    tree = ast.parse((HERE / f"{name}.py").read_text())
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    words = [(node.module or "").split(".") for node in froms]
    of_others = {w[1] for w in words if w[0] == "experiments" and w[1:]}
    assert of_others <= SHARED
    assert not {w[0] for w in words} & set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_runs_are_one(name):
    module = importlib.import_module(f"experiments.{name}")
    jobs = choice.Plan(module, []).missing()
    names = [runner.store.key(*job) for job in jobs]
    assert jobs and len(set(names)) == len(names)
