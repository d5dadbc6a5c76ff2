"""Is one thing all that is wrong? Take it back, and see.

Each variant of a wrong answer is called as the answer was. If one of them is
right in every case, it is certain which place of the source to look at.
"""

import ast

from rnncourse.exercises.checking.variants import variants

TRIES = 300  # variants; a short answer has a hundred
LONG = 60  # characters of the reader's code that are repeated
ENDLESS = 3  # variants that may go on and on
WRAPPERS = {
    "np.tanh(": "np.tanh({})",
    "np.exp(-": "1 / (1 + np.exp(-{}))",
    "np.sqrt(": "np.sqrt({})",
    "np.abs(": "np.abs({})",
}


def one_change(exercise, text, answer, cases, is_right):
    """Return a sentence on the one place that makes an answer wrong, or "".

    Parameters
    ----------
    exercise : Exercise
    text : the reader's source
    answer : the reader's, Here or Apart
    cases : list of arguments
    is_right : function of the number of a case and a Call of it
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ""
    found = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == exercise.name
    ]
    if not found:
        return ""
    function, tried, endless = found[-1], set(), 0
    function.decorator_list.clear()
    wrappers = [
        wrapper
        for sign, wrapper in WRAPPERS.items()
        if sign in exercise.solution
    ]
    for nodes, words in variants(function, wrappers):
        try:
            other = ast.unparse(tree)
        except (ValueError, AttributeError):  # nothing that can be written
            continue
        if other in tried:
            continue
        if len(tried) >= TRIES or endless >= ENDLESS:
            return ""
        tried.add(other)
        for i, case in enumerate(cases):
            call = answer.trial(other, case)
            endless += call.kind == "TooLong"
            if call.error or not is_right(i, call):
                break
        else:
            return _sentence(text, nodes, words)
    return ""


def _sentence(text, nodes, words):
    """Point at some nodes of a source."""
    lines = sorted({node.lineno for node in nodes if hasattr(node, "lineno")})
    if not lines:
        return ""
    place = f"line {lines[0]}"
    if len(lines) > 1:
        place = f"lines {lines[0]} and {lines[-1]}"
    code = ast.get_source_segment(text, nodes[0]) or ""
    if len(lines) == 1 and "\n" not in code and 0 < len(code) <= LONG:
        place += f", at `{code}`"
        place += ","
    return f"One change in {place} would make it right. {words}"
