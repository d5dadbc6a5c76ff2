"""Put the exercises into their chapter's notebook, so they exist once.

A Markdown cell that holds nothing but ``<!-- exercise: rnn.elman_step -->``
marks a place; an exercise without one comes after its neighbour. It becomes
three cells: the statement, the starter that ends by checking, and the folded
hints and solution. They carry the exercise's id in their metadata, by which
the next run finds them and writes them anew.
"""

import json
import re

from rnncourse.exercises.chapters import of_chapter

PLACE = re.compile(r"\s*<!-- exercise: ([\w.]+) -->\s*")
KEY = "exercise"  # in a cell's metadata
AID = (
    '<details class="exercise-aid {kind}" data-for="{id}">\n'
    "<summary>{summary}</summary>\n\n{text}\n\n</details>"
)


def tags(exercise):
    """Return the tags of an exercise's code cell."""
    return ["exercise", f"exercise-id-{exercise.id}", "remove-output"]


def statement(exercise):
    """Return the Markdown above the code."""
    return f"### {exercise.title}\n\n{exercise.statement}"


def code(exercise):
    """Return the cell of code: the starter and the check."""
    call = f'check("{exercise.id}", {exercise.name})'
    return f"{exercise.starter}\n\n\n{call}"


def aids(exercise):
    """Return the Markdown below the code: hints and solution, folded."""
    many = len(exercise.hints)
    parts = [
        AID.format(
            kind="exercise-hint",
            id=exercise.id,
            summary=f"Hint {number} of {many}" if many > 1 else "Hint",
            text=text,
        )
        for number, text in enumerate(exercise.hints, start=1)
    ]
    parts.append(
        AID.format(
            kind="exercise-solution",
            id=exercise.id,
            summary="Solution",
            text=f"```python\n{exercise.solution}\n```",
        )
    )
    return "\n\n".join(parts)


def cells(exercise):
    """Return the three cells of an exercise."""
    stem = re.sub(r"\W", "-", exercise.id.replace("_", "-"))
    parts = [
        ("statement", "markdown", statement(exercise), {}),
        ("code", "code", code(exercise), {"tags": tags(exercise)}),
        ("aids", "markdown", aids(exercise), {}),
    ]
    made = []
    for part, kind, source, metadata in parts:
        cell = {
            "cell_type": kind,
            "id": f"{stem}-{part}"[-64:],
            "metadata": {KEY: exercise.id, **metadata},
            "source": source.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        made.append(cell)
    return made


def written(notebook, exercises):
    """Return a notebook's cells with all its exercises as they are now.

    A new exercise comes right after the one that precedes it in its file.

    Raises
    ------
    ValueError
        If no exercise has a place, one has two, or a place names an
        exercise that is not there.
    """
    order = [exercise.id for exercise in exercises]
    items = []  # cells, and ids where an exercise stands
    for cell in notebook["cells"]:
        place = PLACE.fullmatch("".join(cell["source"]))
        id = place[1] if place else cell["metadata"].get(KEY)
        if id is None:
            items.append(cell)
        elif place or items[-1:] != [id]:  # not its second or third cell
            items.append(id)
    placed = [item for item in items if isinstance(item, str)]
    for id in placed:
        if id not in order:
            raise ValueError(f"there is no exercise {id!r}")
        if placed.count(id) > 1:
            raise ValueError(f"{id} has two places")
    if not placed:
        raise ValueError(
            "no exercise has a place; put a Markdown cell with <!-- exercise: "
            f"{order[0]} --> where it should stand"
        )
    for i, id in enumerate(order):
        if id not in placed:
            if i:
                items.insert(items.index(order[i - 1]) + 1, id)
            else:
                following = next(x for x in order if x in placed)
                items.insert(items.index(following), id)
    known = {exercise.id: exercise for exercise in exercises}
    made = []
    for item in items:
        made += cells(known[item]) if isinstance(item, str) else [item]
    return made


def write(book, chapters, only_check=False):
    """Write the exercises of chapters into their notebooks.

    Parameters
    ----------
    book : Path, the folder of the notebooks
    chapters : names
    only_check : change nothing, and fail if something would change

    Returns
    -------
    the exit code of the command: 0, or 1 with a line of what is wrong
    """
    fault = 0
    for chapter in chapters:
        path = book / f"{chapter}.ipynb"
        try:
            text = path.read_text(encoding="utf-8")
            notebook = json.loads(text)
            exercises = of_chapter(chapter)
            notebook["cells"] = written(notebook, exercises)
        except (OSError, ValueError, KeyError) as error:
            print(f"exercises: {path.name}: {error}")
            fault = 1
            continue
        new = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        if new == text:
            print(f"{path.name}: as it should be")
        elif only_check:
            print(
                f"exercises: {path.name} is not what the blocks say; "
                f"run python -m rnncourse.exercises write {chapter}"
            )
            fault = 1
        else:
            path.write_text(new, encoding="utf-8")
            print(f"{path.name}: {len(exercises)} exercises written")
    return fault
