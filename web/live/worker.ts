// The worker: Python, NumPy and the course's package, away from the page, so
// that the page never freezes and an endless loop can be ended from outside.

import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import { compileLibraries, link } from "./libraries.ts";
import { load, unpackedName } from "./loading.ts";
import type { FromWorker, Outcome, RuntimeFiles, Task, ToWorker } from "./messages.ts";
import { Printer } from "./printer.ts";
import { unpack } from "./unpack.ts";

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

type Served = Pick<Extract<ToWorker, { kind: "start" }>, "base" | "files">;

type Answer = (
  kind: string,
  id: string,
  source: string,
  write: (text: string) => void,
) => string;

let answer: Answer;
let progress: FromWorker | undefined;
/** Python, on its way: once, whoever asks for it. */
let started: Promise<WebAssembly.Module> | undefined;
const tell = (message: FromWorker) => postMessage(message);
const printer = new Printer(tell);

/** Load and start Python; tell how far it is. */
async function start(
  { base, files }: Served,
  module: WebAssembly.Module | null = null,
) {
  const wanted = Object.entries(files).filter(([x]) => x !== "wasm" || !module);
  const total = wanted.reduce((sum, [, file]) => sum + file.bytes, 0);
  let loaded = 0;
  const count = (bytes: number) => {
    loaded = Math.min(loaded + bytes, total);
    tell((progress = { kind: "progress", loaded, total }));
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
  // Of what the service worker keeps unpacked, if it does: the browser keeps
  // what it has compiled of a file that comes as it is.
  const compile = async () => {
    const { name, bytes } = files.wasm;
    const kept = new URL(unpackedName(name), base).href;
    if (await self.caches?.match(kept).catch(() => null)) {
      const response = await fetch(kept).catch(() => null); // if it is served
      if (response?.ok) {
        count(bytes);
        return WebAssembly.compileStreaming(response);
      }
    }
    return WebAssembly.compileStreaming(await get("wasm"));
  };
  const bytes = async (role: keyof RuntimeFiles) =>
    (await get(role)).arrayBuffer();
  const [compiled, , stdlib, numpy, course] = await Promise.all([
    module ?? compile(),
    script(),
    bytes("stdlib"),
    bytes("numpy").then(unpack),
    bytes("course").then(unpack),
  ]);

  const libraries = compileLibraries(numpy);
  let packages = ""; // the folder
  const python = await withOwnFiles(compiled, stdlib, () =>
    loadPyodide({
      indexURL: base,
      // before Python looks for anything
      fsInit: async ({ mkdirTree, writeFile }, { sitePackages }) => {
        packages = sitePackages;
        for (const [name, content] of [...numpy, ...course]) {
          const path = `${packages}/${name}`;
          mkdirTree(path.slice(0, path.lastIndexOf("/")));
          writeFile(path, content, { canOwn: true });
        }
      },
      stdin: () => null as unknown as string, // input() finds no more input
      stdout: (text) => printer.print(text + "\n"),
      stderr: (text) => printer.print(text + "\n"),
    }),
  );
  link(python, await libraries, packages);
  answer = python.runPython(PREPARE);
  return compiled;
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
    if (data.kind === "start") {
      started ??= start(data, data.module);
      if (progress) tell(progress);
      tell({ kind: "ready", module: await started });
    } else work(data.number, data.task);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: "broken", message });
  }
};

// The head of a page says so in the worker's name what to begin with: a
// message would wait until the page has time.
if (self.name) {
  started = start(JSON.parse(self.name));
  started.catch(() => {}); // who asks for it hears of it
}
