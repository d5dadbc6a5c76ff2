"""Toys in training: one problem, one or two networks, equal updates."""

from dataclasses import asdict

import numpy as np

from rnncourse import params as parameters
from rnncourse.workbench._keeping import KeptAdam
from rnncourse.workbench._settings import Settings
from rnncourse.workbench._tasks import TASKS
from rnncourse.workbench._training import Session, clipped
from rnncourse.workbench._verdict import race

TESTED = 256  #: Sequences by which a network is scored.
NAMES = ("first", "second")  #: The networks, side by side.


class Optimisers:
    """An Adam for each network, kept as one.

    Parameters
    ----------
    rates : dict from names of networks to learning rates
    """

    def __init__(self, rates):
        self.each = {name: KeptAdam(rate) for name, rate in rates.items()}

    def update(self, params, grads):
        """Change the parameters of every network in place.

        Parameters
        ----------
        params, grads : dicts from names of networks to nested dicts
        """
        for name, adam in self.each.items():
            adam.update(params[name], grads[name])

    def memory(self):
        """Return all that they remember, as `KeptAdam.memory`.

        Returns
        -------
        updates : int
        arrays : dict from names to arrays
        """
        updates, arrays = 0, {}
        for name, adam in self.each.items():
            updates, of_one = adam.memory()
            for key, array in of_one.items():
                arrays[f"{key[:2]}{name}/{key[2:]}"] = array
        return updates, arrays

    def recall(self, updates, arrays):
        """Take over what others remembered.

        Parameters
        ----------
        updates : int
        arrays : dict from names to arrays, both from `memory`
        """
        for name, adam in self.each.items():
            start = len(name) + 3
            of_one = {
                key[:2] + key[start:]: array
                for key, array in arrays.items()
                if key[2:start] == f"{name}/"
            }
            adam.recall(updates, of_one)


class ToysSession(Session):
    """One or two networks that learn the same toy problem side by side.

    Both are given the very same batches, one after another; the weights of
    each are drawn from the seed, and do not depend on the other network.
    They are scored on the same 256 sequences, from a seed of their own.

    Parameters
    ----------
    task : a name in ``TASKS``
    distance : int, how far the problem reaches
    networks : list of one or two Settings, of the same batch and seed; their
        windows are not read

    Raises
    ------
    ValueError
        with a sentence for the reader, for another problem, a distance out
        of its range, or networks that could not see the same sequences

    >>> pair = [Settings(cell, H=8, B=4) for cell in ("tanh", "lstm")]
    >>> session = ToysSession("parity", 6, pair)
    >>> news = list(session.run(updates=1))
    >>> [len(n["scores"]) for n in news if n["kind"] == "look"]
    [2]
    """

    kind = "toys"

    def __init__(self, task="adding", distance=30, networks=None):
        if task not in TASKS:
            raise ValueError(
                f"There is no problem {task!r}; choose one of "
                f"{', '.join(TASKS)}."
            )
        self.task, self.name = TASKS[task], task
        low, high = self.task.least, self.task.most
        whole = isinstance(distance, int) and not isinstance(distance, bool)
        if not whole or not low <= distance <= high:
            raise ValueError(
                f"The distance in {self.task.title} must be a whole number "
                f"from {low} to {high}; this is {distance}."
            )
        networks = networks or [Settings("tanh", 32, B=32, rate=0.01)]
        if not 1 <= len(networks) <= 2:
            raise ValueError(f"One network, or two; not {len(networks)}.")
        if len({(s.B, s.seed) for s in networks}) > 1:
            raise ValueError(
                "Both networks must have the same batch and seed: they are "
                "given the same sequences."
            )
        self.distance, self.settings = distance, networks[0]
        self.networks = dict(zip(NAMES, networks, strict=False))
        self.models = {
            name: self.task.model(s.network)
            for name, s in self.networks.items()
        }
        D, K = self.task.sizes
        self.params = {
            name: model.init(
                np.random.default_rng(self.settings.seed), D,
                self.networks[name].H, K, dtype=np.float32,
            )
            for name, model in self.models.items()
        }  # fmt: skip
        self.rng = self._rng(1)
        self.test = self.task.batch(self._rng(2), distance, TESTED)
        self._begin()
        rates = {name: s.rate for name, s in self.networks.items()}
        self.optimiser = Optimisers(rates)

    def _rng(self, part):
        return np.random.default_rng([self.settings.seed, part])

    def _gradients(self):
        """Of every network, on one batch, before any of them changes."""
        batch = self.task.batch(self.rng, self.distance, self.settings.B)
        of_each = [
            clipped(model, self.params[name], batch,
                    f"The numbers of the {name} network have")
            for name, model in self.models.items()
        ]  # fmt: skip
        losses, grads, norms = zip(*of_each, strict=True)
        grads = dict(zip(self.models, grads, strict=True))
        return list(losses), grads, list(norms)

    def _look(self):
        """Score every network on the same sequences, a piece at a time."""
        scores = []
        for name, model in self.models.items():
            ys = []
            for part in self.task.answers(model, self.params[name], self.test):
                ys.append(part)
                yield None
            scores.append(self.task.mark(ys, self.test))
        solved = [self.task.solved(score) for score in scores]
        yield {"scores": scores, "solved": solved}

    def learned(self):
        """Return at which update each network first passed the bar.

        Returns
        -------
        list of ints, or None for a network that has not
        """
        return [
            next(
                (
                    point["updates"]
                    for point in self.curve
                    if point["solved"][k]
                ),
                None,
            )
            for k in range(len(self.networks))
        ]

    def verdict(self):
        """Say in a sentence which network has learned it, and when.

        Returns
        -------
        str
        """
        names = [s.named for s in self.networks.values()]
        return race(names, self.learned(), self.updates)

    def beyond(self):
        """Score each network at twice the distance, as it never trained.

        Returns
        -------
        list of floats
        """
        batch = self.task.batch(self._rng(3), 2 * self.distance, TESTED)
        return [
            self.task.score(model, self.params[name], batch)
            for name, model in self.models.items()
        ]

    def about(self):
        """Return what a page says about the problem before training.

        Returns
        -------
        dict: what the ``task`` is called and ``says``, what the
        ``distance`` counts, what is ``scored``, on how many, whether it is
        an ``error``, the ``guess`` and the ``bar``; and in lists, for each
        network, its settings, its name, and how many numbers it learns
        """
        task = self.task
        return {
            "task": self.name,
            "says": task.says,
            "distance": self.distance,
            "far": task.far,
            "scored": task.scored,
            "error": task.error,
            "guess": task.guess(self.distance),
            "bar": task.bar,
            "tested": TESTED,
            "networks": [asdict(s) for s in self.networks.values()],
            "named": [s.named for s in self.networks.values()],
            "sizes": list(map(parameters.count, self.params.values())),
        }

    def _given(self):
        return {
            "task": self.name,
            "distance": self.distance,
            "networks": [asdict(s) for s in self.networks.values()],
        }

    @classmethod
    def _again(cls, header):
        networks = [Settings.of(given) for given in header["networks"]]
        return cls(header["task"], header["distance"], networks)
