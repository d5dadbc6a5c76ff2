"""The check: from a reader's code to an Outcome."""

import inspect

from rnncourse.exercises import _exercise, _judge, _source
from rnncourse.exercises._outcome import NotYet, Outcome
from rnncourse.exercises._run import Runner, copied, namespace

UNTOUCHED = "Put your own code in place of the dots, then check again."


def source(exercise, text):
    """Check a source that defines the exercise's function."""
    if _source.untouched(text, exercise.name, exercise.starter):
        return Outcome(exercise.id, "not attempted", UNTOUCHED)
    runner = Runner()
    done = runner.define(text, ready(exercise))
    if done.error:
        return _not_yet(exercise, runner, done.error, done.line)
    return _outcome(exercise, runner, text, done.value.get(exercise.name))


def function(exercise, answer):
    """Check a function of the reader's notebook."""
    code = getattr(answer, "__code__", None)
    text, runner = "", Runner(file=getattr(code, "co_filename", ""))
    try:
        text = inspect.getsource(answer)
    except (OSError, TypeError):
        pass  # made in a way that keeps no source
    if text and _source.untouched(text, exercise.name, exercise.starter):
        return Outcome(exercise.id, "not attempted", UNTOUCHED)
    return _outcome(exercise, runner, text, answer)


def run(exercise, text, write=None):
    """Run a source, show the value of its last line, and check nothing."""
    runner = Runner(write, steps=None)
    done = runner.define(text, ready(exercise), show=True)
    status = "error" if done.error else "ran"
    return Outcome(exercise.id, status, done.error, runner.printed, done.line)


def ready(exercise):
    """Return the names that a reader's source finds in place.

    Among them are the functions of the exercises before this one, as the
    reader of a notebook would have them by now.
    """
    known = {}
    for other in _exercise.of_chapter(exercise.chapter):
        if other.id == exercise.id:
            break
        known[other.name] = other.function

    def example(*_):
        return copied(exercise.named(exercise.cases()[0]))

    def check(*_):
        return None  # the line that ends a notebook's cell

    return namespace(example=example, check=check, **known)


def _outcome(exercise, runner, text, answer):
    """Judge an answer; turn what is found into an Outcome."""
    try:
        _judge.judge(exercise, runner, text, answer)
    except NotYet as reason:
        return _not_yet(exercise, runner, **reason.more)
    return Outcome(exercise.id, "correct", exercise.remark, runner.printed)


def _not_yet(exercise, runner, message, line=None, **more):
    return Outcome(
        exercise.id, "not yet", message, runner.printed, line, **more
    )
