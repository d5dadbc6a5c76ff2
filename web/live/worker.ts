// The worker: Python, NumPy and the course's package, away from the page, so
// that the page never freezes and an endless loop can be ended from outside.

import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import { load } from "./loading.ts";
import type { FromWorker, Outcome, RuntimeFiles, Task, ToWorker } from "./messages.ts";
import { Printer } from "./printer.ts";

const PREPARE = `
import json
import numpy

def answer(kind, id, source, write):
    if kind == "ask":
        from rnncourse import workbench
        return workbench.answer(source)
    from rnncourse.exercises import check_source, run_source
    if kind == "check":
        outcome = check_source(id, source)
    else:
        outcome = run_source(id, source, write)
    return json.dumps(outcome.as_dict())

answer
`;

const PACKAGES = "import site; site.getsitepackages()[0]";

type Answer = (
  kind: string,
  id: string,
  source: string,
  write: (text: string) => void,
) => string;

let answer: Answer;
const tell = (message: FromWorker) => postMessage(message);
const printer = new Printer(tell);

/** Load and start Python; tell how far it is. */
async function start(
  base: string,
  files: RuntimeFiles,
  module: WebAssembly.Module | null,
) {
  const wanted = Object.entries(files).filter(([x]) => x !== "wasm" || !module);
  const total = wanted.reduce((sum, [, file]) => sum + file.bytes, 0);
  let loaded = 0;
  const count = (bytes: number) => {
    loaded = Math.min(loaded + bytes, total);
    tell({ kind: "progress", loaded, total });
  };
  const get = (role: keyof RuntimeFiles) =>
    load(new URL(files[role].name, base).href, count);
  // Defines what pyodide.asm.js defines. A policy that a site may have allows
  // scripts from the site alone, so this one is imported from there.
  const script = async () => {
    const { name, bytes } = files.script;
    const url = new URL(name, base).href;
    await import(url).catch(async () => {
      await load(url, () => {}); // which says why it does not come
      throw new Error(`${name} could not be run`);
    });
    count(bytes);
  };
  const bytes = async (role: keyof RuntimeFiles) =>
    (await get(role)).arrayBuffer();
  const [compiled, , stdlib, numpy, course] = await Promise.all([
    module ?? get("wasm").then((x) => WebAssembly.compileStreaming(x)),
    script(),
    bytes("stdlib"),
    bytes("numpy"),
    bytes("course"),
  ]);

  const python = await withOwnFiles(compiled, stdlib, () =>
    loadPyodide({
      indexURL: base,
      stdin: () => null as unknown as string, // input() finds no more input
      stdout: (text) => printer.print(text + "\n"),
      stderr: (text) => printer.print(text + "\n"),
    }),
  );
  const where = { extractDir: python.runPython(PACKAGES) };
  python.unpackArchive(numpy, "wheel", where);
  python.unpackArchive(course, "wheel", where);
  answer = python.runPython(PREPARE);
  tell({ kind: "ready", module: compiled });
}


/** Run `boot` while its fetches find what has been loaded already.
 *
 * Pyodide would wait forever for a file that does not come; so every file is
 * there, and WebAssembly compiled, before it is asked to start.
 */
async function withOwnFiles<T>(
  module: WebAssembly.Module,
  stdlib: ArrayBuffer,
  boot: () => Promise<T>,
): Promise<T> {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  const files: Record<string, () => Response> = {
    "pyodide.asm.wasm": () => new Response(),
    "python_stdlib.zip": () => new Response(stdlib),
    "pyodide-lock.json": () => Response.json({ info, packages: {} }),
  };
  self.fetch = async (input) => files[String(input).split("/").pop()!]();
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  try {
    return await boot();
  } finally {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

function answered(id: string, answer: string): Outcome {
  const nothing = { title: "", message: "", printed: "", line: null };
  return { id, status: "ran", ...nothing, table: null, picture: null, answer };
}

function work(number: number, task: Task) {
  printer.begin(number);
  const { kind, id, source } = task;
  const write = (text: string) => printer.print(text);
  const said = answer(kind, id, source, write);
  const outcome = kind === "ask" ? answered(id, said) : JSON.parse(said);
  printer.flush();
  tell({ kind: "done", number, outcome });
}

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === "start") await start(data.base, data.files, data.module);
    else work(data.number, data.task);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: "broken", message });
  }
};
