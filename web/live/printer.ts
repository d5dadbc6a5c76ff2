// Printed text on its way to the page: soon, and in few pieces.

import type { FromWorker } from "./messages.ts";

const SOON = 50; // milliseconds

/** Collects what a job prints; `tell` gets it in pieces. */
export class Printer {
  #tell: (message: FromWorker) => void;
  #clock: () => number;
  #number = 0;
  #waiting = "";
  #last = -Infinity;

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
    this.#last = -Infinity;
  }

  print(text: string): void {
    this.#waiting += text;
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
