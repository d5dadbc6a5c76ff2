"""book/scripts: from a terminal, two updates, stopped and gone on with."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

SCRIPTS = Path(__file__).resolve().parents[1] / "book" / "scripts"
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.py"))
FEW = {
    "classify": ["--batch", "4"],
    "language_model": ["--batch", "4", "--units", "8", "--window", "5"],
}


def module(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_these_are_all():
    assert NAMES == sorted(FEW)


@pytest.mark.parametrize("name", NAMES)
def test_a_script_fits_on_a_few_pages_and_says_what_it_can(name):
    path = SCRIPTS / f"{name}.py"
    assert len(path.read_text().splitlines()) <= 120
    done = subprocess.run(
        [sys.executable, path, "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0
    for option in ("--updates", "--device", "--checkpoint"):
        assert option in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_it_goes_on_where_it_was_stopped(name, tmp_path, capsys):
    script, path = module(name), tmp_path / "kept.pt"
    few = [*FEW[name], "--checkpoint", str(path)]
    script.main([*few, "--updates", "1"])
    first = torch.load(path, weights_only=True)
    script.main([*few, "--updates", "2"])
    second = torch.load(path, weights_only=True)
    assert (first["updates"], second["updates"]) == (1, 2)
    steps = [
        {int(s["step"]) for s in kept["adam"]["state"].values()}
        for kept in (first, second)
    ]
    assert steps == [{1}, {2}]
    pairs = [(first["net"][k], second["net"][k]) for k in first["net"]]
    assert not all(torch.equal(a, b) for a, b in pairs)
    said = capsys.readouterr().out
    assert said.count("right" if name == "classify" else "bits per") == 2


@pytest.mark.parametrize("name", NAMES)
def test_stopped_by_ctrl_c_it_keeps_what_is_done(name, tmp_path, monkeypatch):
    script, path = module(name), tmp_path / "kept.pt"
    few = [*FEW[name], "--checkpoint", str(path)]
    clip, calls = torch.nn.utils.clip_grad_norm_, []

    def stopped_at_the_third(*given):
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return clip(*given)

    with monkeypatch.context() as patch:
        patch.setattr(torch.nn.utils, "clip_grad_norm_", stopped_at_the_third)
        script.main([*few, "--updates", "9"])
    for asked, done in (None, 2), ("4", 4), ("1", 4):  # and never backwards
        if asked:
            script.main([*few, "--updates", asked])
        kept = torch.load(path, weights_only=True)
        assert kept["updates"] == done
        steps = {int(s["step"]) for s in kept["adam"]["state"].values()}
        assert steps == {done}


def test_in_two_parts_the_text_costs_what_it_costs_in_one(tmp_path):
    """The state and the place in the text go on, too."""
    script = module("language_model")
    weights = []
    for parts in ([4], [2, 4]):
        path = tmp_path / f"{len(parts)}.pt"
        few = [*FEW["language_model"], "--checkpoint", str(path)]
        for updates in parts:
            script.main([*few, "--updates", str(updates)])
        weights.append(torch.load(path, weights_only=True)["net"])
    for a, b in zip(*[w.values() for w in weights], strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=0)


def test_padding_and_neighbours_change_no_score():
    script = module("classify")
    net = script.Classifier(9, 3).eval()
    ids = torch.randint(1, 9, (6, 2))
    lengths = torch.tensor([2, 6])
    both = net(ids, lengths)
    alone = net(ids[:2, :1], lengths[:1])
    torch.testing.assert_close(both[:1], alone)
    moved = ids.clone()
    moved[0] = (moved[0] % 8) + 1  # the first word, read by both directions
    assert (net(moved, lengths) - both).abs().min() > 0
