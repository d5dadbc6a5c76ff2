"""What a reader should be told: the most specific sentence that fits.

In order: nothing to call; an endless loop; a mistake of the catalogue; then,
example by example, what stopped the code, nothing returned, another type,
another shape, NaN, other numbers, an argument spoilt.
"""

import inspect

from rnncourse.exercises import _compare, _fit, _shapes, _source
from rnncourse.exercises._outcome import NotYet
from rnncourse.exercises._run import Runner, copied


def judge(exercise, runner, text, answer):
    """Raise NotYet with a sentence, unless the answer is right.

    Parameters
    ----------
    exercise : Exercise
    runner : Runner, for the reader's code
    text : the reader's source, "" if it is not known
    answer : what they gave for the function
    """
    _is_callable(exercise, text, answer)
    cases, calls = exercise.cases(), []
    right = [exercise(*copied(case)) for case in cases]
    spoilt = [copied(case) for case in cases]
    for case in spoilt:
        calls.append(runner.call(answer, *case))
        if runner.left == 0:  # it would not come to an end again
            raise NotYet(calls[-1].error, calls[-1].line)
    _is_mistake(exercise, cases, calls, right)
    for i, case in enumerate(cases):
        try:
            _fit.is_right(
                exercise, runner, text, answer, case, calls[i], right[i]
            )
            _fit.is_untouched(exercise, case, spoilt[i])
        except NotYet as reason:
            if i:  # what came before was right
                start = _corner(exercise, case, cases[0])
                reason.more["message"] = start + reason.more["message"]
            raise


def _is_callable(exercise, text, answer):
    name = exercise.name
    if answer is None:
        found = f"There is no function named {name} in your code."
        if other := _source.functions(text):
            found += f" There is {other[-1]}: is the name as it should be?"
        raise NotYet(found)
    if not callable(answer):
        kind = _fit.article(type(answer).__name__)
        raise NotYet(
            f"{name} is {kind}; it should be a function. Does the name stand "
            "on the left of a = somewhere?"
        )
    wanted = [array.name for array in exercise.arguments]
    try:
        yours = inspect.signature(answer)
    except ValueError:
        return  # something built in, which has no signature
    try:
        yours.bind(*wanted)
    except TypeError:
        raise NotYet(
            f"{name} is called as {name}({', '.join(wanted)}), and yours is "
            f"{name}{yours}. Keep the first line as it was."
        ) from None


def _is_mistake(exercise, cases, calls, right):
    """Raise if the answer behaves as one of the catalogue does."""
    triples = list(zip(cases, calls, right, strict=True))
    if all(
        not call.error and _like(exercise, case, call.value, truth)
        for case, call, truth in triples
    ):
        return
    for mistake in exercise.mistakes:
        runner = Runner()
        if all(
            _alike(exercise, case, call, runner, mistake.function)
            for case, call, _ in triples
        ):
            more = _fit.over_time(exercise, calls[0], right[0])
            raise NotYet(mistake.sentence, calls[0].line, **more)


def _alike(exercise, case, call, runner, wrong):
    """Tell whether a wrong function answers a case as the reader's did."""
    theirs = runner.call(wrong, *copied(case))
    if theirs.error or call.error:
        return theirs.kind == call.kind != ""
    return _like(exercise, case, call.value, theirs.value)


def _like(exercise, case, yours, other):
    """Tell whether two results bring about the same."""
    try:
        return _compare.same(*exercise.observed(case, yours, other))
    except Exception:  # it is no result that could be observed
        return False


def _corner(exercise, case, first):
    """Say what is special about a later case."""
    sizes = _shapes.sizes(exercise.arguments, case)
    usual = _shapes.sizes(exercise.arguments, first)
    special = [f"{a} = {n}" for a, n in sizes.items() if usual[a] != n]
    if special:
        return f"Right so far, but with {', '.join(special)}: "
    return "Right for a first example, but not for another: "
