"""Numbers in training: the next steps, with an interval, beside rivals."""

from dataclasses import asdict

import numpy as np

from rnncourse import forecast
from rnncourse import params as parameters
from rnncourse.data import series
from rnncourse.networks import Labelled
from rnncourse.workbench import _keeping, interval
from rnncourse.workbench._settings import Settings
from rnncourse.workbench._training import Session
from rnncourse.workbench._verdict import grade

ORIGINS = 200  #: Forecasts by which a part is scored, evenly spread.
ORDERS = (1, 2, 3, 6, 12, 24)  #: Steps that the line may read.


class NumbersSession(Session):
    """A network that forecasts a series, and its rivals.

    The series is cut in time: 60 % trains, 20 % chooses, 20 % tests. The
    network reads T steps, in units of the training part, each also as its
    distance from the last one, and answers with three quantiles of the
    change from there, for every step of the horizon. The weights that err
    least on the part that chooses are the ones that are tested.

    Parameters
    ----------
    values : (N,), floats, NaN for a gap, which the last value fills
    horizon, season : ints, steps to forecast and steps in a season
    settings : Settings, by default 20 steps and 32 units
    name : str, what the series is called

    Raises
    ------
    ValueError
        with a sentence for the reader, for a series that is too short for
        window and horizon, or constant
    """

    kind = "numbers"

    def __init__(self, values, horizon=1, season=1, settings=None, name=""):
        self.settings = s = settings or Settings("gru", 32, 1, 20, 32)
        self.horizon, self.season, self.name = horizon, season, name
        values = np.asarray(values, float)
        measured = np.flatnonzero(~np.isnan(values))
        if len(measured) < 2:
            raise ValueError("There are no numbers in this column.")
        self.values, _ = series.fill(values[measured[0] :])
        N = len(self.values)
        if min(horizon, season) < 1:
            raise ValueError("Horizon and season must be 1 at least.")
        n_test = N // 5
        self.first = {"valid": N - 2 * n_test, "test": N - n_test}
        self.end = {"valid": N - n_test, "test": N}
        train = self.values[: self.first["valid"]]
        if n_test < horizon + 2 or len(train) < max(s.T, season) + horizon + 2:
            raise ValueError(
                f"{N} steps are too few for a window of {s.T}, a season of "
                f"{season} and a horizon of {horizon}; make them smaller."
            )
        if np.ptp(train) == 0:
            raise ValueError(
                "The series does not change in the part that is learned "
                "from: there is nothing to forecast."
            )
        self.mean, self.std = float(train.mean()), float(train.std())
        self.scaled = (self.values - self.mean) / self.std
        self.model = Labelled(s.network, interval, reads="last")
        self.rng = np.random.default_rng(s.seed)
        self.params = self.model.init(
            self.rng, 2, s.H, 3 * horizon, dtype=np.float32
        )
        self.best = None  # the least error on "valid", and its weights
        self._begin()

    def windows(self, origins):
        """Return what is read before these steps, and what then came.

        Parameters
        ----------
        origins : (B,), ints, how many steps are known

        Returns
        -------
        xs : (T, B, 2)
        targets : (B, horizon), changes from the last step known
        """
        T = self.settings.T
        read = self.scaled[origins + np.arange(-T, 0)[:, None]]
        xs = np.stack([read, read - read[-1]], axis=-1)
        came = self.scaled[origins[:, None] + np.arange(self.horizon)]
        return xs.astype(np.float32), came - read[-1][:, None]

    def _batch(self):
        s = self.settings
        latest = self.first["valid"] - self.horizon + 1
        origins = self.rng.integers(s.T, latest, size=s.B)
        xs, targets = self.windows(origins)
        return xs, targets.astype(np.float32)

    def about(self):
        """Return what a page says about the series before training.

        Returns
        -------
        dict: ``steps``, those before ``valid`` and ``test``, ``horizon``,
        ``season``
        """
        more = {"horizon": self.horizon, "season": self.season}
        return {"steps": len(self.values), **self.first, **more}

    def origins(self, part):
        """Return from where a part is forecast.

        Parameters
        ----------
        part : "valid" or "test"

        Returns
        -------
        (n,), ints, at most about `ORIGINS`
        """
        last = self.end[part] - self.horizon + 1
        step = max(1, (last - self.first[part]) // ORIGINS)
        return np.arange(self.first[part], last, step)

    def forecasts(self, part, params=None):
        """Forecast from all origins of a part.

        Parameters
        ----------
        part : "valid" or "test"
        params : by default the weights as they are now

        Returns
        -------
        (n, horizon, 3), the three quantiles in the unit of the series
        """
        origins = self.origins(part)
        xs, _ = self.windows(origins)
        ys = self.model.outputs(params or self.params, xs)
        ys = np.sort(ys.reshape(len(ys), self.horizon, 3), axis=-1)
        return self.values[origins - 1][:, None, None] + self.std * ys

    def targets(self, part):
        """Return what came.

        Parameters
        ----------
        part : "valid" or "test"

        Returns
        -------
        (n, horizon)
        """
        return self.values[
            self.origins(part)[:, None] + np.arange(self.horizon)
        ]

    def _look(self):
        said = self.forecasts("valid")[..., 1]
        error = forecast.mae(said, self.targets("valid"))
        if self.best is None or error < self.best[0]:
            self.best = error, parameters.copy(self.params)
        yield {"error": error}

    def rivals(self):
        """Score the simple forecasts from the same origins.

        Returns
        -------
        list of dicts: ``name``, and its mean absolute error on ``valid``
        and ``test``
        """
        train = self.values[: self.first["valid"]]
        found = {"as it is (persistence)": forecast.persistence}
        if self.season > 1:
            found[f"as {self.season} steps ago"] = lambda past, h: (
                forecast.seasonal_persistence(past, h, self.season)
            )
        lines = {}
        for order in {*ORDERS, self.season if self.season <= 60 else 1}:
            if len(train) > 4 * order + 4:
                line = forecast.Autoregression.fit(train, order).forecast
                lines[self._error(line, "valid")] = order, line
        order, line = lines[min(lines)]
        found[f"straight line through {order} steps"] = line
        return [
            {"name": name}
            | {part: self._error(f, part) for part in ("valid", "test")}
            for name, f in found.items()
        ]

    def _error(self, said, part):
        """A rival's mean absolute error from the origins of a part."""
        origins = self.origins(part)
        back = min(origins[0], max(200, self.season))
        test = forecast.rolling_origin(
            self.values[origins[0] - back : self.end[part]],
            said,
            back,
            self.horizon,
            int(origins[1] - origins[0]) if len(origins) > 1 else 1,
        )
        return forecast.mae(test.forecasts, test.targets)

    def verdict(self, rivals):
        """Grade on the test, with the weights that validation chose.

        Parameters
        ----------
        rivals : list of dicts, from `rivals`

        Returns
        -------
        dict: the ``sentence``, ``error``, ``coverage`` of the interval,
        ``mase``, and the ``lag`` that the forecast looks most like: 0 is
        what came, 1 the step before
        """
        _, params = self.best or (None, self.params)
        said, came = self.forecasts("test", params), self.targets("test")
        error = forecast.mae(said[..., 1], came)
        best = min(rivals, key=lambda r: r["valid"])
        origins = self.origins("test")
        apart = [
            float(np.abs(said[:, 0, 1] - self.values[origins - k]).mean())
            for k in range(4)
        ]
        lag = int(np.argmin(apart))
        held = forecast.coverage(said[..., 0], said[..., 2], came)
        sentence = grade(error, best["name"], best["test"])
        if lag and apart[lag] < 0.5 * apart[0]:
            steps = "step" if lag == 1 else "steps"
            sentence += f" It mostly repeats what was {lag} {steps} before."
        sentence += f" Its 80 % interval holds {held:.0%}."
        train = self.values[: self.first["valid"]]
        usual = np.abs(np.diff(train)).mean()
        return {
            "sentence": sentence,
            "error": error,
            "coverage": held,
            "mase": error / float(usual),
            "lag": lag,
        }

    def weights(self):
        """Return the weights that the test looks at, for `params.load`.

        Returns
        -------
        bytes of an `.npz` file
        """
        _, params = self.best or (None, self.params)
        return _keeping.weights_file(params)

    def source(self):
        """Return the series as a text, for its script to read.

        Returns
        -------
        str, a number a line
        """
        return "\n".join(map(repr, self.values.tolist())) + "\n"

    def _given(self):
        keys = ("horizon", "season", "name")
        return {key: getattr(self, key) for key in keys} | {
            "values": self.values.tolist(),
            "settings": asdict(self.settings),
            "least": self.best[0] if self.best else None,
        }

    def _kept(self):
        best = {"best": self.best[1]} if self.best else {}
        return {"now": self.params} | best

    @classmethod
    def _again(cls, header):
        settings = Settings.of(header["settings"])
        return cls(
            header["values"], header["horizon"], header["season"], settings,
            header["name"],
        )  # fmt: skip

    def _take(self, header, arrays):
        fresh = self.params
        self.params = _keeping.alike(arrays["now"], fresh)
        if "best" in arrays:
            self.best = header["least"], _keeping.alike(arrays["best"], fresh)
