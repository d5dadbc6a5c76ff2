"""One result beside the right one: its form, then its numbers."""

import ast
import re

import numpy as np

from rnncourse.exercises.checking import shapes
from rnncourse.exercises.checking.outcome import NotYet
from rnncourse.exercises.comparing import (
    compare,
    places,
    signature,
    strip,
    ways,
)
from rnncourse.exercises.reasons import not_finite, probe
from rnncourse.exercises.reasons.early import early
from rnncourse.exercises.reasons.examples import (
    example,
    in_both,
    with_numbers,
)
from rnncourse.exercises.reasons.on_the_way import on_the_way
from rnncourse.exercises.reasons.unset import unset
from rnncourse.exercises.running import source
from rnncourse.exercises.running.run import copied

IN_PLACE = r"(?s)(?=.*(append|insert)\().*([-+*/@]=|\[(:|\.\.\.)\] =|out=)"

NEARLY = "it would be right."  # said of one slip, in what shape it gives
WEAK = r"(For|When|A change|With|Yours and|If|From small)\b|$"


def is_right(exercise, text, answer, case, call, right, one=str):
    """Raise NotYet if one call's result is not what it should be.

    `one` says which one change would make the answer right, or "".
    """
    if call.error:
        named = call.kind.startswith(("NameError", "AttributeError"))
        more = "" if named else one()  # a name that is not there says it all
        sizes = signature.sizes(exercise.arguments, case)
        parts = call.error, _sizes(call.error, sizes), more
        raise NotYet(" ".join(part for part in parts if part), call.line)
    if call.value is None:
        raise NotYet(_nothing(exercise, answer, text))
    if not (exercise.observes or compare.same(call.value, right)):
        if left := unset(exercise, text, answer, case):
            raise NotYet(f"{left} {one()}".strip())
    results = exercise.results
    many = len(results) != 1
    yours, truth = (call.value, right) if many else ((call.value,), (right,))
    known = signature.sizes(exercise.arguments, case)
    whole = _whole(exercise, case)
    if many:
        yours = shapes.unpacked(yours, truth)
        shapes.are_in_order(exercise, yours, truth)
    truth = [np.asarray(value) for value in truth]
    try:
        if many:
            shapes.are_many(exercise, yours)
        arrays = [
            shapes.as_array(exercise, array, mine, true, known | whole)
            for array, mine, true in zip(results, yours, truth, strict=True)
        ]
    except NotYet as reason:
        if not many:
            told = example(exercise, answer, case, yours[0], truth[0])[0]
            reason.more["message"] = told or reason.more["message"]
        is_row = isinstance(yours, (tuple, list))
        for array, mine in zip(results, yours if is_row else (), strict=False):
            mine = compare.numbers(mine)
            if mine is not None and (
                passed := _passed_on(exercise, case, array, mine)
            ):
                reason.more["message"] += f" {passed}"
                break
        if shapes.ALL_RIGHT in reason.more["message"]:
            raise  # a change of what comes before is not called for
        told, _, guess = reason.more["message"].partition(" That comes from")
        if guess and (
            made := not_finite.first(
                exercise, text, answer, case, "contains NaN" in told
            )
        ):
            reason.more["message"] = f"{told} {made}"
        change = one()  # it knows what the sentence asks
        if change.startswith("Two slips") and NEARLY in reason.more["message"]:
            raise
        if change:
            sure = re.sub(r" [A-Z][^.?]*\?$", "", reason.more["message"])
            reason.more["message"] = f"{sure} {change}"
        raise
    if exercise.observes:
        result = tuple(arrays) if many else arrays[0]
        seen = exercise.observed(case, result, right)
        if not compare.same(*seen):
            why = exercise.explained(*seen, copied(case))
            raise NotYet(why or "The result does not do what it should.")
        return
    wrong = [
        triple
        for triple in zip(results, arrays, truth, strict=True)
        if not compare.same(*triple[1:])
    ]
    if not wrong:
        return
    # in sentences of three or four digits nobody sees the seventh
    plain = [triple for triple in wrong if not compare.nearly(*triple[1:])]
    why, (array, mine, true) = "", (plain or wrong)[0]
    for triple in plain:
        if why := exercise.explained(1 * triple[1], triple[2], copied(case)):
            array, mine, true = triple
            break
    told = "", mine, true
    if plain and not why:
        told = example(exercise, answer, case, mine, true)
        why = told[0]
    for triple in [] if why else wrong:
        if why := ways.shares(*triple):
            array, mine, true = triple
            break
    names = [array.name for array in results]
    still = [other[0].name for other in wrong]
    one = _only(one, [name for name in names if name not in still])
    how = probe.unsteady(answer, case, call.value) or _passed_on(
        exercise, case, array, mine
    )
    of_it = how or probe.lasting(
        in_both(
            ways.how(array, mine, true, known | whole),
            *(array, mine, true, *told[1:]),
        ),
        *(exercise, answer, case, call.value, right),
    )
    how = of_it or probe.probe(
        exercise, answer, case, call.value, right, why, one
    )
    if how.startswith("All steps of yours are") and re.search(IN_PLACE, text):
        how += " A list that holds one array, changed in place, looks so."
    if how.endswith("that came in.") and (said := one()).startswith("Two"):
        how = f"{how} {said}"
    if how.startswith("Every number is") and "that is" not in how:
        how = f"{how} {one()}".strip()
    if "would make" not in how and "return" not in how:
        how = f"{how} {early(text, exercise.name)}".strip()
    if not why and re.match(WEAK, how):
        way = on_the_way(exercise, text, answer, case, call.value)
        how = f"{way} {how}".strip()
    if spoilt := _spoilt(exercise, case, call.after):
        how += f" And your function changes its argument {spoilt.name}."
    why = why or with_numbers(exercise, case, mine, true)
    why = why or places.where(array, mine, true)
    also = _others(results, [triple[0] for triple in wrong], array)
    order = (why, how, also) if of_it else (why, also, how)  # "It is …"
    sentences = [part.strip() for part in order if part]
    raise NotYet(" ".join(sentences), **_pictures(array, mine, true))


