"""Which runs are wanted: seeds, and a grid that grows until it is enough."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.runner import choice
from experiments.runner.checkpoint import Checkpoint
from experiments.runner.store import key

BY = {"by": {"numpy": "2"}, "code": "c", "seconds": 1.0}


def toy(valid, **more):
    """An experiment with two methods; `valid(method, rate, seed)`."""
    settings = [{"method": m, "updates": 9} for m in ("a", "b")]
    given = {"SETTINGS": settings, "SEEDS": 3, "COMPARES": "method"}
    given |= {"RATES": (0.1, 0.3, 0.9), "CHOSEN_BY": 2, "__name__": "x.toy"}
    return SimpleNamespace(**given | more, valid=valid)


def finish(module, seeds=None):
    """Do all that is wanted, again and again; return plan and records."""
    records = []
    for _ in range(20):
        plan = choice.Plan(module, records, seeds)
        jobs = plan.missing()
        if not jobs:
            return plan, records
        for setting, seed in jobs:
            rate = setting.get("rate")
            value = module.valid(setting["method"], rate, seed)
            result = {"valid": value, "test": seed, "at": rate}
            record = {"setting": setting, "seed": seed, "result": result}
            records.append(record | BY)
    raise AssertionError("a plan that never ends")


def apart(best):
    return lambda method, rate, seed: abs(rate - best[method]) + 0.001 * seed


def test_the_best_rate_lies_inside_of_what_was_tried():
    plan, records = finish(toy(apart({"a": 0.3, "b": 8.1})))
    a, b = plan.made()["settings"]
    assert (a["rate"], list(a["tried"])) == (0.3, ["0.1", "0.3", "0.9"])
    assert b["rate"] == 8.1 and list(b["tried"])[-2:] == ["8.1", "24.0"]
    assert len(records) == 2 * (3 + 6) + 2  # two seeds a rate, then the third


def test_it_grows_downward_too():
    plan, _ = finish(toy(apart({"a": 0.01, "b": 0.3})))
    tried = plan.made()["settings"][0]["tried"]
    assert list(tried)[0] == "0.0037" and "0.011" in tried


def test_a_grid_does_not_grow_for_ever():
    plan, _ = finish(toy(lambda method, rate, seed: -rate))
    tried = plan.made()["settings"][0]["tried"]
    assert len(tried) == 3 + choice.WIDENED


def test_a_run_that_blew_up_is_the_worst():
    def valid(method, rate, seed):
        return None if rate > 0.5 else -rate

    plan, _ = finish(toy(valid))
    a, _ = plan.made()["settings"]
    assert a["rate"] == 0.3 and a["tried"]["0.9"] == [None, None]


def test_every_seed_is_run_at_the_chosen_rate():
    plan, _ = finish(toy(apart({"a": 0.3, "b": 0.3})))
    runs = plan.runs()
    assert [r["test"] for r in runs(method="a")] == [0, 1, 2]
    assert {r["at"] for r in runs(method="a")} == {0.3}
    assert runs.rate(method="a") == 0.3
    assert runs.tried(method="a") == [0.1, 0.3, 0.9]
    assert len(runs(method="a", rate=0.1)) == 2


def test_seeds_of_a_setting_and_of_the_command():
    settings = [
        {"method": "a", "updates": 9, "rate": 1, "seeds": 5},
        {"method": "b", "updates": 9, "rate": 1},
    ]
    module = toy(lambda *_: 0.0, SETTINGS=settings)
    assert [s for _, s in choice.Plan(module, []).missing()] == [
        *range(5), *range(3)
    ]  # fmt: skip
    assert len(choice.Plan(module, [], seeds=1).missing()) == 2
    assert all("seeds" not in s for s, _ in choice.Plan(module, []).missing())


def test_what_is_done_is_not_wanted():
    module = toy(apart({"a": 0.3, "b": 0.3}))
    _, records = finish(module)
    left = choice.Plan(module, records[1:]).missing()
    assert [key(*job) for job in left] == [
        key(records[0]["setting"], records[0]["seed"])
    ]


def test_a_checkpoint_keeps_the_best_and_not_the_last():
    marks = iter([3.0, 1.0, float("nan"), 2.0])
    best, params = Checkpoint(lambda p: next(marks)), {"w": 0}
    for w in range(4):
        params = {"w": np.array(float(w))}
        best(params)
    assert (best.mark, best.kept, best.params["w"]) == (1.0, 2, 1.0)
    params["w"] += 9
    assert best.params["w"] == 1.0


@pytest.mark.parametrize("seeds", [None, 2])
def test_made_says_how_many_seeds_there_were(seeds):
    plan, _ = finish(toy(apart({"a": 0.3, "b": 0.3})), seeds)
    made = plan.made()
    assert made["settings"][0]["seeds"] == (seeds or 3)
    assert made["command"].endswith("--seeds 2" if seeds else "run toy")
