"""The API reference holds every public name of the package, and no other."""

import posixpath

import pytest
from public_names import everything, load, modules

pytestmark = pytest.mark.site
BASES = {"Cell", "Gated", "Linear"}  # their pages tell what a method does


@pytest.fixture(scope="module")
def entries(site):
    """Where each name of the package stands, as Sphinx lists it."""
    intersphinx = pytest.importorskip("sphinx.util.inventory")
    with (site / "objects.inv").open("rb") as file:
        inventory = intersphinx.InventoryFile.load(file, "", posixpath.join)
    return {
        name: place[2]
        for kind, found in inventory.items()
        if kind.startswith("py:")
        for name, place in found.items()
    }


def told_by_a_base():
    """Methods of a public class that one of its public bases has, too."""
    for module, name in everything():
        owner, _, method = name.partition(".")
        bases = getattr(load(module), owner).__mro__[1:] if method else ()
        if any(method in vars(b) and b.__name__ in BASES for b in bases):
            yield f"{module}.{name}"


def test_every_public_name_has_its_entry(entries):
    wanted = {f"{module}.{name}" for module, name in everything()}
    wanted |= set(modules()) - {"rnncourse", "rnncourse.data"}
    wanted -= {"rnncourse.heads", "rnncourse.pictures"}  # name modules alone
    wanted -= set(told_by_a_base())  # `LSTM.step` is told at `Gated.step`
    assert wanted - entries.keys() == set()


def test_no_private_name_has_an_entry(entries):
    # what a private module defines is found under that name too, but leads
    # to the public one
    anchors = [place.partition("#")[2] for place in entries.values()]
    assert len(anchors) > 200
    assert [x for x in anchors if "._" in x] == []


@pytest.mark.parametrize(
    "page, name, words",
    [
        ("cells", "cells.LSTM", "Hochreiter & Schmidhuber (1997); state (h"),
        ("cells", "cells.LSTM", "c = f * c + i * g"),
        ("time", "bptt.unroll", "xs inputs, (T, B, D)"),
        ("time", "bptt.unroll", ">>> hs.shape, state_T[0].shape"),
        ("heads", "heads.ctc.loss_and_grad", "in nats a sequence"),
        ("proof", "torch_ref.to_torch", "RNN, RNN_RELU, LSTM or GRU"),
        ("data", "data.tokens.PAD", "'<pad>'"),
    ],
)
def test_an_entry_says_what_the_docstring_says(
    browser, base, page, name, words
):
    tab = browser.new_page()
    tab.goto(f"{base}book/reference/{page}.html")
    entry = tab.locator(f"dl:has(> dt[id='rnncourse.{name}'])")
    assert words in " ".join(entry.inner_text().split())
    tab.close()
