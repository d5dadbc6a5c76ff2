"""Cards on the command line.

    python -m rnncourse.cards list [CHAPTER …]
    python -m rnncourse.cards anki FILE

`list` prints the cards, question and answer. `anki` writes them as a deck
that Anki imports, which needs `pip install 'rnncourse[anki]'`.
"""

import argparse
import sys

from rnncourse import cards
from rnncourse.cards import anki


def parser():
    """Return the parser of the command line."""
    arguments = argparse.ArgumentParser(
        prog="python -m rnncourse.cards",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = arguments.add_subparsers(dest="command", required=True)
    command = commands.add_parser("list")
    command.add_argument("chapters", nargs="*", metavar="CHAPTER")
    command = commands.add_parser("anki")
    command.add_argument("file", metavar="FILE")
    return arguments


def write_list(names):
    """Print the cards of some chapters; return the exit code."""
    try:
        every = {x: cards.of_chapter(x) for x in names or cards.CHAPTERS}
    except KeyError as error:
        return fault(error.args[0])
    for card in (card for of in every.values() for card in of):
        print(f"{card.id}\n  {card.question}\n  {card.answer}\n")
    return 0


def write_deck(path):
    """Write the deck; return the exit code."""
    try:
        count = anki.write(path)
    except anki.MissingLibrary as error:
        return fault(str(error))
    except OSError as error:
        return fault(f"cannot write {path}: {error.strerror}")
    print(f"{count} cards written to {path}")
    return 0


def fault(sentence):
    """Say what is wrong with the command; return its exit code."""
    print(f"cards: {sentence}", file=sys.stderr)
    return 2


def main(words=None):
    """Run one command; return the exit code."""
    asked = parser().parse_args(words)
    if asked.command == "anki":
        return write_deck(asked.file)
    return write_list(asked.chapters)


if __name__ == "__main__":
    sys.exit(main())
