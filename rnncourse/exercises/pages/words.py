"""A hint or a solution: Markdown in a notebook, plain text elsewhere."""


class Words:
    """A heading and some Markdown."""

    def __init__(self, heading, markdown, plain=None):
        self.heading, self.markdown = heading, markdown
        self.plain = markdown if plain is None else plain

    def __repr__(self):
        return f"{self.heading}\n{self.plain}"

    def _repr_markdown_(self):
        return f"**{self.heading}**\n\n{self.markdown}"
