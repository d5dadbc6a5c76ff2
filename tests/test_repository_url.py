"""The repository's address stands once, and what derives from it follows."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import repository
import site_extension
import yaml

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "repository.py"
UNKNOWN = "https://github.com/OWNER/rnncourse"
KNOWN = "https://github.com/ada-lovelace/rnn.course"


@pytest.fixture
def copy(tmp_path):
    """A copy of the files the address is written to."""
    for name in ("_config.yml", "CITATION.cff", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("tools", "book"):
        pattern = "*.py" if folder == "tools" else "*.ipynb"
        (tmp_path / folder).mkdir()
        for path in (ROOT / folder).glob(pattern):
            shutil.copy(path, tmp_path / folder)
    return tmp_path


def set_address(root, url):
    """Run `make set-repo` without make."""
    return subprocess.run(
        [sys.executable, root / "tools" / "repository.py", url],
        capture_output=True,
        text=True,
    )


def addresses(root):
    """Return the address as every file has it (None where it is absent)."""
    config = yaml.safe_load((root / "_config.yml").read_text())
    citation = yaml.safe_load((root / "CITATION.cff").read_text())
    badge = (root / "README.md").read_text()
    badge = badge.partition("<!-- badge -->\n")[2].partition("<!-- /")[0]
    found = {
        "_config.yml": config["repository"]["url"],
        "CITATION.cff": citation.get("repository-code"),
        "README.md": badge.partition("/gh/")[2].rpartition("/notebooks?")[0],
    }
    for path in sorted((root / "book").glob("*.ipynb")):
        cells = json.loads(path.read_text())["cells"]
        code = next(c for c in cells if c["cell_type"] == "code")
        line = next(x for x in code["source"] if "REPOSITORY =" in x)
        found[path.name] = line.split('"')[1]
    return found


def expected(root, url):
    """Return what `addresses` has to be."""
    known = "/OWNER/" not in url
    name = url.removeprefix("https://github.com/")
    found = dict.fromkeys((p.name for p in (root / "book").iterdir()), url)
    found["_config.yml"] = url
    found["CITATION.cff"] = url if known else None
    found["README.md"] = name if known else ""
    return found


def test_all_files_have_the_address_of_the_configuration():
    url = yaml.safe_load((ROOT / "_config.yml").read_text())
    have = addresses(ROOT)
    chapters = {p.name for p in (ROOT / "book").glob("*.ipynb")}
    want = expected(ROOT, url["repository"]["url"])
    want = {k: v for k, v in want.items() if k in have}
    assert have == want
    assert chapters <= set(have) and chapters


@pytest.mark.parametrize("given", [KNOWN, KNOWN + ".git", KNOWN + "/"])
def test_setting_the_address_changes_every_file(copy, given):
    done = set_address(copy, given)
    assert done.returncode == 0, done.stderr
    assert addresses(copy) == expected(copy, KNOWN)


def test_the_badge_opens_a_notebook_made_for_readers(copy):
    assert set_address(copy, KNOWN).returncode == 0
    badge = (copy / "README.md").read_text().partition("/gh/")[2]
    branch = repository.READERS_BRANCH
    assert branch == site_extension.READERS_BRANCH
    assert badge.startswith(f"ada-lovelace/rnn.course/{branch}?urlpath=lab/")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        (KNOWN, "https://ada-lovelace.github.io/rnn.course"),
        ("https://github.com/Ada/Ada.github.io", "https://ada.github.io/"),
    ],
)
def test_the_site_knows_where_pages_will_serve_it(copy, url, site):
    assert set_address(copy, url).returncode == 0
    config = yaml.safe_load((copy / "_config.yml").read_text())
    assert config["html"]["baseurl"] == site


def test_a_domain_of_ones_own_stays():
    text = 'html:\n  baseurl: "https://rnn.example.org"\n'
    assert repository.config(text, KNOWN) == text


def test_setting_it_back_restores_every_byte(copy):
    set_address(copy, UNKNOWN)
    paths = [p for p in copy.rglob("*") if p.is_file()]
    before = {path: path.read_bytes() for path in paths}
    assert set_address(copy, KNOWN).returncode == 0
    assert any(path.read_bytes() != before[path] for path in paths)
    assert set_address(copy, KNOWN).returncode == 0  # twice is once
    assert set_address(copy, UNKNOWN).returncode == 0
    assert {path: path.read_bytes() for path in paths} == before


@pytest.mark.parametrize(
    "given",
    ["", "rnncourse", "http://github.com/a/b", 'https://github.com/a/b"+"'],
)
def test_what_is_no_address_is_refused_in_one_line(copy, given):
    before = addresses(copy)
    done = set_address(copy, given)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "URL=" in done.stderr
    assert addresses(copy) == before


def first_cell(copy, url):
    """Run the cell that installs the package where it is missing."""
    set_address(copy, url)
    path = next((copy / "book").glob("*.ipynb"))
    cells = json.loads(path.read_text())["cells"]
    code = next(c for c in cells if c["cell_type"] == "code")
    source = "".join(code["source"])
    magic = '    %pip install -q "rnncourse[plots] @ git+{REPOSITORY}"'
    assert magic in source
    source = source.replace(magic, "    installed.append(REPOSITORY)")
    source = source.replace("from importlib.util import find_spec", "")
    installed = []
    return source, installed


@pytest.mark.parametrize("missing", [True, False])
def test_the_first_cell_installs_only_where_the_package_is_missing(
    copy, missing
):
    source, installed = first_cell(copy, KNOWN)
    found = None if missing else "found"
    exec(source, {"find_spec": lambda name: found, "installed": installed})
    assert installed == ([KNOWN] if missing else [])


def test_the_first_cell_never_installs_from_the_placeholder(copy):
    source, installed = first_cell(copy, UNKNOWN)
    with pytest.raises(SystemExit, match="set-repo"):
        exec(source, {"find_spec": lambda name: None, "installed": installed})
    assert installed == []
