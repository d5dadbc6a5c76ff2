"""What the site needs from Sphinx beyond `_config.yml`.

- The assets of `web/build.py` are prepared before the first page.
- A change below `web/` rewrites every page: Sphinx alone would not notice.
- While the repository's address is the placeholder, no page links to it.
- Every page says in a sentence what it is about, for links to it elsewhere.
- A bibliography is a list to a screen reader, too.
"""

import hashlib
import subprocess
import sys
import textwrap
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging

WEB = Path(__file__).resolve().parent
PLACEHOLDER = "/OWNER/"

log = logging.getLogger(__name__)


def prepare_assets(app, config):
    """Run `web/build.py`; its one line of complaint ends the build."""
    done = subprocess.run([sys.executable, WEB / "build.py"], check=False)
    if done.returncode:
        raise ConfigError("the site's assets are not there; see above")


def fingerprint_sources(app, config):
    """Keep a hash of `web/` in the configuration Sphinx compares."""
    content = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content.update(path.read_bytes())
    config.site_fingerprint = content.hexdigest()


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


def describe(app, pagename, templatename, context, doctree):
    """Give the templates `description`: the author's, or the first words."""
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


def mend_roles(app, pagename, templatename, context, doctree):
    """Docutils marks list items of a bibliography with a retired role."""
    body = context.get("body", "")
    context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app):
    app.add_config_value("site_fingerprint", "", "html")
    app.connect("config-inited", prepare_assets)
    app.connect("config-inited", fingerprint_sources)
    app.connect("config-inited", hide_unknown_repository)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", mend_roles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
