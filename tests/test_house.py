"""House rules that would rot if no machine looked."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300  # lines; 60 to 200 are the rule

# Longer, and why.
CATALOGUE = "a catalogue: one block an exercise, each with its mistakes"
LONGER = {
    "rnncourse/arguments.py": "one check after another, none above another",
    "rnncourse/networks/encoder_decoder.py": "one network and its backward",
    **{
        path.relative_to(ROOT).as_posix(): CATALOGUE
        for path in ROOT.glob("rnncourse/exercises/chapters/*.py")
    },
}
FILES = {
    path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
    for folder in ("rnncourse", "experiments", "tools", "web")
    for path in ROOT.glob(f"{folder}/**/*.py")
}


def test_a_file_has_one_idea_and_ends():
    assert len(FILES) > 150
    long = {name: lines for name, lines in FILES.items() if lines > LONGEST}
    assert long.keys() <= LONGER.keys(), "split it, or say why not"


@pytest.mark.parametrize("name", [x for x in LONGER if LONGER[x] != CATALOGUE])
def test_an_exception_is_one(name):
    assert FILES[name] > LONGEST, "no longer too long: take it off the list"


def test_most_files_are_short():
    lengths = sorted(n for x, n in FILES.items() if x not in LONGER)
    assert lengths[len(lengths) // 2] <= 150
    assert lengths[9 * len(lengths) // 10] <= 220
