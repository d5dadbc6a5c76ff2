"""One block of Python is a whole exercise; see CONTRIBUTING for the recipe."""

import inspect
import warnings
from dataclasses import dataclass

import numpy as np

from rnncourse.exercises.comparing import signature
from rnncourse.exercises.running import source


@dataclass(frozen=True)
class Mistake:
    """A wrong answer, and the sentence its author should read.

    `of` names a result: the sentence holds for every answer that gives that
    one as this does, whatever it makes of the others.
    """

    function: object
    sentence: str
    of: str = ""


class Exercise:
    """A solution, and all that hangs on it.

    The function's name is the exercise's, its docstring the statement, its
    signature (and the lines marked ``# given``) the starter.

    Attributes
    ----------
    id : "rnn.elman_step": the chapter's module and the function
    title, statement, starter, solution : texts
    hints : list of Markdown texts, from small to large
    mistakes : list of Mistake
    remark : a sentence or two to end on, once it is correct
    """

    def __init__(self, function, title, stated, remark=""):
        self.function = function
        self.name = function.__name__
        self.chapter = function.__module__.rpartition(".")[2]
        self.id = f"{self.chapter}.{self.name}"
        self.title = title
        self.remark = remark
        self.statement = inspect.cleandoc(function.__doc__)
        self.arguments, self.results = signature.parse(stated)
        self.arrow = f"{_join(self.arguments)} -> {_join(self.results)}"
        self.solution = source.solution(function)
        self.starter = source.starter(function, self.arrow.strip())
        self.hints, self.mistakes = [], []
        self._inputs = self._observe = self._explain = None
        self._requires = lambda **args: True

    def __call__(self, *args, **named):
        return self.function(*args, **named)

    # what stands under the solution in a block

    def inputs(self, function):
        """Decorator: a generator of arguments to check with, given a rng.

        The first ones are the ordinary case, later ones the corners.
        """
        self._inputs = function
        return function

    def requires(self, function):
        """Decorator: ``requires(**args)``, whether the statement allows them.

        Where it promises more of the arguments than their shapes, examples
        that are made up for a wrong answer have to keep the promise.
        """
        self._requires = function
        return function

    def observe(self, function):
        """Decorator: what to compare in place of the results themselves.

        For an exercise with many right answers: ``observe(result, **args)``
        returns what a right answer must bring about.
        """
        self._observe = function
        return function

    def explain(self, function):
        """Decorator: ``explain(yours, right, **args)``, a sentence or "".

        Asked where two observations differ, before the general sentences.
        """
        self._explain = function
        return function

    def mistake(self, sentence, of=""):
        """Decorator: a typical wrong answer, with its author's sentence.

        Of several results, `of` names the one that the sentence is about.
        """

        def add(function):
            self.mistakes.append(Mistake(function, sentence, of))
            return function

        return add

    def hint(self, text):
        """Add a hint, in Markdown."""
        self.hints.append(inspect.cleandoc(text))

    # what the machinery asks

    def cases(self, seed=0):
        """Return the lists of arguments that a check calls with."""
        names = [array.name for array in self.arguments]
        if self._inputs is None:
            return [[]]
        rng = np.random.default_rng(seed)
        return [
            [natural(case[n]) for n in names] for case in self._inputs(rng)
        ]

    def named(self, case):
        """Return a case as {name of the argument: value}."""
        names = [array.name for array in self.arguments]
        return dict(zip(names, case, strict=True))

    def allows(self, case):
        """Tell whether a case is one that the statement speaks of."""
        return bool(self._requires(**self.named(case)))

    def example(self):
        """Return the first case, as {name of the argument: value}."""
        return self.named(self.cases()[0])

    @property
    def observes(self):
        """Whether what a result brings about is compared in its place."""
        return self._observe is not None

    @property
    def explains(self):
        """Whether the exercise has a sentence of its own on a difference."""
        return self._explain is not None

    def observed(self, case, *results):
        """Return what is compared, for each of some results."""
        if self._observe is None:
            return results
        args = self.named(case)
        return [self._observe(result, **args) for result in results]

    def explained(self, yours, right, case):
        """Return the exercise's own sentence about a difference, or "".

        If the author's function breaks off, that is a warning for the
        author; the reader gets the sentence that a check has by itself.
        """
        if self._explain is None:
            return ""
        try:
            return self._explain(yours, right, **self.named(case)) or ""
        except Exception as error:
            told = f"{self.id}: its explain broke off, {error!r}"
            warnings.warn(told, RuntimeWarning, stacklevel=2)
            return ""

    def __repr__(self):
        return f"[exercise] {self.id}: {self.title}"


def exercise(title, stated, remark=""):
    """Decorator: make an exercise of its solution.

    Parameters
    ----------
    title : a few words
    stated : arguments and results, "x (B, D), h (B, H) -> h (B, H)"
    remark : what to say once it is correct
    """

    def make(function):
        return Exercise(function, title, stated, remark)

    return make


def _join(arrays):
    return ", ".join(map(str, arrays))


def natural(value, width=np.intp):
    """Return whole numbers in the width that this machine indexes with.

    A generator draws 64 bits everywhere; in the page Python has 32, and
    ``np.bincount`` and its like refuse the wider ones there.

    Parameters
    ----------
    value : an argument of an exercise: a number, an array, or some of them
    width : dtype

    Returns
    -------
    the same, arrays of 64-bit integers in `width`
    """
    if isinstance(value, np.ndarray) and value.dtype == np.int64:
        return value.astype(width, copy=False)
    if type(value) in (list, tuple):
        return type(value)(natural(part, width) for part in value)
    if type(value) is dict:
        return {name: natural(part, width) for name, part in value.items()}
    return value
