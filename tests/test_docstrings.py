"""Every public name says what it takes, gives and refuses.

The docstrings are the API reference, so what is missing here is missing on
the site.
"""

import ast
import inspect
import re
import textwrap

import pytest
from public_names import everything, extension, load, modules

from rnncourse.cells import Cell

# Arguments that are arrays wherever they occur: each says its shape.
ARRAYS = set(
    "xs hs ys dxs dhs dys ids logits dlogits targets lengths target_lengths "
    "queries memory weights log_p values sensitivity alignment counts".split()
)
SHAPE = re.compile(r"\(.*(,|\.\.\.).*\)|\bfloat\b|\blists? of")
ELSEWHERE = re.compile(r"\bas (in|given)\b|\bsee\b|\bfrom `")
REFUSES = re.compile(
    r"^\s+raise (?!NotImplemented)|\barguments\.\w+\(|_checked\(|_fit\.", re.M
)
# What a whole module makes, said once at its head.
MADE = {
    "rnncourse.pictures.diagrams": "returns a\n"
    "`rnncourse.pictures.picture.Picture`"
}

docstrings = extension()


def find(module, name):
    """Return the object and the class it overrides a method of, if any."""
    thing, base = load(module), None
    for part in name.split("."):
        owner, thing = thing, getattr(thing, part)
        if inspect.isclass(owner):
            bases = owner.__mro__[1:]
            base = next((b for b in bases if part in vars(b)), None)
    return inspect.unwrap(thing), base


def words_of(module, name):
    """Return the docstring of a function or class, or a value's string."""
    thing, _ = find(module, name)
    if inspect.isfunction(thing) or inspect.isclass(thing):
        return inspect.getdoc(thing) or ""
    return "\n".join(docstrings.own_words(module, name) or [])


def sections(module, name):
    """Return ``{heading: {term: text}}`` of a docstring."""
    found = {}
    lines = words_of(module, name).splitlines()
    for heading, body in docstrings.sections(lines):
        if heading:
            found[heading] = {
                term.strip(" *"): " ".join(text)
                for terms, text in docstrings.entries(heading, body)
                for term in terms.split(",")
            }
    return found


def arguments(thing):
    """Return the names of the arguments a caller gives."""
    signature = inspect.signature(thing)
    return [name for name in signature.parameters if name != "self"]


def faults(module, name):
    """Return what a docstring does not say."""
    thing, base = find(module, name)
    if not words_of(module, name).strip():
        return ["says nothing"]
    callable_ = inspect.isfunction(thing) or inspect.isclass(thing)
    if base or not callable_:  # the method it stands for says it
        return []
    found = sections(module, name)
    terms = found.get("Parameters", {})
    missing = [f"argument {x}" for x in arguments(thing) if x not in terms]
    for term in ARRAYS & terms.keys():
        if not SHAPE.search(terms[term]) and not ELSEWHERE.search(terms[term]):
            missing.append(f"shape of {term}")
    source = textwrap.dedent(inspect.getsource(thing))
    if inspect.isclass(thing):
        source = constructor(source)
    elif gives(source) not in found and not made(module, thing):
        missing.append(gives(source))
    if REFUSES.search(source) and "Raises" not in found:
        missing.append("Raises")
    return [x for x in missing if x]


def constructor(source):
    """Return what runs when a class is called."""
    body = ast.parse(source).body[0].body
    wanted = ("__init__", "__post_init__")
    parts = [
        ast.get_source_segment(source, n)
        for n in body
        if getattr(n, "name", "") in wanted
    ]
    return "\n".join(parts)


def gives(source):
    """Return the section that a function's result belongs in, or None."""
    nodes = list(own_nodes(ast.parse(source).body[0]))
    if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in nodes):
        return "Yields"
    returns = [n for n in nodes if isinstance(n, ast.Return) and n.value]
    return "Returns" if returns else None


def own_nodes(node):
    """Walk a function's nodes, but not those of functions inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield child
            yield from own_nodes(child)


def made(module, thing):
    """Whether the first sentence, or the module's head, says what comes."""
    if module in MADE:
        return MADE[module] in load(module).__doc__
    return (inspect.getdoc(thing) or "").startswith("Make a ")


NAMES = list(everything())


def test_all_of_the_package_is_looked_at():
    assert len(modules()) > 30
    assert {
        ("rnncourse.bptt", "unroll"),
        ("rnncourse.cells", "LSTM"),
        ("rnncourse.cells", "Cell.init"),
        ("rnncourse.data.adding", "BASELINE"),
        ("rnncourse.networks.seq2seq", "start"),
        ("rnncourse.pictures.plots", "STYLE"),
    } <= set(NAMES)
    assert not [name for _, name in NAMES if "._" in name or name[0] == "_"]


@pytest.mark.parametrize(
    "module, name", NAMES, ids=[f"{m}.{n}" for m, n in NAMES]
)
def test_a_docstring_is_whole(module, name):
    assert faults(module, name) == []


CELLS = [n for m, n in NAMES if isinstance(find(m, n)[0], Cell)]


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_names_its_state_its_shapes_and_its_paper(name):
    words = words_of("rnncourse.cells", name)
    cell = getattr(load("rnncourse.cells"), name)
    state = "state (" + ", ".join(cell.states)
    assert state in words
    assert re.search(r"\(?(19|20)\d\d\)", words)


@pytest.mark.parametrize("name", modules())
def test_a_module_says_what_it_is_for(name):
    assert len(load(name).__doc__.splitlines()[0]) > 10


def planted(xs, flag=False):
    """Do something.

    Parameters
    ----------
    xs : the inputs
    """
    if flag:
        raise ValueError("no")
    return xs


def test_what_is_missing_is_found(monkeypatch):
    monkeypatch.setattr(load("rnncourse.ops"), "sigmoid", planted)
    assert set(faults("rnncourse.ops", "sigmoid")) == {
        "argument flag",
        "shape of xs",
        "Returns",
        "Raises",
    }
    monkeypatch.setattr(planted, "__doc__", None)
    assert faults("rnncourse.ops", "sigmoid") == ["says nothing"]
