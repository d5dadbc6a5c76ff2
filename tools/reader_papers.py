"""The bibliography for readers of notebooks: short names, and a list."""

from pybtex.database import parse_file
from pybtex.plugin import find_plugin


def read(path):
    """Return ({key: (short name, address)}, a Markdown list) of a .bib file.

    A short name is "Elman (1990)", "Gers and Schmidhuber (2000)" or "Graves
    et al. (2013)"; the address is the DOI's, else the URL, else None.
    """
    data = parse_file(str(path))
    papers = {
        key: (f"{_names(entry)} ({entry.fields['year']})", _address(entry))
        for key, entry in data.entries.items()
    }
    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "markdown")()
    listed = style.format_bibliography(data)
    return papers, "\n".join(f"- {x.text.render(backend)}" for x in listed)


def _names(entry):
    """The family names, as a sentence says them."""
    people = entry.persons.get("author") or entry.persons["editor"]
    names = [_family(person) for person in people]
    if len(names) > 2 or names[-1] == "others":
        return f"{names[0]} et al."
    return " and ".join(names)


def _family(person):
    """A family name without the braces of TeX."""
    words = person.rich_prelast_names + person.rich_last_names
    return " ".join(str(word) for word in words)


def _address(entry):
    """Where a paper is found."""
    if doi := entry.fields.get("doi"):
        return f"https://doi.org/{doi}"
    return entry.fields.get("url")
