// The Text tab: a network learns a text while the reader watches.

import { Bench, Stopped } from "./bench.ts";
import { Chart } from "./chart.ts";
import { ask, button, enable, h, table } from "./elements.ts";
import { CELLS, colourOf, Fields, labelled, numberField, type Settings } from "./fields.ts";
import { Inside } from "./inside.ts";
import { base64Of, bytesOf, choose, download, forget, keep, kept } from "./keeping.ts";
import type { Runtime } from "./runtime.ts";

interface Point {
  updates: number;
  seconds: number;
  bits: number;
}

interface Opened {
  name: string;
  settings: Settings;
  parameters: number;
  second: number;
  updates: number;
  seconds: number;
  curve: Point[];
  characters: number;
  held: number;
  scored: number;
  distinct: number;
  watched: string[];
  excerpt: string;
}

interface Sliced {
  update: { updates: number; loss: number; norm: number; seconds: number } | null;
  looks: Point[];
  done: boolean;
}

type Yardstick = { name: string; bits: number };

const USUAL: Settings = { cell: "lstm", H: 64, layers: 1, T: 50, B: 16, rate: 0.01, seed: 0 };
const KEEP = 10_000; // milliseconds from one keeping to the next
const SAMPLE = 6_000; // and from one sample to the next
const PATIENCE = 250; // until Stop ends the worker itself
const many = (n: number) => n.toLocaleString("en");

export class TextBench {
  element: HTMLElement;
  #bench: Bench;
  #fields: Fields;
  #given = h("textarea", { rows: "4", spellcheck: "false", placeholder: "Paste a text here. Empty: the built-in one, 70,000 characters of this course." });
  #goal = numberField(2000, 1, 1_000_000);
  #about = h("p", { class: "bench-about" });
  #status = h("div", { class: "live-status", role: "status" });
  #bar = h("progress", { "aria-label": "Python loaded" });
  #done = h("progress", { "aria-label": "Training done" });
  #now = h("p", { class: "bench-now" });
  #chart = new Chart("Bits per character of the held-out part", { x: "updates", y: "bits per character" });
  #rivals = h("div", {});
  #sample = h("p", { class: "bench-sample", tabindex: "0", role: "group", "aria-label": "What the network writes" });
  #warmth = h("input", { type: "range", min: "0.2", max: "1.5", step: "0.1", value: "0.8" });
  #beginning = h("input", { type: "text", maxlength: "200", autocomplete: "off" });
  #inside: Inside;
  #offer = h("div", { class: "bench-offer", hidden: true });
  #train = button("Train", () => this.#go(), "is-main");
  #stop = button("Stop", () => this.#halt());
  #again = button("Start again", () => this.#restart());
  #write = button("Write", () => this.#writes(true));
  #opened: Opened | null = null;
  #yardsticks: Yardstick[] = [];
  #curve: Point[] = [];
  #samples: string[] = [];
  #file: string | null = null; // the text, if it came as a file
  #name = "text";
  #going = false;
  #writing = false;
  #answered: Promise<unknown> = Promise.resolve();
  #lastKept: string | null = null;
  #last: Sliced["update"] = null;
  #until = 0;

