"""web/docstrings.py: NumPy's sections, with prose after the colon."""

import pytest
from public_names import extension

docstrings = extension()


def rst(text):
    return docstrings.to_rst(text.strip("\n").splitlines())


def test_what_follows_a_colon_may_run_on():
    lines = rst("""
Meaning.

Parameters
----------
D, H : sizes
lengths : (B,) ints or None; past its
    end a state stays frozen
""")
    assert lines == [
        "Meaning.",
        "",
        "",
        ":Parameters:",
        "    ``D, H``",
        "        sizes",
        "    ``lengths``",
        "        (B,) ints or None; past its",
        "        end a state stays frozen",
        "",
    ]


def test_a_result_without_a_name_is_prose():
    assert rst("""
Returns
-------
a list, the
likeliest first
""") == ["", ":Returns:", "    a list, the", "    likeliest first", ""]


def test_an_example_ends_a_section_without_a_heading():
    assert rst("""
Raises
------
ValueError
    for nothing

>>> f()
1
""")[-3:] == ["", ">>> f()", "1"]


def test_an_error_is_a_term():
    lines = rst("Raises\n------\nValueError\n    if : is given")
    assert lines[2:4] == ["    ``ValueError``", "        if : is given"]


@pytest.mark.parametrize(
    "package, name, words",
    [
        ("rnncourse.cells", "LSTM", "Hochreiter"),  # from a private module
        ("rnncourse.data.adding", "BASELINE", "squared error"),  # a comment
    ],
)
def test_a_value_brings_its_own_words(package, name, words):
    assert words in docstrings.own_words(package, name)[0]


def test_a_value_without_words_has_none():
    assert docstrings.own_words("rnncourse.ops", "np") is None
