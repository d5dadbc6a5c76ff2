// What the tabs share: one session in training, and its buttons.
//
// Python trains a slice at a time, so that Pause loses nothing. A tab says
// how a session is asked for, shown, drawn and judged.

import { Bench, Stopped } from "./bench.ts";
import { ask, button, enable, h } from "./elements.ts";
import { labelled, numberField, type Settings } from "./fields.ts";
import { Files } from "./files.ts";
import { many, milliseconds, Pace } from "./pace.ts";
import type { Runtime } from "./runtime.ts";

/** What Python says of any session that it has opened. */
export interface Opened<Point> {
  name: string;
  settings: Settings;
  parameters: number;
  updates: number;
  curve: Point[];
}

export interface Update {
  updates: number;
  loss: number | number[];
  norm: number | number[];
}

interface Slice<Point> {
  update: Update | null;
  looks: Point[];
  done: boolean;
}

const KEEP = 10_000; // milliseconds from one keeping to the next
const PATIENCE = 250; // until Stop ends the worker itself

export abstract class Training<Point, Session extends Opened<Point>> {
  abstract element: HTMLElement;
  runtime: Runtime;
  bench: Bench;
  files: Files;
  opened: Session | null = null;
  going = false;
  /** The first session of the page, which comes by itself. */
  begun = Promise.resolve(false);
  goal: HTMLInputElement;
  status = h("div", { class: "live-status", role: "status" });
  /** What the network costs, in words; a tab says where they stand. */
  cost = h("span", {});
  train = button("Train", () => this.#go(), "is-main");
  #stop = button("Stop", () => this.#halt());
  #again = button("Start again", () => this.#restart());
  #pace = new Pace();
  #answered: Promise<unknown> = Promise.resolve();
  #opening = Promise.resolve(false);
  #waiting = 0; // how many are being opened, or wait for it
  #until = 0;
  #life = -1; // of the Python that knows the session

  constructor(runtime: Runtime, place: string, goal: number) {
    this.runtime = runtime;
    this.files = new Files(this, place);
    this.goal = numberField(goal, 1, 1_000_000);
    this.bench = new Bench(runtime, place);
    this.bench.progress = (loaded, total) => {
      this.say("Starting Python …", this.#pace.loading(loaded, total), "busy");
    };
    this.bench.ready = () => this.#pace.loaded();
  }

  /** Make a new session of what the fields say; what is there stays if not. */
  abstract prepare(): Promise<boolean>;
  /** A session is open: say what it is, and put its choices into the fields. */
  abstract show(opened: Session): void;
  /** Ask for what there is to beat. */
  async compare(): Promise<void> {}
  /** Draw the curve as it stands. */
  abstract draw(): void;
  /** Say in a sentence how it stands, and show what belongs to it. */
  abstract judge(): Promise<string>;
  /** The words that offer this session after a reload. */
  abstract words(): string;
  /** The loss of the batch, in the unit of the tab. */
  abstract loss(update: Update): string;
  /** Between two slices of training. */
  async meanwhile(): Promise<void> {}
  /** After Pause, Stop or the end, when the verdict stands. */
  async rested(): Promise<void> {}

  /** Updates to make, the buttons, how it stands. */
  controls(): Node[] {
    return [
      h("div", { class: "bench-fields" }, labelled("Updates", this.goal)),
      h("div", { class: "live-buttons" }, this.train, this.#stop, this.#again),
      this.#pace.bar, this.status, this.#pace.done, this.#pace.words,
    ];
  }

  /** Say how many numbers are learned and, once it is known, how long an update takes. */
  costs(second?: number): void {
    const size = `The network has ${many(this.opened!.parameters)} parameters`;
    const time = second === undefined ? "" : `; an update takes about ${milliseconds(second)} on this device`;
    this.cost.textContent = `${size}${time}.`;
  }

  /** The tab is looked at for the first time. */
  async begin(): Promise<void> {
    const back = await this.files.offer();
    if (back) this.element.prepend(back);
    this.begun = this.prepare();
    await this.begun;
  }

  say(title: string, message = "", kind = ""): void {
    this.status.dataset.kind = kind;
    this.status.replaceChildren(h("strong", {}, title), ` ${message}`);
  }

  fail(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof Stopped && words === "Stopped.") return;
    this.#pace.loaded();
    this.say("No.", words, "error");
  }

  buttons(): void {
    const updates = this.opened?.updates ?? 0;
    this.train.textContent = this.going ? "Pause" : updates ? "Continue" : "Train";
    enable(this.train, this.opened !== null);
    enable(this.#stop, this.going);
    enable(this.#again, updates > 0);
  }

  /** A field was changed. */
  changed(): void {
    if (!this.opened) return;
    if (this.going || this.opened.updates) this.say("Noted.", "Start again to train with these settings.");
    else this.prepare();
  }

  /** Open what Python makes of this, after what is being opened now. */
  open(what: string, more: object): Promise<boolean> {
    this.#waiting++;
    const opened = this.#opening.then(() => this.#open(what, more));
    return (this.#opening = opened.finally(() => this.#waiting--));
  }

  async #open(what: string, more: object): Promise<boolean> {
    await this.pause();
    if (!(await this.#mayGo(what))) return false;
    try {
      const opened = await this.bench.ask<Session>(what, more);
      this.opened = opened;
      this.files.last = what === "open" ? (more as { file: string }).file : null;
      this.#life = this.runtime.ended;
      this.#until = 0;
      this.#pace.clear();
      this.show(opened);
      this.costs();
      this.draw();
      this.say("Ready.", "Counting what there is to beat …", "busy");
      await this.#look(opened);
      await this.compare();
      this.draw();
      this.costs(await this.bench.ask<number>("second"));
      this.say("Ready.", opened.updates ? `The session stands at ${many(opened.updates)} updates.` : "Press Train.");
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    } finally {
      this.buttons();
    }
  }

  /** The first point of the curve: before anything is learned. */
  async #look(opened: Session): Promise<void> {
    for (let done = false; !done; ) {
      const slice = await this.bench.ask<Slice<Point>>("train", { until: opened.updates });
      opened.curve.push(...slice.looks);
      done = slice.done;
    }
    this.draw();
  }

  /** Ask before training is lost. */
  async #mayGo(what: string): Promise<boolean> {
    const updates = this.opened?.updates;
    if (!updates) return true;
    const [question, yes] = what === "open" ? ["Open it?", "Open it"] : ["Start again?", "Start again"];
    return ask(`${question} ${many(updates)} updates of training go.`, yes);
  }

  async #go(): Promise<void> {
    if (this.going) {
      await this.pause();
      await this.#rest("Paused.");
      return;
    }
    // a field that was left by this click has had a new session begun
    if (this.#waiting && !(await this.#opening)) return;
    if (this.going) return; // a second click, which had waited, too
    // another tab's Stop may have ended the Python that they share
    if (this.#life !== this.runtime.ended && !(await this.#revive())) return;
    const goal = Math.max(1, Math.floor(Number(this.goal.value)) || Number(this.goal.defaultValue));
    const opened = this.opened!;
    if (opened.updates >= this.#until) this.#until = opened.updates + goal;
    this.going = true;
    this.buttons();
    this.say("Training …", "", "busy");
    this.#pace.begin(opened.updates);
    let keepAt = performance.now() + KEEP / 2, wordsAt = 0;
    let last: Update | null = null;
    try {
      for (let finished = false; this.going && !finished; ) {
        const asked = this.bench.ask<Slice<Point>>("train", { until: this.#until });
        this.#answered = asked.catch(() => {});
        const { update, looks, done } = await asked;
        finished = done;
        if (update) { last = update; opened.updates = update.updates; }
        if (looks.length) { opened.curve.push(...looks); this.draw(); }
        const now = performance.now();
        if (last && now > wordsAt) { this.#progress(last); wordsAt = now + 500; }
        if (this.going) await this.meanwhile();
        if (now > keepAt && this.going) { await this.files.keep(this.words()); keepAt = performance.now() + KEEP; }
      }
      if (last) this.#progress(last);
      if (this.going) { this.going = false; await this.#rest("Done."); }
    } catch (error) {
      this.going = false;
      this.fail(error);
    } finally {
      this.buttons();
    }
  }

  #progress(last: Update): void {
    this.#pace.show(last.updates, this.#until, this.loss(last));
  }

  /** Let the slice that is running end; nothing is lost. */
  async pause(): Promise<void> {
    this.going = false;
    this.buttons();
    await this.#answered;
  }

  async #rest(title: string): Promise<void> {
    const session = this.opened;
    try {
      const words = await this.judge();
      if (this.opened !== session) return; // another one came
      this.say(title, words);
      await this.files.keep(this.words());
      await this.rested();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Stop now: if the slice takes too long, with the worker that runs it. */
  async #halt(): Promise<void> {
    this.going = false;
    this.buttons();
    this.say("Stopped.");
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, "late"));
    if ((await Promise.race([this.#answered, late])) !== "late") return this.#rest("Stopped.");
    this.bench.end();
    const kept = this.files.last !== null;
    if (await this.#revive())
      this.say("Stopped.", `An update took too long; the session is as it was ${kept ? "last kept" : "before it was trained"}.`);
  }

  /** Python has been ended: open what was kept last, or begin anew. */
  async #revive(): Promise<boolean> {
    const file = this.files.last;
    this.opened = null;
    this.buttons();
    return file ? this.open("open", { file }) : this.prepare();
  }

  async #restart(): Promise<void> {
    await this.pause();
    if (await this.prepare()) this.train.focus();
  }
}
