// The Numbers tab: a series, its rivals first, then the network, then a verdict.

import { Bench, Stopped } from "./bench.ts";
import { Chart } from "./chart.ts";
import { button, enable, h, table } from "./elements.ts";
import { colourOf, Fields, labelled, numberField, select, type Settings } from "./fields.ts";
import { base64Of, bytesOf, choose, download } from "./keeping.ts";
import type { Runtime } from "./runtime.ts";

interface Recognised {
  about: string;
  columns: Record<string, (number | null)[]>;
}

interface Point {
  updates: number;
  error: number;
}

interface Opened {
  parameters: number;
  second: number;
  updates: number;
  curve: Point[];
  settings: Settings;
  steps: number;
  valid: number;
  test: number;
}

type Rival = { name: string; valid: number; test: number };
type Drawn = { at: number[]; came: number[]; said: number[][] };

const USUAL: Settings = { cell: "gru", H: 32, layers: 1, T: 20, B: 32, rate: 0.003, seed: 0 };
const short = (v: number) => Number(v.toPrecision(4)).toString();

export class NumbersBench {
  element: HTMLElement;
  #bench: Bench;
  #given = h("textarea", { rows: "4", spellcheck: "false", placeholder: "Paste a column or a table here. Empty: the number of sunspots, a year a row." });
  #column = select({}, "");
  #horizon = numberField(1, 1, 50);
  #season = numberField(11, 1, 1000);
  #goal = numberField(1000, 1, 1_000_000);
  #fields: Fields;
  #recognised = h("p", { class: "bench-about" });
  #about = h("p", { class: "bench-about" });
  #status = h("div", { class: "live-status", role: "status" });
  #rivals = h("div", {});
  #error = new Chart("Mean absolute error on the part that chooses", { x: "updates", y: "error" });
  #forecast = new Chart("The test: what came, and the forecast with its interval", { x: "step", y: "value" });
  #train = button("Train", () => this.#go(), "is-main");
  #stop = button("Stop", () => { this.#going = false; });
  #again = button("Start again", () => this.#prepare());
  #scores: Rival[] = [];
  #curve: Point[] = [];
  #opened: Opened | null = null;
  #going = false;
  #until = 0;
  #slice: Promise<unknown> = Promise.resolve();

