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


def test_what_is_finite_until_it_is_converted():
    a = np.array([[1.0, -1e300]])
    with pytest.raises(ValueError) as error:
        arguments.array("xs", a, ("T", "B"), np.float32)
    assert str(error.value) == (
        "xs contains -1e+300, first at [0, 1]; expected finite numbers, "
        "in float32 at most 3.4e+38"
    )
    assert a[0, 1] == -1e300
    with pytest.raises(ValueError, match="xs contains NaN, first at .0.; ex"):
        arguments.array("xs", [np.nan, 1e300], ("T",), np.float32)
    whole = arguments.array("xs", [1e38], ("T",), np.float32)
    np.testing.assert_array_equal(whole, np.float32([1e38]))


def test_any_byte_order_is_read_as_the_machines():
    for name in ("<f8", ">f8", "<f4", ">f4"):
        a = arguments.array("xs", np.array([1.5, -2.0], name), ("T",))
        assert a.dtype.isnative and a.dtype.itemsize == int(name[-1])
        np.testing.assert_array_equal(a, [1.5, -2.0])
    ids = arguments.integers("ids", np.array([3, 258], ">i2"), ("T",), 0)
    assert ids.dtype == np.intp and ids.tolist() == [3, 258]


def test_integers_come_back_as_wide_as_an_index():
    for name in ("u1", "i2", "u4", "i8"):
        n = arguments.integers("n", np.array([0, 130], name[:2]), ("B",), 0)
        assert n.dtype == np.intp
        assert (2 * n).tolist() == [0, 260]
    with pytest.raises(ValueError, match=r"n contains 9223372036854775808 at"):
        arguments.integers("n", np.array([2**63], np.uint64), ("B",), 0)


def test_integers_that_do_not_count_may_be_any():
    a = np.array([200, 3, 1], np.uint8)
    inside = np.array([False, True, True])
    assert arguments.integers("a", a, (3,), 0, 4, inside).tolist()[1:] == [
        3,
        1,
    ]
    with pytest.raises(ValueError, match=r"a contains 3 at \[1\]; .* 0 to 2"):
        arguments.integers("a", a, (3,), 0, 3, inside)


def test_a_masked_array_is_refused():
    masked = np.ma.masked_array([1.0, np.nan], [False, True])
    for check in (
        lambda: arguments.array("a", masked, ("T",)),
        lambda: arguments.integers("a", np.ma.ones(3, int), ("T",), 0),
        lambda: arguments.shaped("a", masked, ("T",)),
    ):
        with pytest.raises(ValueError, match="a is a masked array.*filled"):
            check()
    filled = arguments.array("a", masked.filled(0.0), ("T",))
    np.testing.assert_array_equal(filled, [1, 0])


def test_what_is_no_array_is_told_in_words():
    class Foreign:
        def __init__(self, error):
            self.error = error

        def __array__(self, dtype=None, copy=None):
            raise self.error

    for error in (RuntimeError("use detach"), TypeError("use detach")):
        with pytest.raises(ValueError, match="^a is no array .use detach.; e"):
            arguments.array("a", Foreign(error))
    with pytest.raises(ValueError, match="^a is ragged; expected an array"):
        arguments.array("a", [[1.0], [1.0, 2.0]])


def test_dtype():
    assert arguments.dtype("dtype", "f4") is np.dtype(np.float32)
    assert arguments.dtype("dtype", float) is np.dtype(np.float64)
    for wrong, what in [
        (int, "int64"), (np.float16, "float16"), (bool, "bool"),
        (">f8", ">f8"), ("many", "'many'"), (7, "7"),
    ]:  # fmt: skip
        with pytest.raises(ValueError) as error:
            arguments.dtype("dtype", wrong)
        assert str(error.value) == (
            f"dtype is {what}; expected float32 or float64"
        )


def test_numbers():
    assert arguments.real("gain", -2) == -2
    assert arguments.positive("rate", np.float32(0.5)) == 0.5
    assert arguments.positive("limit", np.inf, infinite=True) == np.inf
    assert arguments.fraction("momentum", 0) == 0
    for check, wrong in [
        (arguments.real, [np.inf, np.nan, "1", None, True, 1j]),
        (arguments.positive, [0, -1, np.inf, np.nan, "1", None, [1.0]]),
        (arguments.fraction, [1, -0.1, np.nan, "0.5", None, np.ones(2)]),
        (arguments.amount, [-1, np.inf, np.nan, "0.5", None, False]),
    ]:
        for value in wrong:
            with pytest.raises(ValueError, match="^it is .*; expected"):
                check("it", value)


@pytest.mark.parametrize("n", [0, -3, 2.0, "7", None, True])
def test_size(n):
    with pytest.raises(ValueError, match="^H is .*integer of at least 1"):
        arguments.size("H", n)
