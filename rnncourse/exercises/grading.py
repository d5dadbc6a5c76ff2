"""Check what a class has handed in; write a CSV, say what went wrong.

Each answer runs in a process of its own, several at a time. Every row is
written when it is there: after an interruption the same command goes on, and
checks again only what has changed.
"""

import csv
import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from rnncourse.exercises import chapters
from rnncourse.exercises.isolation import apart, processes
from rnncourse.exercises.running import endings

COLUMNS = ["student", "exercise", "outcome", "sentence", "seconds", "answer"]
MOST = 3  # sentences of an exercise that the summary quotes


def grade(answers, path, jobs=None):
    """Check answers, and write a row of a CSV for each.

    Parameters
    ----------
    answers : list of Answer
    path : Path of the CSV; its rows are kept for answers that are the same
    jobs : how many to check at a time; one a processor if None

    Returns
    -------
    list of rows, dicts with the keys of COLUMNS; how many were there before
    """
    known = {key(row): row for row in rows_of(path)}
    rows, left = [], []
    for answer in answers:
        row = known.get((answer.student, answer.id, answer.fingerprint))
        if row is None:
            left.append(answer)
        else:
            rows.append(row)
    before = len(rows)
    _write(path, rows)
    with open(path, "a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        for row in _checked(left, jobs or os.cpu_count() or 1):
            rows.append(row)
            writer.writerow(row)
            file.flush()
    rows.sort(key=key)
    _write(path, rows)
    return rows, before


def key(row):
    """What makes a row that of one answer and no other."""
    return row["student"], row["exercise"], row["answer"]


def rows_of(path):
    """Return the whole rows of a CSV; none if there is no such file."""
    try:
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
    whole = [row for row in rows if None not in row.values()]
    return [row for row in whole if list(row) == COLUMNS]


def _write(path, rows):
    """Write a CSV whole or not at all."""
    new = path.with_name(path.name + ".new")
    with open(new, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    os.replace(new, path)


def _checked(answers, jobs):
    """Yield the row of each answer, as they come."""
    left = list(answers)
    while left:
        workers = ProcessPoolExecutor(
            min(jobs, len(left)), get_context("spawn"), _begin
        )
        with workers:
            futures = {workers.submit(one, answer): answer for answer in left}
            try:
                for future in as_completed(futures):
                    row = future.result()
                    left.remove(futures[future])
                    yield row
            except BrokenProcessPool:  # an answer has ended its checker
                if jobs == 1:
                    yield _row(left.pop(0), "not yet", endings.ENDED, 0)
                jobs = 1  # so that the next time it is clear which
            except BaseException:
                workers.shutdown(wait=False, cancel_futures=True)
                raise


def _begin():
    processes.adopt()
    processes.die_together()


def one(answer):
    """Check one answer; return its row."""
    if answer.text is None:
        return _row(answer, "not yet", answer.problem, 0)
    exercise = chapters.find(answer.id)
    start = time.perf_counter()
    outcome = apart.check(exercise, answer.text, chapters.before(exercise))
    seconds = time.perf_counter() - start
    return _row(answer, outcome.status, outcome.message, seconds)


def _row(answer, outcome, sentence, seconds):
    values = [answer.student, answer.id, outcome, " ".join(sentence.split())]
    values += [f"{seconds:.1f}", answer.fingerprint]
    return dict(zip(COLUMNS, values, strict=True))


def summary(rows):
    """Return what a class did, exercise by exercise, as text."""
    lines = []
    students = {row["student"] for row in rows}
    lines.append(f"{len(rows)} answers of {len(students)} students")
    for id in sorted({row["exercise"] for row in rows}):
        mine = [row for row in rows if row["exercise"] == id]
        count = Counter(row["outcome"] for row in mine)
        parts = [f"{count['correct']} of {len(mine)} correct"]
        if count["not attempted"]:
            parts.append(f"{count['not attempted']} not attempted")
        lines += ["", f"{id}: {', '.join(parts)}"]
        wrong = [row for row in mine if row["outcome"] == "not yet"]
        said = Counter(row["sentence"] for row in wrong).most_common()
        lines += [f"  {n} × {sentence}" for sentence, n in said[:MOST]]
        if len(said) > MOST:
            rest = sum(n for _, n in said[MOST:])
            lines.append(f"  {rest} × something else")
    return "\n".join(lines)
