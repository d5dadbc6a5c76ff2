"""Exercises that check themselves, in a notebook and in the page.

In a notebook, the cell of an exercise ends by checking::

    check("rnn.elman_step", elman_step)

An exercise is one block in the file of its chapter, such as
``rnncourse/exercises/chapters/rnn.py``; CONTRIBUTING.md has the recipe. Needs
NumPy only.
"""

from rnncourse.exercises import chapters, quizzes
from rnncourse.exercises.chapters import add
from rnncourse.exercises.checking import check as checker
from rnncourse.exercises.checking.outcome import Outcome
from rnncourse.exercises.pages.words import Words
from rnncourse.exercises.running import sandbox

__all__ = [
    "Outcome",
    "add",
    "check",
    "check_source",
    "example",
    "hint",
    "quiz",
    "run_source",
    "solution",
]

_hints_given = {}


def check(id, answer):
    """Check a function; the last line of an exercise's cell.

    Parameters
    ----------
    id : the exercise, such as "rnn.elman_step"
    answer : the reader's function

    Returns
    -------
    Outcome: correct, not yet (and why), or not attempted; never raises for
    what the reader wrote

    Raises
    ------
    KeyError
        If there is no such exercise.
    """
    if sandbox.is_running():  # a cell that checks itself is being checked
        return None
    return checker.function(chapters.find(id), answer)


def check_source(id, source):
    """Check the function that a source defines.

    Parameters
    ----------
    id : the exercise
    source : text of Python; ``np`` is there without an import

    Returns
    -------
    Outcome

    Raises
    ------
    KeyError
        If there is no such exercise.

    >>> check_source("rnn.elman_step", "def elman_step(x, h): return x")
    ○ Not yet. elman_step is called as elman_step(x, h, W_xh, W_hh, b), and
    yours is elman_step(x, h). Keep the first line as it was.
    """
    exercise = chapters.find(id)
    return checker.source(exercise, source, chapters.before(exercise))


def run_source(id, source, write=None):
    """Run a source as the exercise's page does, and check nothing.

    Parameters
    ----------
    id : the exercise
    source : text of Python
    write : called with each piece of text the code prints; if None, they
        are kept in the outcome

    Returns
    -------
    Outcome with status "ran", or "error" with what stopped it. The value of
    the last line counts as printed, as in a notebook

    >>> run_source("rnn.elman_step", "x = example()['x']\\nx.shape")
    ▸ Ran.
    Your code printed:
    (3, 2)
    """
    exercise = chapters.find(id)
    before = chapters.before(exercise)
    return checker.run(exercise, source, before, write)


def example(id):
    """Return arguments of an exercise to try things with, as a dict.

    >>> {name: a.shape for name, a in example("rnn.elman_step").items()}
    {'x': (3, 2), 'h': (3, 7), 'W_xh': (2, 7), 'W_hh': (7, 7), 'b': (7,)}
    """
    return chapters.find(id).example()


def hint(id):
    """Return the next hint of an exercise; after the last, the first."""
    hints = chapters.find(id).hints
    number = _hints_given.get(id, 0) % len(hints)
    _hints_given[id] = number + 1
    return Words(f"Hint {number + 1} of {len(hints)}", hints[number])


def solution(id):
    """Return an exercise's solution: the function that its check trusts."""
    source = chapters.find(id).solution
    return Words("Solution", f"```python\n{source}\n```", source)


def quiz(chapter):
    """Return a chapter's questions, with feedback on every answer.

    Raises
    ------
    KeyError
        If the chapter has no quiz.
    """
    return quizzes.of_chapter(chapter)
