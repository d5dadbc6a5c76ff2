"""Does an exercise keep its promises? Tried with its own block."""

from rnncourse.exercises import chapters
from rnncourse.exercises.checking import check
from rnncourse.exercises.running import source


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


def prove(exercises):
    """Try solution, starter and mistakes of exercises; say what is amiss.

    Parameters
    ----------
    exercises : list of Exercise

    Returns
    -------
    the exit code of the command: 0, or 1 if one got another outcome
    """
    faults = 0
    for exercise in exercises:
        before = chapters.before(exercise)
        rows = sources([exercise])
        for row in rows:
            outcome = check.source(exercise, row["source"], before)
            status, message = row["status"], row["message"]
            good = outcome.status == status
            good &= message in (None, outcome.message)
            if not good:
                faults += 1
                wanted = f"{status}: {message}" if message else status
                print(
                    f"{exercise.id}: {row['kind']} {row['name']} gets\n"
                    f"    {outcome.status}: {outcome.message}\n"
                    f"  and should get\n    {wanted}"
                )
        few = "" if len(rows) > 4 else "; three diagnosed mistakes are few"
        print(f"{exercise.id}: {len(rows)} sources tried{few}")
    return int(faults > 0)
