"""The check: from a reader's code to the one sentence that helps most."""

import inspect

import numpy as np

from rnncourse.exercises import _compare, _shapes, _source, _steps
from rnncourse.exercises._outcome import Outcome
from rnncourse.exercises._run import Runner, copied, namespace

UNTOUCHED = "Put your own code in place of the dots, then check again."


class NotYet(Exception):
    """Ends a check with a sentence; never leaves this module."""

    def __init__(self, sentence, line=None, **more):
        super().__init__(sentence)
        self.more = {"message": sentence, "line": line, **more}


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
    """Run a source and check nothing."""
    runner = Runner(write, steps=None)
    done = runner.define(text, ready(exercise))
    if done.error:
        return _not_yet(exercise, runner, done.error, done.line)
    return Outcome(exercise.id, "ran", "", printed=runner.printed)


def ready(exercise):
    """Return the names that a reader's source finds in place."""

    def example(*_):
        return copied(exercise.named(exercise.cases()[0]))

    def check(*_):
        return None  # the line that ends a notebook's cell

    return namespace(example=example, check=check)


def _not_yet(exercise, runner, message, line=None, **more):
    return Outcome(
        exercise.id, "not yet", message, runner.printed, line, **more
    )


def _outcome(exercise, runner, text, answer):
    """Judge an answer; turn what is found into an Outcome."""
    try:
        _judge(exercise, runner, text, answer)
    except NotYet as reason:
        return _not_yet(exercise, runner, **reason.more)
    return Outcome(exercise.id, "correct", exercise.remark, runner.printed)


def _judge(exercise, runner, text, answer):
    """Raise NotYet with the most specific sentence that fits."""
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
            _is_right(exercise, runner, text, case, calls[i], right[i])
            _is_untouched(exercise, case, spoilt[i])
        except NotYet as reason:
            if i:  # a corner: what came before was right
                reason.more["message"] = (
                    _corner(exercise, case, cases[0]) + reason.more["message"]
                )
            raise


def _is_callable(exercise, text, answer):
    name = exercise.name
    if answer is None:
        found = f"There is no function named {name} in your code."
        other = [x for x in _functions(text) if x != name]
        if other:
            found += f" There is {other[-1]}: is the name as it should be?"
        raise NotYet(found)
    if not callable(answer):
        kind = type(answer).__name__
        raise NotYet(
            f"{name} is {_article(kind)}; it should be a function. Does the "
            f"name stand on the left of a = somewhere?"
        )
    wanted = [array.name for array in exercise.arguments]
    try:
        inspect.signature(answer).bind(*wanted)
    except TypeError:
        yours = inspect.signature(answer)
        raise NotYet(
            f"{name} is called as {name}({', '.join(wanted)}), and yours is "
            f"{name}{yours}. Keep the first line as it was."
        ) from None
    except ValueError:
        pass  # something built in, which has no signature


def _functions(text):
    try:
        tree = _source.ast.parse(text)
    except SyntaxError:
        return []
    kind = _source.ast.FunctionDef
    return [node.name for node in tree.body if isinstance(node, kind)]


def _is_mistake(exercise, cases, calls, right):
    """Raise if the answer behaves as one of the catalogue does."""
    if all(not c.error for c in calls) and all(
        _compare.same(*_seen(exercise, case, call.value, truth))
        for case, call, truth in zip(cases, calls, right, strict=True)
    ):
        return
    for mistake in exercise.mistakes:
        runner = Runner()
        if all(
            _alike(exercise, case, call, runner, mistake.function)
            for case, call in zip(cases, calls, strict=True)
        ):
            more = _over_time(exercise, cases, calls, right)
            raise NotYet(mistake.sentence, calls[0].line, **more)


def _alike(exercise, case, call, runner, wrong):
    """Tell whether a wrong function answers a case as the reader's did."""
    theirs = runner.call(wrong, *copied(case))
    if theirs.error or call.error:
        return theirs.kind == call.kind != ""
    if exercise._observe is None:
        return _compare.same(theirs.value, call.value)
    try:
        seen = _seen(exercise, case, call.value, theirs.value)
    except Exception:
        return False
    return _compare.same(*seen)


def _seen(exercise, case, *results):
    """What is compared, for each of some results."""
    return [exercise.observed(result, copied(case)) for result in results]


def _over_time(exercise, cases, calls, right):
    """The table and the strip of the first case, where they make sense."""
    if exercise._observe is not None or len(exercise.results) != 1:
        return {}
    yours = _compare.numbers(calls[0].value)
    truth = _compare.numbers(right[0])
    if yours is None or truth is None or yours.shape != truth.shape:
        return {}
    return _pictures(exercise.results[0], yours, truth)


def _pictures(array, yours, right):
    gaps = _compare.by_step(array, yours, right)
    if gaps is None or not gaps.any() or not np.isfinite(gaps).all():
        return {}
    return {
        "table": _steps.table(array.name, gaps),
        "picture": _steps.strip(array.name, gaps),
    }


