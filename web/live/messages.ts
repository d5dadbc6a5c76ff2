// What the page and its worker say to each other.

/** What a check or a run came to: `Outcome.as_dict()` of rnncourse.
 * Of a question of the workbench only `answer` counts. */
export interface Outcome {
  id: string;
  status: "correct" | "not yet" | "not attempted" | "ran" | "error";
  title: string;
  message: string;
  printed: string;
  line: number | null;
  table: Table | null;
  picture: string | null;
  /** What the workbench answered, as JSON. */
  answer?: string;
}

export interface Table {
  caption: string;
  columns: string[];
  rows: string[][];
}

/** A file of the runtime: its name on the server and its bytes there. */
export interface RuntimeFile {
  name: string;
  bytes: number;
}

/** What Python is made of, by role. */
export type RuntimeFiles = Record<
  "wasm" | "script" | "stdlib" | "numpy" | "course",
  RuntimeFile
>;

export type ToWorker =
  | {
      kind: "start";
      base: string;
      files: RuntimeFiles;
      module: WebAssembly.Module | null;
    }
  | { kind: "job"; number: number; task: Task };

export interface Task {
  kind: "run" | "check" | "ask";
  id: string;
  source: string;
}

export type FromWorker =
  | { kind: "progress"; loaded: number; total: number }
  | { kind: "ready"; module: WebAssembly.Module }
  | { kind: "printed"; number: number; text: string }
  | { kind: "done"; number: number; outcome: Outcome }
  // could not start, or cannot go on: the worker is of no more use
  | { kind: "broken"; message: string };
