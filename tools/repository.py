"""The repository's public address, and everything that derives from it.

    python tools/repository.py https://github.com/NAME/REPO

writes the address into `_config.yml` (where it stands once, and where the
launch and edit buttons read it) and then into what is derived from it: the
first code cell of every chapter, which installs the package in Colab, the
line in CITATION.cff and the Binder badge in README.md. While the address is
unknown its owner is the placeholder OWNER, and nothing installs from there:
a guessed address could be a stranger's.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "/OWNER/"
# the branch with the notebooks for readers, see tools/reader_branch.py
READERS_BRANCH = "notebooks"
ADDRESS = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+")
IN_CONFIG = re.compile(r"(^repository:\n(?:[ #].*\n)*?  url: *)(\S+)", re.M)
IN_BASEURL = re.compile(
    r'(?<=\n  baseurl: )"(?:https://[\w.-]+\.github\.io/\S*)?"'
)
IN_CITATION = re.compile(r"^repository-code:.*\n", re.M)
IN_README = re.compile(r"(<!-- badge -->\n)(.*\n)?(<!-- /badge -->)")

COLAB_CELL = """\
# Colab lacks the package and installs it here; elsewhere nothing happens.
REPOSITORY = "{url}"
from importlib.util import find_spec

if find_spec("rnncourse") is None:
    if "/OWNER/" in REPOSITORY:
        raise SystemExit("No public address yet: see README, make set-repo")
    %pip install -q "rnncourse[plots] @ git+{{REPOSITORY}}"
"""
BADGE = (
    "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
    "(https://mybinder.org/v2/gh/{name}/{branch}"
    "?urlpath=lab/tree/book/rnn.ipynb)"
)


def clean(url):
    """Return the address as it is written everywhere, or say what is wrong."""
    short = url.strip().rstrip("/").removesuffix(".git")
    if not ADDRESS.fullmatch(short):
        sys.exit(
            f"set-repo: {url!r} is no address of a GitHub repository; "
            "expected URL=https://github.com/NAME/REPO"
        )
    return short


def configured(root):
    """Return `repository.url` of `_config.yml`."""
    return IN_CONFIG.search((root / "_config.yml").read_text())[2]


def is_known(url):
    """Tell whether the address is a real one."""
    return PLACEHOLDER not in url


def colab_cell(url):
    """Return the first code cell of every chapter."""
    return COLAB_CELL.format(url=url).rstrip("\n")


def pages(url):
    """Return where GitHub Pages serves the repository, "" while unknown."""
    if not is_known(url):
        return ""
    owner, name = url.removeprefix("https://github.com/").split("/")
    host = f"{owner}.github.io".lower()
    return f"https://{host}/" + ("" if name.lower() == host else name)


def config(text, url):
    """Return _config.yml with both addresses; a domain of one's own stays."""
    text = IN_CONFIG.sub(rf"\g<1>{url}", text)
    return IN_BASEURL.sub(f'"{pages(url)}"', text)


def citation(text, url):
    """Return CITATION.cff with the line the address asks for."""
    line = f'repository-code: "{url}"\n' if is_known(url) else ""
    return IN_CITATION.sub("", text).rstrip("\n") + "\n" + line


def readme(text, url):
    """Return README.md with the badge the address asks for."""
    name = url.removeprefix("https://github.com/")
    badge = BADGE.format(name=name, branch=READERS_BRANCH) + "\n"
    badge = badge if is_known(url) else ""
    return IN_README.sub(rf"\g<1>{badge}\g<3>", text)


def notebook(text, url):
    """Return a notebook with its first code cell as the address asks for."""
    content = json.loads(text)
    codes = [c for c in content["cells"] if c["cell_type"] == "code"]
    if not codes or "REPOSITORY = " not in "".join(codes[0]["source"]):
        return text
    codes[0]["source"] = colab_cell(url).splitlines(keepends=True)
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def derived(root, url):
    """Return {path: its text as the address asks for}, config aside."""
    texts = {}
    for path in sorted((root / "book").glob("*.ipynb")):
        texts[path] = notebook(path.read_text(), url)
    for name, rewrite in [("CITATION.cff", citation), ("README.md", readme)]:
        path = root / name
        if path.exists():
            texts[path] = rewrite(path.read_text(), url)
    return texts


def write(root, url):
    """Write the address everywhere; return the paths that changed."""
    path = root / "_config.yml"
    texts = {path: config(path.read_text(), url)}
    texts.update(derived(root, url))
    changed = [p for p, text in texts.items() if p.read_text() != text]
    for path in changed:
        path.write_text(texts[path])
    return changed


def main():
    """Set the address given on the command line."""
    if len(sys.argv) < 2 or not sys.argv[1]:
        sys.exit("set-repo: which address? make set-repo URL=https://…")
    url = clean(sys.argv[1])
    changed = write(ROOT, url)
    for path in changed:
        print(f"set-repo: wrote {path.relative_to(ROOT)}")
    print(f"set-repo: the repository is {url}; commit, then `make book`")


if __name__ == "__main__":
    main()
