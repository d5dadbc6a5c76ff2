"""Renew requirements.txt from the bounds in pyproject.toml.

    pip install uv && python tools/pin.py

Versions already pinned are kept while the bounds allow them; `--upgrade`
takes the newest of all. One file serves Python 3.10 and later on Linux and
macOS: where versions differ, the line says for which Python. What only
CUDA or Windows needs is left out.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:  # pytest brings it
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements.txt"
CUDA = re.compile(r"(nvidia|cuda|triton)\b")
ELSEWHERE = re.compile(r"(sys_platform == 'win32'|os_name == 'nt')$")

# Held back: where the newest for Python 3.12 differs from the newest for
# 3.11, one version for both keeps the file short. torch moves by hand: its
# CPU wheels come from another place.
HELD = """\
contourpy<1.4
networkx<3.7
numpy<2.5
torch==2.13.0
"""

HEADER = """\
# The exact versions this course is built and tested with, Python 3.10 and
# later, Linux and macOS. Made from pyproject.toml by tools/pin.py; `make`
# and README.md install it. On Linux, install torch first, from PyTorch's CPU
# index (README.md has the command): PyPI's brings several GB of CUDA.
"""


def resolve(upgrade):
    """Ask uv for one version of everything; return its lines."""
    if shutil.which("uv") is None:
        sys.exit("pin: needs uv; run `pip install uv` first")
    command = ["uv", "pip", "compile", "--universal", "--quiet"]
    command += ["--python-version", "3.10", "--no-header", "--no-annotate"]
    command += ["--no-emit-package", "rnncourse", "--extra", "test"]
    command += ["--constraint", "-", "--output-file", str(PINS)]
    command += ["--upgrade"] if upgrade else []
    command += ["pyproject.toml"]
    subprocess.run(command, cwd=ROOT, input=HELD, text=True, check=True)
    return PINS.read_text().splitlines()


def is_wanted(line):
    """Drop comments, CUDA and what only Windows needs."""
    marker = line.partition(" ; ")[2]
    return (
        bool(line)
        and line[0].isalnum()
        and not CUDA.match(line)
        and not ELSEWHERE.search(marker)
    )


def shorten(line):
    """Drop the markers that are true on every Linux and macOS CPython."""
    name, _, marker = line.partition(" ; ")
    marker = marker.replace(" and implementation_name != 'PyPy'", "")
    if "emscripten" in marker or not marker:
        return name
    return f"{name} ; {marker}"


def direct_names():
    """Return the packages pyproject.toml names itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bounds = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        bounds += extra
    names = {re.match(r"[\w.-]+", bound)[0].lower() for bound in bounds}
    return names - {"rnncourse"}


def main():
    """Write requirements.txt: what we name first, then what that needs."""
    found = resolve("--upgrade" in sys.argv[1:])
    lines = [shorten(line) for line in found if is_wanted(line)]
    named = direct_names()
    ours = [x for x in lines if x.partition("==")[0] in named]
    theirs = [x for x in lines if x not in ours]
    text = [HEADER, *ours, "", "# what these need", *theirs]
    PINS.write_text("\n".join(text) + "\n")
    print(f"pin: {len(ours)} + {len(theirs)} lines in {PINS.name}")


if __name__ == "__main__":
    main()
