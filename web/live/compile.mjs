// Compile what Python imports on its way to an exercise or the workbench,
// once, at build time, with the very Python that the page runs:
//
//     node compile.mjs FOLDER           FOLDER/stdlib.zip and FOLDER/numpy.zip
//     node compile.mjs FOLDER COURSE    COURSE, the course's wheel, by the two
//
// Each is replaced. The browser would compile the same 400 modules on each
// first Run, for longer than all the rest takes. The course keeps its text
// beside what is compiled: exercises read it. The zips are stored, not packed:
// they are packed once, as a whole, later.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadPyodide } from "pyodide";

const folder = resolve(process.argv[2]);
const course = process.argv[3];
const stdlib = join(folder, "stdlib.zip");
const numpy = join(folder, "numpy.zip");

const python = await loadPyodide({ stdLibURL: stdlib });
const packages = python.runPython("import site; site.getsitepackages()[0]");

/** Unpack a wheel where Python finds it, and keep it as `name`. */
function install(path, name) {
  const bytes = new Uint8Array(readFileSync(path));
  python.unpackArchive(bytes, "wheel", { extractDir: packages });
  python.FS.writeFile(name, bytes);
}

python.runPython(`
import sys, zipfile
from importlib.util import cache_from_source, source_hash
from importlib._bootstrap_external import _code_to_hash_pyc

def compiled(source, root, target, keep=False):
    loaded = {getattr(x, "__file__", None) for x in sys.modules.values()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            name, data = info.filename, old.read(info)
            path = f"{root}/{name}"
            if name.endswith(".py") and path in loaded:
                if keep:
                    new.writestr(zipfile.ZipInfo(name), data)
                code = compile(data, path, "exec", dont_inherit=True)
                data = _code_to_hash_pyc(code, source_hash(data), False)
                name = cache_from_source(name) if keep else name + "c"
            new.writestr(zipfile.ZipInfo(name), bytes(data))
`);

install(numpy, "/numpy.zip");
if (course) {
  install(course, "/course.zip");
  python.runPython(`
from rnncourse import exercises, workbench
compiled("/course.zip", "${packages}", "/course-compiled.zip", keep=True)
`);
  writeFileSync(course, python.FS.readFile("/course-compiled.zip"));
} else {
  python.runPython(`
import ast, base64, bz2, contextlib, copy, csv, dataclasses, difflib, functools, hashlib, inspect
import importlib.resources, io, json, linecache, tempfile, textwrap, tokenize, traceback, warnings
import numpy, numpy.random, numpy.testing

(library,) = [path for path in sys.path if path.endswith(".zip")]
compiled(library, library, "/stdlib-compiled.zip")
compiled("/numpy.zip", "${packages}", "/numpy-compiled.zip")
`);
  writeFileSync(stdlib, python.FS.readFile("/stdlib-compiled.zip"));
  writeFileSync(numpy, python.FS.readFile("/numpy-compiled.zip"));
}
