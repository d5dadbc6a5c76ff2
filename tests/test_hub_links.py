"""tools/hub_links.py: a link a chapter, or what is missing for them."""

from urllib.parse import parse_qs, urlparse

import hub_links
import pytest

CONFIG = "repository:\n  url: https://github.com/ada/course\n  branch: main\n"
TOC = """\
root: book/intro
parts:
  - chapters:
      - file: book/rnn
      - file: book/glossary
"""


def test_each_notebook_has_a_link(tmp_path):
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "book").mkdir()
    for name in ("intro.ipynb", "rnn.ipynb", "glossary.md"):
        (tmp_path / "book" / name).touch()
    found = dict(hub_links.links(tmp_path, "https://hub.edu/"))
    assert list(found) == ["intro", "rnn"]
    parts = urlparse(found["rnn"])
    assert parts.netloc == "hub.edu"
    assert parts.path == "/hub/user-redirect/git-pull"
    assert parse_qs(parts.query) == {
        "repo": ["https://github.com/ada/course"],
        "branch": ["notebooks"],
        "urlpath": ["lab/tree/course/book/rnn.ipynb"],
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "expected one address"),
        (["hub.edu"], "expected one address"),
        (["https://hub.edu"], "make set-repo"),
    ],
)
def test_what_is_missing_is_said(monkeypatch, words, said):
    unknown = "https://github.com/OWNER/rnncourse"
    monkeypatch.setattr(hub_links, "configured", lambda root: unknown)
    with pytest.raises(SystemExit, match=said):
        hub_links.main(words)
