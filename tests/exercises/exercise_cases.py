"""What the tests of exercises share: each exercise, and answers to it."""

import warnings

import numpy as np

from rnncourse.exercises import chapters
from rnncourse.exercises.block import Exercise

EVERY = [
    exercise
    for chapter in chapters.names()
    for exercise in chapters.of_chapter(chapter)
]
MISTAKES = [
    (exercise, mistake) for exercise in EVERY for mistake in exercise.mistakes
]
# whole numbers and arrays that must fit each other: `wild` cannot draw them
FITTED = {
    "forecasting.persistence_score",
    "forecasting.scaled_parts",
    "forecasting.mase",
    "forecasting.forecast_recursively",
    "pytorch.set_forget_bias",
    "practice.perplexity",
    "practice.to_columns",
    "practice.class_weights",
    "practice.diagnose",
}


def named(value):
    """Name a test after an exercise or a mistake."""
    if isinstance(value, Exercise):
        return value.id
    return value.function.__name__


def around(exercise, body):
    """Return a source whose function does `body`; it may call `answer()`."""
    names = [array.name for array in exercise.arguments]
    right = exercise.solution.replace(f"def {exercise.name}(", "def _right(")
    return (
        f"{right}\n\n\ndef {exercise.name}({', '.join(names)}):\n"
        f"    answer = lambda: _right({', '.join(names)})\n"
        + "".join(f"    {line}\n" for line in body.splitlines())
    )


def wild(exercise, rng):
    """Draw arguments of any size, by the names and axes of an exercise."""
    sizes = {axis: int(rng.integers(1, 7)) for axis in "TBDHKV"}
    sizes["T + 1"] = sizes["T"] + 1
    case = []
    for array in exercise.arguments:
        if array.axes is None:  # how many of something
            case.append(int(rng.integers(1, 10)))
            continue
        for axis in array.axes:
            if axis not in sizes:  # a chapter's own, such as "depth"
                sizes[axis] = int(rng.integers(1, 7))
        shape = [sizes[axis] for axis in array.axes]
        if array.name == "lengths":
            case.append(rng.integers(1, sizes["T"] + 1, shape))
        elif array.name == "targets":
            case.append(rng.integers(sizes["V"], size=shape))
        elif array.name == "ids":
            case.append(rng.integers(sizes["V"], size=shape))
        elif array.name == "counts":  # how often each thing was seen
            case.append(rng.integers(0, 4, shape))
        elif array.name == "right":
            case.append(rng.random(shape) < 0.7)
        elif array.name == "steps":
            case.append(rng.uniform(1, 60, shape))
        elif array.name == "limit":
            case.append(rng.uniform(0.1, 20, shape))
        elif array.name == "periods":
            case.append(2 ** rng.integers(0, 4, shape))
        elif array.name == "alpha":
            case.append(rng.uniform(0.05, 0.95, shape))
        elif array.name == "row":  # brackets that match, 0 for a word
            case.append(bracketed(rng, int(rng.integers(0, 4))))
        elif array.name == "path":  # the class of each frame, for CTC
            case.append(rng.integers(sizes["K"], size=shape))
        elif array.name == "states":  # symbols between blanks, which are 0
            odd = np.arange(shape[0]) % 2
            case.append(odd * rng.integers(sizes["K"], size=shape))
        elif array.name in ("h", "hs"):
            case.append(rng.uniform(-1, 1, shape))
        else:
            case.append(rng.normal(size=shape))
    return case


def bracketed(rng, depth):
    """Draw a row of brackets: k opens one, -k closes it, 0 is a word."""
    kind, inside = int(rng.integers(1, 6)), [0]
    for _ in range(int(rng.integers(0, 3)) if depth else 0):
        inside += [*bracketed(rng, depth - 1), *rng.integers(0, 1, 1)]
    return np.array([kind, *inside, -kind])


def definition(source, exercise):
    """Execute a source and return the exercise's function."""
    space = {"np": np}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # 1.01[t]: wrong enough
        exec(compile(source, "<mutant>", "exec"), space)
    return space[exercise.name]


def lines(exercise):
    """Return the lines of a solution that the starter does not give."""
    given = {line.strip() for line in exercise.starter.splitlines()}
    every = {line.strip() for line in exercise.solution.splitlines()}
    return every - given - {""}
