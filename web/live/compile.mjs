// Compile what Python imports on its way to an exercise, once, at build time:
//
//     node compile.mjs FOLDER
//
// replaces FOLDER/stdlib.zip and FOLDER/numpy.zip. The browser would compile
// the same 350 modules on each first Run, for longer than all the rest takes.
// The zips are stored, not packed: they are packed once, as a whole, later.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadPyodide } from "pyodide";

const folder = resolve(process.argv[2]);
const stdlib = join(folder, "stdlib.zip");
const numpy = join(folder, "numpy.zip");

const python = await loadPyodide({ stdLibURL: stdlib });
const bytes = new Uint8Array(readFileSync(numpy));
const packages = python.runPython("import site; site.getsitepackages()[0]");
python.unpackArchive(bytes, "wheel", { extractDir: packages });
python.FS.writeFile("/numpy.zip", bytes);

python.runPython(`
import ast, base64, bz2, contextlib, copy, dataclasses, difflib, functools, inspect, io, json
import linecache, tempfile, textwrap, tokenize, traceback, warnings
import numpy, numpy.testing

import sys, zipfile
from importlib.util import source_hash
from importlib._bootstrap_external import _code_to_hash_pyc

loaded = {getattr(module, "__file__", None) for module in sys.modules.values()}
assert len(loaded) > 200

def compiled(source, root, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            name, data = info.filename, old.read(info)
            path = f"{root}/{name}"
            if name.endswith(".py") and path in loaded:
                code = compile(data, path, "exec", dont_inherit=True)
                data = _code_to_hash_pyc(code, source_hash(data), False)
                name += "c"
            new.writestr(zipfile.ZipInfo(name), bytes(data))

(library,) = [path for path in sys.path if path.endswith(".zip")]
compiled(library, library, "/stdlib-compiled.zip")
compiled("/numpy.zip", "${packages}", "/numpy-compiled.zip")
`);
writeFileSync(stdlib, python.FS.readFile("/stdlib-compiled.zip"));
writeFileSync(numpy, python.FS.readFile("/numpy-compiled.zip"));
