"""What the pages' own text says: links lead somewhere, nothing is foreign."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.site

# What a browser loads by itself; a link it only follows when asked.
LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("object", "data"),
}
# <link rel=…> that is not loaded
POINTS = {"canonical", "license", "prev", "next", "index", "search", "author"}


class Page(HTMLParser):
    """The ids, the links and the loaded files of a page."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loads = set(), [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.ids |= {has[key] for key in ("id", "name") if has.get(key)}
        if tag == "a" and has.get("href"):
            self.links.append(has["href"])
        for name, value in attributes:
            points = tag == "link" and has.get("rel") in POINTS
            if (tag, name) in LOADS and value and not points:
                self.loads.append(value)


@pytest.fixture(scope="module")
def parsed(site):
    paths = [
        path
        for path in site.rglob("*.html")
        if "_static" not in path.relative_to(site).parts
    ]
    return {path.resolve(): Page(path) for path in paths}


def test_links_and_anchors_resolve(parsed, site):
    dead = []
    for path, page in parsed.items():
        for link in page.links + page.loads:
            parts = urlsplit(link)
            if parts.scheme or link in ("#", "/"):
                continue
            target = path
            if parts.path:
                target = (path.parent / unquote(parts.path)).resolve()
            anchor = unquote(parts.fragment)
            if target.name == "workbench.html" and "/" in anchor:
                anchor = ""  # a setting, which the page reads
            if not target.is_file() or (
                anchor
                and target in parsed
                and anchor not in parsed[target].ids
            ):
                dead.append(f"{path.relative_to(site)} -> {link}")
    assert dead == []
    assert sum(len(page.links) for page in parsed.values()) > 20


def test_nothing_is_loaded_from_elsewhere(parsed):
    loads = [link for page in parsed.values() for link in page.loads]
    assert len(loads) > 20
    foreign = [x for x in loads if urlsplit(x).netloc]
    assert foreign == []


def test_every_page_says_what_it_is_about(site):
    for path in (site / "book").glob("*.html"):
        text = path.read_text()
        assert text.count('name="description"') == 1, path.name
        for name in ("og:title", "og:description", "og:image"):
            assert f'property="{name}"' in text, (path.name, name)
        assert "og:url" not in text or 'og:url" content="http' in text
