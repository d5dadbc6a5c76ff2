"""Questions with feedback on every answer.

A chapter's quiz is the list QUESTIONS in
``rnncourse/exercises/quizzes/<chapter>.py``.
"""

from dataclasses import dataclass

from rnncourse.exercises.pages import quiz_page


@dataclass(frozen=True)
class Option:
    """One answer to choose, and what whoever chooses it should read."""

    text: str
    feedback: str
    is_right: bool


def right(text, feedback):
    """A right answer."""
    return Option(text, feedback, True)


def wrong(text, feedback):
    """A wrong answer."""
    return Option(text, feedback, False)


class Choice:
    """One question with some answers, of which one or several are right.

    Parameters
    ----------
    question : text; `code` between backticks
    *options : made by `right` and `wrong`
    several : whether all that apply are asked for

    Raises
    ------
    ValueError
        If there is not exactly one right answer (at least one, if several
        are asked for), no wrong one, or something without feedback.
    """

    def __init__(self, question, *options, several=False):
        count = sum(option.is_right for option in options)
        if count == 0 or (count != 1 and not several):
            raise ValueError(f"{question!r} has {count} right answers")
        if count == len(options):
            raise ValueError(f"{question!r} has no wrong answer")
        if not all(option.feedback.strip() for option in options):
            raise ValueError(f"{question!r} has an answer without feedback")
        self.question, self.options, self.several = question, options, several

    def feedback(self, *texts):
        """Return (is it right?, feedback) for the chosen options' texts."""
        chosen = [o for o in self.options if o.text in texts]
        wanted = [o for o in self.options if o.is_right]
        return chosen == wanted, " ".join(o.feedback for o in chosen)

    def lines(self):
        """Return (answer, feedback) pairs, for a terminal and no script."""
        marks = {True: "right", False: "not right"}
        return [
            (o.text, f"{marks[o.is_right]}. {o.feedback}")
            for o in self.options
        ]


class Number:
    """One question with a number for an answer.

    Parameters
    ----------
    question : text
    answer : the right number; an int if only whole numbers can be right
    feedback : what to say to it
    tolerance : how far off may pass
    known : {wrong number: what to say to it}
    otherwise : what to say to any other number
    percent : whether the answer is a percentage

    Raises
    ------
    ValueError
        If something has no feedback, or a known wrong number would pass.
    """

    def __init__(
        self,
        question,
        answer,
        feedback,
        *,
        tolerance,
        known,
        otherwise,
        percent=False,
    ):
        if not all(x.strip() for x in (feedback, otherwise, *known.values())):
            raise ValueError(f"{question!r} has an answer without feedback")
        if any(abs(x - answer) <= tolerance for x in known):
            raise ValueError(f"{question!r} has a wrong number that passes")
        self.question, self.answer, self.right = question, answer, feedback
        self.tolerance, self.known = tolerance, known
        self.otherwise, self.percent = otherwise, percent
        self.whole = isinstance(answer, int)

    def feedback(self, number):
        """Return (is it right?, feedback) for a number."""
        near = abs(number - self.answer) <= self.tolerance
        if near and not (self.whole and number % 1):
            return True, self.right
        for other, says in self.known.items():
            # a fraction is a slip of its own, if it is known as one
            if abs(number - other) <= (0 if self.whole else self.tolerance):
                return False, says
        if self.whole and number % 1:
            return False, quiz_page.WHOLE
        if self.percent and abs(100 * number - self.answer) <= self.tolerance:
            return False, quiz_page.PERCENT
        return False, self.otherwise

    def lines(self):
        """Return (answer, feedback) pairs, for a terminal and no script."""
        return [(f"{self.answer:,g}", f"right. {self.right}")]


class Quiz:
    """A chapter's questions."""

    def __init__(self, chapter, questions):
        self.chapter, self.questions = chapter, questions

    def __repr__(self):
        lines = []
        for number, question in enumerate(self.questions, start=1):
            lines.append(f"{number}. {question.question}")
            lines += [f"   - {answer}" for answer, _ in question.lines()]
        return "\n".join(lines)

    def _repr_html_(self):
        return quiz_page.html(self.questions, self.chapter)
