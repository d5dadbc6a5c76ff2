"""Toys in training: equal sequences, a bar, kept, and taken along."""

import json
import subprocess
import sys

import numpy as np
import pytest

from rnncourse import params as parameters
from rnncourse import workbench
from rnncourse.data import adding
from rnncourse.workbench import (
    TASKS,
    NumbersSession,
    Settings,
    TextSession,
    ToysSession,
)


def opened(task="parity", distance=6, cells=("tanh", "lstm"), **more):
    more = {"H": 8, "B": 5, "rate": 0.02, **more}
    pair = [Settings(cell, **more) for cell in cells]
    return ToysSession(task, distance, pair)


def updates(session, n):
    return [x for x in session.run(n) if x["kind"] == "update"]


@pytest.mark.parametrize(
    "task, distance, H", [("adding", 5, 16), ("copying", 2, 24),
                          ("parity", 5, 12), ("anbn", 4, 12)]
)  # fmt: skip
def test_every_toy_is_learned_by_an_lstm_and_it_says_when(task, distance, H):
    session = opened(task, distance, ["lstm"], H=H, B=32)
    assert not session.task.solved(session.task.guess(distance))
    list(session.run(100))
    while session.learned() == [None] and session.updates < 2000:
        list(session.run(50))
    (when,) = session.learned()
    assert 0 < when <= 2000 and when % 50 == 0
    assert f"Learned at update {when:,}: LSTM, {H} units." in session.verdict()
    assert session.task.solved(session.curve[-1]["scores"][0])


def test_a_minimal_gru_does_not_learn_parity_and_a_gru_does():
    session = opened("parity", 12, ["mingru", "gru"], H=16, B=32)
    list(session.run(600))
    failed, learned = session.learned()
    assert failed is None and learned > 0
    assert "Not by update 600: minGRU, 16 units." in session.verdict()
    guesses, knows = session.beyond()
    assert abs(guesses - 0.5) < 0.15 < knows - 0.5


@pytest.mark.parametrize("task", TASKS)
def test_the_score_of_guessing_is_what_guessing_scores(task):
    rng, chosen = np.random.default_rng(0), TASKS[task]
    batch = chosen.batch(rng, 6, 4000)
    xs, targets = batch[:2]
    if task == "adding":
        ys = [np.ones_like(targets)]
    elif task == "anbn":  # after a b always an a
        ys = [xs[..., [0, 2, 1]]]
    else:  # the same class, always
        ys = [np.eye(chosen.sizes[1])[np.ones_like(targets)]]
    assert abs(chosen.mark(ys, batch) - chosen.guess(6)) < 0.03


def test_both_are_given_the_same_sequences_and_none_depends_on_the_other():
    one, other = opened(cells=["tanh", "lstm"]), opened(cells=["lstm", "gru"])
    alone = opened(cells=["lstm"])
    losses = [[x["loss"] for x in updates(s, 7)] for s in (one, other, alone)]
    assert [x[1] for x in losses[0]] == [x[0] for x in losses[1]]
    assert [x[0] for x in losses[1]] == [x[0] for x in losses[2]]
    twins = opened(cells=["gru", "gru"])
    updates(twins, 50)
    assert all(a == b for a, b in (p["scores"] for p in twins.curve))


def test_the_sequences_of_the_test_are_never_trained_on():
    session = opened("adding", 9)
    before = session.test[0].copy()
    list(session.run(60))
    assert np.array_equal(session.test[0], before)
    fresh, _ = adding.batch(np.random.default_rng([0, 1]), 9, 5)
    assert not np.isin(fresh[:, :, 0].astype("f"), before[:, :, 0]).any()


def test_a_session_that_was_saved_goes_on_as_if_not():
    whole, first = opened("anbn", 5), opened("anbn", 5)
    one = [x["loss"] for x in updates(whole, 60)]
    updates(first, 23)
    second = ToysSession.load(first.save())
    assert second.updates == 23 and second.curve == first.curve
    assert [x["loss"] for x in updates(second, 37)] == one[23:]
    assert second.curve == [
        p | {"seconds": s["seconds"]}
        for p, s in zip(whole.curve, second.curve, strict=True)
    ]


def test_weights_are_read_by_the_package(tmp_path):
    session = opened()
    updates(session, 2)
    (tmp_path / "w.npz").write_bytes(session.weights())
    flat = parameters.flatten(parameters.load(tmp_path / "w.npz"))
    assert any(name.startswith("second/network") for name in flat)
    for name, array in parameters.flatten(session.params).items():
        assert np.array_equal(flat[name], array)


