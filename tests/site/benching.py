"""The workbench as a reader has it: a tab, its buttons, what it says."""

PATIENCE = 240_000
SAYS = """([tab, words]) => document.querySelector(
  `#bench-of-${tab} [role=status]`)?.innerText.startsWith(words)"""


class Visit:
    """A tab of the page, as a reader has it."""

    patience = PATIENCE

    def __init__(self, page, base, place="#text/tanh/8"):
        self.page = page
        self.requests = []
        page.on("request", lambda x: self.requests.append(x.url))
        self.faults = []
        page.on("pageerror", lambda x: self.faults.append(str(x)))
        page.goto(f"{base}/book/workbench.html{place}")
        self._look(place[1:].split("/")[0])

    @classmethod
    def of(cls, page, name):
        """Another tab of a page that is open."""
        visit = cls.__new__(cls)
        visit.page = page
        visit._look(name)
        return visit

    def _look(self, name):
        page, self.name = self.page, name
        self.tab = page.locator(f"#bench-of-{self.name}")
        self.status = self.tab.get_by_role("status")

    def says(self, words):
        self.page.wait_for_function(
            SAYS, arg=[self.name, words], timeout=PATIENCE
        )
        return self.status.inner_text()

    def button(self, name):
        return self.tab.get_by_role("button", name=name, exact=True)

    def press(self, name):
        self.button(name).click()

    def use(self, text):
        self.tab.get_by_label("Your text").fill(text)
        self.press("Use this text")

    def confirm(self, name):
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name=name).click()

    def bring(self, label, name, content):
        """Open a file, as from the reader's disk."""
        content = content.encode() if isinstance(content, str) else content
        given = {"name": name, "mimeType": "text/plain", "buffer": content}
        self.status.evaluate("element => element.replaceChildren()")
        self.tab.locator(f"input[aria-label='{label}']").set_input_files(given)

    def saved(self, name):
        with self.page.expect_download(timeout=PATIENCE) as coming:
            self.press(name)
        with open(coming.value.path(), "rb") as file:
            return file.read()
