"""What stopped the reader's code, in a sentence with their own line.

What would not have stopped, a loop or a recursion, is in `endings.py`.
"""

import builtins
import difflib
import linecache
import re
import sys
import traceback

import numpy as np

from rnncourse.exercises.running.clash import clash
from rnncourse.exercises.running.foreign import (
    LISTS,
    NAMES,
    OTHERS,
    TENSORS,
    UNMADE,
)
from rnncourse.exercises.running.in_line import flattened, shapes

NULL_BYTE = (
    "Your code is not Python yet: there is a null byte in it, which editors "
    "do not show. Save it as plain text in UTF-8, or type it anew."
)
ONE_NUMBER = r"only (length-1|size-1|0-dimensional) arrays"
RESHAPED = r"cannot reshape array of size (\d+) into shape \((.*)\)"
SHAPED = r"could not broadcast input array from shape (.*) into shape (.*)"
GENERATOR = (
    "That is a generator, which has made nothing yet: list(...) of it has "
    "all it yields, and np.array(...) of that list is an array."
)
COROUTINE = "async def makes a coroutine; without async it is a function."
AFTERWORDS = {
    "IndexError": "Python counts from 0, so the last of n is n - 1.",
    "KeyError": "There is no entry of that name.",
    "MemoryError": "It needs more memory than there is: are the sizes and "
    "the number of times that something grows what you meant?",
    "RecursionError": "The function calls itself without an end.",
    "ZeroDivisionError": "Something was divided by zero.",
    "UnboundLocalError": "It gets its first value in a line that has not run.",
    "EOFError": "There is nobody to answer input() here.",
    "StdinNotImplementedError": "There is nobody to answer input() here.",
    "SystemExit": "Take exit() away; the check needs your code to go on.",
}


def explain(error, is_readers):
    """Return a sentence about an exception, and the reader's line or None.

    Parameters
    ----------
    error : the exception
    is_readers : function of a file name: is it the reader's code?
    """
    kinds = SyntaxError, ValueError  # of newer Pythons, of older ones
    if "null byte" in str(error) and isinstance(error, kinds):
        return NULL_BYTE, None
    if isinstance(error, SyntaxError) and is_readers(error.filename or ""):
        return _syntax(error), error.lineno
    frames = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if is_readers(frame.f_code.co_filename)
    ]
    name = type(error).__name__
    words = " ".join(str(error).split())
    if isinstance(error, KeyError):
        words = "there is no " + re.sub(r"np\.\w+\((.*)\)", r"\1", words)
    if words.startswith("matmul:"):  # the rest speaks of gufuncs
        words = "the two sides of @ do not fit together"
    what = f"{name}: {words}" if words else name
    if not frames:
        return f"Your code stops with {what}.", None
    if isinstance(error, RecursionError) and len(frames) > 1:
        frames.pop()  # the call too many; the line that made it counts
    frame, line = frames[-1]
    text = linecache.getline(frame.f_code.co_filename, line).strip()
    sentence = f"Line {line} stops with {_stop(what)}"
    if after := _after(error, frame, text):
        sentence += " " + after
    if flat := flattened(frame, text):
        sentence += f" {flat}"
    if isinstance(error, (ValueError, IndexError, TypeError)):
        bare = "enough dimensions" in str(error)
        if named := shapes(frame, text, bare):
            sentence += f" Shapes in this line: {named}."
    return sentence, line


def _stop(words):
    return words if words.endswith((".", "?", "!")) else words + "."


def _syntax(error):
    if isinstance(error, TabError):
        return f"Line {error.lineno} mixes tabs and spaces; use spaces only."
    sentence = f"Line {error.lineno} is not Python yet: {_stop(error.msg)}"
    text = (error.text or "").strip()
    if text and not isinstance(error, IndentationError):
        sentence += f" It reads “{text}”."
    return sentence


