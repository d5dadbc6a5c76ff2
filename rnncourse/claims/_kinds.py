"""What a claim is, and the three verdicts."""

from typing import NamedTuple

#: The verdict of a claim that is right as it stands.
HOLDS = "holds"
#: The verdict of a claim that needs an "if".
CONDITIONS = "holds under conditions"
#: The verdict of a claim that is wrong.
FAILS = "does not hold"


class Claim(NamedTuple):
    """What a note says or asks, and what became of it."""

    #: what the note says, in our words
    text: str
    #: where it stands: "N0", or "N0, N4"
    notes: str
    #: ``HOLDS``, ``CONDITIONS`` or ``FAILS``
    verdict: str
    #: one sentence: why this verdict, or under which conditions
    because: str
