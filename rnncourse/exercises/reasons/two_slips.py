"""Are two slips made at once? Put two of them together, and see.

A mistake of the catalogue that calls the exercise itself is a slip around
the solution. Around another mistake it is both at once; so are two that call
one helper, each with another argument of its own. The same goes for a change
of the arguments (`meant`) and for one of the source (`one_change`).
"""

import ast
import functools
import inspect
import re
import textwrap
import types

import numpy as np

from rnncourse.exercises.comparing import compare
from rnncourse.exercises.reasons.meant import changes
from rnncourse.exercises.running.run import Runner, copied

# what is said of all that is not the slip: beside another one it may be false
CLAIMS = r"\bright\b(?! (above|below|before|after|angles))|wrong at|twice too"
ENOUGH = 15  # bits of whole numbers; fewer may agree by chance


class Slips:
    """The mistakes of an exercise, beside an answer that is none of them.

    Parameters
    ----------
    exercise : Exercise
    cases, calls, right : the arguments, what the answer made of them, and
        what is right
    """

    def __init__(self, exercise, cases, calls, right):
        self.exercise, self.cases, self.calls = exercise, cases, calls
        self.usable = all(
            not call.error and call.value is not None for call in calls
        ) and _tells(exercise, cases, calls, right)

    @functools.cached_property
    def single(self):
        """What may be one of two: mistakes, and what they make of a case."""
        return [
            (mistake.function, sentence, self.made(mistake.function, 0))
            for mistake in self.exercise.mistakes
            if (sentence := _sure(mistake.sentence))
        ]

    def made(self, function, i):
        """What comes of a function in a case."""
        return Runner().call(function, *copied(self.cases[i])).value

    def told(self, values):
        """Return the sentences of mistakes that make the same of all cases.

        `values` is called with the number of a case, and returns a Call.
        """
        first = values(0).value
        return {
            sentence
            for function, sentence, made in self.single
            if made is not None
            and not self.is_idle(made)
            and like(self.exercise, self.cases[0], first, made)
            and all(
                like(
                    self.exercise,
                    self.cases[i],
                    values(i).value,
                    self.made(function, i),
                )
                for i in range(1, len(self.cases))
            )
        }

    def is_idle(self, made):
        """Tell whether a result is an argument, or one number throughout.

        Many a change of a source does that, without being a slip.
        """
        parts = made if isinstance(made, (tuple, list)) else [made]
        parts = [np.asarray(part) for part in parts if np.ndim(part)]
        return any(
            len(np.unique(part)) == 1
            or any(compare.same(part, value) for value in self.cases[0])
            for part in parts
            if part.size > 1
        )

    def explains(self, function):
        """Tell whether a function does in all cases what the answer did."""
        return all(
            like(self.exercise, case, call.value, self.made(function, i))
            for i, (case, call) in enumerate(
                zip(self.cases, self.calls, strict=True)
            )
        )

    def of_two_mistakes(self):
        """Yield pairs of sentences: one mistake around or in another."""
        name = self.exercise.name
        for n, (outer, one, _) in enumerate(self.single):
            for m, (inner, other, _) in enumerate(self.single):
                together = []
                if name in outer.__code__.co_names:
                    together.append(around(outer, name, inner))
                if n < m and (merged := in_one_call(outer, inner)):
                    together.append(merged)
                if one != other and any(map(self.explains, together)):
                    yield one, other

    def of_other_arguments(self, answer):
        """Yield pairs: what would have to be changed, and a mistake."""
        for said, _ in changes(self.exercise, self.cases[0]):

            def values(i, said=said):
                for words, other in changes(self.exercise, self.cases[i]):
                    if words == said:
                        return answer.call(other, silent=True)
                return self.calls[i]

            words = said.replace("It would be right", "would be gone")
            for sentence in self.told(values):
                yield words, sentence


def two_slips(slips, answer, place=""):
    """Return a sentence on two slips that together explain all, or "".

    Parameters
    ----------
    slips : Slips
    answer : the reader's, Here or Apart
    place : a sentence on a place of the source and a mistake, or ""
    """
    if not slips.usable:
        return ""
    told = _told(slips.of_two_mistakes()) or place
    return told or _told(slips.of_other_arguments(answer))


def _told(found):
    """Put a pair into words, or what all pairs have in common."""
    pairs = {frozenset(pair): pair for pair in found}
    if len(pairs) == 1:
        return both(*pairs.popitem()[1])
    common = frozenset.intersection(*pairs) if pairs else ()
    return (
        f"There is more than one slip. {_one(min(common))}" if common else ""
    )


def both(one, other):
    """Put two sentences together."""
    return f"Two slips at once make this. {_one(one)} The other: {other}"


def _one(sentence):
    """Begin with "One"; a sentence in lower case goes on from there."""
    return f"One{'' if sentence[0].islower() else ':'} {sentence}"


def like(exercise, case, yours, other):
    """Tell whether two results bring about the same."""
    try:
        return compare.same(*exercise.observed(case, yours, other))
    except Exception:  # it is no result that could be observed
        return False


def around(outer, name, inner):
    """Return a mistake that calls another one where it calls the exercise."""
    return types.FunctionType(
        outer.__code__,
        {**outer.__globals__, name: inner},
        outer.__name__,
        outer.__defaults__,
        outer.__closure__,
    )


def in_one_call(one, other):
    """Return what calls a helper as two mistakes do at once, or None."""
    calls = _call(one), _call(other)
    if None in calls or len({ast.unparse(call.func) for call in calls}) > 1:
        return None
    names, args = one.__code__.co_varnames, []
    if len({len(call.args) for call in calls}) > 1:
        return None
    for place in zip(*(call.args for call in calls), strict=True):
        plain = [ast.unparse(x) in names for x in place]
        if plain == [False, False]:
            return None
        args.append(place[plain.index(False)] if False in plain else place[0])
    keywords = [word for call in calls for word in call.keywords]
    if len({word.arg for word in keywords}) < len(keywords):
        return None
    call = ast.Call(calls[0].func, args, keywords)
    text = f"lambda {', '.join(inspect.signature(one).parameters)}: "
    return eval(text + ast.unparse(call), one.__globals__)


@functools.cache
def _call(function):
    """Return the one call that a function is, or None."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):  # its source is not there
        return None
    body = tree.body[0].body
    if len(body) > 1 or not isinstance(body[0], ast.Return):
        return None
    value = body[0].value
    is_helper = isinstance(value, ast.Call) and isinstance(
        value.func, ast.Name
    )
    return value if is_helper else None


def _sure(sentence):
    """Return a mistake's sentence without what may be false beside another."""
    sentence = re.sub(r"^(Your|The) [\w ]+ (is|are) right\. ", "", sentence)
    return "" if re.search(CLAIMS, sentence) else sentence


def _tells(exercise, cases, calls, right):
    """Tell whether wrong results are too many to be met by chance."""
    whole = 0
    for case, call, truth in zip(cases, calls, right, strict=True):
        if like(exercise, case, call.value, truth):
            continue
        parts = call.value
        if not isinstance(parts, (tuple, list)):
            parts = (parts,)
        for numbers in map(compare.numbers, parts):
            if numbers is None or not np.isfinite(numbers).all():
                return False
            if (numbers != np.round(numbers)).any():
                return True
            whole += np.log2(2 + np.abs(numbers.astype(float))).sum()
    return whole >= ENOUGH
