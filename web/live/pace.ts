// How far it is: Python that is loading, and training.

import { h, megabytes } from "./elements.ts";

export const many = (n: number) => n.toLocaleString("en");
export const milliseconds = (s: number) => `${Math.max(1, Math.round(1000 * s))} ms`;

export class Pace {
  bar = h("progress", { "aria-label": "Python loaded", hidden: true });
  done = h("progress", { "aria-label": "Training done", hidden: true });
  words = h("p", { class: "bench-now" });
  #began = { at: 0, updates: 0 };

  /** Python is being loaded; returns the words for it. */
  loading(loaded: number, total: number): string {
    this.bar.hidden = false;
    this.bar.max = total;
    this.bar.value = loaded;
    return `${megabytes(loaded, total)}.`;
  }

  /** Python is there, or will not come. */
  loaded(): void {
    this.bar.hidden = true;
  }

  /** There is a new session. */
  clear(): void {
    this.done.hidden = true;
    this.words.textContent = "";
  }

  /** Training begins, or goes on. */
  begin(updates: number): void {
    this.done.hidden = false;
    this.#began = { at: performance.now(), updates };
  }

  /** So many updates of `until` are made. */
  show(updates: number, until: number, more: string): void {
    const seconds = (performance.now() - this.#began.at) / 1000;
    const pace = (updates - this.#began.updates) / seconds;
    const left = Math.round((until - updates) / Math.max(pace, 0.001));
    this.done.max = until;
    this.done.value = updates;
    this.words.textContent =
      `Update ${many(updates)} of ${many(until)}, ${pace.toFixed(1)} a second, ` +
      `${left < 90 ? `${left} s` : `${Math.round(left / 60)} min`} left. ${more}`;
  }
}
