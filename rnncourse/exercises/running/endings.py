"""What to say of code that does not come to an end, or ends too much."""

import ast
import linecache

import numpy as np

WHILE = (
    "Your code went on and on, and was stopped. Is there a loop whose "
    "condition stays true?"
)
RECURSION = (
    "{name} calls itself again and again, and was stopped. Where every call "
    "makes several more, their number grows and grows; a loop, or a table of "
    "what is known already, does each part once."
)
STEPS = (
    "Your code took very many steps, and was stopped. Does a loop run over "
    "something that grows, or far more often than it should?"
)
SLEEPS = (
    "Your code was stopped because it sleeps for a long time. The result "
    "does not need time.sleep."
)
BUSY = (
    "Your code kept the processor busy for a long time, and was stopped. Is "
    "there a loop without an end, or far more work than the task needs?"
)
WAITS = (
    "Your code was stopped because it waits for something that does not come."
)
ENDED = (
    "Your code ends Python itself, or gets in the way of the check, so it "
    "cannot be checked."
)


def too_long(frames):
    """Return a sentence about code that did not end, and the line.

    Parameters
    ----------
    frames : list of (code, line, names) of the reader's frames, innermost
        first; names are {name: value}
    """
    codes = [code for code, *_ in frames]
    again = next((code for code in codes if codes.count(code) > 1), None)
    loops = [
        (loop, names)
        for code, line, names in frames
        for loop in _whiles(code.co_filename, line)
    ]
    sentence = STEPS
    if loops:
        sentence = WHILE + _as_it_stood(*loops[0])
    elif again is not None:
        sentence = RECURSION.format(name=again.co_name)
    return sentence, frames[0][1]


def _whiles(file, line):
    """The while loops that a line of the reader's code is part of, the
    innermost first."""
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:  # a cell with a magic line
        return []
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.While)
        if node.lineno <= line <= node.end_lineno
    ]
    return sorted(found, key=lambda node: -node.lineno)


def _as_it_stood(loop, names):
    """Say the numbers in a loop's condition, as they were at the end."""
    values = {
        node.id: names[node.id]
        for node in ast.walk(loop.test)
        if isinstance(node, ast.Name) and _is_number(names.get(node.id))
    }
    if not values:
        return ""
    stood = " and ".join(f"{name} was {x:.4g}" for name, x in values.items())
    return (
        f" In line {loop.lineno} the condition is "
        f"`{ast.unparse(loop.test)}`, and when it was stopped {stood}."
    )


def _is_number(value):
    return isinstance(value, (int, float, np.number))
