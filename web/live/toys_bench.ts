// The Toys tab: one problem, two networks side by side, at equal updates.

import { Chart, type Line } from "./chart.ts";
import { h, table } from "./elements.ts";
import { CELLS, colourOf, Fields, fill, labelled, numberField, read, select, type Settings } from "./fields.ts";
import { many, milliseconds } from "./pace.ts";
import type { Runtime } from "./runtime.ts";
import { type Opened, Training, type Update } from "./training.ts";

interface Point {
  updates: number;
  scores: number[];
  solved: boolean[];
}

interface Toy extends Opened<Point> {
  task: string;
  says: string;
  distance: number;
  far: string;
  scored: string;
  error: boolean;
  guess: number;
  bar: number;
  tested: number;
  networks: Settings[];
  named: string[];
  sizes: number[];
}

/** What the address may choose. */
export interface Choice {
  task?: string;
  cells?: string[];
  distance?: number;
}

export const TASKS: Record<string, [string, number]> = {
  adding: ["Adding", 30], copying: ["Copying", 10], parity: ["Parity", 20], anbn: ["Counting aⁿbⁿ", 8],
};
const NONE = "none";
const USUAL: Settings = { cell: "lstm", H: 32, layers: 1, T: 50, B: 32, rate: 0.01, seed: 0 };
const OWN: (keyof Settings)[] = ["cell", "H", "layers", "rate"]; // of each network
const short = (v: number) => v.toFixed(3);

export class ToysBench extends Training<Point, Toy> {
  element: HTMLElement;
  #task = select(Object.fromEntries(Object.entries(TASKS).map(([k, [words]]) => [k, words])), "adding");
  #distance = numberField(TASKS.adding[1], 1, 400);
  #first = new Fields(USUAL, () => this.changed(), OWN);
  #second = new Fields({ ...USUAL, cell: "tanh" }, () => this.changed(), OWN);
  #shared = new Fields(USUAL, () => this.changed(), ["B", "seed"]);
  #about = h("p", { class: "bench-about" });
  #errors = new Chart("Squared error on the sequences of the test", { x: "updates", y: "squared error", log: true });
  #shares = new Chart("Share of the test that is right", { x: "updates", y: "share right" });
  #table = h("div", {});
  #beyond: number[] = [];

