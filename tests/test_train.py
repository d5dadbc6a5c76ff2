import builtins
import itertools

import numpy as np
import pytest

from rnncourse import optim, train


def line(params, batch):
    """Squared error of y = w x, and its gradient."""
    x, y = batch
    error = params["line"]["w"] * x - y
    return float(error**2), {"line": {"w": 2 * error * x}}


def batches(rng):
    while True:
        x = rng.normal()
        yield x, 3 * x


@pytest.fixture
def params():
    return {"line": {"w": np.array(0.0)}}


def fit(params, updates=200, **options):
    data = batches(np.random.default_rng(0))
    return train.fit(
        line, params, data, optim.SGD(0.1), updates, progress=False, **options
    )


def test_fit_learns_and_leaves_the_callers_params(params):
    results = [fit(params) for _ in range(2)]
    for trained, history in results:
        np.testing.assert_allclose(trained["line"]["w"], 3, rtol=1e-6)
        assert history.loss.shape == history.norm.shape == (200,)
        assert history.loss[-1] < 1e-6 < history.loss[0]
        assert history.evaluations == []
    np.testing.assert_array_equal(results[0][1].loss, results[1][1].loss)
    assert params["line"]["w"] == 0


def test_norm_is_the_one_before_clipping(params):
    _, free = fit(params, 1)
    trained, clipped = fit(params, 1, clip=1e-3)
    assert clipped.norm[0] == free.norm[0] > 1e-3
    np.testing.assert_allclose(abs(trained["line"]["w"]), 1e-4)


def test_evaluations_come_at_intervals_and_at_the_end(params):
    def evaluate(params):
        return {"w": float(params["line"]["w"])}

    _, history = fit(params, 25, evaluate=evaluate, evaluate_every=10)
    assert [update for update, _ in history.evaluations] == [10, 20, 25]
    assert history.evaluations[-1][1]["w"] != 0


def test_batches_that_end_early(params):
    data = itertools.islice(batches(np.random.default_rng(0)), 3)
    with pytest.raises(ValueError, match="after 3 of 5 updates"):
        train.fit(line, params, data, optim.SGD(0.1), 5, progress=False)


def test_divergence_is_named(params):
    data = itertools.repeat((1e4, 1.0))
    with np.errstate(over="ignore"):
        with pytest.raises(FloatingPointError, match="at update .* clip"):
            train.fit(line, params, data, optim.SGD(1), 99, progress=False)


@pytest.mark.parametrize("updates", [0, 1.5])
def test_updates_is_a_count(params, updates):
    with pytest.raises(ValueError, match="updates"):
        fit(params, updates)


def test_progress_bar_where_tqdm_is_installed(params, capsys, monkeypatch):
    pytest.importorskip("tqdm")
    data = batches(np.random.default_rng(0))
    train.fit(line, params, data, optim.SGD(0.1), 5, progress=True)
    assert "5/5" in capsys.readouterr().err
    real = builtins.__import__

    def no_tqdm(name, *rest):
        if name == "tqdm":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", no_tqdm)
    _, history = train.fit(line, params, data, optim.SGD(0.1), 5)
    assert len(history.loss) == 5
    assert capsys.readouterr().err == ""
