"""One result beside the right one: its form, then its numbers."""

import ast

import numpy as np

from rnncourse.exercises.checking import (
    compare,
    probe,
    shapes,
    signature,
    source,
    strip,
)
from rnncourse.exercises.checking.outcome import NotYet
from rnncourse.exercises.checking.run import copied


def is_right(exercise, text, answer, case, call, right):
    """Raise NotYet if one call's result is not what it should be."""
    if call.error:
        raise NotYet(call.error, call.line)
    if call.value is None:
        raise NotYet(_nothing(exercise, answer, text))
    results = exercise.results
    many = len(results) != 1
    yours, truth = (call.value, right) if many else ((call.value,), (right,))
    known = signature.sizes(exercise.arguments, case)
    if many:
        shapes.are_many(exercise, yours)
        shapes.are_in_order(exercise, yours, truth)
    truth = [np.asarray(value) for value in truth]
    arrays = [
        shapes.as_array(exercise, array, mine, true, known)
        for array, mine, true in zip(results, yours, truth, strict=True)
    ]
    if exercise.observes:
        result = tuple(arrays) if many else arrays[0]
        seen = exercise.observed(case, result, right)
        if not compare.same(*seen):
            why = exercise.explained(*seen, copied(case))
            raise NotYet(why or "The result does not do what it should.")
        return
    for array, mine, true in zip(results, arrays, truth, strict=True):
        if not compare.same(mine, true):
            why = exercise.explained(mine, true, copied(case))
            why = why or _with_numbers(exercise, case, mine)
            why = why or compare.where(array, mine, true)
            how = (
                probe.unsteady(answer, case, call.value)
                or compare.how(array, mine, true)
                or probe.probe(exercise, answer, case, call.value, right)
            )
            more = _pictures(array, mine, true)
            raise NotYet(f"{why} {how}".strip(), **more)


def is_untouched(exercise, case, after):
    """Raise NotYet if the reader's function changed what it was given."""
    for array, was, now in zip(exercise.arguments, case, after, strict=True):
        if not compare.same(was, now):
            name = array.name
            raise NotYet(
                f"The result is right, but your function changes its argument "
                f"{name}, and the caller still needs it. Operations such as "
                f"{name} += … and {name}[…] = … work inside the array that "
                "was given, whatever it is called by then; "
                f"{name} = {name} + … makes a new one."
            )


def over_time(exercise, call, right):
    """Return table and picture of a result, where they make sense."""
    if exercise.observes or len(exercise.results) != 1:
        return {}
    yours, truth = compare.numbers(call.value), compare.numbers(right)
    if yours is None or truth is None or yours.shape != truth.shape:
        return {}
    return _pictures(exercise.results[0], yours, truth)


def _pictures(array, yours, right):
    gaps = compare.by_step(array, yours, right)
    if gaps is None or not gaps.any() or not np.isfinite(gaps).all():
        return {}
    return {
        "table": strip.table(array.name, gaps),
        "picture": strip.strip(array.name, gaps),
    }


def _with_numbers(exercise, case, mine):
    """Say the call and what it gave, if all of it is plain numbers."""
    if mine.size != 1 or any(np.ndim(value) for value in case):
        return ""
    asked = ", ".join(f"{value:.4g}" for value in case)
    return (
        f"{exercise.name}({asked}) gives {mine.item():.4g}, which is not "
        "what it should."
    )


def _nothing(exercise, answer, text):
    """What to say of None."""
    name = exercise.name
    if answer.printed:
        return (
            f"{name} prints something and returns nothing. Put return in "
            "place of print, so that other code can use the result."
        )
    node = source.definition(text, name) if text else None
    if node and not any(isinstance(x, ast.Return) for x in ast.walk(node)):
        return f"{name} has no return, so it returns None."
    return f"{name} returns None. Is there a return on every way out?"
