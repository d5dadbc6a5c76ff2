"""A text in training: exact, kept, looked into, and taken along."""

import json
import subprocess
import sys

import numpy as np
import pytest

from rnncourse import params as parameters
from rnncourse import workbench
from rnncourse.workbench import Settings, TextSession

TEXT = "the cat sat on the mat; the dog lay in the fog.\n" * 40
SMALL = {"H": 7, "T": 11, "B": 3}


def opened(cell="gru", **more):
    return TextSession(TEXT, Settings(cell, **{**SMALL, **more}))


def updates(session, n):
    return [x for x in session.run(n) if x["kind"] == "update"]


@pytest.mark.parametrize("cell", ["tanh", "lstm", "gru", "mingru"])
@pytest.mark.parametrize("layers", [1, 2])
def test_every_network_learns(cell, layers):
    session = opened(cell, layers=layers, rate=0.02)
    news = updates(session, 60)
    assert news[-1]["loss"] < 0.8 * news[0]["loss"]
    assert session.curve[0]["bits"] > session.curve[1]["bits"]
    assert [point["updates"] for point in session.curve] == [0, 50]


@pytest.mark.parametrize("cell", ["tanh", "lstm"])
def test_a_session_that_was_saved_goes_on_as_if_not(cell):
    whole, first = opened(cell), opened(cell)
    one = updates(whole, 60)
    updates(first, 23)
    second = TextSession.load(first.save())
    assert second.updates == 23 and second.curve == first.curve
    rest = updates(second, 37)
    assert [x["loss"] for x in rest] == [x["loss"] for x in one[23:]]
    assert second.curve[-1]["bits"] == whole.curve[-1]["bits"]


def test_a_generator_that_is_left_loses_nothing():
    whole, left = opened(), opened()
    one = [x["loss"] for x in updates(whole, 8)]
    other = []
    while len(other) < 8:
        for news in left.run():
            if news["kind"] == "update":
                other.append(news["loss"])
                break
    assert other == one


def test_looking_does_not_disturb_the_training():
    one, other = opened(), opened()
    updates(one, 3)
    updates(other, 3)
    other.time_an_update(), other.yardsticks(), other.save()
    "".join(workbench.write(other, "the ", 9))
    workbench.reach(other, T=9)
    losses = [[x["loss"] for x in updates(s, 3)] for s in (one, other)]
    assert losses[0] == losses[1]


def test_weights_are_read_by_the_package(tmp_path):
    session = opened()
    updates(session, 2)
    (tmp_path / "w.npz").write_bytes(session.weights())
    read = parameters.load(tmp_path / "w.npz")
    flat = parameters.flatten(read)
    for name, array in parameters.flatten(session.params).items():
        assert np.array_equal(flat[name], array)


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"x" * 999])
def test_another_file_is_refused_in_a_sentence(content):
    with pytest.raises(ValueError, match="no session of the workbench"):
        TextSession.load(content)


@pytest.mark.parametrize("cell, layers", [("lstm", 1), ("tanh", 2)])
@pytest.mark.parametrize("form", ["script", "notebook"])
def test_the_export_gives_the_same_numbers(tmp_path, form, cell, layers):
    session = opened(cell, layers=layers)
    list(session.run(100))
    code = getattr(workbench, form)(session)
    if form == "notebook":
        cells = json.loads(code)["cells"]
        parts = [c["source"] for c in cells if c["cell_type"] == "code"]
        code = "\n".join(parts)
    (tmp_path / "workbench-text.txt").write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = [line.split() for line in done.stdout.splitlines()]
    found = {int(line[0]): float(line[2]) for line in said}
    for point in session.curve[1:]:
        assert abs(found[point["updates"]] - point["bits"]) < 1.1e-6


def test_it_writes_from_a_seed_and_only_what_it_knows():
    session = opened()
    one, two = ("".join(workbench.write(session, "the", 30)) for _ in "ab")
    assert one == two and len(one) == 30
    assert set(one) <= set(TEXT)


def test_the_likeliest_are_probabilities_in_order():
    session = opened()
    updates(session, 30)
    places = workbench.likeliest(session, "the cat", most=4)
    assert [p["character"] for p in places] == list("the cat")
    for place in places:
        p = [share for _, share in place["next"]]
        assert p == sorted(p, reverse=True) and 0 < sum(p) <= 1 + 1e-6
    assert places[0]["bits"] is None and places[1]["bits"] > 0


@pytest.mark.parametrize("layers", [1, 2])
def test_every_unit_and_gate_has_its_colours(layers):
    session = opened("lstm", layers=layers)
    assert workbench.watched(session) == ["state", *"ifgo"]
    for what in workbench.watched(session):
        values = workbench.colours(session, "the dog", 6, layers - 1, what)
        assert len(values) == 7 and len(set(values)) > 1
        assert what not in "ifo" or all(0 < v < 1 for v in values)
    with pytest.raises(ValueError, match="no unit 7"):
        workbench.colours(session, "the dog", 7)


def test_reach_is_the_gradient_at_the_inputs():
    session = opened("tanh")
    norms = workbench.reach(session, T=9, B=2)
    assert len(norms) == 9 and min(norms) > 0
    session.params["network"]["W_hh"][:] = 0  # nothing passes a step
    norms = workbench.reach(session, T=9, B=2)
    assert norms[0] > 0 and max(norms[1:]) == 0
