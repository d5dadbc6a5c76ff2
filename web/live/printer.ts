// Printed text on its way to the page: soon, in few pieces, and not endless.

import type { FromWorker } from "./messages.ts";

const SOON = 50; // milliseconds
const MOST = 20_000; // characters a job

/** Collects what a job prints; `tell` gets it in pieces. */
export class Printer {
  #tell: (message: FromWorker) => void;
  #clock: () => number;
  #number = 0;
  #waiting = "";
  #left = MOST;
  #last = 0;

  constructor(
    tell: (message: FromWorker) => void,
    clock = () => performance.now(),
  ) {
    this.#tell = tell;
    this.#clock = clock;
  }

  begin(number: number): void {
    this.#number = number;
    this.#waiting = "";
    this.#left = MOST;
    this.#last = -Infinity;
  }

  print(text: string): void {
    if (this.#left <= 0) return;
    this.#waiting += text.slice(0, this.#left);
    this.#left -= text.length;
    if (this.#left < 0) this.#waiting += "\n… the rest is left out\n";
    if (this.#clock() - this.#last >= SOON) this.flush();
  }

  flush(): void {
    if (!this.#waiting) return;
    const text = this.#waiting;
    this.#waiting = "";
    this.#last = this.#clock();
    this.#tell({ kind: "printed", number: this.#number, text });
  }
}
