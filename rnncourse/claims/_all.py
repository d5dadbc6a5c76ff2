"""All claims of the notes that the book has put on trial."""

from rnncourse.claims._kinds import CONDITIONS, FAILS, HOLDS
from rnncourse.claims._later import LATER
from rnncourse.claims._thirty import THIRTY

__all__ = ["CLAIMS", "CONDITIONS", "FAILS", "HOLDS"]

#: {number: what a note says or asks (``text``), which one (``notes``), the
#: ``verdict``, and ``because``: why, or under which conditions}
CLAIMS = THIRTY | LATER
