"""The workbench: train networks on a text, on numbers, on toys.

What the page "Workbench" does, without a page: sessions that yield what
happens, so that whoever runs them can pause, look inside, save, and go on.

>>> session = TextSession(built_in(), Settings("tanh", H=8), "prose")
>>> news = [n for n in session.run(updates=1) if n["kind"] == "look"]
>>> news[0]["updates"], session.updates
(0, 1)
"""

from rnncourse.workbench import interval
from rnncourse.workbench._desk import answer
from rnncourse.workbench._exports import notebook, script
from rnncourse.workbench._looking import (
    colours,
    likeliest,
    reach,
    watched,
    write,
)
from rnncourse.workbench._numbers import NumbersSession
from rnncourse.workbench._read_table import Table, read_table
from rnncourse.workbench._read_text import built_in, characters, read_text
from rnncourse.workbench._settings import Settings
from rnncourse.workbench._tasks import TASKS, Task
from rnncourse.workbench._text import TextSession
from rnncourse.workbench._toys import ToysSession
from rnncourse.workbench._training import Session
from rnncourse.workbench._verdict import verdict
from rnncourse.workbench._yardsticks import compressor_bits, n_gram_bits

__all__ = [
    "TASKS",
    "NumbersSession",
    "Session",
    "Settings",
    "Table",
    "Task",
    "TextSession",
    "ToysSession",
    "answer",
    "built_in",
    "characters",
    "colours",
    "compressor_bits",
    "interval",
    "likeliest",
    "n_gram_bits",
    "notebook",
    "reach",
    "read_table",
    "read_text",
    "script",
    "verdict",
    "watched",
    "write",
]
