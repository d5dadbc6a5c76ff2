"""The grammar behind ``intents``: what may be said, and in which orders.

A word in capitals is expanded again; "|" separates choices, all equally
likely; "-" is nothing.
"""

import functools

#: Word in capitals → what it may become.
RULES = {
    "OPENER": "- | - | - | hey | hello | hi | okay | excuse me",
    "POLITE": "- | - | can you | could you | will you | would you",
    "FAVOUR": "- | - | please | thanks | thank you | if you can"
    " | when you can | for me",  # what may follow a request
    "THANKS": "- | - | please | thanks | thank you",  # ... or a question
    "PERSON": "anna | tom | maria | peter | omar | mei | lucas | sara"
    " | mum | dad",
    "CITY": "paris | london | rome | berlin | madrid | vienna | tokyo"
    " | cairo | lima | oslo",
    "DAY": "today | tomorrow | tonight | on monday | on tuesday"
    " | on wednesday | on thursday | on friday | on saturday | on sunday",
    "HOUR": "five | six | seven | eight | nine | ten | eleven | noon",
    "GENRE": "jazz | rock | opera | blues | folk | music",
    "EVENT": "meeting | lunch | dinner | lesson | concert | party",
    "SKY": "rain | snow | storm | wind | fog",
    "VEHICLE": "train | bus | plane | ferry | tram",
}

#: Intent → its clauses; the intent can be read from the words, in any order.
ONE_CLAUSE = {
    "time": "what time is it | what is the time | what time is it in CITY"
    " | do you know what time it is in CITY | how late is it in CITY"
    " | tell me the time in CITY | is it HOUR already in CITY"
    " | what is the time in CITY now",
    "weather": "how is the weather in CITY DAY | is it cold in CITY DAY"
    " | what is the weather in CITY DAY | will it rain in CITY DAY"
    " | will it snow in CITY DAY | is there fog in CITY DAY"
    " | do i need an umbrella in CITY DAY | when will the SKY stop in CITY",
    "calendar": "when is my EVENT with PERSON DAY | is there a EVENT DAY"
    " | what time is the EVENT with PERSON | do i have a EVENT DAY"
    " | will PERSON be at the EVENT DAY | where is the EVENT DAY",
    "travel": "when does the VEHICLE to CITY leave DAY"
    " | what time does the VEHICLE from CITY arrive DAY"
    " | is there a VEHICLE to CITY DAY | is the VEHICLE to CITY late"
    " | will the VEHICLE to CITY stop in CITY",
    "alarm": "POLITE wake me at HOUR DAY | POLITE set an alarm for HOUR DAY"
    " | POLITE wake me before the EVENT DAY",
    "music": "POLITE play some GENRE DAY | POLITE turn on the radio DAY"
    " | POLITE play some GENRE for PERSON | POLITE play my songs at HOUR",
    "call": "POLITE call PERSON | POLITE call PERSON DAY"
    " | POLITE phone PERSON at HOUR | POLITE call PERSON after the EVENT",
    "message": "POLITE text PERSON DAY | POLITE text PERSON that i am late"
    " | POLITE text PERSON that PERSON will call"
    " | POLITE write to PERSON that the VEHICLE is late"
    " | POLITE ask PERSON to phone me DAY",
}

#: Intent → clauses for X and Y. The two may change places, and the intent
#: with them: of two requests X is to be done first.
REQUESTS = {
    "alarm": "wake me | wake me at HOUR | set an alarm",
    "music": "play some GENRE | turn on the radio | play my songs",
    "call": "call PERSON | phone PERSON",
    "message": "text PERSON | write to PERSON",
}
#: The frames of two requests.
REQUEST_FORMS = (
    "POLITE X before you Y",
    "before you Y POLITE X",
    "POLITE Y after you X",
    "after you X POLITE Y",
    "POLITE X and then Y",
)
#: Intent → subjects for X and Y; the question is about X.
SUBJECTS = {
    "weather": "the SKY",
    "calendar": "the EVENT | my EVENT | the EVENT with PERSON",
    "travel": "the VEHICLE | the VEHICLE to CITY | the VEHICLE from CITY",
}
#: The frames of two subjects.
SUBJECT_FORMS = (
    "is X before Y",
    "is X after Y",
    "will X be here before Y",
    "will X be over before Y",
    "will X start before Y",
    "does X start after Y",
    "do you know if X is before Y",
    "do you think X will start after Y",
)


@functools.cache
def choices(text):
    """Split a text of choices.

    Parameters
    ----------
    text : str, choices between "|"; "-" is nothing

    Returns
    -------
    tuple of tuples of words

    >>> choices("a | b c | -")
    (('a',), ('b', 'c'), ())
    """
    return tuple(
        tuple(word for word in choice.split() if word != "-")
        for choice in text.split("|")
    )


def expand(rng, words):
    """Replace every word in capitals by a random choice of its rule.

    Parameters
    ----------
    rng : np.random.Generator
    words : iterable of words

    Yields
    ------
    words that are not expanded further
    """
    for word in words:
        if word in RULES:
            options = choices(RULES[word])
            yield from expand(rng, options[rng.integers(len(options))])
        else:
            yield word


def one_clause(rng, intent):
    """Make a sentence of one clause with this intent.

    Parameters
    ----------
    rng : np.random.Generator
    intent : a name in `ONE_CLAUSE`

    Returns
    -------
    list of words
    """
    options = choices(ONE_CLAUSE[intent])
    clause = options[rng.integers(len(options))]
    closer = "FAVOUR" if intent in REQUESTS else "THANKS"
    return list(expand(rng, ["OPENER", *clause, closer]))


def two_clauses(rng, intent):
    """Make a sentence of two clauses, its twin, and the twin's intent.

    Parameters
    ----------
    rng : np.random.Generator
    intent : a name in `REQUESTS` or `SUBJECTS`

    Returns
    -------
    sentence, twin : lists of the same words in two orders
    other : the twin's intent
    """
    group, forms, closer = REQUESTS, REQUEST_FORMS, "FAVOUR"
    if intent in SUBJECTS:
        group, forms, closer = SUBJECTS, SUBJECT_FORMS, "THANKS"
    others = [name for name in group if name != intent]
    other = others[rng.integers(len(others))]
    X, Y = (
        list(expand(rng, options[rng.integers(len(options))]))
        for options in (choices(group[intent]), choices(group[other]))
    )
    form = forms[rng.integers(len(forms))].split()
    frame = list(expand(rng, ["OPENER", *form, closer]))

    def fill(x, y):
        parts = ({"X": x, "Y": y}.get(word, [word]) for word in frame)
        return [word for part in parts for word in part]

    return fill(X, Y), fill(Y, X), other


def words():
    """List every word a sentence may contain.

    Returns
    -------
    list of strings, sorted
    """
    tables = (RULES, ONE_CLAUSE, REQUESTS, SUBJECTS)
    texts = [text for table in tables for text in table.values()]
    tokens = " ".join([*texts, *REQUEST_FORMS, *SUBJECT_FORMS]).split()
    return sorted({token for token in tokens if token.islower()})
