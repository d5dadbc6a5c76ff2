"""What the site needs from Sphinx beyond `_config.yml`.

- The assets of `web/build.py` are prepared before the first page.
- A change below `web/` rewrites every page: Sphinx alone would not notice.
- Launch buttons open the notebooks made for readers.
- While the repository's address is the placeholder, no page links to it.
- Pages say whether they are kept for reading without a network.
- Every page says in a sentence what it is about, for links to it elsewhere.
- "Predict before you look" stands out, with nothing but bold in the notebook.
- Three slips of other packages that mislead a screen reader are mended.
"""

import re
import subprocess
import sys
import textwrap
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging
from stamps import digest_tree

WEB = Path(__file__).resolve().parent
PLACEHOLDER = "/OWNER/"
READERS_BRANCH = "notebooks"  # as in tools/repository.py
PREDICT = "Predict before you look."
MENDED = {
    # docutils: a role that has been retired
    'role="doc-biblioentry"': 'role="listitem"',
    # myst-nb: a label that hides the visible words, "Show the code"
    '(<summary) aria-label="Toggle hidden content"': r"\1",
    # a heading without words is an empty cell
    r"<th[^>]*>\s*(<p></p>)?\s*</th>": "<td></td>",
}

log = logging.getLogger(__name__)


def prepare_assets(app, config):
    """Run `web/build.py`; its one line of complaint ends the build."""
    done = subprocess.run([sys.executable, WEB / "build.py"], check=False)
    if done.returncode:
        raise ConfigError("the site's assets are not there; see above")


def fingerprint_sources(app, config):
    """Keep a hash of `web/` in the configuration Sphinx compares."""
    config.site_fingerprint = digest_tree(WEB, "**/*")


def hide_unknown_repository(app, config):
    """Drop the buttons that would lead to a stranger's repository."""
    options = config.html_theme_options
    if PLACEHOLDER not in options.get("repository_url", "") + "/":
        return
    log.info(
        "site: repository.url is a placeholder, so there are no launch and "
        "edit buttons; `make set-repo URL=https://github.com/…` sets it"
    )
    options["launch_buttons"] = {}
    for option in list(options):
        if option.startswith(("repository_", "use_edit", "use_repository")):
            del options[option]


def launch_readers_notebooks(app, pagename, templatename, context, doctree):
    """Have the launch buttons open the notebooks made for readers.

    They stand in a branch of their own; sources have no outputs.
    """
    options = app.config.html_theme_options
    branch = options.get("repository_branch")
    buttons = context.get("header_buttons", [])
    launched = False
    for group in buttons:
        for button in group.get("buttons", [group]):
            for where in (f"/{branch}?urlpath=", f"/blob/{branch}/"):
                if branch and where in button.get("url", ""):
                    there = where.replace(branch, READERS_BRANCH)
                    button["url"] = button["url"].replace(where, there)
                    launched = True
    if launched:
        place = f"blob/{READERS_BRANCH}/{pagename}.ipynb"
        url = f"{options['repository_url'].rstrip('/')}/{place}"
        buttons.append({"type": "link", "text": "GitHub", "url": url})


def describe(app, pagename, templatename, context, doctree):
    """Give the templates `site_url`, `description`, `keep_for_offline`.

    The description is the author's, or the first paragraph of the page.
    """
    context["keep_for_offline"] = app.config.keep_for_offline
    if app.config.html_baseurl:
        context["site_url"] = app.config.html_baseurl.rstrip("/") + "/"
    if doctree is None:
        return
    for meta in doctree.findall(nodes.meta):
        if meta.get("name") == "description":
            context["description"] = meta["content"]
            return
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            words = textwrap.shorten(paragraph.astext(), 160, placeholder=" …")
            context["description"] = words
            context["metatags"] += (
                f'<meta name="description" content="{escape(words)}" />\n'
            )
            return


def mark_predictions(app, doctree):
    """A paragraph that opens with the bold words becomes a quiet box."""
    for bold in doctree.findall(nodes.strong):
        text = bold.parent.astext()
        if bold.astext() == PREDICT and text.startswith(PREDICT):
            bold.parent["classes"].append("predict")


def mend(app, pagename, templatename, context, doctree):
    """Say to a screen reader what the page says to the eye."""
    body = context.get("body", "")
    for was, better in MENDED.items():
        body = re.sub(was, better, body)
    context["body"] = body


def setup(app):
    app.add_config_value("site_fingerprint", "", "env")
    app.add_config_value("keep_for_offline", True, "html", types=[bool])
    app.connect("config-inited", prepare_assets)
    app.connect("config-inited", fingerprint_sources)
    app.connect("config-inited", hide_unknown_repository)
    app.connect("doctree-read", mark_predictions)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", mend)
    # after the theme has made its buttons
    app.connect("html-page-context", launch_readers_notebooks, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
