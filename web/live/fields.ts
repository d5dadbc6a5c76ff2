// The choices of a bench: cell, units, layers, window, batch, rate, seed.

import { h } from "./elements.ts";

export interface Settings {
  cell: string;
  H: number;
  layers: number;
  T: number;
  B: number;
  rate: number;
  seed: number;
}

export const CELLS: Record<string, string> = {
  tanh: "tanh (Elman)", lstm: "LSTM", gru: "GRU", mingru: "minGRU",
};

/** How a cell is drawn: its colour through the whole book. */
export const colourOf = (cell: string) =>
  ({ tanh: "--rnn-rnn", lstm: "--rnn-lstm", gru: "--rnn-gru" })[cell] ?? "--rnn-stack";

let count = 0;

/** A control under its label. */
export function labelled<T extends HTMLElement>(words: string, control: T, note = ""): HTMLElement {
  control.id ||= `bench-${++count}`;
  return h(
    "div", { class: "bench-field" },
    h("label", { for: control.id }, words),
    control,
    ...(note ? [h("span", { class: "bench-note" }, note)] : []),
  );
}

export function numberField(value: number, low: number, high: number, step = "1") {
  return h("input", {
    type: "number", value: String(value), min: String(low), max: String(high), step,
    inputmode: "decimal", autocomplete: "off",
  });
}

export function select(options: Record<string, string>, chosen: string) {
  const element = h(
    "select", {},
    ...Object.entries(options).map(([value, words]) => h("option", { value }, words)),
  );
  element.value = chosen;
  return element;
}

/** Read a field, and remember what it said. */
export function read(input: HTMLInputElement): number {
  input.dataset.read = input.value;
  return Number(input.value);
}

/** Write into a field, unless one has typed into it since it was read. */
export function fill(input: HTMLInputElement, value: number): void {
  const typing = input === document.activeElement;
  if (!typing || input.value === input.dataset.read) input.value = String(value);
}

export class Fields {
  element: HTMLElement;
  cell: HTMLSelectElement;
  #inputs: Record<Exclude<keyof Settings, "cell">, HTMLInputElement>;

  constructor(start: Settings, changed: () => void, shown?: (keyof Settings)[]) {
    this.cell = select(CELLS, start.cell);
    this.#inputs = {
      H: numberField(start.H, 1, 512),
      layers: numberField(start.layers, 1, 4),
      T: numberField(start.T, 2, 400),
      B: numberField(start.B, 1, 128),
      rate: numberField(start.rate, 0.000001, 1, "any"),
      seed: numberField(start.seed, 0, 2 ** 31),
    };
    const names = {
      cell: "Cell", H: "Units", layers: "Layers", T: "Window", B: "Batch", rate: "Rate", seed: "Seed",
    };
    const controls = { cell: this.cell, ...this.#inputs };
    shown ??= Object.keys(names) as (keyof Settings)[];
    this.element = h("div", { class: "bench-fields" }, ...shown.map((k) => labelled(names[k], controls[k])));
    this.element.addEventListener("change", changed);
  }

  get values(): Settings {
    const { H, layers, T, B, rate, seed } = this.#inputs;
    const [h_, l, t, b, r, s] = [H, layers, T, B, rate, seed].map(read);
    return { cell: this.cell.value, H: h_, layers: l, T: t, B: b, rate: r, seed: s };
  }

  set values(given: Partial<Settings>) {
    if (given.cell && [...this.cell.options].some((x) => x.value === given.cell)) this.cell.value = given.cell;
    for (const [name, input] of Object.entries(this.#inputs)) {
      const value = given[name as "H"];
      if (value !== undefined && Number.isFinite(value)) fill(input, value);
    }
  }
}
