// Looking inside a trained network: what it expects, what a unit watches,
// and how far back its gradient reaches.

import type { Bench } from "./bench.ts";
import { Chart } from "./chart.ts";
import { button, h, table } from "./elements.ts";
import { labelled, numberField, select } from "./fields.ts";

interface Place {
  character: string;
  bits: number | null;
  next: [string, number][];
}

const SIGNS: Record<string, string> = { "\n": "line end", " ": "space", "\t": "tab" };
const named = (c: string) => SIGNS[c] ?? c;

export class Inside {
  element: HTMLElement;
  #bench: Bench;
  #fail: (error: unknown) => void;
  #given = h("textarea", { rows: "3", maxlength: "400", spellcheck: "false" });
  #what = select({ bits: "surprise, in bits", state: "the state" }, "bits");
  #unit = numberField(0, 0, 511);
  #layer = numberField(0, 0, 3);
  #text = h("p", { class: "bench-coloured" });
  #place = h("input", { type: "range", min: "0", max: "0", value: "0" });
  #said = h("div", { class: "bench-next", "aria-live": "polite" });
  #places: Place[] = [];
  #reach = new Chart("The norm of the gradient, so many steps back", {
    x: "steps back", y: "gradient norm", log: true,
  });

  constructor(bench: Bench, fail: (error: unknown) => void) {
    this.#bench = bench;
    this.#fail = fail;
    this.#reach.element.hidden = true;
    const key = h(
      "p", { class: "bench-note" },
      "Orange: large or above zero; blue: below zero. The value of the place stands below.",
    );
    this.element = h(
      "details", { class: "bench-part" },
      h("summary", {}, "Look inside"),
      h("p", {}, "What does the network expect after each character, and what does one of its units watch? The text is from the held-out part; put your own in its place."),
      labelled("Text to read (400 characters)", this.#given),
      h(
        "div", { class: "bench-fields" },
        labelled("Colour by", this.#what), labelled("Unit", this.#unit), labelled("Layer", this.#layer),
      ),
      h("div", { class: "live-buttons" }, button("Read it", () => this.#read(), "is-main")),
      this.#text, key,
      labelled("Place in the text", this.#place), this.#said,
      h("div", { class: "live-buttons" }, button("How far back does it learn?", () => this.#reaches())),
      this.#reach.element,
    );
    this.#place.addEventListener("input", () => this.#point());
    for (const field of [this.#what, this.#unit, this.#layer])
      field.addEventListener("change", () => this.#places.length && this.#read());
  }

  /** A session has been opened: its excerpt, and what can be watched. */
  begin(excerpt: string, watched: string[]): void {
    this.#given.value = excerpt;
    const chosen = this.#what.value;
    const options = watched.map((x) => h("option", { value: x }, x === "state" ? "the state" : `gate ${x}`));
    this.#what.replaceChildren(h("option", { value: "bits" }, "surprise, in bits"), ...options);
    this.#what.value = watched.includes(chosen) ? chosen : "bits";
    this.#places = [];
    this.#text.replaceChildren();
    this.#said.replaceChildren();
    this.#reach.element.hidden = true;
  }

  async #read(): Promise<void> {
    const text = [...this.#given.value].slice(0, 400).join(""); // no half of a pair
    if (!text) return;
    try {
      this.#places = await this.#bench.ask<Place[]>("likeliest", { text });
      const what = this.#what.value;
      const values =
        what === "bits"
          ? this.#places.map((p) => p.bits ?? 0)
          : await this.#bench.ask<number[]>("colours", {
              text, what, unit: Number(this.#unit.value), layer: Number(this.#layer.value),
            });
      this.#colour(values);
    } catch (error) {
      this.#fail(error);
    }
  }

  #values: number[] = [];

  #colour(values: number[]): void {
    this.#values = values;
    const top = Math.max(...values.map(Math.abs)) || 1;
    const spans = this.#places.map(({ character }, i) => {
      const span = h("span", {}, character === "\n" ? "↵\n" : character);
      const share = Math.round((70 * Math.abs(values[i])) / top);
      const hue = values[i] < 0 ? "--rnn-rnn" : "--rnn-lstm";
      span.style.background = `color-mix(in srgb, var(${hue}) ${share}%, transparent)`;
      span.addEventListener("click", () => {
        this.#place.value = String(i);
        this.#point();
      });
      return span;
    });
    this.#text.replaceChildren(...spans);
    this.#place.max = String(this.#places.length - 1);
    this.#place.value = String(Math.min(Number(this.#place.value), spans.length - 1));
    this.#point();
  }

  #point(): void {
    const at = Number(this.#place.value);
    const place = this.#places[at];
    if (!place) return;
    [...this.#text.children].forEach((x, i) => x.classList.toggle("is-here", i === at));
    const cost = place.bits === null ? "" : `, which cost ${place.bits.toFixed(2)} bits`;
    const rows = place.next.map(([c, p]) => [named(c), `${(100 * p).toFixed(1)} %`]);
    const value = this.#what.value === "bits" ? "" : ` The unit is at ${this.#values[at].toFixed(3)}.`;
    this.#said.replaceChildren(
      h("p", {}, `Character ${at + 1}, “${named(place.character)}”${cost}.${value}`),
      table({ caption: "Likeliest next", columns: ["character", "probability"], rows }),
    );
    this.#place.setAttribute("aria-valuetext", `${at + 1}, ${named(place.character)}`);
  }

  async #reaches(): Promise<void> {
    try {
      const norms = await this.#bench.ask<number[]>("reach");
      this.#reach.element.hidden = false;
      const values = norms.map((x) => (x > 1e-30 ? x : null));
      this.#reach.show({
        x: norms.map((_, k) => k),
        lines: [{ name: "this network", colour: "--rnn-lstm", values }],
      });
    } catch (error) {
      this.#fail(error);
    }
  }
}
