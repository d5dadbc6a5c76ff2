// A page with exercises: its runtime, and an editor for each.

import type { Answers } from "./answers.ts";
import { Exercise } from "./exercise.ts";
import type { RuntimeFiles } from "./messages.ts";
import { Runtime } from "./runtime.ts";

/** What the site's build says about the runtime it serves. */
interface Served {
  base: string;
  worker: string;
  files: RuntimeFiles;
}

export function goLive(
  elements: Iterable<HTMLElement>,
  answers: Answers,
): void {
  const given = document.getElementById("python-in-the-page")!.textContent!;
  const served: Served = JSON.parse(given);
  const base = new URL(served.base, document.baseURI).href;
  const runtime = new Runtime({
    base,
    files: served.files,
    makeWorker: () => new Worker(new URL(served.worker, base), { type: "module" }),
  });
  for (const element of elements) new Exercise(element, answers, runtime);
}
