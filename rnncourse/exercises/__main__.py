"""Exercises on the command line.

    python -m rnncourse.exercises list [--json]
    python -m rnncourse.exercises check ID FILE
    python -m rnncourse.exercises write [CHAPTER …] [--check]
    python -m rnncourse.exercises export --json [CHAPTER …]
    python -m rnncourse.exercises sources --json [CHAPTER …]

`check` says what it thinks of a file and exits 0 only if it is correct.
`write` puts statements, starters, hints and solutions into the notebooks.
`export` is what the page is built from; `sources` are starters, solutions and
mistakes, each with the outcome it must get, for tests.
"""

import argparse
import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

from rnncourse.exercises import chapters, check_source
from rnncourse.exercises.checking import errors, source
from rnncourse.exercises.checking.outcome import Outcome
from rnncourse.exercises.pages import notebook

BOOK = Path(__file__).resolve().parent.parent.parent / "book"
BUSY = 10  # seconds of the processor: ends a loop inside NumPy or C
PATIENCE = 120  # seconds on the clock: ends what waits
ENDED = "Your code ends Python itself, so it cannot be checked."


def listed(exercises):
    """Return one short dict an exercise."""
    return [
        {
            "id": exercise.id,
            "chapter": exercise.chapter,
            "title": exercise.title,
            "hints": len(exercise.hints),
            "mistakes": len(exercise.mistakes),
        }
        for exercise in exercises
    ]


def exported(exercises):
    """Return one dict an exercise, with all that the page shows."""
    return [
        {
            "id": exercise.id,
            "chapter": exercise.chapter,
            "title": exercise.title,
            "function": exercise.name,
            "statement": exercise.statement,
            "starter": exercise.starter,
            "hints": exercise.hints,
            "solution": exercise.solution,
            "remark": exercise.remark,
            "tags": notebook.tags(exercise),
        }
        for exercise in exercises
    ]


def sources(exercises):
    """Return starters, solutions and mistakes, and what each must get."""
    keys = ("kind", "name", "source", "status", "message")
    found = []
    for exercise in exercises:
        rows = [
            ("starter", "starter", exercise.starter, "not attempted", None),
            ("solution", "solution", exercise.solution, "correct", None),
        ]
        for mistake in exercise.mistakes:
            text = source.standalone(mistake.function, exercise.name)
            name = mistake.function.__name__
            rows.append(("mistake", name, text, "not yet", mistake.sentence))
        for row in rows:
            row = dict(zip(keys, row, strict=True))
            found.append({"id": exercise.id, **row})
    return found


def check(id, path):
    """Check a file in a process of its own; return the exit code."""
    command = [sys.executable, "-m", "rnncourse.exercises", "judge", id, path]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        print(Outcome(id, "not yet", errors.WAITS))
        return 1
    if done.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        print(Outcome(id, "not yet", errors.BUSY))
        return 1
    try:
        found = json.loads(done.stdout)
    except ValueError:
        print(Outcome(id, "not yet", ENDED))
        return 1
    if "fault" in found:
        print(f"exercises: {found['fault']}", file=sys.stderr)
        return 2
    del found["title"]
    print(Outcome(**found))
    return 0 if found["status"] == "correct" else 1


def judge(id, path):
    """Check a file here; return what to print as JSON."""
    with contextlib.suppress(ImportError):  # Windows counts no time
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (BUSY, BUSY + 5))
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        return {"fault": f"cannot read {path}: {error.strerror}"}
    except UnicodeDecodeError:
        return {"fault": f"{path} is not a text file in UTF-8"}
    try:
        return check_source(id, text).as_dict()
    except KeyError as error:
        return {"fault": error.args[0]}


def parser():
    """Return the parser of the command line."""
    arguments = argparse.ArgumentParser(
        prog="python -m rnncourse.exercises",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = arguments.add_subparsers(dest="command", required=True)
    for name in ("list", "export", "sources", "write"):
        command = commands.add_parser(name)
        command.add_argument("chapters", nargs="*", metavar="CHAPTER")
        if name == "write":
            command.add_argument("--check", action="store_true")
            command.add_argument("--book", type=Path, default=BOOK)
        else:
            command.add_argument("--json", action="store_true")
    for name in ("check", "judge"):
        command = commands.add_parser(name)
        command.add_argument("id", metavar="ID")
        command.add_argument("file", metavar="FILE")
    return arguments


def main(words=None):
    """Run one command; return the exit code."""
    asked = parser().parse_args(words)
    if asked.command == "check":
        return check(asked.id, asked.file)
    if asked.command == "judge":
        print(json.dumps(judge(asked.id, asked.file)))
        return 0
    wanted = asked.chapters or chapters.names()
    try:
        every = [x for name in wanted for x in chapters.of_chapter(name)]
    except KeyError as error:
        print(f"exercises: {error.args[0]}", file=sys.stderr)
        return 2
    if asked.command == "write":
        return notebook.write(asked.book, wanted, asked.check)
    if asked.command == "list" and not asked.json:
        for exercise in every:
            print(f"{exercise.id:<28}{exercise.title}")
        return 0
    makers = {"list": listed, "export": exported, "sources": sources}
    made = makers[asked.command](every)
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
