"""Train and test, told apart by what an example says, not when it is drawn."""

import zlib

PARTS = ("all", "train", "test")


def part_of(text):
    """Say "test" for about one text in five, else "train"; always the same.

    A checksum decides, so two batches drawn with any two seeds never have a
    text of the other part.
    """
    return "test" if zlib.crc32(text.encode()) % 5 == 0 else "train"
