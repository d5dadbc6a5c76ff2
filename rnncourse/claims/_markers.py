"""What a cell shows that tests a claim, and the list of them all."""

from html import escape

from rnncourse.claims._verdicts import CLAIMS


class _Marker:
    """What a cell shows that tests a claim: one quiet line."""

    def __init__(self, number, measured):
        self.number = number
        self.measured = " ".join(measured.split()).rstrip(".")

    def __repr__(self):
        return f"Claim {self.number} on trial: {self.measured}"

    def _repr_html_(self):
        n = self.number
        return (
            f'<p class="claim" id="claim-{n}" data-claim="{n}">'
            f'<a href="claims.ipynb#claim-{n}">Claim {n}</a> on trial: '
            f"<span>{escape(self.measured)}</span></p>"
        )


def claim(number, measured):
    """Say which claim this cell tests, and what it has measured.

    Parameters
    ----------
    number : of the claim, as in ``CLAIMS``
    measured : a sentence that stands alone, with the numbers of this run

    Returns
    -------
    object
        shown as a line that leads to "Claims on trial"

    Raises
    ------
    ValueError
        if there is no such claim, or the sentence has no number in it

    >>> claim(15, "w = 0.9 leaves 3e-05 of a gradient after 100 steps")
    Claim 15 on trial: w = 0.9 leaves 3e-05 of a gradient after 100 steps
    """
    if number not in CLAIMS:
        raise ValueError(
            f"claim {number!r}; expected one of {', '.join(map(str, CLAIMS))}"
        )
    if not any(character.isdigit() for character in measured):
        raise ValueError(
            f"claim {number}: {measured!r} has no number; expected a "
            "sentence with what was measured"
        )
    return _Marker(number, measured)


class _Table:
    """All claims, each with its verdict and a place for what was measured."""

    def __repr__(self):
        return "\n".join(
            f"{n:>2}  {claim.text} ({claim.notes}) "
            f"{claim.verdict.capitalize()}. {claim.because}"
            for n, claim in CLAIMS.items()
        )

    def _repr_html_(self):
        return "".join(self._html(*item) for item in CLAIMS.items())

    @staticmethod
    def _html(n, claim):
        kind = claim.verdict.replace(" ", "-")
        return (
            f'<section class="trial" id="claim-{n}" data-verdict="{kind}">'
            f"<p><b>{n}</b> <q>{escape(claim.text)}</q> "
            f"<small>{escape(claim.notes)}</small></p>"
            f'<ul data-measured="{n}"><li>The chapters measure it; the built '
            "book collects their numbers here.</li></ul>"
            f"<p><strong>{claim.verdict.capitalize()}.</strong> "
            f"{escape(claim.because)}</p></section>"
        )


def table():
    """Show all claims with their verdicts.

    Returns
    -------
    object
        shown as a list; on the site each claim also has the sentences that
        ``claim`` showed in the run the site is built from

    >>> print(str(table()).splitlines()[0][:29])
     1  The hidden state can repr
    """
    return _Table()
