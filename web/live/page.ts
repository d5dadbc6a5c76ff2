// The entry of a page with exercises: an editor for each, one runtime for all.
// Python itself waits for the first Run or Check.

import { Exercise } from "./exercise.ts";
import { answers } from "./live.ts";
import type { RuntimeFiles } from "./messages.ts";
import { keepPython } from "./offline.ts";
import { Runtime } from "./runtime.ts";

/** What the site's build says about the runtime it serves. */
interface Served {
  base: string;
  worker: string;
  files: RuntimeFiles;
}

async function goLive(): Promise<void> {
  const given = document.getElementById("python-in-the-page")!.textContent!;
  const served: Served = JSON.parse(given);
  const base = new URL(served.base, document.baseURI).href;
  const runtime = new Runtime({
    base,
    files: served.files,
    makeWorker: () => new Worker(new URL(served.worker, base), { type: "module" }),
    started: () => keepPython(base, served),
  });
  const elements = document.querySelectorAll<HTMLElement>("[data-exercise]");
  for (const element of elements) {
    new Exercise(element, answers, runtime);
    await new Promise((next) => setTimeout(next)); // the page breathes between
  }
  dispatchEvent(new Event("resize")); // site.js looks at what scrolls
}

// else the page stays what it is without JavaScript: text
if ("WebAssembly" in window && "DecompressionStream" in window) goLive();
