// NumPy's libraries: compiled while Python starts, linked before the import.

import type { PyodideInterface } from "pyodide";
import type { Files } from "./unpack.ts";

type Library = [name: string, WebAssembly.Module];

/** What Emscripten's linker is made of. */
interface Linker {
  loadWebAssemblyModule(
    module: WebAssembly.Module,
    flags: object,
    path: string,
    scope: object,
  ): object;
  /** What libraries export, which an import then does not load. */
  preloadedWasm: Record<string, object>;
  reportUndefinedSymbols(): void;
}

/** Compile a package's libraries, on other threads while Python starts. */
export function compileLibraries(files: Files): Promise<Library[]> {
  const libraries = [...files].filter(([name]) => name.endsWith(".so"));
  return Promise.all(
    libraries.map(async ([name, content]) => [name, await WebAssembly.compile(content)]),
  );
}

/** Link libraries, as Pyodide's own packages are: all, then what is missing.
 *
 * An import would do it one at a time, and look through ten thousand symbols
 * after each.
 */
export function link(python: PyodideInterface, libraries: Library[], folder: string): void {
  const { loadWebAssemblyModule, preloadedWasm, reportUndefinedSymbols } =
    (python as unknown as { _module: Linker })._module;
  const flags = { loadAsync: false, nodelete: true, allowUndefined: true };
  for (const [name, module] of libraries) {
    const path = `${folder}/${name}`;
    preloadedWasm[path] = loadWebAssemblyModule(module, flags, path, {});
  }
  reportUndefinedSymbols();
}
