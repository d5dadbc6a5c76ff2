"""The grammar behind ``trees``: every sentence has exactly one tree.

"of" always belongs to the noun before it, any other preposition to the verb
before it, and "which" to the subject of a sentence. A noun with a "which"
has no "of", and a verb with a "that" has no other preposition: what follows
belongs to what is inside. No word is of two kinds.

A symbol with a hyphen has the label before it; "|" separates choices, all
equally likely. A symbol that becomes another of the same label alone adds no
bracket.
"""

#: Symbol → what it may become, choices between "|".
GRAMMAR = {
    "S": "NP-subject VP",
    "NP-subject": "NP-plain | NP-plain | Det N SBAR-which",
    "NP-plain": "Name | Det N | Det N | Det Adj N | Det N PP-of"
    " | Det Adj N PP-of",
    "PP-of": "of NP-plain",
    "SBAR-which": "which VP-short",
    "VP": "VP-short | VP-short | VP-short | Vt NP-plain PP PP | Vs SBAR-that",
    "VP-short": "Vi | Vi PP | Vt NP-plain | Vt NP-plain PP",
    "SBAR-that": "that S",
    "PP": "P NP-plain",
}
#: Kind of word → its words.
WORDS = {
    "Det": "the this every",
    "N": "dog cat king child lake town garden house horse bird",
    "Adj": "old small red happy quiet",
    "Name": "anna tom maria omar",
    "Vi": "slept sang waited smiled",
    "Vt": "saw heard found followed",
    "Vs": "said knew thought",
    "P": "near with behind under",
}
LABELS = ("S", "NP", "VP", "PP", "SBAR")  #: The labels of brackets.
#: `GRAMMAR` as tuples of tuples.
RULES = {
    symbol: tuple(tuple(right.split()) for right in text.split("|"))
    for symbol, text in GRAMMAR.items()
}
#: `WORDS` as tuples.
LEXICON = {symbol: tuple(text.split()) for symbol, text in WORDS.items()}


def label_of(symbol):
    """Strip a symbol to its label.

    Parameters
    ----------
    symbol : str, a key of `GRAMMAR` or `WORDS`

    Returns
    -------
    str

    >>> label_of("NP-plain")
    'NP'
    """
    return symbol.split("-")[0]


def grow(rng, symbol):
    """Draw a tree for a symbol.

    Parameters
    ----------
    rng : np.random.Generator
    symbol : str, a key of `GRAMMAR` or `WORDS`, or a word

    Returns
    -------
    tuple (label, part, ...), each part a tree or a word; or a word
    """
    options = RULES.get(symbol) or LEXICON.get(symbol)
    if options is None:
        return symbol  # "of", "which", "that" stand for themselves
    choice = options[rng.integers(len(options))]
    if symbol in LEXICON:
        return choice
    if len(choice) == 1 and label_of(choice[0]) == label_of(symbol):
        return grow(rng, choice[0])
    return (label_of(symbol), *(grow(rng, part) for part in choice))


def words():
    """List every word a sentence may contain.

    Returns
    -------
    list of strings, sorted
    """
    spelt = {word for options in LEXICON.values() for word in options}
    parts = {p for options in RULES.values() for o in options for p in o}
    return sorted(spelt | (parts - RULES.keys() - LEXICON.keys()))
