import builtins
import itertools

import numpy as np
import pytest

from rnncourse import arguments, cells, optim, train
from rnncourse.heads import readout, squared_error
from rnncourse.networks import Stacked


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


def echo(params, batch):
    """An engine that, like ours, refuses numbers that are not finite."""
    w = arguments.array("w", params["w"], ())
    x = arguments.array("xs", batch, ())
    with np.errstate(over="ignore"):
        h = arguments.array("hs", w * x * x, ())
    return float(h), {"w": 1e200 * x}


def test_divergence_inside_the_engine_is_named():
    params = {"w": np.array(1.0)}
    for wanted, rate in [
        ("hs contains inf", 1e-70),
        ("w contains inf", 1e200),
    ]:
        data = itertools.repeat(1e90)
        with np.errstate(over="ignore"):
            with pytest.raises(
                FloatingPointError,
                match=f"^at update 2: {wanted}.*: clip the .* learning rate$",
            ) as caught:
                train.fit(
                    echo, params, data, optim.SGD(rate), 9, progress=False
                )
        assert isinstance(caught.value.__cause__, ValueError)
        assert params["w"] == 1


def test_divergence_that_an_evaluation_meets_is_named():
    def evaluate(params):
        return echo(params, 1e100)[0]

    with pytest.raises(FloatingPointError, match="at update 1: hs .*clip"):
        train.fit(
            echo, {"w": np.array(1.0)}, [1.0], optim.SGD(1e-10), 1,
            evaluate=evaluate, progress=False,
        )  # fmt: skip


def test_a_batch_that_is_wrong_is_not_blamed_on_the_rate():
    data = [1.0, np.nan]
    with pytest.raises(ValueError, match="^xs contains NaN; expected finite"):
        train.fit(
            echo,
            {"w": np.array(1.0)},
            data,
            optim.SGD(1e-300),
            2,
            progress=False,
        )

    def silent(params, batch):
        return float(params["w"] * batch), {"w": batch}

    for data, update in [([1.0, np.nan], 2), ([np.inf], 1)]:
        with pytest.raises(
            FloatingPointError, match=f"at update {update}: .*look at the bat"
        ):
            train.fit(
                silent,
                {"w": np.array(1.0)},
                data,
                optim.SGD(0.1),
                len(data),
                progress=False,
            )


@pytest.mark.parametrize("cell", [cells.RNN_RELU, cells.LSTM], ids=repr)
@pytest.mark.parametrize("deep", [False, True])
def test_a_network_that_diverges_is_named(cell, deep):
    rng = np.random.default_rng(0)
    xs, ys = rng.normal(size=(9, 3, 2)), rng.normal(size=(9, 3, 1))
    network = Stacked(cell, cell) if deep else Stacked(cell)
    start = {
        "cell": network.init(rng, 2, 7),
        "readout": readout.init(rng, 7, 1),
    }

    def loss_and_grads(params, batch):
        hs, _, tape = network.unroll(params["cell"], xs)
        answers = readout.forward(params["readout"], hs)
        loss, dys = squared_error.loss_and_grad(answers, ys)
        dhs, grads = readout.backward(params["readout"], hs, dys)
        _, _, within = network.unroll_backward(params["cell"], tape, dhs)
        return loss, {"cell": within, "readout": grads}

    with np.errstate(all="ignore"):
        with pytest.raises(FloatingPointError, match="at update .*: clip the"):
            train.fit(
                loss_and_grads, start, range(60), optim.SGD(1e6), 60,
                progress=False,
            )  # fmt: skip


def test_another_mistake_stays_what_it_is(params):
    def wrong(params, batch):
        raise ValueError("targets has shape (3,)")

    with pytest.raises(ValueError, match="^targets has shape"):
        train.fit(wrong, params, [1, 2], optim.SGD(0.1), 2, progress=False)


@pytest.mark.parametrize(
    "options, message",
    [
        (dict(clip=0), "^clip is 0; expected a number above 0"),
        (dict(clip="1"), "^clip is '1'; expected a number"),
        (dict(batches=7), "^batches is 7; expected an iterable"),
        (dict(optimiser=optim.SGD), "^optimiser is <class"),
        (dict(optimiser=None), "^optimiser is None"),
        (dict(params=[1.0]), "^params is a list"),
        (dict(params={"w": np.array(1)}), "^w has dtype int64"),
        (dict(evaluate=-1), "^evaluate is -1; expected a function"),
        (dict(evaluate=""), "^evaluate is ''; expected a function"),
        (dict(loss_and_grads=None), "^loss_and_grads is None; expected a f"),
        (dict(evaluate_every=0), "^evaluate_every is 0"),
        (dict(loss_and_grads=lambda p, b: 1.0), "^loss_and_grads returned 1"),
        (dict(loss_and_grads=lambda p, b: ("x", p)), "the loss 'x'; expected"),
        (dict(loss_and_grads=lambda p, b: (np.ones(1), p)), "the loss array"),
        (dict(loss_and_grads=lambda p, b: (1.0, [1.0])), "^grads is a list"),
    ],
)
def test_what_fit_refuses(options, message):
    given = dict(
        loss_and_grads=echo, params={"w": np.array(1.0)}, batches=[0.0],
        optimiser=optim.SGD(0.1), updates=1, progress=False,
    ) | options  # fmt: skip
    with pytest.raises(ValueError, match=message):
        train.fit(**given)


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
