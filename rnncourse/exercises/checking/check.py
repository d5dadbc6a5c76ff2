"""The check: from a reader's code to an Outcome.

What the reader is told is the most specific sentence that holds. In order:
nothing to call; an endless loop; a mistake of the catalogue; then, example by
example, what stopped the code, nothing returned, another type, another shape,
NaN, other numbers, an argument spoilt.
"""

import functools
import inspect

import numpy as np

from rnncourse.exercises.checking import result, shapes
from rnncourse.exercises.checking.outcome import NotYet, Outcome
from rnncourse.exercises.comparing import compare, signature
from rnncourse.exercises.reasons.early import early
from rnncourse.exercises.reasons.one_change import one_change
from rnncourse.exercises.reasons.two_slips import Slips, like
from rnncourse.exercises.running import source as sources
from rnncourse.exercises.running.answer import Here, ready
from rnncourse.exercises.running.run import Runner, copied

UNTOUCHED = "Put your own code in place of the dots, then check again."


def source(exercise, text, before, answer=None):
    """Check a source that defines the exercise's function.

    Parameters
    ----------
    exercise : Exercise
    text : the reader's source
    before : list of Exercise, those of the chapter before this one, whose
        functions the reader of a notebook would have by now
    answer : what runs the source; if None, this process does
    """
    text = text.removeprefix("\ufeff")  # left in front by some editors
    if sources.untouched(text, exercise.name, exercise.starter):
        return Outcome(exercise.id, "not attempted", UNTOUCHED)
    answer = answer or Here()
    call = answer.define(exercise, text, before)
    if call.error:
        return _not_yet(exercise, answer, call.error, call.line)
    return _outcome(exercise, text, answer)


def function(exercise, answer):
    """Check a function of the reader's notebook."""
    code, text = getattr(answer, "__code__", None), ""
    try:
        text = inspect.getsource(answer)
    except (OSError, TypeError):
        pass  # made in a way that keeps no source
    if text and sources.untouched(text, exercise.name, exercise.starter):
        return Outcome(exercise.id, "not attempted", UNTOUCHED)
    file = getattr(code, "co_filename", "")
    return _outcome(exercise, text, Here(answer, file))


def run(exercise, text, before, write=None):
    """Run a source, show the value of its last line, and check nothing."""
    runner = Runner(write, steps=None)
    functions = {other.name: other.function for other in before}
    names = ready(exercise.example(), functions)
    done = runner.define(text.removeprefix("\ufeff"), names, show=True)
    status = "error" if done.error else "ran"
    return Outcome(exercise.id, status, done.error, runner.printed, done.line)


def _outcome(exercise, text, answer):
    """Judge an answer; turn what is found into an Outcome."""
    try:
        _judge(exercise, text, answer)
    except NotYet as reason:
        return _not_yet(exercise, answer, **reason.more)
    return Outcome(exercise.id, "correct", exercise.remark, answer.printed)


def _not_yet(exercise, answer, message, line=None, **more):
    return Outcome(
        exercise.id, "not yet", message, answer.printed, line, **more
    )


def _judge(exercise, text, answer):
    """Raise NotYet with a sentence, unless the answer is right."""
    _is_callable(exercise, text, answer)
    cases, calls = exercise.cases(), []
    right = [exercise(*copied(case)) for case in cases]
    for case in cases:
        calls.append(answer.call(case))
        if answer.has_ended:
            raise NotYet(calls[-1].error, calls[-1].line)
        if "float32" in text:  # part of it, and NumPy makes doubles of all
            calls[-1].value = compare.single(calls[-1].value)
    _is_mistake(exercise, cases, calls, right)

    @functools.cache
    def one():
        slips = Slips(exercise, cases, calls, right)
        found = one_change(exercise, text, answer, cases, calls, right, slips)
        return found or early(text, exercise.name)

    plain = _plainest(exercise, cases, calls, right)
    for i, case in plain:
        try:
            result.is_right(
                exercise, text, answer, case, calls[i], right[i], one
            )
            result.is_untouched(exercise, case, calls[i].after)
        except NotYet as reason:
            message = reason.more["message"]
            if i and message.startswith("For "):  # that is the whole case
                reason.more["message"] = f"Right so far. {message}"
            elif i and len(plain) == len(cases):
                start = _corner(exercise, case, cases[0])
                reason.more["message"] = start + message
            raise


def _plainest(exercise, cases, calls, right):
    """Number the cases; of plain numbers, leave the smallest wrong one."""
    order = list(enumerate(cases))
    if exercise.observes or exercise.explains or len(exercise.results) > 1:
        return order
    if np.ndim(right[0]) or any(map(np.ndim, sum(cases, []))):
        return order
    wrong = [
        (i, case)
        for i, case in order
        if not compare.same(calls[i].value, right[i])
    ]
    size = lambda one: sum(abs(x) for x in one[1])  # noqa: E731
    return sorted(wrong, key=size)[:1] or order


