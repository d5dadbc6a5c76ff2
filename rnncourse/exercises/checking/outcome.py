"""What a reader is told: a word, a sentence, where, and sometimes a table."""

from dataclasses import asdict, dataclass
from html import escape

TITLES = {
    "correct": "Correct",
    "not yet": "Not yet",
    "not attempted": "Not attempted",
    "ran": "Ran",
    "error": "Error",
}
MARKS = {
    "correct": "✓",
    "not yet": "○",
    "not attempted": "·",
    "ran": "▸",
    "error": "○",
}
COLOURS = {"correct": "#009E73", "not yet": "#D55E00", "error": "#D55E00"}
PRINTED = "white-space:pre-wrap;margin:0.5em 0 0;max-height:20em;overflow:auto"
CELL = "padding:0.1em 1em 0.1em 0;text-align:left"


class NotYet(Exception):
    """Ends a check with a sentence; no reader ever sees it raised."""

    def __init__(self, sentence, line=None, **more):
        super().__init__(sentence)
        self.more = {"message": sentence, "line": line, **more}


@dataclass
class Outcome:
    """The answer to one Check or Run, for notebook, terminal and page.

    Attributes
    ----------
    id : the exercise
    status : "correct", "not yet" or "not attempted"; after a run, "ran" or
        "error"
    message : sentences, in plain text
    printed : what the reader's code printed
    line : the reader's own line that the message is about, from 1, or None
    table : dict of caption, columns and rows of texts, or None
    picture : text of one `<svg>` that names itself, or None
    """

    id: str
    status: str
    message: str
    printed: str = ""
    line: int | None = None
    table: dict | None = None
    picture: str | None = None

    @property
    def title(self):
        """The status as a heading."""
        return TITLES[self.status]

    def as_dict(self):
        """Return all of it as texts, numbers, lists and dicts."""
        return asdict(self) | {"title": self.title}

    def __repr__(self):
        parts = [f"{MARKS[self.status]} {self.title}. {self.message}".strip()]
        if self.table:
            rows = [self.table["columns"], *self.table["rows"]]
            columns = zip(*rows, strict=True)
            widths = [max(map(len, column)) for column in columns]
            parts.append(self.table["caption"])
            for row in rows:
                pairs = zip(row, widths, strict=True)
                parts.append("  ".join(["", *(x.rjust(w) for x, w in pairs)]))
        if self.printed:
            parts += ["Your code printed:", self.printed.rstrip("\n")]
        return "\n".join(parts)

    def _repr_html_(self):
        colour = COLOURS.get(self.status, "currentColor")
        message = escape(self.message).replace("\n", "<br>")
        html = (
            '<div class="rnn-outcome" style="border-left:0.3em solid '
            f'{colour};padding:0.4em 0.8em;margin:0.3em 0">'
            f"<strong>{MARKS[self.status]} {self.title}.</strong> {message}"
        )
        html += self.picture or ""
        if self.table:
            head = "".join(
                f'<th scope="col" style="{CELL}">{escape(x)}</th>'
                for x in self.table["columns"]
            )
            body = "".join(
                f'<tr><th scope="row" style="{CELL}">{escape(first)}</th>'
                + "".join(f'<td style="{CELL}">{escape(x)}</td>' for x in rest)
                + "</tr>"
                for first, *rest in self.table["rows"]
            )
            html += (
                f"<details><summary>{escape(self.table['caption'])}</summary>"
                f"<table><thead><tr>{head}</tr></thead>"
                f"<tbody>{body}</tbody></table></details>"
            )
        if self.printed:
            html += (
                "<div>Your code printed:</div>"
                f'<pre style="{PRINTED}">{escape(self.printed)}</pre>'
            )
        return html + "</div>"
