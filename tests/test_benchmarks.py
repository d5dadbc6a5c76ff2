"""What the benchmark compares computes the same."""

import json

import numpy as np
import pytest

from rnncourse import bptt

pytest.importorskip("threadpoolctl")
pytest.importorskip("torch")

from benchmarks import engine, scan, textbook  # noqa: E402


@pytest.mark.parametrize("name", textbook.GATES)
def test_the_textbook_is_right(name):
    cell = engine.CELLS[name]
    given = engine.case(cell, 3, 5, 2, 7, np.float64)
    runs = {
        "ours": engine.ours(cell, *given),
        "torch": engine.in_torch(cell, *given),
        "textbook": lambda: textbook.forward_backward(name, *given),
    }
    engine.check_equal(runs, np.float64)
    hs, _, _ = bptt.unroll(cell, *given[:2])
    wrong = {**runs, "wrong": lambda: (hs * 1.01, *runs["ours"]()[1:])}
    with pytest.raises(AssertionError):
        engine.check_equal(wrong, np.float64)


def test_a_comparison_can_be_written(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(engine, "GRID", [(3, 5, 2, 7)])
    results = engine.compare(1)
    assert len(results) == 2 * len(engine.CELLS)
    for result in results:
        assert result["ms"]["ours"] > 0
        assert result["ratio"]["products"] > 0
        assert ("torch" in result["ratio"]) == (
            result["cell"] in textbook.GATES
        )
    assert json.loads(json.dumps(results)) == results
    assert "relative to torch" in capsys.readouterr().out


def test_the_trees_of_the_scan_are_compared(monkeypatch):
    monkeypatch.setattr(scan, "TURN", 0)
    result = scan.compare(5, 3, 1)
    assert result["ms"].keys() == scan.METHODS.keys()
    assert result["faster"]["loop"] == 1
    a, b = scan.case(9, 2)
    wanted = scan.METHODS["loop"](a, b)
    np.testing.assert_allclose(scan.doubling(a, b), wanted, rtol=1e-10)
