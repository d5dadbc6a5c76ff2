"""Where a fault can be made in the engine, and making it: by cosmic-ray."""

import ast
import difflib
import random
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parent.parent

# Not tried: what every array of floats refuses with an exception, so that
# any test would do; and "is" for "==", which is the same for None and sizes.
LOUD = ("Shift", "_BitOr", "_BitAnd", "_BitXor")
SYNONYMS = ("Is_Eq", "IsNot_NotEq", "Eq_Is", "NotEq_IsNot")


def operators():
    """Return the kinds of faults, {name: what makes one}."""
    kinds = {}
    for name in operator_names():
        loud = name.endswith(LOUD) and "_Bit" not in name[: -len("_BitXor")]
        kind = get_operator(name)
        if not (loud or name.endswith(SYNONYMS) or kind.arguments()):
            kinds[name] = kind()
    return kinds


def places(paths):
    """Return {(file, start, end): [(kind, its how-manieth, function)]}."""
    found = {}
    for path in paths:
        nodes = list(ast_nodes(get_ast(path.read_text())))
        for name, kind in operators().items():
            spots = [(x, p) for x in nodes for p in kind.mutation_positions(x)]
            for number, (node, (start, end)) in enumerate(spots):
                within = ASTQuery(node).get_definition_name() or "the module"
                place = (path.relative_to(ROOT).as_posix(), start, end)
                found.setdefault(place, []).append((name, number, within))
    return found


def make(place, kind, number, within):
    """Return a mutant as a dict; None if Python does not notice it."""
    path, (line, _), (last, _) = place
    before = (ROOT / path).read_text()
    after = mutate_code(before, operators()[kind], number)
    try:
        if ast.dump(ast.parse(before)) == ast.dump(ast.parse(after)):
            return None
    except SyntaxError:
        return None
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), n=0, lineterm=""
    )
    diff = [x[0] + " " + x[1:].strip() for x in lines if x[0] in "+-"][2:]
    return {
        "path": path,
        "line": line,
        "last": last,
        "within": within,
        "made": [place, kind, number, within],
        "diff": diff,
        "code": after,
    }


def sample(paths, count, seed):
    """Draw places, and one fault each; return mutants, number of places."""
    found = places(paths)
    chance = random.Random(seed)
    order = sorted(found)
    chance.shuffle(order)
    mutants = []
    for place in order:
        if len(mutants) == count:
            break
        choices = found[place]
        chance.shuffle(choices)
        made = (make(place, *choice) for choice in choices)
        mutants += [x for x in [next(filter(None, made), None)] if x]
    return mutants, len(found)