def test_a_file_of_another_tab_is_sent_there():
    with pytest.raises(ValueError, match="of the tab Toys. Open it there"):
        NumbersSession.load(opened().save())
    text = TextSession("ab" * 200, Settings("tanh", H=3, T=5, B=2))
    with pytest.raises(ValueError, match="of the tab Text. Open it there"):
        ToysSession.load(text.save())


@pytest.mark.parametrize("change", ["header", "weights", "short"])
def test_a_damaged_file_is_refused_in_a_sentence(change, monkeypatch):
    session = opened()
    if change == "header":
        monkeypatch.setattr(session, "_given", lambda: {"task": "parity"})
    elif change == "weights":
        session.params["first"]["readout"]["b_y"] = np.zeros(9, np.float32)
    content = session.save()
    content = content[:-30] if change == "short" else content
    with pytest.raises(ValueError, match="no session of the workbench"):
        ToysSession.load(content)


@pytest.mark.parametrize(
    "given, words",
    [
        (("chess",), "no problem 'chess'; choose one of adding"),
        (("adding", 1), "adding problem must be a whole number from 2"),
        (("parity", 30.5), "this is 30.5"),
        (("copying", 401), "to 400; this is 401"),
        (("anbn", 5, [Settings()] * 3), "not 3"),
        (("anbn", 5, [Settings(), Settings(seed=1)]), "same batch and seed"),
    ],
    ids=range(6),
)
def test_what_cannot_be_trained_is_refused_in_a_sentence(given, words):
    with pytest.raises(ValueError, match=words) as caught:
        ToysSession(*given)
    assert str(caught.value)[-1] == "."


def test_numbers_that_blow_up_end_in_a_sentence_and_change_nothing():
    session = opened("adding", 4)
    updates(session, 3)
    session.params["second"]["readout"]["W_hy"][0] = np.nan
    before = parameters.flatten(parameters.copy(session.params["first"]))
    with pytest.raises(FloatingPointError, match="the second network have"):
        updates(session, 1)
    after = parameters.flatten(session.params["first"])
    assert all(np.array_equal(after[k], a) for k, a in before.items())
    fresh = opened("adding", 4)
    fresh.params["first"]["readout"]["W_hy"][0] = np.nan
    with pytest.raises(FloatingPointError, match="Start again with a rate"):
        next(fresh.run())  # at the look before the first update


@pytest.mark.parametrize("form", ["script", "notebook"])
@pytest.mark.parametrize("task, layers", [("adding", 1), ("anbn", 2)])
def test_the_export_gives_the_same_numbers(form, task, layers):
    session = opened(task, 4, layers=layers)
    list(session.run(100))
    code = getattr(workbench, form)(session)
    if form == "notebook":
        cells = json.loads(code)["cells"]
        parts = [c["source"] for c in cells if c["cell_type"] == "code"]
        code = "\n".join(parts)
    done = subprocess.run(
        [sys.executable, "-c", code], text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    said = [line.split() for line in done.stdout.splitlines()]
    found = {(x[0], int(x[1])): float(x[3]) for x in said}
    assert len(found) == 4
    for point in session.curve[1:]:
        for k, name in enumerate(("first:", "second:")):
            off = found[name, point["updates"]] - point["scores"][k]
            assert abs(off) < 1e-6


def test_the_desk_trains_and_tells_how_it_ended():
    def ask(do, **more):
        asked = {"do": do, "at": "toys", **more}
        return json.loads(workbench.answer(json.dumps(asked)))

    cells = [{"cell": c, "H": 4, "B": 3} for c in ("tanh", "gru")]
    opened = ask("toys", task="copying", distance=3, networks=cells)["ok"]
    assert opened["guess"] == 1 / 8 and len(opened["sizes"]) == 2
    told = ask("train", until=5)["ok"]
    assert len(told["update"]["loss"]) == len(told["looks"][0]["scores"]) == 2
    assert "Not by update 5: GRU, 4 units." in ask("race")["ok"]
    assert len(ask("beyond")["ok"]) == 2
    again = ask("open", file=ask("save")["ok"])["ok"]
    assert again["updates"] >= 5 and again["task"] == "copying"
    refused = ask("toys", task="copying", distance="far", networks=cells)
    assert refused["error"].endswith("this is far.")