  constructor(runtime: Runtime, start: Choice) {
    super(runtime, "toys", 1000);
    this.#second.cell.append(h("option", { value: NONE }, "no second one"));
    this.#task.addEventListener("change", () => {
      this.#distance.value = String(TASKS[this.#task.value][1]);
      this.changed();
    });
    this.#distance.addEventListener("change", () => this.changed());
    this.#choose(start);
    const side = (words: string, fields: Fields) =>
      h("fieldset", { class: "bench-side" }, h("legend", {}, words), fields.element);
    this.element = h(
      "div", { class: "bench" },
      h("h2", {}, "The problem"),
      h("div", { class: "bench-fields" }, labelled("Problem", this.#task), labelled("Distance", this.#distance)),
      h("h2", {}, "The networks"),
      h("div", { class: "bench-sides" }, side("First network", this.#first), side("Second network", this.#second)),
      this.#shared.element, this.#about,
      h("h2", {}, "Training"),
      ...this.controls(),
      this.#errors.element, this.#shares.element, this.#table,
      this.files.along("Script and notebook give the same numbers from the same seed.", () => this.#chart()),
    );
    this.buttons();
  }

  set settings(given: Choice) {
    this.#choose(given);
    this.changed();
  }

  #choose({ task, cells, distance }: Choice): void {
    if (task) {
      this.#task.value = task;
      this.#distance.value = String(distance ?? TASKS[task][1]);
    }
    if (!cells) return;
    this.#first.values = { cell: cells[0] };
    this.#second.values = { cell: cells[1] ?? NONE };
  }

  prepare(): Promise<boolean> {
    const { B, seed } = this.#shared.values;
    const networks = [this.#first, this.#second].map((x) => ({ ...x.values, B, seed }));
    return this.open("toys", {
      task: this.#task.value,
      distance: read(this.#distance),
      networks: networks.filter((x) => x.cell !== NONE),
    });
  }

  show(opened: Toy): void {
    const [first, second] = opened.networks;
    this.#task.value = opened.task;
    fill(this.#distance, opened.distance);
    this.#first.values = this.#shared.values = first;
    this.#second.values = second ?? { cell: NONE };
    const same = second ? "Both networks are given the same sequences, and are scored on" : "It is scored on";
    this.#about.replaceChildren(
      `${opened.says} Distance: ${opened.distance} ${opened.far}. ${same} ${opened.tested} others. ` +
      `Guessing scores ${short(opened.guess)} (${opened.scored}); ` +
      `${opened.error ? "below" : "from"} ${opened.bar}${opened.error ? "" : " on"} it counts as solved. `,
      this.cost,
    );
  }

  /** The table says how large the networks are. */
  override costs(second?: number): void {
    this.cost.textContent = second === undefined ? "" : `An update takes about ${milliseconds(second)} on this device.`;
  }

  #chart = (): Chart => (this.opened?.error ? this.#errors : this.#shares);

  /** The place in the curve where a network first passes the bar, or -1. */
  #learned = (k: number): number => this.opened!.curve.findIndex((p) => p.solved[k]);

  draw(): void {
    this.#beyond = []; // of weights that have changed since
    const { curve, guess, bar, networks, named } = this.opened!;
    const alike = networks[0].cell === networks[1]?.cell;
    const flat = (v: number) => curve.map(() => v);
    const lines = networks.flatMap(({ cell }, k): Line[] => {
      const at = this.#learned(k), colour = colourOf(cell);
      const values = curve.map((p) => p.scores[k]);
      const mark = values.map((v, i) => (i === at ? v : null));
      const name = alike ? `${named[k]} (${k + 1})` : named[k];
      const learned = { name: `learned at update ${many(curve[at]?.updates ?? 0)}`, colour, dots: true, values: mark };
      return [{ name, colour, dash: alike && k ? [6, 3] : undefined, values }, ...(at < 0 ? [] : [learned])];
    });
    this.#errors.element.hidden = this.#shares.element.hidden = true;
    this.#chart().element.hidden = !curve.length;
    this.#chart().show({
      x: curve.map((p) => p.updates),
      lines: [
        ...lines,
        { name: "guessing", colour: "--quiet", dash: [2, 4], level: true, values: flat(guess) },
        { name: "solved", colour: "--ink", dash: [8, 4], level: true, values: flat(bar) },
      ],
    });
    this.#tabulate();
  }

  #tabulate(): void {
    const { curve, guess, named, sizes, scored } = this.opened!;
    const rows = named.map((name, k) => {
      const at = this.#learned(k), far = this.#beyond[k];
      return [
        name, many(sizes[k]), at < 0 ? "not yet" : many(curve[at].updates),
        curve.length ? short(curve.at(-1)!.scores[k]) : "–", far === undefined ? "–" : short(far),
      ];
    });
    this.#table.replaceChildren(table({
      caption: `How they stand: ${scored}`,
      columns: ["who", "parameters", "learned at update", "now", "at twice the distance"],
      rows: [...rows, ["guessing", "–", "–", short(guess), "–"]],
    }));
  }

  judge = (): Promise<string> => this.bench.ask("race");

  override async rested(): Promise<void> {
    const session = this.opened;
    const beyond = await this.bench.ask<number[]>("beyond");
    if (this.opened !== session) return; // another one came
    this.#beyond = beyond;
    this.#tabulate();
  }

  loss({ loss, norm }: Update): string {
    const both = (values: number | number[]) => [values].flat().map((v) => v.toFixed(3)).join(" and ");
    return `Loss of the batch ${both(loss)}, gradient norm ${both(norm)}.`;
  }

  words(): string {
    const { task, distance, networks, updates } = this.opened!;
    const cells = networks.map((x) => CELLS[x.cell]).join(" and ");
    return `${TASKS[task][0]}, distance ${distance}, ${cells}, ${many(updates)} updates.`;
  }
}
