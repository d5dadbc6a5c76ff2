"""What is right to six digits, and wrong in the seventh.

A check calls a result wrong from `compare.RELATIVE` on. What explains the
difference then has to find it: with a tolerance of its own it would look for
a wrong entry and find none, or a right one. Nothing here catches an
exception, so an error of the check itself is one of the test.
"""

import re

import numpy as np
import pytest
from exercise_cases import EVERY, around, named

from rnncourse.exercises import check_source
from rnncourse.exercises.comparing import compare

ALL_BUT = "np.isin(np.arange(x.size), np.flatnonzero(x)[{}], invert=True)"
WAYS = {  # x is flat
    "scaled": "x * (1 + 1e-6)",
    "to_7_digits": "np.round(x, 7)",
    "to_8_digits": "np.round(x, 8)",
    "first": f"x * np.where({ALL_BUT.format(':1')}, 1, 1 + 1e-6)",
    "last": f"x * np.where({ALL_BUT.format('-1:')}, 1, 1 + 1e-6)",
}
EXPLAINED = [e for e in EVERY if e.explains and not e.observes]
every_way = pytest.mark.parametrize("way", WAYS)


def near(way):
    """Return the source of a function that spoils the last digits."""
    return (
        "def _near(value):\n"
        "    x = np.array(value, float).ravel()\n"
        f"    return ({WAYS[way]}).reshape(np.shape(value))[()]\n\n\n"
    )


def parts(exercise, value):
    """Return one result or several as a list."""
    return [value] if len(exercise.results) == 1 else list(value)


def spoilt(way, value):
    """Spoil one result."""
    space = {"np": np}
    exec(near(way), space)
    return space["_near"](value)


@every_way
@pytest.mark.parametrize("exercise", EVERY, ids=named)
def test_the_check_has_a_sentence(exercise, way):
    one = "_near(answer())"
    if len(exercise.results) != 1:
        one = "tuple(map(_near, answer()))"
    source = near(way) + around(exercise, f"return {one}")
    outcome = check_source(exercise.id, source)
    is_right = True
    for case in exercise.cases():
        right = exercise(*case)
        mine = [spoilt(way, part) for part in parts(exercise, right)]
        mine = tuple(mine) if len(exercise.results) != 1 else mine[0]
        is_right &= compare.same(*exercise.observed(case, mine, right))
    assert outcome.status == ("correct" if is_right else "not yet")
    said = outcome.message
    assert not re.search(r"should be (\S.*); yours is \1\.(?!\d)", said), said
    assert "stops with" not in said
    if not is_right and not exercise.observes and "digits" not in way:
        assert "six digits" in said, said


@every_way
@pytest.mark.parametrize("exercise", EXPLAINED, ids=named)
def test_what_explains_finds_the_entry(exercise, way):
    """Asked by itself: a check says the same of all, that digits lack."""
    for case in exercise.cases():
        for array, right in zip(
            exercise.results, parts(exercise, exercise(*case)), strict=True
        ):
            right = np.asarray(right)
            mine = np.asarray(spoilt(way, right))
            wrong = ~compare.agree(mine, right)
            if not wrong.any():
                continue
            said = exercise.explained(1 * mine, right, case)
            for place in re.findall(rf"\b{array.name}\[([\d, ]+)\]", said):
                assert wrong[tuple(map(int, place.split(",")))].any(), said


@pytest.mark.parametrize(
    "mine, right, is_near",
    [
        ([1.000001, 2.0], [1.0, 2.0], True),
        ([1.0001, 2.0], [1.0, 2.0], False),
        ([1e-7, 0.5], [3e-7, 0.5], True),  # beside a half it is nothing
        ([1e-7, 2e-7], [2e-7, 1e-7], False),  # all are small
        (1e-7, 2e-7, False),
        ([True, False], [True, False], True),
        ([0.0, 0.0], [0.0, 0.0], True),
        ([np.nan], [np.nan], False),
    ],
)
def test_nearly_asks_how_large_the_numbers_are(mine, right, is_near):
    assert compare.nearly(np.array(mine), np.array(right)) is is_near
