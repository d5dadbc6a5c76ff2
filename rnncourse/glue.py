"""Numbers that travel from a cell into the prose around it.

A chapter never types a number it can compute. A cell says
``glue(accuracy=f"{accuracy:.1%}")`` and a sentence says
``{glue:text}`accuracy```; the book puts the one into the other when it is
built, and fails when a name is missing.

This is ``myst_nb.glue`` without needing myst-nb: Colab has only IPython.

A chapter that imports this shows plain numbers, too, as a reader of its code
expects: `rnncourse.plain_numbers` comes along.
"""

import rnncourse.plain_numbers  # noqa: F401

#: What myst-nb looks for in the type of an output.
PREFIX = "application/papermill.record/"


def glue(**texts):
    """Give each text a name that prose can refer to, and print them.

    Printing is for readers in JupyterLab and Colab, where the sentence shows
    the name instead of the number: the number stands in the cell above it.

    Parameters
    ----------
    texts : name = the string to paste, formatted as it should read

    Raises
    ------
    TypeError
        if a value is not a string: numbers have no format of their own

    >>> glue(accuracy=0.973)
    Traceback (most recent call last):
        ...
    TypeError: accuracy is 0.973; expected text, as in f"{0.973:.1%}"
    """
    for name, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(
                f"{name} is {text!r}; expected text, as in "
                f'f"{{{text!r}:.1%}}"'
            )
    from IPython.display import display

    for name, text in texts.items():
        print(f"{name}: {text}")
        display(
            {f"{PREFIX}text/plain": repr(text)},  # else "5,408" is a pair
            raw=True,
            metadata={"scrapbook": {"name": name, "mime_prefix": PREFIX}},
        )