def _is_callable(exercise, text, answer):
    name = exercise.name
    wanted = [array.name for array in exercise.arguments]
    about = answer.about(wanted)
    if not about.kind:
        found = f"There is no function named {name} in your code."
        if other := sources.functions(text):
            found += f" There is {other[-1]}: is the name as it should be?"
        raise NotYet(found)
    if not about.is_callable:
        raise NotYet(
            f"{name} is {shapes.article(about.kind)}; it should be a "
            "function. Does the name stand on the left of a = somewhere?"
        )
    if not about.binds:
        raise NotYet(
            f"{name} is called as {name}({', '.join(wanted)}), and yours is "
            f"{name}{about.signature}. Keep the first line as it was."
        )


def _is_mistake(exercise, cases, calls, right):
    """Raise if the answer behaves as one of the catalogue does."""
    triples = list(zip(cases, calls, right, strict=True))
    if all(
        not call.error and like(exercise, case, call.value, truth)
        for case, call, truth in triples
    ):
        return
    almost = set()  # like the answer, but where that stops or has no number
    once = set()  # like the answer, but in one corner
    first = next(
        i
        for i, (case, call, truth) in enumerate(triples)
        if call.error or not like(exercise, case, call.value, truth)
    )
    for mistake in exercise.mistakes:
        runner = Runner()
        found = [
            _alike(exercise, case, call, runner, mistake.function)
            for case, call, _ in triples
        ]
        if all(found):
            more = result.over_time(exercise, calls[0], right[0])
            raise NotYet(mistake.sentence, calls[0].line, **more)
        if found[first] and False not in found:
            almost.add(mistake.sentence)
        if _but_once(exercise, triples, found):
            once.add(mistake.sentence)
    of_one = {
        mistake.sentence
        for mistake in exercise.mistakes
        if mistake.of and _in_one_result(exercise, triples, mistake)
    }
    for sentences in almost, once, of_one:
        if len(sentences) == 1:
            more = result.over_time(exercise, calls[0], right[0])
            raise NotYet(sentences.pop(), calls[0].line, **more)


def _in_one_result(exercise, triples, mistake):
    """Tell whether a mistake explains the result that it is about.

    It has to in the first case, and in each other one that gives numbers.
    """
    names = [array.name for array in exercise.results]
    k, runner, many = names.index(mistake.of), Runner(), len(names)
    for i, (case, call, truth) in enumerate(triples):
        theirs = runner.call(mistake.function, *copied(case))
        if i and (theirs.error or call.error):
            continue
        if not (_has(call.value, many) and _has(theirs.value, many)):
            return False
        mine, wrong = call.value[k], theirs.value[k]
        if i and not _is_finite(mine):
            continue
        if not compare.same(mine, wrong):
            return False
        if not i and compare.same(mine, truth[k]):
            return False
    return True


def _has(value, many):
    """Tell whether a result is a tuple or a list of so many."""
    return isinstance(value, (tuple, list)) and len(value) == many


def _but_once(exercise, triples, found):
    """Tell whether a mistake explains an answer in every case but one.

    It has to in the first, and twice the same wrong numbers with digits
    behind the point are no chance.
    """
    if found.count(False) != 1 or not found[0]:
        return False
    digits = 0
    for (case, call, truth), same in zip(triples, found, strict=True):
        numbers = compare.numbers(call.value)
        if not same or numbers is None or not np.isfinite(numbers).all():
            continue
        if (numbers != np.round(numbers)).any():
            digits += not like(exercise, case, call.value, truth)
    return digits > 1


def _alike(exercise, case, call, runner, wrong):
    """Tell whether a wrong function answers a case as the reader's did.

    It is None, which tells nothing, where the reader's stops or is not finite
    and the wrong one does neither.
    """
    theirs = runner.call(wrong, *copied(case))
    if theirs.error or call.error:
        same = theirs.kind == call.kind != ""
        return same or (None if call.error and not theirs.error else False)
    if like(exercise, case, call.value, theirs.value):
        return True
    return False if _is_finite(call.value) else None


def _is_finite(value):
    """Tell whether all numbers of a result are finite."""
    parts = value if isinstance(value, (tuple, list)) else [value]
    arrays = [compare.numbers(part) for part in parts]
    return all(x is None or np.isfinite(x).all() for x in arrays)


def _corner(exercise, case, first):
    """Say how a later case differs, which need not be the cause."""
    sizes = signature.sizes(exercise.arguments, case)
    usual = signature.sizes(exercise.arguments, first)
    special = [f"{a} = {n}" for a, n in sizes.items() if usual[a] != n]
    plain = [
        f"{array.name} = {value:.4g}"
        for array, value, other in zip(
            exercise.arguments, case, first, strict=True
        )
        if not array.axes and np.ndim(value) == 0 and value != other
    ]
    special += plain if len(plain) < 3 else []
    if special:
        return f"Right so far, but not for one with {', '.join(special)}: "
    return "Right for a first example, but not for another: "
