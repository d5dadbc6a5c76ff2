// The Text tab: a network learns a text while the reader watches.

import { Chart } from "./chart.ts";
import { button, enable, h, table } from "./elements.ts";
import { CELLS, colourOf, Fields, labelled, type Settings } from "./fields.ts";
import { Inside } from "./inside.ts";
import { base64Of, choose, download } from "./keeping.ts";
import { many } from "./pace.ts";
import type { Runtime } from "./runtime.ts";
import { type Opened, Training, type Update } from "./training.ts";

interface Point {
  updates: number;
  bits: number;
}

interface Text extends Opened<Point> {
  characters: number;
  held: number;
  distinct: number;
  watched: string[];
  excerpt: string;
}

type Yardstick = { name: string; bits: number };

const USUAL: Settings = { cell: "lstm", H: 64, layers: 1, T: 50, B: 16, rate: 0.01, seed: 0 };
const LARGEST = 2_000_000; // bytes of a text
const SAMPLE = 6_000; // milliseconds from one sample to the next

export class TextBench extends Training<Point, Text> {
  element: HTMLElement;
  #fields: Fields;
  #given = h("textarea", { rows: "4", spellcheck: "false", placeholder: "Paste a text here. Empty: the built-in one, 70,000 characters of this course." });
  #about = h("p", { class: "bench-about" });
  #chart = new Chart("Bits per character of the held-out part", { x: "updates", y: "bits per character" });
  #rivals = h("div", {});
  #sample = h("p", { class: "bench-sample", tabindex: "0", role: "group", "aria-label": "What the network writes" });
  #warmth = h("input", { type: "range", min: "0.2", max: "1.5", step: "0.1", value: "0.8" });
  #beginning = h("input", { type: "text", maxlength: "200", autocomplete: "off" });
  #inside: Inside;
  #write = button("Write", () => this.#writes(true).catch((error) => this.fail(error)));
  #yardsticks: Yardstick[] = [];
  #samples: string[] = [];
  #file: string | null = null; // the text, if it came as a file
  #name = "text";
  #writing = false;
  #sampleAt = 0;