  constructor(runtime: Runtime, start: Partial<Settings>) {
    this.#bench = new Bench(runtime, "numbers");
    this.#bench.progress = (loaded, total) =>
      this.#say("Starting Python …", `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB.`, "busy");
    this.#fields = new Fields({ ...USUAL, ...start }, () => this.#changed());
    const file = choose(".csv,.txt,.tsv,text/*", "File with a table", async (x) => {
      if (x.size > 20_000_000) return this.#say("No.", "The file is larger than 20 million bytes.", "error");
      await this.#recognise({ file: await base64Of(x) });
    });
    for (const field of [this.#column, this.#horizon, this.#season])
      field.addEventListener("change", () => this.#changed());
    this.#error.element.hidden = this.#forecast.element.hidden = true;
    this.element = h(
      "div", { class: "bench" },
      h("h2", {}, "The numbers"),
      labelled("Your numbers", this.#given),
      h(
        "div", { class: "live-buttons" },
        button("Use these numbers", () => this.#recognise(this.#given.value ? { text: this.#given.value } : {})),
        button("Open a table …", () => file.click()), file,
      ),
      this.#recognised,
      h(
        "div", { class: "bench-fields" },
        labelled("Column", this.#column), labelled("Steps to forecast", this.#horizon), labelled("Season", this.#season),
      ),
      h("h2", {}, "The rivals"), this.#rivals,
      h("h2", {}, "The network"), this.#fields.element, this.#about,
      h("div", { class: "bench-fields" }, labelled("Updates", this.#goal)),
      h(
        "div", { class: "live-buttons" }, this.#train, this.#stop, this.#again,
        button("Save the session", () => this.#save("save", "workbench-numbers.npz")),
        button("Weights (.npz)", () => this.#save("weights", "workbench-weights.npz")),
      ),
      this.#status, this.#error.element, this.#forecast.element,
    );
    this.#buttons();
  }

  /** The tab is looked at for the first time. */
  begin = (): Promise<void> => this.#recognise({});

  /** Settings from the page's address. */
  get settings(): Partial<Settings> {
    return this.#fields.values;
  }

  set settings(given: Partial<Settings>) {
    this.#fields.values = given;
    if (this.#opened) this.#changed();
  }

  #say(title: string, message = "", kind = ""): void {
    this.#status.dataset.kind = kind;
    this.#status.replaceChildren(h("strong", {}, title), ` ${message}`);
  }

  #fail(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Stopped && words === "Stopped.")) this.#say("No.", words, "error");
  }

  #buttons(): void {
    this.#train.textContent = this.#going ? "Pause" : this.#opened?.updates ? "Continue" : "Train";
    enable(this.#train, this.#opened !== null);
    enable(this.#stop, this.#going);
    enable(this.#again, Boolean(this.#opened?.updates));
  }

  #changed(): void {
    if (this.#opened && !this.#opened.updates && !this.#going) this.#prepare();
    else if (this.#opened) this.#say("Noted.", "Start again to train with these settings.");
  }

  async #save(what: string, name: string): Promise<void> {
    try {
      download(name, bytesOf(await this.#bench.ask<string>(what)));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #recognise(given: object): Promise<void> {
    this.#going = false;
    await this.#slice;
    try {
      const found = await this.#bench.ask<Recognised>("table", given);
      const begins = Object.entries(found.columns).map(
        ([name, values]) => `${name}: ${values.map((x) => x ?? "gap").join(", ")} …`,
      );
      this.#recognised.textContent = `Recognised: ${found.about} It begins with ${begins.join(" ")}`;
      const names = Object.keys(found.columns);
      this.#column.replaceChildren(...names.map((x) => h("option", { value: x }, x)));
      await this.#prepare();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A new session; what is there stays if it is refused. */
  async #prepare(): Promise<void> {
    this.#going = false;
    await this.#slice;
    try {
      const opened = await this.#bench.ask<Opened>("numbers", {
        column: this.#column.value,
        horizon: Math.floor(Number(this.#horizon.value)) || 1,
        season: Math.floor(Number(this.#season.value)) || 1,
        settings: this.#fields.values,
      });
      this.#opened = opened;
      this.#curve = opened.curve;
      this.#until = 0;
      this.#error.element.hidden = this.#forecast.element.hidden = true;
      this.#about.textContent =
        `Steps 1 to ${opened.valid} train, ${opened.valid + 1} to ${opened.test} choose, the rest to ` +
        `${opened.steps} tests. The network has ${opened.parameters.toLocaleString("en")} parameters; ` +
        `an update takes about ${Math.max(1, Math.round(1000 * opened.second))} ms on this device.`;
      this.#scores = await this.#bench.ask<Rival[]>("rivals");
      const rows = this.#scores.map((r) => [r.name, short(r.valid), short(r.test)]);
      const columns = ["forecast", "error, to choose by", "error in the test"];
      this.#rivals.replaceChildren(table({ caption: "Mean absolute errors", columns, rows }));
      this.#say("Ready.", "Press Train.");
    } catch (error) {
      this.#fail(error);
    }
    this.#buttons();
  }

  #draw(): void {
    const points = this.#curve;
    const best = Math.min(...this.#scores.map((r) => r.valid));
    this.#error.element.hidden = false;
    this.#error.show({
      x: points.map((p) => p.updates),
      lines: [
        { name: "network", colour: colourOf(this.#opened!.settings.cell), values: points.map((p) => p.error) },
        { name: "best rival", colour: "--ink", dash: [8, 4], values: points.map(() => best) },
      ],
    });
  }

  async #go(): Promise<void> {
    if (this.#going) {
      this.#going = false;
      return;
    }
    const goal = Math.max(1, Math.floor(Number(this.#goal.value)) || 1000);
    if (this.#opened!.updates >= this.#until) this.#until = this.#opened!.updates + goal;
    this.#going = true;
    this.#buttons();
    this.#say("Training …", "", "busy");
    try {
      for (let finished = false; this.#going && !finished; ) {
        const asked = this.#bench.ask<{ update: { updates: number } | null; looks: Point[]; done: boolean }>(
          "train", { until: this.#until },
        );
        this.#slice = asked.catch(() => {});
        const { update, looks, done } = await asked;
        finished = done;
        if (update) this.#opened!.updates = update.updates;
        if (looks.length) {
          this.#curve.push(...looks);
          this.#draw();
          this.#say("Training …", `Update ${this.#opened!.updates} of ${this.#until}.`, "busy");
        }
      }
      const title = this.#going ? "Done." : "Stopped.";
      this.#going = false;
      const { sentence } = await this.#bench.ask<{ sentence: string }>("grade", { rivals: this.#scores });
      const { at, came, said } = await this.#bench.ask<Drawn>("forecast");
      this.#forecast.element.hidden = false;
      const colour = colourOf(this.#opened!.settings.cell);
      this.#forecast.show({
        x: at,
        lines: [
          { name: "what came", colour: "--ink", values: came },
          { name: "forecast", colour, values: said[1] },
          { name: "low end", colour, dash: [3, 4], values: said[0] },
          { name: "high end", colour, dash: [3, 4], values: said[2] },
        ],
      });
      this.#say(title, sentence);
    } catch (error) {
      this.#going = false;
      this.#fail(error);
    }
    this.#buttons();
  }
}
