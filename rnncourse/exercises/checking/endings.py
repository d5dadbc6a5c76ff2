"""What to say of code that does not come to an end, or ends too much."""

import ast
import linecache

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
    frames : list of (code, line) of the reader's frames, innermost first
    """
    codes = [code for code, _ in frames]
    again = next((code for code in codes if codes.count(code) > 1), None)
    loops = any(_in_while(code.co_filename, line) for code, line in frames)
    sentence = STEPS
    if loops:
        sentence = WHILE
    elif again is not None:
        sentence = RECURSION.format(name=again.co_name)
    return sentence, frames[0][1]


def _in_while(file, line):
    """Tell whether a line of the reader's code is part of a while loop."""
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:  # a cell with a magic line
        return False
    return any(
        isinstance(node, ast.While) and node.lineno <= line <= node.end_lineno
        for node in ast.walk(tree)
    )
