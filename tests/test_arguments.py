"""Refusals name the argument, what it is, and what it should be."""

import numpy as np
import pytest

from rnncourse import arguments


def test_what_is_right_comes_back():
    a = np.ones((5, 3))
    assert arguments.array("a", a, ("T", 3)) is a
    assert arguments.array("a", a, ("T", 3), np.float32).dtype == np.float32
    ids = np.arange(4)
    assert arguments.integers("ids", ids, ("T",), 0, 4) is ids
    assert arguments.integers("n", np.uint8(3), (), 1) == 3
    assert arguments.size("H", np.int64(7)) == 7
    generator = np.random.default_rng(0)
    assert arguments.rng("rng", generator) is generator
    assert arguments.names("d", {"a": 1}, ("a",)) == {"a": 1}


@pytest.mark.parametrize(
    "a, shape, message",
    [
        (np.ones(3), ("T", "B"), "a has shape (3,); expected (T, B)"),
        (np.ones((3, 4)), ("H", "H"), "a has shape (3, 4); expected (H, H)"),
        (np.ones((3, 4)), (3,), "a has shape (3, 4); expected (3,)"),
        (np.ones(0), ("T",), "a has shape (0,); expected (T,), none of them "
                             "0"),
        (np.ones(2, bool), (2,), "a has dtype bool; expected float32 or "
                                 "float64"),
        (np.ones(2, np.float16), (2,), "a has dtype float16; expected "
                                       "float32 or float64"),
        ([1.0, np.nan], (2,), "a contains NaN, first at [1]; expected finite "
                              "numbers"),
        (np.inf, (), "a contains inf; expected finite numbers"),
    ],
)  # fmt: skip
def test_array(a, shape, message):
    with pytest.raises(ValueError) as error:
        arguments.array("a", a, shape)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "a, message",
    [
        ([1.0], "a has dtype float64; expected integers"),
        ([True], "a has dtype bool; expected integers"),
        ([0, -1], "a contains -1 at [1]; expected integers from 0 to 4"),
        ([5], "a contains 5 at [0]; expected integers from 0 to 4"),
        ([[1]], "a has shape (1, 1); expected (B,)"),
    ],
)
def test_integers(a, message):
    with pytest.raises(ValueError) as error:
        arguments.integers("a", a, ("B",), 0, 5)
    assert str(error.value) == message


def test_integers_without_an_upper_end():
    with pytest.raises(ValueError, match="contains 0; .* from 1 upwards"):
        arguments.integers("n", 0, (), 1)


@pytest.mark.parametrize("n", [0, -3, 2.0, "7", None, True])
def test_size(n):
    with pytest.raises(ValueError, match="^H is .*integer of at least 1"):
        arguments.size("H", n)