def _only(one, right):
    """Return `one`, silent where it speaks of a result that is right here."""

    def there():
        said = one()
        of = re.search(r"would make (\w+)('s \w+ part)? right", said)
        return "" if of and of[1] in right else said

    return there


def _sizes(error, sizes):
    """Say which letters the sizes of the shapes in an error are."""
    shapes = re.findall(r"\((\d+,(?: ?\d+,?)*)\)", error)
    seen = {int(n) for shape in shapes for n in re.findall(r"\d+", shape)}
    letters = [f"{axis} = {n}" for axis, n in sizes.items() if n in seen]
    if len(set(shapes)) < 2 or not letters:
        return ""
    return f"Here {', '.join(letters)}."


def _passed_on(exercise, case, array, mine):
    """Say if a result is an argument as it came in."""
    for given, value in zip(exercise.arguments, case, strict=True):
        if mine.size > 1 and np.any(mine) and compare.same(mine, value):
            return f"Your {array.name} is the {given.name} that came in."
    return ""


def _others(results, wrong, told):
    """Say of the other results whether they are right."""
    right = [array.name for array in results if array not in wrong]
    if right:
        return f"What you return as {' and '.join(right)} is right."
    wrong = [array.name for array in wrong if array != told]
    if not wrong:
        return ""
    return f"What you return as {' and '.join(wrong)} differs, too."


def is_untouched(exercise, case, after):
    """Raise NotYet if the reader's function changed what it was given."""
    if spoilt := _spoilt(exercise, case, after):
        name = spoilt.name
        raise NotYet(
            f"The result is right, but your function changes its argument "
            f"{name}, and the caller still needs it. Operations such as "
            f"{name} += … and {name}[…] = … work inside the array that "
            "was given, whatever it is called by then; "
            f"{name} = {name} + … makes a new one."
        )


def _spoilt(exercise, case, after):
    """Return the first argument that a call has changed, or None."""
    for array, was, now in zip(exercise.arguments, case, after, strict=True):
        if not compare.same(was, now):
            return array
    return None


def _whole(exercise, case):
    """Return the whole numbers among the arguments, by name."""
    return {
        array.name: value
        for array, value in zip(exercise.arguments, case, strict=True)
        if isinstance(value, int)
    }


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
