"""Does the course still stand with the newest versions of everything?

    python tools/upgrade.py [--keep]

copies the repository to a throw-away folder, resolves the newest versions
that pyproject.toml allows, and runs `make test` there. What stands here is
not touched, unless all passed and `--keep` asks for the new pins.
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = "requirements.txt"
PATH = os.environ.get("PATH", os.defpath)


def copy(root, folder):
    """Copy what git knows, as it is on the disk now, into a folder."""
    known = ["--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        ["git", "ls-files", "-z", *known],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (root / name).is_file():  # not what was deleted
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)


def pin(folder):
    """Resolve the newest versions in the folder, with a uv of its own."""
    tools = folder / ".upgrade"
    venv.create(tools, with_pip=True)
    install = [tools / "bin" / "pip", "install", "--quiet", "uv", "tomli"]
    subprocess.run(install, check=True)
    subprocess.run(
        [tools / "bin" / "python", "tools/pin.py", "--upgrade"],
        cwd=folder,
        check=True,
        env={**os.environ, "PATH": f"{tools / 'bin'}{os.pathsep}{PATH}"},
    )
    shutil.rmtree(tools)


def changes(old, new):
    """Return the lines of pins that came and went."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0)
    return [x for x in lines if x[0] in "+-" and x[:3] not in ("+++", "---")]


def main(words=None):
    """Try the newest versions; exit with what `make test` says."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--keep", action="store_true")
    keep = ask.parse_args(words).keep
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        folder.mkdir()
        copy(ROOT, folder)
        pin(folder)
        new = (folder / PINS).read_text()
        found = changes((ROOT / PINS).read_text(), new)
        print("\n".join(found) or "upgrade: nothing newer is allowed")
        code = subprocess.run(["make", "test"], cwd=folder).returncode
    if code == 0 and keep:
        (ROOT / PINS).write_text(new)
        print(f"upgrade: {PINS} has the new versions")
    print(f"upgrade: {'all that ran passed' if code == 0 else 'FAILED'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
