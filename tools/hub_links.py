"""Links that bring the chapters into a student's folder on a JupyterHub.

    python tools/hub_links.py https://hub.example.edu

prints one link for each chapter, as nbgitpuller understands them: a click
clones or updates the repository, keeps what the student has changed, and
opens the notebook.
"""

import sys
from pathlib import Path
from urllib.parse import urlencode, urlparse

import yaml
from repository import READERS_BRANCH, configured, is_known

ROOT = Path(__file__).resolve().parent.parent


def links(root, hub):
    """Yield (chapter, link), in the order of the book.

    Parameters
    ----------
    root : Path of the repository
    hub : str, the address of the JupyterHub
    """
    url = configured(root)
    name = url.rpartition("/")[2]
    toc = yaml.safe_load((root / "_toc.yml").read_text())
    pages = [toc["root"]]
    pages += [x["file"] for part in toc["parts"] for x in part["chapters"]]
    for page in pages:
        path = f"{page}.ipynb"
        if (root / path).exists():
            asked = {"repo": url, "branch": READERS_BRANCH}
            asked["urlpath"] = f"lab/tree/{name}/{path}"
            pull = f"{hub.rstrip('/')}/hub/user-redirect/git-pull"
            yield Path(page).name, f"{pull}?{urlencode(asked)}"


def main(words):
    """Print the links, or what is missing for them."""
    if len(words) != 1 or not urlparse(words[0]).netloc:
        sys.exit("hub_links: expected one address, https://hub.example.edu")
    if not is_known(configured(ROOT)):
        sys.exit(
            "hub_links: the repository has no public address yet; "
            "`make set-repo URL=https://github.com/NAME/REPO` sets it"
        )
    for chapter, link in links(ROOT, words[0]):
        print(f"{chapter:<14}{link}")


if __name__ == "__main__":
    main(sys.argv[1:])
