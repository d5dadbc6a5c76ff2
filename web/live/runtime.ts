// The page's side of the worker: one worker a page, one job at a time.

import type { FromWorker, Outcome, Task, ToWorker } from "./messages.ts";

/** How a job ended. */
export type Ending =
  | { kind: "done"; outcome: Outcome }
  | { kind: "stopped" }
  | { kind: "broken"; message: string; started: boolean };

/** What a job hears while it waits and runs. */
export interface Listener {
  /** Python is being loaded. */
  progress(loaded: number, total: number): void;
  /** Another exercise's job is before this one. */
  waiting(): void;
  /** The learner's code is running now. */
  running(): void;
  printed(text: string): void;
}

/** The part of `Worker` that is used. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

export interface Options {
  makeWorker(): WorkerLike;
  base: string;
  files: Extract<ToWorker, { kind: "start" }>["files"];
  /** Called when Python has been loaded and has started. */
  started?(): void;
  /** Seconds without a sign of life after which a start has failed. */
  patience?: number;
}

interface Job {
  number: number;
  task: Task;
  listener: Listener;
  end: (ending: Ending) => void;
}

export class Runtime {
  /** How many workers have ended; what they knew went with them. */
  ended = 0;
  #options: Options;
  #worker: WorkerLike | null = null;
  #ready = false;
  #module: WebAssembly.Module | null = null; // compiled once a page
  #jobs: Job[] = []; // the first one is running, once Python is ready
  #sent = false;
  #count = 0;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Run or check; the promise never rejects. */
  submit(task: Task, listener: Listener): Promise<Ending> {
    return new Promise((resolve) => {
      const number = ++this.#count;
      this.#jobs.push({ number, task, listener, end: resolve });
      if (this.#jobs.length > 1) listener.waiting();
      if (!this.#worker) this.#start();
      this.#next();
    });
  }

  /** End the job of an exercise, whether it is waiting or running. */
  stop(id: string): void {
    const index = this.#jobs.findIndex((job) => job.task.id === id);
    if (index < 0) return;
    const [job] = this.#jobs.splice(index, 1);
    if (index === 0) {
      const running = this.#sent;
      this.#drop();
      // ready again by the time the reader is
      if (running || this.#jobs.length) this.#start();
    }
    job.end({ kind: "stopped" });
  }

  #start(): void {
    const { makeWorker, base, files } = this.#options;
    const worker = makeWorker();
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#break(event.message || "its script could not be loaded");
    };
    worker.postMessage({ kind: "start", base, files, module: this.#module });
    this.#watch();
  }

  /** Give up on a start that shows no sign of life. */
  #watch(): void {
    const { patience = 60 } = this.#options;
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(
      () => this.#break(`nothing came for ${patience} seconds`),
      patience * 1000,
    );
  }

  #hear(message: FromWorker): void {
    const job = this.#jobs.at(0);
    switch (message.kind) {
      case "progress":
        this.#watch();
        job?.listener.progress(message.loaded, message.total);
        break;
      case "ready":
        clearTimeout(this.#alarm);
        this.#ready = true;
        this.#module = message.module;
        this.#options.started?.();
        this.#next();
        break;
      case "printed":
        if (job?.number === message.number) job.listener.printed(message.text);
        break;
      case "done":
        if (job?.number !== message.number) break;
        this.#jobs.shift();
        this.#sent = false;
        job.end({ kind: "done", outcome: message.outcome });
        this.#next();
        break;
      case "broken":
        this.#break(message.message);
    }
  }

  #next(): void {
    const job = this.#jobs.at(0);
    if (!job || !this.#ready || this.#sent) return;
    this.#sent = true;
    job.listener.running();
    const { number, task } = job;
    this.#worker?.postMessage({ kind: "job", number, task });
  }

  /** The worker is of no more use: the next job starts another. */
  #break(message: string): void {
    const started = this.#ready;
    // a start that fails, fails for all who wait; a job only for itself
    const ended = started ? this.#jobs.splice(0, 1) : this.#jobs.splice(0);
    this.#drop();
    if (this.#jobs.length) this.#start();
    for (const job of ended) job.end({ kind: "broken", message, started });
  }

  #drop(): void {
    clearTimeout(this.#alarm);
    if (this.#worker) {
      this.ended++;
      this.#worker.onmessage = this.#worker.onerror = null;
      this.#worker.terminate();
    }
    this.#worker = null;
    this.#ready = this.#sent = false;
  }
}
