"""A reader's answer as the check sees it: something to define and to call.

`Here` runs it in this process, which is all that a notebook or a page has;
`apart.Apart` runs it in a process of its own and answers the same questions.
"""

import inspect
from dataclasses import dataclass

from rnncourse.exercises.running.run import (
    FILE,
    Call,
    Runner,
    copied,
    namespace,
)

TRIAL = 50_000  # steps of a variant of an answer


@dataclass(frozen=True)
class About:
    """What can be said of an answer before it is called.

    Attributes
    ----------
    kind : the name of its type; "" if there is nothing of the right name
    is_callable : whether it can be called at all
    signature : "(x, h)", or "" if nobody knows
    binds : whether it takes the arguments of the exercise
    """

    kind: str
    is_callable: bool = False
    signature: str = ""
    binds: bool = True


def about(function, arguments):
    """Return an About of a function that should take `arguments`."""
    if function is None:
        return About("")
    kind = type(function).__name__
    if not callable(function):
        return About(kind)
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):  # built in, or with a strange one
        return About(kind, True)
    try:
        signature.bind(*arguments)
    except TypeError:
        return About(kind, True, str(signature), False)
    return About(kind, True, str(signature))


class Here:
    """An answer that runs in this process.

    Parameters
    ----------
    function : the reader's, where there is one already
    file : the file name of its code
    """

    def __init__(self, function=None, file=FILE):
        self.function = function
        self.runner = Runner(file=file)
        self.name = getattr(function, "__name__", "")
        self.names = getattr(function, "__globals__", {})

    @property
    def printed(self):
        """What was printed so far."""
        return self.runner.printed

    @property
    def has_ended(self):
        """Whether it went on and on, so that it is not called again."""
        return self.runner.left <= 0

    def define(self, exercise, text, before):
        """Execute a source that defines the exercise's function.

        Parameters
        ----------
        exercise : Exercise
        text : the source
        before : list of Exercise, whose functions are there

        Returns
        -------
        Call
        """
        functions = {other.name: other.function for other in before}
        return self.execute(
            text, exercise.name, ready(exercise.example(), functions)
        )

    def execute(self, text, name, names):
        """Execute a source, given names; keep its function `name`."""
        self.name, self.names = name, dict(names)
        call = self.runner.define(text, names)
        if not call.error:
            self.function = call.value.get(name)
        return call

    def about(self, arguments):
        """Return an About, given the names of the exercise's arguments."""
        return about(self.function, arguments)

    def call(self, case, silent=False):
        """Call the function on copies of a case; return a Call.

        With `silent`, what it prints is forgotten: it was printed before.
        """
        after = copied(case)
        if silent:
            with self.runner.silent():
                call = self.runner.call(self.function, *after)
        else:
            call = self.runner.call(self.function, *after)
        call.after = after
        return call

    def trial(self, text, case):
        """Define and call a variant of the answer; return a Call.

        What it prints is forgotten, and its steps are its own.
        """
        runner = Runner(lambda text: None, "<variant>", TRIAL)
        call = runner.define(text, dict(self.names))
        if not call.error:
            function, after = call.value.get(self.name), copied(case)
            call = runner.call(function, *after)
            call.after = after
        if runner.left <= 0:
            return Call(error="It goes on and on.", kind="TooLong")
        return call


def ready(example, before):
    """Return the names that a reader's source finds in place."""

    def new_example(*_):
        return copied(example)

    def check(*_):
        return None  # the line that ends a notebook's cell

    return namespace(example=new_example, check=check, **before)
