"""What if the arguments were others? Then a wrong result may be the right one.

A sign, a transposition, two arguments exchanged, time that runs the other
way: each is tried by calling the reader's function on arguments changed so.
"""

import itertools

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.running.run import Runner, copied


def meant(exercise, answer, case, yours, right):
    """Say what change of the arguments makes the result right, or ""."""
    for sentence, other in changes(exercise, case):
        call = answer.call(other, silent=True)
        if not call.error and compare.same(call.value, right):
            return sentence if _holds(exercise, answer, sentence) else ""
    return ""


def _holds(exercise, answer, sentence):
    """Tell whether it makes every wrong result of a check right."""
    for case in exercise.cases():
        right = Runner().call(exercise.function, *copied(case)).value
        mine = answer.call(case, silent=True)
        if mine.error or compare.same(mine.value, right):
            continue
        if not any(
            compare.same(answer.call(other, silent=True).value, right)
            for words, other in changes(exercise, case)
            if words == sentence
        ):
            return False
    return True


def alone(exercise, answer, case, yours, right):
    """Say if each sequence of the batch is right by itself, or ""."""
    places = [
        (i, array.axes.index("B"))
        for i, array in enumerate(exercise.arguments)
        if "B" in (array.axes or ())
    ]
    if not places:
        return ""
    i, axis = places[0]
    size = case[i].shape[axis]
    for b in range(size):
        single = list(case)
        for i, axis in places:
            single[i] = np.take(case[i], [b], axis)
        truth = Runner().call(exercise.function, *copied(single)).value
        mine = answer.call(single, silent=True).value
        if truth is None or size == 1 or not compare.same(mine, truth):
            return ""
    return (
        "For one sequence at a time your result is right, for several "
        "together it is not: look at what they share."
    )


def changes(exercise, case):
    """Yield a sentence and the changed arguments that would prove it."""
    floats = [
        (i, array)
        for i, array in enumerate(exercise.arguments)
        if getattr(case[i], "dtype", np.dtype(int)).kind == "f"
    ]
    for i, array in floats:
        yield (
            f"It would be right if {array.name} had the other sign: a minus "
            "is missing there, or there is one too many.",
            _changed(case, {i: -case[i]}),
        )
    for i, array in floats:
        if case[i].ndim == 2 and len(set(case[i].shape)) == 1:
            yield (
                f"It would be right if {array.name} were transposed: .T is "
                "missing, or there is one too many.",
                _changed(case, {i: case[i].T.copy()}),
            )
    for n, (i, array) in enumerate(floats):
        for j, other in floats[:n]:
            if case[i].shape == case[j].shape:
                yield (
                    f"It would be right if {other.name} and {array.name} "
                    "changed places.",
                    _changed(case, {i: case[j], j: case[i]}),
                )
    yield from _in_time(exercise, case)
    yield from _in_parts(exercise, case)


def parted(exercise):
    """Return the places of arguments of gates side by side, and how many."""
    for size in 4, 3:
        places = [
            i
            for i, array in enumerate(exercise.arguments)
            if (array.axes or ("",))[-1] == f"{size}H"
        ]
        if places:
            return places, size
    return [], 0


def _in_parts(exercise, case):
    """Yield arguments whose gates stand in another order."""
    places, size = parted(exercise)
    for turn in itertools.islice(itertools.permutations(range(size)), 1, None):
        parts = {i: np.split(case[i], size, axis=-1) for i in places}
        yield (
            f"It would be right if the {size} parts that stand side by side "
            "came in another order.",
            _changed(
                case,
                {
                    i: np.concatenate([gates[k] for k in turn], axis=-1)
                    for i, gates in parts.items()
                },
            ),
        )


def _in_time(exercise, case):
    """Yield arguments that come at another time."""
    series = [
        (i, array.axes.index("T"), array.name)
        for i, array in enumerate(exercise.arguments)
        if "T" in (array.axes or ()) and case[i].shape[array.axes.index("T")]
    ]
    for i, axis, name in series:
        yield (
            f"At each step, yours looks at {name} of the step before it.",
            _changed(case, {i: np.roll(case[i], -1, axis)}),
        )
        yield (
            f"At each step, yours looks at {name} of the step after it.",
            _changed(case, {i: np.roll(case[i], 1, axis)}),
        )
    yield (
        "It would be right if time ran the other way: from which end does "
        "your loop start?",
        _changed(case, {i: np.flip(case[i], axis) for i, axis, _ in series}),
    )


def _changed(case, changes):
    return [changes.get(i, value) for i, value in enumerate(case)]
