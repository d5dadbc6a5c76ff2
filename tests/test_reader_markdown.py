"""Markdown for readers has a plain form for what only the site knows."""

import pytest
from reader_markdown import Book, Unreadable, labelled, left_over, plain

BOOK = Book(
    pages={"rnn": "Recurrent networks", "next": "Where to go next"},
    site={"reference": "Reference"},
    papers={
        "elman1990": ("Elman (1990)", "https://doi.org/10.1207/x"),
        "jordan1986": ("Jordan (1986)", None),
    },
    labels={"twins": ("rnn", "The same words")},
    headings={"the-same-words": "The same words"},
    bibliography="- Elman, 1990.",
)


@pytest.mark.parametrize(
    ("ours", "plainly"),
    [
        ("It is {glue:text}`share`.", "It is 97 %."),
        ("| {glue:text}`share` | b |\n|---|---|", "| 97 % | b |\n|---|---|"),
        (
            "A bag {cite}`elman1990,jordan1986`.",
            "A bag [[Elman (1990)](https://doi.org/10.1207/x), "
            "[Jordan (1986)](bibliography.ipynb)].",
        ),
        (
            "As {cite:t}`jordan1986` says.",
            "As [Jordan (1986)](bibliography.ipynb) says.",
        ),
        ("See {doc}`rnn`.", "See [Recurrent networks](rnn.ipynb)."),
        ("{doc}`this <rnn>`", "[this](rnn.ipynb)"),
        ("{doc}`reference/cells <reference>`", "reference/cells"),
        (
            "{ref}`twins`",
            "[The same words](rnn.ipynb#The-same-words)",
        ),
        ("[on](next.md)", "[on](next.ipynb)"),
        ("[on](other.md)", "[on](other.md)"),
        ("[a](rnn.ipynb)", "[a](rnn.ipynb)"),
        (
            "[a](rnn.ipynb#the-same-words)",
            "[a](rnn.ipynb#The-same-words)",
        ),
        ("[a](#the-same-words)", "[a](#The-same-words)"),
        ("[a](rnn.ipynb#claim-3)", "[a](rnn.ipynb#claim-3)"),
        ("[a](https://a.b/c.md#x)", "[a](https://a.b/c.md#x)"),
        ("(label)=\n# Title", "# Title"),
        ("% a comment\nText", "Text"),
        ("One\n\n+++\n\nTwo", "One\n\n\nTwo"),
        (
            ":::{note}\nIt is {glue:text}`share`.\n:::",
            "> **Note**\n>\n> It is 97 %.",
        ),
        (
            "```{warning} Mind the sign\n:class: x\nTwo\nlines\n```",
            "> **Mind the sign**\n>\n> Two\n> lines",
        ),
        ("```{bibliography}\n```", "- Elman, 1990."),
        ("`{cite}` is a role", "`{cite}` is a role"),
        ("$a {b}`c`$", "$a {b}`c`$"),
        ("```python\nx = {a}\n```", "```python\nx = {a}\n```"),
    ],
)
def test_markup_has_a_plain_form(ours, plainly):
    assert plain(ours, BOOK, {"share": "97 %"}) == plainly


def test_an_equation_keeps_its_number():
    text = "$$ a = b $$ (eqn)\n\nBy {eq}`eqn`."
    numbers = labelled(["text", text])
    assert numbers == {"eqn": 1}
    made = plain(text, BOOK, {}, numbers)
    assert made == "$$\na = b \\tag{1}\n$$\n\nBy (1)."


@pytest.mark.parametrize(
    "text",
    [
        "{glue:text}`unknown`",
        "{cite}`nobody`",
        "{doc}`nowhere`",
        "{ref}`nowhere`",
        "{eq}`none`",
        "{strange}`role`",
        "```{code-cell}\n```",
        "- in a list\n\n  :::{note}\n  x\n  :::",
    ],
)
def test_what_has_no_form_stops_the_build(text):
    with pytest.raises(Unreadable):
        plain(text, BOOK, {})


def test_the_parser_sees_what_is_left():
    assert left_over("a [link](x.ipynb), `{code}`, $f_{x}$") == []
    assert left_over("{cite}`x`") != []
    assert left_over("(a)=\n\n% b\n\n:::\nc\n:::") != []
