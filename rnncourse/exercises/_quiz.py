"""Questions with feedback on every answer, on the page and in a notebook.

Plain HTML with native radio buttons, check boxes and text fields, and one
small inline handler a question: no script file, no kernel, no request. A
quiz is a list of questions in ``rnncourse/exercises/quizzes/<chapter>.py``.
"""

import importlib
import importlib.util
import re
from dataclasses import dataclass
from html import escape


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

    def fields(self, name):
        kind = "checkbox" if self.several else "radio"
        return "".join(
            f'<label><input type="{kind}" name="{name}" '
            f'data-right="{int(o.is_right)}" '
            f'data-says="{escape(plain(o.feedback))}"> '
            f"<span>{marked(o.text)}</span></label>"
            for o in self.options
        )

    @property
    def handler(self):
        return _CHOICE


class Number:
    """One question with a number for an answer.

    Parameters
    ----------
    question : text
    answer : the right number
    feedback : what to say to it
    tolerance : how far off may pass
    known : {wrong number: what to say to it}
    otherwise : what to say to any other number

    Raises
    ------
    ValueError
        If something has no feedback, or a known wrong number would pass.
    """

    def __init__(
        self, question, answer, feedback, *, tolerance, known, otherwise
    ):
        if not all(x.strip() for x in (feedback, otherwise, *known.values())):
            raise ValueError(f"{question!r} has an answer without feedback")
        if any(abs(x - answer) <= tolerance for x in known):
            raise ValueError(f"{question!r} has a wrong number that passes")
        self.question, self.answer, self.right = question, answer, feedback
        self.tolerance, self.known = tolerance, known
        self.otherwise = otherwise

    def feedback(self, number):
        """Return (is it right?, feedback) for a number."""
        if abs(number - self.answer) <= self.tolerance:
            return True, self.right
        for other, says in self.known.items():
            if abs(number - other) <= self.tolerance:
                return False, says
        return False, self.otherwise

    def lines(self):
        """Return (answer, feedback) pairs, for a terminal and no script."""
        return [(f"{self.answer:,g}", f"right. {self.right}")]

    def fields(self, name):
        rows = [(self.answer, 1, self.right)]
        rows += [(x, 0, says) for x, says in self.known.items()]
        data = "".join(
            f'<data value="{x}" data-right="{is_right}" '
            f'data-says="{escape(plain(says))}"></data>'
            for x, is_right, says in rows
        )
        return (
            f'<label><span>Your number</span> <input type="text" '
            f'inputmode="decimal" size="12" autocomplete="off"></label>'
            f'<span hidden data-tolerance="{self.tolerance}" '
            f'data-says="{escape(plain(self.otherwise))}">{data}</span>'
        )

    @property
    def handler(self):
        return _NUMBER


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
        many = len(self.questions)
        body = "".join(
            _QUESTION.format(
                number=number,
                many=many,
                question=marked(question.question),
                fields=question.fields(f"quiz-{self.chapter}-{number}"),
                handler=escape(" ".join(question.handler.split())),
                answers="".join(
                    f"<li>{marked(answer)}: {marked(says)}</li>"
                    for answer, says in question.lines()
                ),
            )
            for number, question in enumerate(self.questions, start=1)
        )
        return f'<div class="rnn-quiz">{_STYLE}{body}</div>'


def marked(text):
    """Return a text as HTML, `code` between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def plain(text):
    """Return a text without backticks."""
    return text.replace("`", "")


def of_chapter(chapter):
    """Return a chapter's quiz.

    Raises
    ------
    KeyError
        If it has none.
    """
    name = f"rnncourse.exercises.quizzes.{chapter}"
    if not str(chapter).isidentifier() or not importlib.util.find_spec(name):
        raise KeyError(f"there is no quiz for a chapter {chapter!r}")
    return Quiz(chapter, importlib.import_module(name).QUESTIONS)


# Says the verdict, then the feedback of what was chosen.
_CHOICE = """
const form = this.closest('form'), all = [...form.querySelectorAll('input')];
const chosen = all.filter((x) => x.checked);
const fits = all.every((x) => x.checked === (x.dataset.right === '1'));
const says = chosen.map((x) => x.dataset.says);
if (chosen.length &amp;&amp; !fits &amp;&amp;
    chosen.every((x) => x.dataset.right === '1')) {
  says.push('There is more that applies.');
}
form.querySelector('output').value = chosen.length === 0
  ? 'Choose an answer first.'
  : (fits ? '✓ Correct. ' : '○ Not yet. ') + says.join(' ');
""".replace("&amp;", "&")

# 36,744 and 0,762 are both numbers to somebody.
_NUMBER = r"""
const form = this.closest('form'), out = form.querySelector('output');
let text = form.querySelector('input').value.replace(/[\s\u2019']/g, '');
text = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(text)
  ? text.replace(/,/g, '') : text.replace(',', '.').replace('\u2212', '-');
const number = text === '' ? NaN : Number(text);
const box = form.querySelector('[data-tolerance]');
const near = [...box.querySelectorAll('data')].find(
  (x) => Math.abs(number - x.value) <= Number(box.dataset.tolerance));
out.value = Number.isNaN(number)
  ? 'Type a number, such as 12 or 0.25.'
  : near ? (near.dataset.right === '1' ? '✓ Correct. ' : '○ Not yet. ')
    + near.dataset.says
  : '○ Not yet. ' + box.dataset.says;
"""

_QUESTION = """
<form onsubmit="this.querySelector('button').click(); return false"
 aria-label="Question {number} of {many}">
<fieldset><legend>{number}. {question}</legend>{fields}</fieldset>
<button type="button" onclick="{handler}">Check answer</button>
<output role="status"></output>
<noscript><details><summary>Answers</summary><ul>{answers}</ul></details>
</noscript></form>
"""

_STYLE = """<style>
.rnn-quiz form { margin: 1.5em 0; max-width: 42rem; }
.rnn-quiz fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.rnn-quiz legend { font: inherit; font-weight: 600; float: none; width: auto;
  margin: 0 0 0.4em; padding: 0; }
.rnn-quiz label { display: flex; gap: 0.6em; align-items: baseline;
  padding: 0.25em 0; cursor: pointer; }
.rnn-quiz input[type=text] { font: inherit; color: inherit; padding: 0.2em
  0.4em; background: transparent; border: 1px solid currentColor;
  border-radius: 0.25em; min-width: 0; }
.rnn-quiz button { font: inherit; color: inherit; background: transparent;
  border: 1px solid currentColor; border-radius: 0.25em; cursor: pointer;
  padding: 0.25em 0.9em; margin-top: 0.4em; }
.rnn-quiz button:hover { text-decoration: underline; }
.rnn-quiz :focus-visible { outline: 2px solid currentColor;
  outline-offset: 2px; }
.rnn-quiz output { display: block; margin-top: 0.5em; min-height: 1.5em; }
</style>"""
