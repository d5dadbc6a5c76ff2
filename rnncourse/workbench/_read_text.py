"""What comes in from a reader: is it a text, and which characters?"""

from importlib.resources import files

LARGEST = 2_000_000  #: Bytes of a text that is taken.
SHORTEST = 200  #: Characters of a text that is taken.
DISTINCT = 1000  #: Characters that are told apart; rarer ones share id 0.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  #: Stands for all the rarer ones.


def read_text(given):
    """Return a text that a network can be trained on.

    Parameters
    ----------
    given : str, or bytes in UTF-8

    Returns
    -------
    str; line ends are ``\\n``, and a mark at the start is gone

    Raises
    ------
    ValueError
        with a sentence for the reader: what is not text, is larger than
        `LARGEST`, is shorter than `SHORTEST`, or holds one character alone

    >>> read_text(b"ab" * 100 + b"\\r\\n")[-3:]
    'ab\\n'
    """
    if isinstance(given, str):
        given = given.encode("utf-8", "replace")
    if len(given) > LARGEST:
        raise ValueError(
            f"This text has {len(given) / 1e6:.1f} million bytes; at most 2 "
            "million are taken. Cut it, and keep the part you like best."
        )
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError(
            "This is not a text in UTF-8. Save it as plain text first."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ValueError("The text is empty. Paste one, or open a file.")
    if len(set(text.strip())) < 2:
        raise ValueError(
            f"The text holds nothing but {text.strip()[0]!r}: there is "
            "nothing to predict. It takes two different characters at least."
        )
    if len(text) < SHORTEST:
        raise ValueError(
            f"The text has {len(text)} characters. That is too little to "
            f"learn from and to be tested on: {SHORTEST} are the least, and "
            "some thousands are better."
        )
    return text


def characters(text):
    """List a text's characters, the most frequent first, `UNKNOWN` before.

    Parameters
    ----------
    text : str, the part that is learned from

    Returns
    -------
    tuple of at most `DISTINCT` + 1 strings

    >>> characters("abracadabra")[1:3]
    ('a', 'b')
    """
    counts = {}
    for character in text:
        counts[character] = counts.get(character, 0) + 1
    ranked = sorted(counts, key=lambda c: (-counts[c], c))
    return (UNKNOWN, *[c for c in ranked if c != UNKNOWN][:DISTINCT])


def built_in():
    """Return the text that is there to begin with: prose of this course.

    Returns
    -------
    str, about 60,000 characters

    >>> len(set(built_in())) < 80
    True
    """
    path = files("rnncourse.workbench").joinpath("prose.txt")
    return path.read_text("utf-8")
