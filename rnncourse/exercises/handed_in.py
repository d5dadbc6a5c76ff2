"""What a class has handed in: a folder a student, read as answers.

    FOLDER/ada/rnn.elman_step.py    one file an answer, named by its exercise
    FOLDER/ada/answers.json         what "Export" on the page has written
    FOLDER/ada/rnn.ipynb            a chapter's notebook
    FOLDER/bob.json  bob.ipynb      the same two, without a folder of their own

Where one exercise was answered twice, the file of its own counts before the
notebook, and the notebook before the page's export.
"""

import hashlib
import json
from dataclasses import dataclass

LONGEST = 100_000  # bytes of one answer, as the page has it
LARGEST = 50_000_000  # bytes of a file with many
TOO_LARGE = f"The answer has more than {LONGEST:,} letters."


@dataclass(frozen=True)
class Answer:
    """One student's answer to one exercise.

    Attributes
    ----------
    student, id : the folder's (or file's) name, the exercise
    text : the source, or None if it cannot be read
    problem : why it cannot, a sentence; else ""
    """

    student: str
    id: str
    text: str | None
    problem: str = ""

    @property
    def fingerprint(self):
        """A few letters that change when the answer does."""
        text = (self.text or self.problem).encode("utf-8", "replace")
        return hashlib.sha256(text).hexdigest()[:12]


def read(folder, known):
    """Return the answers of a class.

    Parameters
    ----------
    folder : Path
    known : the ids of all exercises

    Returns
    -------
    list of Answer, sorted by student and exercise; list of sentences on what
    was passed over
    """
    found, passed = {}, []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        files = [path]
        if path.is_dir():
            files = sorted(path.rglob("*"), key=_rank)
        elif path.suffix not in (".json", ".ipynb"):
            continue
        student = path.name if path.is_dir() else path.stem
        for file in files:
            if file.is_symlink() or not file.is_file():
                continue
            for id, text, problem in _answers(file, passed):
                if id in known:
                    answer = Answer(student, id, text, problem)
                    found.setdefault((student, id), answer)
                else:
                    passed.append(f"{file}: there is no exercise {id!r}")
    return [found[key] for key in sorted(found)], passed


def _rank(path):
    ranks = {".py": 0, ".ipynb": 1, ".json": 2}
    return ranks.get(path.suffix, 3), str(path)


def _answers(path, passed):
    """Yield (id, text or None, problem) for each answer in a file."""
    if path.suffix == ".py":
        yield path.stem, *_source(path)
        return
    if path.suffix not in (".json", ".ipynb"):
        return
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it has more than {LARGEST:,} bytes")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        read = _cells if path.suffix == ".ipynb" else _exported
        pairs = list(read(content))
    except (OSError, ValueError, RecursionError) as error:
        passed.append(f"{path}: cannot be read ({error})")
        return
    except (KeyError, TypeError, AttributeError):
        passed.append(f"{path}: holds no answers")
        return
    for id, text in pairs:
        if len(text) > LONGEST:
            yield id, None, TOO_LARGE
        else:
            yield id, text, ""


def _source(path):
    """Return the text of a file of Python, and what is wrong with it."""
    if path.stat().st_size > LONGEST:
        return None, TOO_LARGE
    try:
        return path.read_text(encoding="utf-8-sig"), ""
    except OSError as error:
        return None, f"The file cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        return None, "The file is not a text in UTF-8."


def _exported(content):
    """Yield id and source of what the page has exported."""
    for id, answer in content["answers"].items():
        if isinstance(answer.get("code"), str):
            yield id, answer["code"]


def _cells(content):
    """Yield id and source of the exercises in a notebook."""
    for cell in content["cells"]:
        id = cell["metadata"].get("exercise")
        if cell["cell_type"] == "code" and isinstance(id, str):
            yield id, "".join(cell["source"])