def _after(error, frame, text):
    """One more sentence that helps with this kind of error."""
    if isinstance(error, NameError) and error.name:
        if error.name == "self":
            return "There is no object here, only your own names."
        if error.name in OTHERS:
            return f"{error.name} is not there; NumPy is, as np."
        if error.name in {*sys.stdlib_module_names, "numpy"}:
            return f"{error.name} is not imported; NumPy is there, as np."
        known = {*frame.f_locals, *frame.f_globals, *dir(builtins)}
        if near := _near(error.name, known):
            return near
        if not isinstance(error, UnboundLocalError):
            if error.name in UNMADE:
                return _unmade(error.name)
            if hasattr(np, error.name):
                return f"NumPy has one: np.{error.name}."
            return "It has no value yet when this line runs."
    if isinstance(error, ModuleNotFoundError):
        return "On the page there is NumPy alone; more is in the notebook."
    words = str(error)
    if isinstance(error, AttributeError) and error.name:
        if isinstance(error.obj, list):
            return (
                f"A list has no {error.name}; np.array(...) makes an array "
                "of it."
            )
        if isinstance(error.obj, np.ndarray) and error.name in TENSORS:
            return TENSORS[error.name]
        if isinstance(error.obj, np.ndarray) and error.name in LISTS:
            return "That is what lists have; this is an array."
        if error.name in UNMADE:
            return _unmade(error.name)
        if error.obj is np and error.name in NAMES:
            return f"NumPy calls it np.{NAMES[error.name]}."
        return _near(error.name, dir(error.obj))
    if "unexpected keyword argument 'dim'" in words:
        return "NumPy calls it axis."
    if ".view(" in text and re.match(r"view\(|Type must be", words):
        return TENSORS["view"]
    if ".size(" in text and "'int' object is not callable" in words:
        return "In NumPy, x.shape[0] is the length of the first axis."
    if "unexpected keyword argument" in words:
        return _near(words.split("'")[-2], ["axis", "keepdims", "dtype"])
    if "range(" in text and "integer" in words:
        return "range() needs a number of steps: range(len(xs))."
    if "slice indices must be integers" in words:
        return "A slice ends at a whole number; // divides to one, / does not."
    if "boolean index did not match" in words:
        return "A mask has the sizes of the axes that it picks from."
    if cut := re.match(RESHAPED, words):
        return _uncut(*cut.groups(), text)
    if "is not in list" in words and ".index(" in text:
        return "list.index finds nothing where there is none of it, and stops."
    if "inhomogeneous" in words:
        return "The parts have different lengths, and an array has one shape."
    if "scalar index" in words and re.search(r"(stack|catenate)\(", text):
        return "It takes its arrays as one list: np.concatenate([a, b])."
    if "bitwise_xor" in words or "for ^" in words:
        return "^ is no power in Python; a square is a ** 2."
    if "zero-dimensional arrays cannot" in words:
        return "A number is no array to be joined; [number] is a list of one."
    if isinstance(error, IndexError) and "list index" in words:
        return "A list has the places 0 to len(...) - 1, an empty one none."
    if isinstance(error, IndexError) and "tuple index" in words:
        return "There are not as many axes, or parts."
    if "zero-size array" in words:
        return "It is empty: there is nothing to choose from."
    if "must be Tensor" in words or "expected Tensor" in words:
        return "PyTorch takes tensors; NumPy is all that is needed here."
    if "scalar index" in words:
        return "Where a slice ends takes one number; an array stands there."
    if "object is not callable" in words:
        return "Round brackets call a function; square ones pick an entry."
    if isinstance(error, TypeError) and re.match(ONE_NUMBER, words):
        if used := re.search(r"\b(c?math)\.(\w+)\(", text):
            return (
                f"{used[1]}.{used[2]} takes one number; np has functions "
                "for whole arrays."
            )
        return "One number is wanted here, and an array of many stands here."
    if re.match(r"'(generator|coroutine)' object|.*'(generator|coroutine)'"
                r"( and '\w+')?$", words):  # fmt: skip
        return GENERATOR if "generator" in words else COROUTINE
    alike = "must match" in words or "same number of dim" in words
    if "concatenat" in text and alike and "axis" not in text:
        return "np.concatenate joins rows, along axis 0, unless told axis=1."
    if "equal division" in words and "axis" not in text:
        return "np.split cuts along axis 0, the rows, unless told axis=-1."
    if put := re.match(SHAPED, words):
        return f"Its place has shape {put[2]}.{_backwards(text)}"
    if "broadcast" in words or words.startswith("matmul:"):
        known = {**frame.f_globals, **frame.f_locals}
        grows = re.match(r"(\w+) \+= ", text)
        if grows and isinstance(known.get(grows[1]), list):
            return (
                f"{grows[1]} is a list, and += adds an array to it number by "
                f"number; {grows[1]}.append(...) puts it at its end."
            )
        if words.startswith("matmul:"):
            return clash(text, known)
        return clash(text, known) or "These shapes do not fit together."
    if "not aligned" in words:
        return "These shapes do not fit together."
    if isinstance(error, IndexError) and "index -" in words:
        return (
            "A negative index counts from the end, and there is one too far."
        )
    found = re.search(r"index (\d+) .* size (\d+)", words)
    if found and int(found[1]) > int(found[2]) > 0:  # not by one alone
        if re.search(r"arg(max|min)\((?!.*axis)", text):
            return (
                "Without axis, argmax and argmin count through all entries, "
                "row by row."
            )
        return ""
    if "truth value of an array" in words:
        return (
            "An array of many values is neither true nor false; np.where "
            "chooses entry by entry."
        )
    return AFTERWORDS.get(type(error).__name__, "")


def _uncut(size, shape, text):
    """Say by how many the numbers of an array do not fit a shape."""
    parts = [int(n) for n in re.findall(r"\d+", shape)]
    room, size = int(np.prod(parts)), int(size)
    if "newaxis" not in shape and "-1" not in text:
        return f"That shape has {room} places."
    if not room:
        return ""
    return (
        f"{size} numbers cannot be cut into {room} equal parts: "
        f"{size % room} are left over."
    )


def _backwards(text):
    """What a slice that walks down to a number leaves out."""
    if re.search(r":\s*-1\s*:\s*-1\s*[],]", text):
        return " A slice down to -1 is empty: -1 is the last place."
    if re.search(r":\s*0\s*:\s*-1\s*[],]", text):
        return " A slice that walks down to 0 stops before it."
    return ""


def _unmade(name):
    return f"NumPy has no {name}: write it as {UNMADE[name]}."


def _near(name, known):
    """Ask whether a known name was meant; exchanged letters come first."""
    near = difflib.get_close_matches(name, known, 5, 0.65)
    near.sort(key=lambda other: sorted(other) != sorted(name))
    return f"Did you mean {near[0]}?" if near else ""
