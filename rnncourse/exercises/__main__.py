"""Exercises on the command line.

    python -m rnncourse.exercises list [--json]
    python -m rnncourse.exercises check ID FILE
    python -m rnncourse.exercises grade FOLDER [--to FILE] [--jobs N]
    python -m rnncourse.exercises prove [CHAPTER …]
    python -m rnncourse.exercises write [CHAPTER …] [--check]
    python -m rnncourse.exercises export --json [CHAPTER …]
    python -m rnncourse.exercises sources --json [CHAPTER …]

`check` says what it thinks of a file and exits 0 only if it is correct.
`grade` checks what a class has handed in, a folder a student with files such
as rnn.elman_step.py, notebooks, or what the page has exported; it writes
FOLDER/grades.csv, and goes on where it was interrupted.
`prove` tries each exercise's own solution, starter and mistakes.
`write` puts statements, starters, hints and solutions into the notebooks.
`export` is what the page is built from; `sources` are starters, solutions and
mistakes, each with the outcome it must get, for tests.

All know exercises of one's own, too: --own FOLDER, before the command.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from rnncourse.exercises import chapters, grading, handed_in, proof
from rnncourse.exercises.isolation import apart, processes
from rnncourse.exercises.pages import notebook

BOOK = Path(__file__).resolve().parent.parent.parent / "book"


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


def check(id, path):
    """Check a file in a process of its own; return the exit code."""
    try:
        exercise = chapters.find(id)
        text = Path(path).read_text(encoding="utf-8-sig")
    except KeyError as error:
        return fault(error.args[0])
    except OSError as error:
        return fault(f"cannot read {path}: {error.strerror}")
    except UnicodeDecodeError:
        return fault(f"{path} is not a text file in UTF-8")
    processes.adopt()
    outcome = apart.check(exercise, text, chapters.before(exercise))
    print(outcome)
    return 0 if outcome.status == "correct" else 1


def grade(folder, path, jobs):
    """Check a class's answers; print a summary, return the exit code."""
    if not folder.is_dir():
        return fault(f"{folder} is not a folder")
    known = {
        x.id for name in chapters.names() for x in chapters.of_chapter(name)
    }
    answers, passed = handed_in.read(folder, known)
    for sentence in passed:
        print(f"exercises: {sentence}", file=sys.stderr)
    if not answers:
        return fault(f"{folder} holds no answers")
    path = path or folder / "grades.csv"
    try:
        rows, before = grading.grade(answers, path, jobs)
    except OSError as error:
        return fault(f"cannot write {path}: {error.strerror}")
    except KeyboardInterrupt:
        return fault(f"stopped; what is done stands in {path}")
    print(grading.summary(rows))
    again = f"; {before} rows were there before" if before else ""
    print(f"\n{path} has {len(rows)} rows{again}")
    return 0


def fault(sentence):
    """Say what is wrong with the command; return its exit code."""
    print(f"exercises: {sentence}", file=sys.stderr)
    return 2


def parser():
    """Return the parser of the command line."""
    arguments = argparse.ArgumentParser(
        prog="python -m rnncourse.exercises",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    arguments.add_argument("--own", metavar="FOLDER", type=Path)
    commands = arguments.add_subparsers(dest="command", required=True)
    for name in ("list", "export", "sources", "prove", "write"):
        command = commands.add_parser(name)
        command.add_argument("chapters", nargs="*", metavar="CHAPTER")
        if name == "write":
            command.add_argument("--check", action="store_true")
            command.add_argument("--book", type=Path, default=BOOK)
        elif name != "prove":
            command.add_argument("--json", action="store_true")
    command = commands.add_parser("check")
    command.add_argument("id", metavar="ID")
    command.add_argument("file", metavar="FILE")
    command = commands.add_parser("grade")
    command.add_argument("folder", metavar="FOLDER", type=Path)
    command.add_argument("--to", metavar="FILE", type=Path)
    command.add_argument("--jobs", metavar="N", type=int)
    return arguments


def main(words=None):
    """Run one command; return the exit code."""
    asked = parser().parse_args(words)
    if asked.own:
        try:
            chapters.add(asked.own)
        except ValueError as error:
            return fault(error.args[0])
        # for the processes that check
        os.environ[chapters.OWN] = os.pathsep.join(chapters.own())
    if asked.command == "check":
        return check(asked.id, asked.file)
    if asked.command == "grade":
        return grade(asked.folder, asked.to, asked.jobs)
    wanted = asked.chapters or chapters.names()
    try:
        every = [x for name in wanted for x in chapters.of_chapter(name)]
    except KeyError as error:
        return fault(error.args[0])
    if asked.command == "prove":
        return proof.prove(every)
    if asked.command == "write":
        return notebook.write(asked.book, wanted, asked.check)
    if asked.command == "list" and not asked.json:
        for exercise in every:
            print(f"{exercise.id:<28}{exercise.title}")
        return 0
    makers = {"list": listed, "export": exported, "sources": proof.sources}
    made = makers[asked.command](every)
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
