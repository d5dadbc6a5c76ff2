"""The toy problems: what is drawn, who guesses, and when one is solved."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnncourse.data import adding, copying, counting, parity, tokens
from rnncourse.heads import squared_error
from rnncourse.networks import Labelled

ITEMS, SYMBOLS = 3, 8  #: What is to be copied: so many, of so many kinds.
PIECE = 32  #: Sequences that are answered in one go; then there is news.
#: The bars of the chapters: below, and from here.
ERROR, RIGHT = adding.SOLVED, 0.95


@dataclass(frozen=True)
class Task:
    """A problem of which the distance can be chosen.

    Parameters
    ----------
    title, says : str, what it is called, and asks
    far : str, what the distance counts
    least, most : ints, the distances that are taken
    sizes : pair of ints, inputs and outputs a step
    draw : function of (rng, distance, B) that returns a batch as `batch` does
    mark : function of (ys, batch) that returns the score
    guess : function of a distance that returns the score of the best guess
    reads : "every" step or the "last"
    error : bool, whether the score is an error, the smaller the better
    """

    title: str
    says: str
    far: str
    least: int
    most: int
    sizes: tuple
    draw: Callable
    mark: Callable
    guess: Callable
    reads: str = "every"
    error: bool = False

    @property
    def scored(self):
        """What the score is, in words."""
        return "squared error" if self.error else "share that is right"

    @property
    def bar(self):
        """The score from which on the problem counts as solved."""
        return ERROR if self.error else RIGHT

    def solved(self, score):
        """Tell whether a score reaches the bar of the chapters.

        Parameters
        ----------
        score : float

        Returns
        -------
        bool
        """
        return score < self.bar if self.error else score >= self.bar

    def model(self, network):
        """Return a network with the readout and the loss of this problem.

        Parameters
        ----------
        network : a cell or a network

        Returns
        -------
        Labelled
        """
        return Labelled(network, squared_error if self.error else None,
                        self.reads)  # fmt: skip

    def batch(self, rng, distance, B):
        """Draw B sequences.

        Parameters
        ----------
        rng : np.random.Generator
        distance, B : ints

        Returns
        -------
        xs : (T, B, D), float32
        targets : (B, 1) or (T, B)
        lengths : (B,), or None
        counts : (T, B), booleans, which targets are asked for, or None

        >>> xs, *_ = TASKS["parity"].batch(np.random.default_rng(0), 7, 3)
        >>> xs.shape
        (7, 3, 2)
        """
        return self.draw(rng, distance, B)

    def answers(self, model, params, batch):
        """Answer a batch, some sequences at a time.

        Parameters
        ----------
        model, params : from `model`, and its parameters
        batch : from `batch`

        Yields
        ------
        (n, 1) or (T, n, K), for the next n sequences
        """
        xs, _, lengths, _ = batch
        for start in range(0, xs.shape[1], PIECE):
            some = slice(start, start + PIECE)
            part = None if lengths is None else lengths[some]
            yield model.outputs(params, xs[:, some], part)

    def score(self, model, params, batch):
        """Say how well a batch is answered.

        Parameters
        ----------
        model, params, batch : as in `answers`

        Returns
        -------
        float: the mean squared error, or the share that is right
        """
        return self.mark(list(self.answers(model, params, batch)), batch)


def _add(rng, distance, B):
    xs, sums = adding.batch(rng, distance, B)
    return xs.astype(np.float32), sums.astype(np.float32), None, None


def _missed(ys, batch):
    return float(np.mean((np.concatenate(ys) - batch[1]) ** 2, dtype=float))


def _copy(rng, distance, B):
    ids, targets = copying.batch(rng, distance, B, ITEMS, SYMBOLS)
    xs = tokens.one_hot(ids, SYMBOLS + 2, np.float32)
    return xs, targets, None, targets != copying.BLANK


def _said(ys):
    return np.concatenate(ys, axis=1).argmax(axis=-1)


def _parity(rng, distance, B):
    bits, targets = parity.batch(rng, distance, B)
    return tokens.one_hot(bits, 2, np.float32), targets, None, None


def _count(rng, distance, B):
    counts = rng.integers(1, distance + 1, size=B).tolist()
    ids, targets, mask, lengths = counting.isolated("anbn", counts)
    return tokens.one_hot(ids, 3, np.float32), targets, lengths, mask


TASKS = {
    "adding": Task(
        "the adding problem",
        "Two of the numbers are marked: what is their sum?", "steps", 2, 400,
        (2, 1), _add, _missed, lambda _: adding.BASELINE, "last", True,
    ),
    "copying": Task(
        "copying", f"Read {ITEMS} symbols, wait, and say them again.",
        "steps to wait", 1, 400, (SYMBOLS + 2, SYMBOLS + 1), _copy,
        lambda ys, batch: copying.recall_accuracy(_said(ys), batch[1]),
        lambda _: 1 / SYMBOLS,
    ),
    "parity": Task(
        "parity", "After the last bit: has the number of ones been odd?",
        "bits", 2, 400, (2, 2), _parity,
        lambda ys, batch: float(np.mean((_said(ys) == batch[1])[-1])),
        lambda _: 1 / 2,
    ),
    "anbn": Task(
        "counting aⁿbⁿ", "Some a, as many b: once the first b has come, tell "
        "every next letter, and the end.", "a at most", 2, 100, (3, 3), _count,
        lambda ys, batch: float(
            counting.all_right(_said(ys), batch[1], batch[3]).mean()
        ),
        lambda distance: 1 / distance,  # who takes every b for the last
    ),
}  # fmt: skip
"""The problems by the names that a reader chooses from."""
