// Asking the package, in the worker: JSON out, JSON back, one thing at a time.

import type { Runtime } from "./runtime.ts";

/** A sentence for the reader: what was asked cannot be done. */
export class Refused extends Error {}

/** The worker was ended while it was asked. */
export class Stopped extends Error {}

/** Called while Python is being loaded. */
export type Progress = (loaded: number, total: number) => void;

export class Bench {
  /** How far the loading of Python is, for whoever shows it. */
  progress: Progress = () => {};
  /** Python answers. */
  ready = () => {};
  #runtime: Runtime;
  #at: string;

  constructor(runtime: Runtime, at: string) {
    this.#runtime = runtime;
    this.#at = at;
  }

  /** Ask; throws `Refused` with a sentence, or `Stopped`. */
  async ask<T>(what: string, more: object = {}): Promise<T> {
    const source = JSON.stringify({ do: what, at: this.#at, ...more });
    const task = { kind: "ask" as const, id: this.#at, source };
    const ending = await this.#runtime.submit(task, {
      progress: (loaded, total) => this.progress(loaded, total),
      waiting: () => {},
      running: () => this.ready(),
      printed: () => {},
    });
    if (ending.kind === "stopped") throw new Stopped("Stopped.");
    if (ending.kind === "broken")
      throw new Stopped(
        ending.started
          ? `Python broke off: ${ending.message}.`
          : `Python could not be started: ${ending.message}.`,
      );
    const said = JSON.parse(ending.outcome.answer!);
    if (said.error !== undefined) throw new Refused(said.error);
    return said.ok as T;
  }

  /** End whatever is being asked, and Python with it. */
  end(): void {
    this.#runtime.stop(this.#at);
  }
}
