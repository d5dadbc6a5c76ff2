"""Files and modules that comments and prose name are where they are said.

Code that names a file which has moved fails; a comment does not.
"""

import ast
import io
import json
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = "rnncourse", "web", "tools", "tests", "book", "experiments"
FOLDERS += "benchmarks", "binder"
MADE = {"_build", "node_modules", "__pycache__", ".ipynb_checkpoints"}
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and not MADE & set(path.relative_to(ROOT).parts)
]
FILES += [path for path in sorted(ROOT.iterdir()) if path.is_file()]
NAMES = {f"/{path.relative_to(ROOT).as_posix()}" for path in FILES}
SCRIPTS = ".ts", ".js", ".mjs", ".css"
HASHED = ".toml", ".yml", ""  # "" is that of the Makefile
SOURCES = ".py", ".md", ".rst", ".ipynb", *SCRIPTS, *HASHED
READ = [path for path in FILES if path.suffix in SOURCES]

PATH = re.compile(
    rf"(?<![\w/.:@~<-])(?:{'|'.join(FOLDERS)})/[\w./*<>-]*[\w*>]"
    r"|(?<![\w/.:@~<-])[\w/*-]+\.(?:py|ts|mjs|css|ipynb)\b"
)
MODULE = re.compile(r"(?<![\w/.])rnncourse(?:\.\w+)+")
PAGES = ".ipynb", ".md", ".rst"  # what becomes a page
# What looks like a place of the repository and is none.
KEPT = re.compile(r"\brnncourse/(answer|card|read)\b")  # in a browser
MADE_LATER = {"rnncourse/stored", "_build/notebooks/*.ipynb"}
OF_A_TEACHER = {"FOLDER/ada/rnn.ipynb", "bob.ipynb", "mine/week3.py"}
OF_A_TEACHER |= {"answers/bob/rnn.ipynb"}
ELSEWHERE = MADE_LATER | OF_A_TEACHER


def python(text):
    """Return the comments and docstrings of a module, with their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    found = [
        (token.start[0], token.string)
        for token in tokens
        if token.type == tokenize.COMMENT
    ]
    for node in ast.walk(ast.parse(text)):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        value = getattr(first, "value", None)
        if isinstance(first, ast.Expr) and isinstance(value, ast.Constant):
            if isinstance(value.value, str):
                found.append((first.lineno, value.value))
    return found


def said(path):
    """Return what a file says to people, as (line, text)."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return python(text)
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return [
            (n, "".join(cell["source"]))
            for n, cell in enumerate(cells)
            if cell["cell_type"] == "markdown"
        ]
    if path.suffix in (".md", ".rst"):
        return [*enumerate(text.splitlines(), 1)]
    if path.suffix in HASHED:
        rows = enumerate(text.splitlines(), 1)
        return [(n, row.partition("#")[2]) for n, row in rows]
    return [
        (text.count("\n", 0, found.start()) + 1, found[0])
        for found in re.finditer(r"/\*.*?\*/|(?<!:)//[^\n]*", text, re.S)
    ]


def is_there(word):
    """Tell whether a path, or the end of one, names something."""
    word = re.sub(r"<\w+>", "*", word)
    if "*" in word:
        pattern = word.replace("**/", "*/")
        return any(Path(name[1:]).match(pattern) for name in NAMES)
    stem = word.removesuffix(".html")
    ends = ("", *PAGES) if word.startswith("book/") else ("",)
    return (
        any(f"/{stem}{end}" in NAMES for end in ends)
        or (ROOT / word).is_dir()
        or any(name.endswith(f"/{word}") for name in NAMES)
    )


def is_module(word):
    """Tell whether a dotted name is a module, or stands in one."""
    place = ROOT
    for part in word.split("."):
        if (place / part).is_dir():
            place = place / part
        elif (place / f"{part}.py").is_file():
            place = place / f"{part}.py"
        else:
            file = place / "__init__.py" if place.is_dir() else place
            return bool(re.search(rf"\b{part}\b", file.read_text("utf-8")))
    return True


def named(path):
    """Return the paths and the modules that a file speaks of, with lines."""
    found = []
    for line, text in said(path):
        text = KEPT.sub("", text)
        for kind in PATH, MODULE:
            found += [(line, kind, one[0]) for one in kind.finditer(text)]
    return [(line, kind, word.lstrip("/")) for line, kind, word in found]


@pytest.mark.parametrize("folder", [*FOLDERS, "."])
def test_what_is_named_is_there(folder):
    lost = []
    for path in READ:
        place = path.relative_to(ROOT)
        if (place.parts[0] if place.parent.name else ".") != folder:
            continue
        for line, kind, word in named(path):
            known = is_there if kind is PATH else is_module
            if word not in ELSEWHERE and not known(word):
                lost.append(f"{place}:{line}: {word}")
    assert lost == []


def test_what_is_elsewhere_is_spoken_of():
    words = {word for path in READ for _, _, word in named(path)}
    assert words >= ELSEWHERE, "take it off the list"
    assert len(words) > 200


@pytest.mark.parametrize(
    "source, suffix, word",
    [
        ("x = 1  # see rnncourse/plots/_style.py\n", ".py", PATH),
        ('def f():\n    """As in `_thirty.py`."""\n', ".py", PATH),
        ('"""`rnncourse.cells.rnns` says why."""\n', ".py", MODULE),
        ("/* of web/live/pages.ts */", ".css", PATH),
        ("// see ./rnn.ts, web/live/nothing/", ".ts", PATH),
        ("## One\n\n`tests/cells/test_none_*.py`", ".md", PATH),
    ],
)
def test_what_has_moved_is_found(tmp_path, source, suffix, word):
    path = tmp_path / f"file{suffix}"
    path.write_text(source)
    ((_, kind, place),) = named(path)
    assert kind is word
    assert not (is_there(place) if kind is PATH else is_module(place))
