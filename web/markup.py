"""A finished page, read for its tags and scripts, and where they stand."""

from html.parser import HTMLParser
from typing import NamedTuple

CLASSIC = ("", "text/javascript", "application/javascript")


class Tag(NamedTuple):
    """A start tag; of a script, all of it, with its words."""

    start: int
    end: int
    name: str
    attributes: list
    words: str = ""

    def get(self, name, default=None):
        """Return the value of an attribute."""
        return dict(self.attributes).get(name, default)

    @property
    def kind(self):
        """The type of a script, in lower case."""
        return (self.get("type") or "").lower()


class Markup(HTMLParser):
    """All start tags of a page, in order, and where its body ends."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.body_end = len(text)
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(text)
        self.close()

    def _place(self):
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, name, attributes):
        start = self._place()
        end = start + len(self.get_starttag_text())
        self.tags.append(Tag(start, end, name, attributes))

    def handle_data(self, data):
        if self.cdata_elem == "script":
            last = self.tags[-1]
            self.tags[-1] = last._replace(words=last.words + data)

    def handle_endtag(self, name):
        if name == "script":
            end = self._place() + len("</script>")
            self.tags[-1] = self.tags[-1]._replace(end=end)
        elif name == "body":
            self.body_end = self._place()


def edited(text, edits):
    """Return a text in which each (start, end, better) is done."""
    for start, end, better in sorted(edits, reverse=True):
        text = text[:start] + better + text[end:]
    return text
