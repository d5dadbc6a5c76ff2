"""How questions look and answer: plain HTML, a small inline handler each.

Native radio buttons, check boxes and text fields, so that the keyboard and
screen readers know them; no script file, no kernel and no request, so that
they work on the page, in JupyterLab and in Colab.
"""

import re
from html import escape

# said to an answer of a kind that cannot be right
WHOLE = "A whole number is asked for here, and this is none."
PERCENT = "Nearly: that is the share. As a percentage it is a hundred times."


def html(questions, name):
    """Return the HTML of a quiz.

    Parameters
    ----------
    questions : list of Choice and Number
    name : slug that no other quiz on a page has
    """
    forms = "".join(
        _FORM.format(
            number=number,
            many=len(questions),
            question=marked(question.question),
            fields=_fields(question, f"quiz-{name}-{number}"),
            handler=escape(" ".join(_handler(question).split())),
            answers="".join(
                f"<li>{marked(answer)}: {marked(says)}</li>"
                for answer, says in question.lines()
            ),
        )
        for number, question in enumerate(questions, start=1)
    )
    return f'<div class="rnn-quiz">{_STYLE}{forms}</div>'


def marked(text):
    """Return a text as HTML, with code where it has backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _says(text):
    return escape(text.replace("`", ""))


def _handler(question):
    return _CHOICE if hasattr(question, "options") else _NUMBER


def _fields(question, name):
    """The part of a form where an answer is given."""
    if hasattr(question, "options"):
        return "".join(
            _OPTION.format(
                kind="checkbox" if question.several else "radio",
                name=name,
                right=int(option.is_right),
                says=_says(option.feedback),
                text=marked(option.text),
            )
            for option in question.options
        )
    rows = [(question.answer, 1, question.right)]
    rows += [(x, 0, says) for x, says in question.known.items()]
    return _TYPED.format(
        tolerance=question.tolerance,
        whole=WHOLE if question.whole else "",
        percent=PERCENT if question.percent else "",
        otherwise=_says(question.otherwise),
        rows="".join(
            _NEAR.format(x=x, right=is_right, says=_says(says))
            for x, is_right, says in rows
        ),
    )


# On what can have the focus, data-lm-suppress-shortcuts keeps JupyterLab from
# taking the arrow keys to move from cell to cell.
_OPTION = """
<label><input type="{kind}" name="{name}" data-right="{right}"
 data-says="{says}" data-lm-suppress-shortcuts> <span>{text}</span></label>"""

_TYPED = """
<label><span>Your number</span> <input type="text" inputmode="decimal"
 size="12" autocomplete="off" data-lm-suppress-shortcuts
 onkeydown="if (event.key === 'Enter') {{ event.preventDefault();
 this.form.querySelector('button').click(); }}"></label>
<span hidden data-tolerance="{tolerance}" data-whole="{whole}"
 data-percent="{percent}" data-says="{otherwise}">{rows}</span>
"""

_NEAR = """
<data value="{x}" data-right="{right}" data-says="{says}"></data>"""

# Says the verdict, then the feedback of what was chosen.
_CHOICE = """
const form = this.closest('form'), all = [...form.querySelectorAll('input')];
const chosen = all.filter((x) => x.checked);
const fits = all.every((x) => x.checked === (x.dataset.right === '1'));
const says = chosen.map((x) => x.dataset.says);
if (chosen.length && !fits &&
    chosen.every((x) => x.dataset.right === '1')) {
  says.push('There is more that applies.');
}
const out = form.querySelector('output');
out.dataset.kind = chosen.length === 0 ? '' : fits ? 'correct' : 'not yet';
out.value = chosen.length === 0
  ? 'Choose an answer first.'
  : (fits ? '✓ Correct. ' : '○ Not yet. ') + says.join(' ');
"""

# 36,744 and 0,762 are both numbers to somebody, and 2,750 may be either: all
# ways to read what was typed are tried, and which one counts is said.
_NUMBER = r"""
const form = this.closest('form'), out = form.querySelector('output');
const box = form.querySelector('[data-tolerance]'), known = box.dataset;
const typed = form.querySelector('input').value.trim();
const text = typed.replace(/[\s\u2019']/g, '').replace(/\u2212/g, '-');
const plain = (x) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(x)
  ? [Number(x)] : [];
const read = (x) => /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(x)
  ? [...plain(x.replace(/,/g, '')), ...plain(x.replace(',', '.'))]
  : plain(x.replace(',', '.'));
const [above, below, more] = text.replace(/%$/, '').split('/');
const unit = text.endsWith('%') && !known.percent ? 100 : 1;
const values = (below === undefined ? read(above)
  : more === undefined ? read(above).map((x) => x / read(below)[0]) : [])
  .map((x) => x / unit).filter(Number.isFinite);
const row = (number, x) => {
  const whole = known.whole && x.dataset.right !== '1';
  const far = Math.abs(number - Number(x.value));
  return far <= (whole ? 0 : Number(known.tolerance)) &&
    !(known.whole && x.dataset.right === '1' && number % 1);
};
const rows = [...box.querySelectorAll('data')];
const found = values.map((x) => [x, rows.find((y) => row(x, y))]);
const [number, near] = found.find(([, x]) => x && x.dataset.right === '1')
  ?? found.find(([, x]) => x) ?? found[0] ?? [NaN, undefined];
const share = known.percent && rows.some(
  (x) => x.dataset.right === '1' && row(100 * number, x));
const says = near ? near.dataset.says
  : known.whole && number % 1 ? known.whole
  : share ? known.percent : known.says;
const as = plain(typed).length ? ''
  : 'Read as ' + String(Number(number.toPrecision(6)))
    + (known.percent && text.endsWith('%') ? ' %. ' : '. ');
const fits = near && near.dataset.right === '1';
out.dataset.kind = Number.isNaN(number) ? '' : fits ? 'correct' : 'not yet';
out.value = Number.isNaN(number)
  ? 'Type a number, such as 12, 0.25 or 2/3.'
  : (fits ? '✓ Correct. ' : '○ Not yet. ') + as + says;
"""

_FORM = """
<form onsubmit="return false"
 aria-label="Question {number} of {many}">
<fieldset><legend>{number}. {question}</legend>{fields}</fieldset>
<button type="button" onclick="{handler}"
 data-lm-suppress-shortcuts>Check answer</button>
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