def _is_right(exercise, runner, text, case, call, right):
    """Raise if one call's result is not what it should be."""
    if call.error:
        raise NotYet(call.error, call.line)
    many = len(exercise.results) != 1
    yours, truth = (call.value, right) if many else ((call.value,), (right,))
    if call.value is None:
        raise NotYet(_nothing(exercise, runner, text))
    if many and not (
        isinstance(yours, (tuple, list)) and len(yours) == len(truth)
    ):
        names = ", ".join(array.name for array in exercise.results)
        what = type(yours).__name__
        if isinstance(yours, (tuple, list)):
            what += f" of {len(yours)}"
        raise NotYet(
            f"{exercise.name} returns {_article(what)}; expected "
            f"{len(truth)} things: {names}."
        )
    known = _shapes.sizes(exercise.arguments, case)
    arrays = []
    for array, mine, true in zip(exercise.results, yours, truth, strict=True):
        mine = _is_fitting(exercise, array, mine, np.asarray(true), known)
        arrays.append(mine)
    if exercise._observe is not None:
        result = call.value if many else arrays[0]
        seen = _seen(exercise, case, result, right)
        if not _compare.same(*seen):
            raise NotYet(
                exercise.explained(*seen, copied(case))
                or "The result does not do what it should."
            )
        return
    for array, mine, true in zip(exercise.results, arrays, truth, strict=True):
        _agrees(exercise, case, array, mine, np.asarray(true))


def _nothing(exercise, runner, text):
    if runner.printed:
        return (
            f"{exercise.name} prints something and returns nothing. "
            "Replace print(...) by return, so that other code can use it."
        )
    node = None
    try:
        node = _source.definition(text, exercise.name)
    except SyntaxError:
        pass
    kinds = _source.ast.Return
    if node and not any(isinstance(x, kinds) for x in _source.ast.walk(node)):
        return f"{exercise.name} has no return, so it returns None."
    return f"{exercise.name} returns None. Is there a return on every way out?"


def _is_fitting(exercise, array, mine, right, known):
    """Return a result as an array; raise unless type and shape fit."""
    name = exercise.name if len(exercise.results) == 1 else array.name
    gives = "returns" if len(exercise.results) == 1 else "is"
    wanted = f"expected {array}, an array" if array.axes else (
        f"expected {array}, a number"
    )  # fmt: skip
    if isinstance(mine, (list, tuple)):
        what = f"{name} {gives} {_article(type(mine).__name__)} of {len(mine)}"
        try:
            shape = np.array(mine, dtype=float).shape
        except (ValueError, TypeError):
            shape = None
        cure = "np.array(...) makes an array of a list."
        if shape is not None and shape != right.shape:
            cure = f"As an array it has shape {shape}. {cure}"
        raise NotYet(f"{what}; {wanted}. {cure}")
    numbers = _compare.numbers(mine)
    if numbers is None:
        kind = type(mine).__name__
        cure = ""
        if callable(mine):
            cure = " Is a pair of brackets () missing at the end?"
        if isinstance(mine, np.ndarray):
            kind = f"array of {mine.dtype}"
        raise NotYet(f"{name} {gives} {_article(kind)}; {wanted}.{cure}")
    if numbers.shape != right.shape:
        had = named_shape(numbers.shape, known)
        sentence = f"{array.name} has shape {had}"
        sentence += f"; expected {array.sized(right.shape)}."
        if sorted(numbers.shape) == sorted(right.shape):
            sentence += " The axes are there, in another order."
        elif numbers.size == right.size:
            sentence += " The number of entries is right."
        elif numbers.ndim == right.ndim - 1 and "T" in (array.axes or ()):
            sentence += " Is a step, or the time axis, missing?"
        raise NotYet(sentence)
    bad = ~np.isfinite(numbers)
    if bad.any() and np.isfinite(right).all():
        kind = "NaN" if np.isnan(numbers).any() else "infinity"
        place = ""
        if array.axes and array.axes[0] == "T":
            first = int(bad.reshape(len(bad), -1).any(axis=1).argmax())
            place = f", first at t = {first + 1} ({array.name}[{first}])"
        raise NotYet(
            f"{array.name} contains {kind}{place}. That comes from dividing "
            "by zero, from the logarithm or root of a negative number, or "
            "from np.empty, whose numbers are whatever was there."
        )
    return numbers


def named_shape(shape, sizes):
    """Say a shape, and its letters where they are clear."""
    letters = _shapes.named(shape, sizes)
    return f"{shape}, that is {letters}" if letters else f"{shape}"


def _agrees(exercise, case, array, yours, right):
    if _compare.same(yours, right):
        return
    sentence = exercise.explained(
        yours, right, copied(case)
    ) or _compare.where(array, yours, right)
    if more := _compare.how(array, yours, right):
        sentence += f" {more}"
    raise NotYet(sentence, **_pictures(array, yours, right))


def _is_untouched(exercise, case, after):
    """Raise if the reader's function changed what it was given."""
    for array, was, now in zip(exercise.arguments, case, after, strict=True):
        if not _compare.same(was, now):
            name = array.name
            raise NotYet(
                f"The result is right, but your function changes its argument "
                f"{name}, and the caller still needs it. Operations such as "
                f"{name} += … and {name}[…] = … work inside the array that "
                f"was given; {name} = {name} + … makes a new one."
            )


def _corner(exercise, case, first):
    """Say what is special about a later case."""
    sizes = _shapes.sizes(exercise.arguments, case)
    usual = _shapes.sizes(exercise.arguments, first)
    special = [f"{a} = {n}" for a, n in sizes.items() if usual[a] != n]
    if special:
        return f"Right so far, but with {', '.join(special)}: "
    return "Right for a first example, but not for another: "


def _article(noun):
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
