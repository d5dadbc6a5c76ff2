"""The claims of the notes, and what the chapters find about them.

A chapter tests a claim with an assertion, and ends that cell with
``claim(15, "…")``, a sentence with the number it has measured. The page
"Claims on trial" collects the sentences of the run it is built from, so no
number on it is older than the cell it comes from.
"""

from rnncourse.claims._kinds import CONDITIONS, FAILS, HOLDS
from rnncourse.claims._markers import claim, table
from rnncourse.claims._verdicts import CLAIMS

__all__ = ["CLAIMS", "CONDITIONS", "FAILS", "HOLDS", "claim", "table"]
