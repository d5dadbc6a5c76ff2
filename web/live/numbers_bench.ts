// The Numbers tab: a series, its rivals first, then the network, then a verdict.

import { Chart } from "./chart.ts";
import { button, h, table } from "./elements.ts";
import { CELLS, colourOf, Fields, fill, labelled, numberField, read, select, type Settings } from "./fields.ts";
import { base64Of, choose } from "./keeping.ts";
import { many } from "./pace.ts";
import type { Runtime } from "./runtime.ts";
import { type Opened, Training, type Update } from "./training.ts";

interface Recognised {
  about: string;
  columns: Record<string, (number | null)[]>;
}

interface Point {
  updates: number;
  error: number;
}

interface Series extends Opened<Point> {
  horizon: number;
  season: number;
  steps: number;
  valid: number;
  test: number;
  /** Of a session that came from a file. */
  table?: Recognised;
}

type Rival = { name: string; valid: number; test: number };
type Drawn = { at: number[]; came: number[]; said: number[][] };

const USUAL: Settings = { cell: "gru", H: 32, layers: 1, T: 20, B: 32, rate: 0.003, seed: 0 };
const LARGEST = 20_000_000; // bytes of a table
const short = (v: number) => Number(v.toPrecision(4)).toString();

export class NumbersBench extends Training<Point, Series> {
  element: HTMLElement;
  #given = h("textarea", { rows: "4", spellcheck: "false", placeholder: "Paste a column or a table here. Empty: the number of sunspots, a year a row." });
  #column = select({}, "");
  #horizon = numberField(1, 1, 50);
  #season = numberField(11, 1, 1000);
  #fields: Fields;
  #recognised = h("p", { class: "bench-about" });
  #about = h("p", { class: "bench-about" });
  #rivals = h("div", {});
  #error = new Chart("Mean absolute error on the part that chooses", { x: "updates", y: "error" });
  #forecast = new Chart("The test: what came, and the forecast with its interval", { x: "step", y: "value" });
  #scores: Rival[] = [];
  #table: object = {}; // what was recognised last
  #life = -1; // of the Python that knows it

  constructor(runtime: Runtime, start: Partial<Settings>) {
    super(runtime, "numbers", 1000);
    this.#fields = new Fields({ ...USUAL, ...start }, () => this.changed());
    const take = async (given: object) => { if (await this.#recognise(given)) await this.prepare(); };
    const file = choose(".csv,.txt,.tsv,text/*", "File with a table", async (x) => {
      if (x.size > LARGEST) return this.say("No.", "The file is larger than 20 million bytes.", "error");
      await take({ file: await base64Of(x) });
    });
    for (const field of [this.#column, this.#horizon, this.#season])
      field.addEventListener("change", () => this.changed());
    this.#forecast.element.hidden = true;
    const use = () => take(this.#given.value ? { text: this.#given.value } : {});
    this.element = h(
      "div", { class: "bench" },
      h("h2", {}, "The numbers"),
      labelled("Your numbers", this.#given),
      h(
        "div", { class: "live-buttons" },
        button("Use these numbers", use), button("Open a table …", () => file.click()), file,
      ),
      this.#recognised,
      h(
        "div", { class: "bench-fields" },
        labelled("Column", this.#column), labelled("Steps to forecast", this.#horizon), labelled("Season", this.#season),
      ),
      h("h2", {}, "The rivals"), this.#rivals,
      h("h2", {}, "The network"), this.#fields.element, this.#about,
      h("h2", {}, "Training"), ...this.controls(),
      this.#error.element, this.#forecast.element,
      this.files.along(
        "Script and notebook need the numbers beside them, and give the same numbers from the same seed.",
        () => this.#error,
        this.files.button("The numbers", "source", "workbench-numbers.txt"),
      ),
    );
    this.buttons();
  }

  set settings(given: Partial<Settings>) {
    this.#fields.values = given;
    this.changed();
  }

  /** Give Python a table to recognise; what is there stays if it is none. */
  async #recognise(given: object): Promise<boolean> {
    await this.pause();
    try {
      const found = await this.bench.ask<Recognised>("table", given);
      this.#table = given;
      this.#life = this.runtime.ended;
      this.#choices(found);
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  #choices({ about, columns }: Recognised): void {
    const begins = Object.entries(columns).map(
      ([name, values]) => `${name}: ${values.map((x) => x ?? "gap").join(", ")} …`,
    );
    this.#recognised.textContent = `Recognised: ${about} It begins with ${begins.join(" ")}`;
    const chosen = this.#column.value;
    this.#column.replaceChildren(...Object.keys(columns).map((x) => h("option", { value: x }, x)));
    if (chosen in columns) this.#column.value = chosen;
  }

  async prepare(): Promise<boolean> {
    // a Python that was started anew knows no table
    if (this.#life !== this.runtime.ended && !(await this.#recognise(this.#table))) return false;
    return this.open("numbers", {
      column: this.#column.value,
      horizon: Math.floor(read(this.#horizon)) || 1,
      season: Math.floor(read(this.#season)) || 1,
      settings: this.#fields.values,
    });
  }

  show(opened: Series): void {
    if (opened.table) {
      this.#choices(opened.table);
      this.#life = this.runtime.ended;
    }
    this.#column.value = opened.name;
    fill(this.#horizon, opened.horizon);
    fill(this.#season, opened.season);
    this.#fields.values = opened.settings;
    this.#forecast.element.hidden = true;
    this.#scores = [];
    this.#about.replaceChildren(
      `Steps 1 to ${many(opened.valid)} train, ${many(opened.valid + 1)} to ${many(opened.test)} choose, ` +
      `the rest to ${many(opened.steps)} tests. `,
      this.cost,
    );
  }

  override async compare(): Promise<void> {
    this.#scores = await this.bench.ask<Rival[]>("rivals");
    const rows = this.#scores.map((r) => [r.name, short(r.valid), short(r.test)]);
    const columns = ["forecast", "error, to choose by", "error in the test"];
    this.#rivals.replaceChildren(table({ caption: "Mean absolute errors", columns, rows }));
  }

  draw(): void {
    const { settings: { cell }, curve } = this.opened!;
    const best = Math.min(...this.#scores.map((r) => r.valid));
    const rival = { name: "best rival", colour: "--ink", dash: [8, 4], level: true, values: curve.map(() => best) };
    this.#error.element.hidden = !curve.length;
    this.#error.show({
      x: curve.map((p) => p.updates),
      lines: [
        { name: "network", colour: colourOf(cell), values: curve.map((p) => p.error) },
        ...(this.#scores.length ? [rival] : []),
      ],
    });
  }

  async judge(): Promise<string> {
    const { sentence } = await this.bench.ask<{ sentence: string }>("grade", { rivals: this.#scores });
    const { at, came, said } = await this.bench.ask<Drawn>("forecast");
    const colour = colourOf(this.opened!.settings.cell);
    this.#forecast.element.hidden = false;
    this.#forecast.show({
      x: at,
      lines: [
        { name: "what came", colour: "--ink", values: came },
        { name: "forecast", colour, values: said[1] },
        { name: "low end", colour, dash: [3, 4], values: said[0] },
        { name: "high end", colour, dash: [3, 4], values: said[2] },
      ],
    });
    return sentence;
  }

  loss({ loss, norm }: Update): string {
    return `Loss of the batch ${(loss as number).toFixed(4)}, gradient norm ${(norm as number).toFixed(2)}.`;
  }

  words(): string {
    const { settings, updates, name } = this.opened!;
    return `${name}, ${CELLS[settings.cell]}, ${settings.H} units, ${many(updates)} updates.`;
  }
}