  constructor(runtime: Runtime, start: Partial<Settings>) {
    this.#bench = new Bench(runtime, "text");
    this.#bench.progress = (loaded, total) => {
      this.#bar.hidden = false;
      this.#bar.max = total;
      this.#bar.value = loaded;
      this.#say("Starting Python …", `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB.`);
    };
    this.#bench.ready = () => { this.#bar.hidden = true; };
    this.#fields = new Fields({ ...USUAL, ...start }, () => this.#changed());
    this.#inside = new Inside(this.#bench, (error) => this.#fail(error));
    const file = choose(".txt,.md,text/*", "File with a text", (x) => this.#take(x));
    const session = choose(".npz", "Session to open", (x) => this.#openFile(x));
    this.#bar.hidden = this.#done.hidden = true;
    const warmth = labelled("Temperature", this.#warmth, "0.8");
    this.#warmth.addEventListener("input", () => {
      warmth.querySelector("span")!.textContent = this.#warmth.value;
    });
    const use = button("Use this text", () => { this.#file = null; this.#name = "pasted text"; this.#prepare(); });
    this.element = h(
      "div", { class: "bench" },
      this.#offer,
      h("h2", {}, "The text"),
      labelled("Your text", this.#given),
      h(
        "div", { class: "live-buttons" },
        use, button("Open a text …", () => file.click()),
        button("Built-in text", () => { this.#given.value = ""; this.#file = null; this.#prepare(); }), file,
      ),
      h("h2", {}, "The network"),
      this.#fields.element,
      this.#about,
      h("h2", {}, "Training"),
      h("div", { class: "bench-fields" }, labelled("Updates", this.#goal)),
      h("div", { class: "live-buttons" }, this.#train, this.#stop, this.#again),
      this.#bar, this.#status, this.#done, this.#now,
      this.#chart.element, this.#rivals,
      h("h2", {}, "What it writes"),
      this.#sample,
      h("div", { class: "bench-fields" }, labelled("Begin with", this.#beginning), warmth),
      h("div", { class: "live-buttons" }, this.#write),
      this.#inside.element,
      h(
        "details", { class: "bench-part" },
        h("summary", {}, "Take it along"),
        h("p", {}, "Files go to your own disk. Nothing is sent anywhere. Script and notebook need the text beside them, and give the same numbers from the same seed."),
        h(
          "div", { class: "live-buttons" },
          this.#fileButton("Save the session", "save", "workbench-session.npz"),
          button("Open a session …", () => session.click()),
          this.#fileButton("Weights (.npz)", "weights", "workbench-weights.npz"),
          this.#fileButton("Script", "script", "workbench.py"),
          this.#fileButton("Notebook", "notebook", "workbench.ipynb"),
          this.#fileButton("The text", "source", "workbench-text.txt"),
          button("Samples", () => download("workbench-samples.txt", this.#samples.join("\n\n"), "text/plain")),
          button("Curve (text)", () => download("workbench-curve.txt", this.#chart.text(), "text/plain")),
          button("Curve (SVG)", () => download("workbench-curve.svg", this.#chart.svg(), "image/svg+xml")),
          session,
        ),
      ),
    );
    this.#buttons();
  }

  /** The tab is looked at for the first time. */
  async begin(): Promise<void> {
    const before = await kept("text");
    if (before) this.#offerBack(before.file, before.words);
    await this.#prepare();
  }

  /** Settings from the page's address. */
  get settings(): Partial<Settings> {
    return this.#fields.values;
  }

  set settings(given: Partial<Settings>) {
    this.#fields.values = given;
    if (this.#opened) this.#changed();
  }

  #offerBack(file: string, words: string): void {
    const gone = () => { this.#offer.hidden = true; };
    this.#offer.replaceChildren(
      h("p", {}, `You were here before: ${words}`),
      h(
        "div", { class: "live-buttons" },
        button("Go on with it", async () => {
          if (await this.#open("open", { file })) { gone(); this.#train.focus(); }
        }, "is-main"),
        button("Forget it", async () => { await forget("text"); gone(); }),
      ),
    );
    this.#offer.hidden = false;
  }

  #say(title: string, message = "", kind = "busy"): void {
    this.#status.dataset.kind = kind;
    this.#status.replaceChildren(h("strong", {}, title), ` ${message}`);
  }

  #fail(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof Stopped && words === "Stopped.") return;
    this.#bar.hidden = true;
    this.#say("No.", words, "error");
  }

  #fileButton(words: string, what: string, name: string) {
    return button(words, async () => {
      try {
        download(name, bytesOf(await this.#bench.ask<string>(what)));
        this.#say("Saved.", `${name} is among your downloads.`, "");
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  #buttons(): void {
    const updates = this.#opened?.updates ?? 0;
    this.#train.textContent = this.#going ? "Pause" : updates ? "Continue" : "Train";
    enable(this.#train, this.#opened !== null);
    enable(this.#stop, this.#going);
    enable(this.#again, updates > 0);
    enable(this.#write, this.#opened !== null && !this.#writing);
  }

  async #take(file: File): Promise<void> {
    if (file.size > 2_000_000)
      return this.#say("No.", `${file.name} has ${(file.size / 1e6).toFixed(1)} million bytes; at most 2 million are taken.`, "error");
    const before = [this.#file, this.#name] as const;
    this.#file = await base64Of(file);
    this.#name = file.name;
    if (await this.#prepare()) this.#given.value = "";
    else [this.#file, this.#name] = before;
  }

  async #openFile(file: File): Promise<void> {
    if (file.size > 50_000_000) return this.#say("No.", "This file is no session of the workbench.", "error");
    await this.#open("open", { file: await base64Of(file) });
  }

  #changed(): void {
    if (this.#opened && !this.#opened.updates && !this.#going) this.#prepare();
    else if (this.#opened?.updates)
      this.#say("Noted.", "Start again to train with these settings.", "");
  }

  /** Make a new session of what the fields say; what is there stays if not. */
  async #prepare(): Promise<boolean> {
    const settings = this.#fields.values;
    const text = this.#given.value;
    const given = this.#file !== null ? { file: this.#file } : text ? { text } : {};
    const name = this.#file !== null || text ? this.#name : "prose of this course";
    return this.#open("text", { ...given, name, settings });
  }

  async #open(what: string, more: object): Promise<boolean> {
    await this.#pause();
    if (what === "text" && this.#opened?.updates) {
      const question = `Start again? ${many(this.#opened.updates)} updates of training go.`;
      if (!(await ask(question, "Start again"))) return false;
    }
    try {
      const opened = await this.#bench.ask<Opened>(what, more);
      this.#show(opened);
      this.#say("Ready.", "Counting what there is to beat …", "busy");
      this.#yardsticks = await this.#bench.ask<Yardstick[]>("yardsticks");
      this.#draw();
      this.#say("Ready.", opened.updates ? `The session stands at ${many(opened.updates)} updates.` : "Press Train.", "");
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    } finally {
      this.#buttons();
    }
  }

  #show(opened: Opened): void {
    this.#opened = opened;
    this.#curve = opened.curve;
    this.#last = null;
    this.#until = 0;
    this.#samples = [];
    this.#yardsticks = [];
    this.#done.hidden = true;
    this.#fields.values = opened.settings;
    this.#sample.textContent = "";
    this.#now.textContent = "";
    this.#about.textContent =
      `${opened.name}: ${many(opened.characters)} characters to learn from, the last ` +
      `${many(opened.held)} held out, ${many(opened.distinct)} different ones. The network has ` +
      `${many(opened.parameters)} parameters; an update takes about ` +
      `${Math.max(1, Math.round(1000 * opened.second))} ms on this device.`;
    this.#inside.begin(opened.excerpt, opened.watched);
    this.#draw();
  }

  #draw(): void {
    const points = this.#curve;
    const flat = (v: number) => points.map(() => v);
    const dashes = [[2, 4], [8, 4], [], [2, 2]];
    const { cell } = this.#opened!.settings;
    this.#chart.element.hidden = !points.length;
    this.#chart.show({
      x: points.map((p) => p.updates),
      lines: [
        { name: CELLS[cell], colour: colourOf(cell), values: points.map((p) => p.bits) },
        ...this.#yardsticks.map((y, i) => ({
          name: y.name, colour: i === 2 ? "--ink" : "--quiet", dash: dashes[i], values: flat(y.bits),
        })),
      ],
    });
    const last = points.at(-1);
    const rows = this.#yardsticks.map((y) => [y.name, y.bits.toFixed(3)]);
    if (last) rows.push([`this network, ${many(last.updates)} updates`, last.bits.toFixed(3)]);
    this.#rivals.replaceChildren(
      ...(rows.length ? [table({ caption: "On the same held-out characters", columns: ["who", "bits per character"], rows })] : []),
    );
  }

  async #go(): Promise<void> {
    if (this.#going) {
      await this.#pause();
      await this.#rest("Paused.");
      return;
    }
    const goal = Math.max(1, Math.floor(Number(this.#goal.value)) || 2000);
    const stands = this.#opened!.updates;
    if (stands >= this.#until) this.#until = stands + goal;
    this.#going = true;
    this.#buttons();
    this.#say("Training …", "", "busy");
    this.#done.hidden = false;
    const began = { at: performance.now(), updates: stands };
    let keepAt = began.at + KEEP / 2, sampleAt = began.at + SAMPLE / 3, wordsAt = 0;
    try {
      for (let finished = false; this.#going && !finished; ) {
        const asked = this.#bench.ask<Sliced>("train", { until: this.#until });
        this.#answered = asked.catch(() => {});
        const { update, looks, done } = await asked;
        finished = done;
        if (update) { this.#last = update; this.#opened!.updates = update.updates; }
        if (looks.length) { this.#curve.push(...looks); this.#draw(); }
        const now = performance.now();
        if (now > wordsAt) { this.#progress(began, now); wordsAt = now + 500; }
        if (now > sampleAt && this.#going) { await this.#writes(false); sampleAt = performance.now() + SAMPLE; }
        if (now > keepAt && this.#going) { await this.#keep(); keepAt = performance.now() + KEEP; }
      }
      if (this.#going) { this.#going = false; await this.#rest("Done."); }
    } catch (error) {
      this.#going = false;
      this.#fail(error);
    } finally {
      this.#buttons();
    }
  }

  #progress(began: { at: number; updates: number }, now: number): void {
    const { updates } = this.#opened!;
    const pace = (updates - began.updates) / ((now - began.at) / 1000);
    const left = Math.round((this.#until - updates) / Math.max(pace, 0.001));
    this.#done.max = this.#until;
    this.#done.value = updates;
    if (this.#last)
      this.#now.textContent =
        `Update ${many(updates)} of ${many(this.#until)}, ${pace.toFixed(1)} a second, ` +
        `${left < 90 ? `${left} s` : `${Math.round(left / 60)} min`} left. ` +
        `Loss of the batch ${(this.#last.loss / Math.LN2).toFixed(2)} bits, gradient norm ${this.#last.norm.toFixed(2)}.`;
  }

  /** Let the slice that is running end; nothing is lost. */
  async #pause(): Promise<void> {
    this.#going = false;
    this.#buttons();
    await this.#answered;
  }

  async #rest(title: string): Promise<void> {
    try {
      const words = await this.#bench.ask<string>("verdict", { yardsticks: this.#yardsticks });
      this.#say(title, words, "");
      await this.#keep();
      await this.#writes(false);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Stop now: if the slice takes too long, with the worker that runs it. */
  async #halt(): Promise<void> {
    this.#going = false;
    this.#buttons();
    this.#say("Stopped.", "", "");
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, "late"));
    if ((await Promise.race([this.#answered, late])) !== "late") return this.#rest("Stopped.");
    this.#bench.end();
    const file = this.#lastKept;
    this.#opened = null;
    this.#buttons();
    if (!file) await this.#prepare();
    else if (await this.#open("open", { file })) this.#say("Stopped.", "An update took too long; the session is as it was last kept.", "");
  }

  async #restart(): Promise<void> {
    await this.#pause();
    if (await this.#prepare()) this.#train.focus();
  }

  async #keep(): Promise<void> {
    const file = await this.#bench.ask<string>("save");
    const { settings, updates, name } = this.#opened!;
    const words = `${name}, ${CELLS[settings.cell]}, ${settings.H} units, ${many(updates)} updates.`;
    this.#lastKept = file;
    await keep("text", { file, words, when: Date.now() });
  }

  async #writes(asked: boolean): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    this.#buttons();
    try {
      const beginning = this.#beginning.value;
      let text = beginning;
      const question = { beginning, temperature: Number(this.#warmth.value), length: asked ? 300 : 120, seed: this.#opened!.updates };
      let part = await this.#bench.ask<{ written: string; done: boolean }>("write", question);
      for (;;) {
        text += part.written;
        if (asked) this.#sample.textContent = text;
        if (part.done) break;
        if (!asked && !this.#going && this.#status.textContent?.startsWith("Stopped")) break;
        part = await this.#bench.ask("more");
      }
      this.#sample.textContent = text;
      this.#samples.push(`[${this.#opened!.updates} updates, temperature ${this.#warmth.value}]\n${text}`);
      if (this.#samples.length > 200) this.#samples.shift();
    } finally {
      this.#writing = false;
      this.#buttons();
    }
  }
}