  constructor(runtime: Runtime, start: Partial<Settings>) {
    super(runtime, "text", 2000);
    this.#fields = new Fields({ ...USUAL, ...start }, () => this.changed());
    this.#inside = new Inside(this.bench, (error) => this.fail(error));
    const file = choose(".txt,.md,text/*", "File with a text", (x) => this.#take(x));
    const warmth = labelled("Temperature", this.#warmth, "0.8");
    this.#warmth.addEventListener("input", () => {
      warmth.querySelector("span")!.textContent = this.#warmth.value;
    });
    const use = button("Use this text", () => { this.#file = null; this.#name = "pasted text"; this.prepare(); });
    const samples = () => download("workbench-samples.txt", this.#samples.join("\n\n"), "text/plain");
    this.element = h(
      "div", { class: "bench" },
      h("h2", {}, "The text"),
      labelled("Your text", this.#given),
      h(
        "div", { class: "live-buttons" },
        use, button("Open a text …", () => file.click()),
        button("Built-in text", () => { this.#given.value = ""; this.#file = null; this.prepare(); }), file,
      ),
      h("h2", {}, "The network"),
      this.#fields.element, this.#about,
      h("h2", {}, "Training"),
      ...this.controls(),
      this.#chart.element, this.#rivals,
      h("h2", {}, "What it writes"),
      this.#sample,
      h("div", { class: "bench-fields" }, labelled("Begin with", this.#beginning), warmth),
      h("div", { class: "live-buttons" }, this.#write),
      this.#inside.element,
      this.files.along(
        "Script and notebook need the text beside them, and give the same numbers from the same seed.",
        () => this.#chart,
        this.files.button("The text", "source", "workbench-text.txt"), button("Samples", samples),
      ),
    );
    this.buttons();
  }

  set settings(given: Partial<Settings>) {
    this.#fields.values = given;
    this.changed();
  }

  override buttons(): void {
    super.buttons();
    enable(this.#write, this.opened !== null && !this.#writing);
  }

  async #take(file: File): Promise<void> {
    if (file.size > LARGEST)
      return this.say("No.", `${file.name} has ${(file.size / 1e6).toFixed(1)} million bytes; at most 2 million are taken.`, "error");
    const before = [this.#file, this.#name] as const;
    this.#file = await base64Of(file);
    this.#name = file.name;
    if (await this.prepare()) this.#given.value = "";
    else [this.#file, this.#name] = before;
  }

  async prepare(): Promise<boolean> {
    const settings = this.#fields.values;
    const text = this.#given.value;
    const given = this.#file !== null ? { file: this.#file } : text ? { text } : {};
    const name = this.#file !== null || text ? this.#name : "prose of this course";
    return this.open("text", { ...given, name, settings });
  }

  show(opened: Text): void {
    this.#samples = [];
    this.#yardsticks = [];
    this.#fields.values = opened.settings;
    this.#sample.textContent = "";
    this.#about.replaceChildren(
      `${opened.name}: ${many(opened.characters)} characters to learn from, the last ` +
      `${many(opened.held)} held out, ${many(opened.distinct)} different ones. `,
      this.cost,
    );
    this.#inside.begin(opened.excerpt, opened.watched);
  }

  override async compare(): Promise<void> {
    this.#yardsticks = await this.bench.ask<Yardstick[]>("yardsticks");
  }

  draw(): void {
    const { settings: { cell }, curve } = this.opened!;
    const dashes = [[2, 4], [8, 4], [], [2, 2]];
    this.#chart.element.hidden = !curve.length;
    this.#chart.show({
      x: curve.map((p) => p.updates),
      lines: [
        { name: CELLS[cell], colour: colourOf(cell), values: curve.map((p) => p.bits) },
        ...this.#yardsticks.map((y, i) => ({
          name: y.name, colour: i === 2 ? "--ink" : "--quiet", dash: dashes[i], level: true,
          values: curve.map(() => y.bits),
        })),
      ],
    });
    const last = curve.at(-1);
    const rows = this.#yardsticks.map((y) => [y.name, y.bits.toFixed(3)]);
    if (last) rows.push([`this network, ${many(last.updates)} updates`, last.bits.toFixed(3)]);
    this.#rivals.replaceChildren(
      ...(rows.length ? [table({ caption: "On the same held-out characters", columns: ["who", "bits per character"], rows })] : []),
    );
  }

  loss({ loss, norm }: Update): string {
    return `Loss of the batch ${((loss as number) / Math.LN2).toFixed(2)} bits, gradient norm ${(norm as number).toFixed(2)}.`;
  }

  judge = (): Promise<string> => this.bench.ask("verdict", { yardsticks: this.#yardsticks });

  words(): string {
    const { settings, updates, name } = this.opened!;
    return `${name}, ${CELLS[settings.cell]}, ${settings.H} units, ${many(updates)} updates.`;
  }

  override async meanwhile(): Promise<void> {
    const now = performance.now();
    this.#sampleAt ||= now + SAMPLE / 3;
    if (now < this.#sampleAt) return;
    await this.#writes(false);
    this.#sampleAt = performance.now() + SAMPLE;
  }

  override rested(): Promise<void> {
    this.#sampleAt = 0;
    return this.#writes(false);
  }

  async #writes(asked: boolean): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    this.buttons();
    try {
      const beginning = this.#beginning.value;
      let text = beginning;
      const session = this.opened!, { updates } = session;
      const question = { beginning, temperature: Number(this.#warmth.value), length: asked ? 300 : 120, seed: updates };
      let part = await this.bench.ask<{ written: string; done: boolean }>("write", question);
      for (;;) {
        if (this.opened !== session) return; // another text came
        text += part.written;
        if (asked) this.#sample.textContent = text;
        if (part.done) break;
        if (!asked && !this.going && this.status.textContent?.startsWith("Stopped")) break;
        part = await this.bench.ask("more");
      }
      this.#sample.textContent = text;
      this.#samples.push(`[${updates} updates, temperature ${this.#warmth.value}]\n${text}`);
      if (this.#samples.length > 200) this.#samples.shift();
    } finally {
      this.#writing = false;
      this.buttons();
    }
  }
}
