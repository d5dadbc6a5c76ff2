"""What the site needs from Sphinx beyond `_config.yml`.

- The assets of `web/build.py` are prepared before the first page.
- A change below `web/` rewrites every page: Sphinx alone would not notice.
- While the repository's address is the placeholder, no page links to it.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

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


def setup(app):
    app.add_config_value("site_fingerprint", "", "html")
    app.connect("config-inited", prepare_assets)
    app.connect("config-inited", fingerprint_sources)
    app.connect("config-inited", hide_unknown_repository)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
