"""Train and test, told apart by what an example says, not when it is drawn."""

import zlib

from rnncourse import arguments

PARTS = ("all", "train", "test")


def part_of(text):
    """Say "test" for about one text in five, else "train"; always the same.

    A checksum decides, so two batches drawn with any two seeds never have a
    text of the other part.
    """
    return "test" if zlib.crc32(text.encode()) % 5 == 0 else "train"


def lies_in(part, text):
    """Whether a text may be drawn for this part, or for "all"."""
    return part in ("all", part_of(text))


def asked(rng, n, part):
    """Check what every task's drawing is asked for; return n."""
    arguments.rng("rng", rng)
    arguments.choice("part", part, PARTS)
    return arguments.size("n", n)
